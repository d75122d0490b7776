"""A guess at the language of copy too short to be sure."""

from __future__ import annotations

import pytest

from streams.text.language import detect
from streams.text.likeliest import guess


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Derrumbe en una mina de cobre deja a 12 trabajadores atrapados (sindicato)", "es"),
        ("Incendie dans une gare de banlieue: au moins deux morts (pompiers)", "fr"),
        ("Fire at ferry terminal in Norway kills at least two: police", "en"),
        ("Zwei Tote bei Brand in Fährhafen: Polizei bestätigt die Zahl", "de"),
        ("Incêndio em terminal de balsas deixa dois mortos, diz a polícia em São Paulo", "pt"),
        ("Ferry sinks off Norway", "en"),
        ("Evacúan a miles de personas por grietas en una presa en el sur de Ecuador (alcalde)", "es"),
        ("Sept morts dans l'incendie d'un hôtel à Dakar", "fr"),
        ("Governo decreta luto de três dias", "pt"),
        ("Cade una cabina della funivia in Valle d'Aosta, almeno due morti", "it"),
        ("L'indice sale dello 0,4%, lo dice l'ufficio", "it"),
        ("Freedonia, cala l'export, sale l'import", "it"),
        ("Freedonia: l'acteur condamné à sept ans", "fr"),
        ("Erdbeben der Stärke 6,1 erschüttert Griechenland", "de"),
        ("Oslo 2027", None),
        ("", None),
    ],
)
def test_guess(line: str, expected: str | None) -> None:
    assert guess(line) == expected


def test_a_guess_says_nothing_that_detection_would_not() -> None:
    assert detect("Derrumbe en una mina de cobre deja a 12 atrapados") in (None, "es")
