"""Whole stories in the six languages of AFP's wires, several habits in each."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from copydesk_support import ONE

from streams.contracts.story import CleanStory, RawStory
from streams.copydesk import clean

RECEIVED = datetime(2026, 3, 3, 12, tzinfo=UTC)
MONDAY = date(2026, 3, 2)
BODIES = {
    "en": f"{ONE}\n\nThey were tired.",
    "fr": "Les pilotes du port ont repris le travail lundi après neuf jours de grève, a annoncé l'autorité portuaire."
    "\n\nIls étaient fatigués, a dit un porte-parole.",
    "es": "Los prácticos del puerto volvieron el lunes al trabajo tras nueve días de huelga, informó la autoridad "
    "portuaria.\n\nEstaban cansados.",
    "pt": "Os pilotos do porto voltaram ao trabalho nesta segunda-feira (2), após nove dias de greve, informou a "
    "autoridade portuária.\n\nEstavam cansados.",
    "de": "Die Lotsen im Hafen haben am Montag nach neun Tagen Streik die Arbeit wieder aufgenommen, teilte die "
    "Hafenbehörde mit.\n\nSie waren müde.",
    "ar": "عاد مرشدو الميناء إلى العمل الاثنين بعد إضراب استمر تسعة أيام، على ما أعلنت سلطة الميناء.\n\nوكانوا متعبين.",
}


def story(language: str, head: str, tail: str, provider: str = "afp") -> CleanStory:
    """A structured story: the copy holds what the format has no field for."""
    copy = f"{head}{BODIES[language]}\n\n{tail}"
    raw = RawStory(
        0, "newsml12", "newsml12/1", copy, provider=provider, headline="Pilots back", language=language,
        version_created=RECEIVED,
    )  # fmt: skip
    return clean(raw, RECEIVED)


CASES = [
    (
        "fr",
        "ATTENTION - AJOUTE réactions, PRÉCISE le bilan ///\n\nPar Anne DUROC avec Jean DUPRÉ à Beyrouth\n\n"
        "Paris, 3 mars 2026 (AFP) - ",
        "Anne Duroc à Tyr a contribué à cet article.\n\nburs-abc/def/gh",
        "Anne DUROC avec Jean DUPRÉ à Beyrouth",
        "Paris",
        ("adds", "clarifies"),
    ),
    (
        "fr",
        "RÉPÉTITION - corrige le nom du port\n\nParis (AFP) - ",
        "VIDÉO - PHOTOS\n\nabc/def",
        None,
        "Paris",
        ("refiles",),
    ),
    ("de", "Von Eva STURM\n\nBerlin, 3. März 2026 (AFP) - ", "esturm/jbrandt", "Eva STURM", "Berlin", ()),
    ("de", "Berlin (dpa) - ", "# Notizblock\n\n- Zahlen\n\ndpa abc def", None, "Berlin", ()),
    (
        "es",
        "ATENCIÓN - SUSTITUYE el anterior, AMPLÍA información ///\n\nQuito, 3 mar (EFE).- ",
        "abc/def/ghi\n\n(foto) (vídeo)",
        None,
        "Quito",
        ("adds", "updates"),
    ),
    (
        "es",
        "Por Ana GARCÉS y Luis MORA\n\nMadrid, 3 mar 2026 (AFP) - ",
        "© Agence France-Presse",
        "Ana GARCÉS y Luis MORA",
        "Madrid",
        (),
    ),
    (
        "pt",
        "ATENÇÃO - ATUALIZA com mais detalhes ///\n\nBrasília, 3 Mar 2026 (AFP) -",
        "abc/def/gh",
        None,
        "Brasília",
        ("updates",),
    ),
    ("ar", "بيروت, 3-3-2026 (أ ف ب) - ", "ا ف ب/سح/ب ق", None, "بيروت", ()),
    (
        "en",
        "Eds: UPDATES with quotes.\n\nBy JANE ROE and JOHN DOE\n\nAssociated Press\n\nPORT SARNIA, Freedonia (AP) — ",
        "___\n\nDoe reported from Tyre. Associated Press writer A. B. Smith in Cairo contributed to this report.",
        "JANE ROE and JOHN DOE",
        "Port Sarnia",
        ("updates",),
    ),
    (
        "en",
        "This report was first published by The Harbour Gazette.\n\nBEIRUT, March 3 (Reuters) - ",
        "(Reporting by Jane Roe in Beirut;\nWriting by Ann Lee)\n\n((Jane.Roe@example.com; +961 1 000000;))",
        "Jane Roe in Beirut",
        "Beirut",
        (),
    ),
    (
        "en",
        "1st Ld-Writethru\n\n(ADDS quotes, background; PIX/VIDEO)\n\nBEIRUT, March 3, 2026 (AFP) - ",
        "(MORE)\n\nabc/def",
        None,
        "Beirut",
        ("adds",),
    ),
]


@pytest.mark.parametrize(("language", "head", "tail", "by", "city", "verbs"), CASES)
def test_head_and_tail_go_and_the_body_stays(
    language: str, head: str, tail: str, by: str | None, city: str, verbs: tuple[str, ...]
) -> None:
    found = story(language, head, tail)
    assert found.body == BODIES[language]
    assert found.by == by
    assert found.dateline is not None
    assert found.dateline.city == city
    assert found.signals.verbs == verbs
    assert MONDAY in {day.date for day in found.dates}


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("ANNULATION: Les pilotes reprennent", "Veuillez ne pas tenir compte de cette dépêche.\n\nElle est erronée."),
        ("ANULACIÓN: Los prácticos vuelven", "Rogamos no utilizar esta nota.\n\nEs errónea."),
        ("CANCELAMENTO: Os pilotos voltam", "Pedimos que desconsiderem esta nota.\n\nEstá errada."),
        ("ZURÜCKGEZOGEN: Lotsen zurück", "Bitte verwenden Sie die Meldung nicht mehr.\n\nSie ist falsch."),
        ("Pilots back", 'Please disregard the item headlined "Pilots back".\n\nIt was sent in error.'),
        ("إلغاء: عودة المرشدين", "يرجى عدم استخدام الخبر.\n\nالخبر غير صحيح."),
    ],
)
def test_kill_notices(headline: str, body: str) -> None:
    found = clean(RawStory(0, "newsml12", "newsml12/1", body, headline=headline), RECEIVED)
    assert (found.kind, found.pub_status) == ("kill", "canceled")


@pytest.mark.parametrize("mark", ["ALERT", "ALERTE", "ALERTA", "EILMELDUNG", "EIL", "URGENT", "URGENTE", "عاجل"])
def test_alert_marks(mark: str) -> None:
    found = clean(
        RawStory(0, "plain", "plain/1", f"{mark}\n\nPilots back at work: port authority\n\nabc/def\n"), RECEIVED
    )
    assert (found.kind, found.body) == ("alert", "Pilots back at work: port authority")


def test_a_dateline_under_points_is_read_and_the_points_stay() -> None:
    points = "* Shares fall\n\n* Euro steady\n\n"
    raw = RawStory(0, "newsmlg2", "newsmlg2/1", f"{points}TOKYO, March 3 (Reuters) - {ONE}", headline="Shares")
    found = clean(raw, RECEIVED)
    assert found.body == f"{points}{ONE}"
    assert found.dateline is not None
    assert found.dateline.city == "Tokyo"


def test_terms_of_use_become_a_note() -> None:
    found = story("en", "BEIRUT, March 3 (AFP) - ", "RESTRICTED TO EDITORIAL USE - MANDATORY CREDIT\n\nabc/def")
    assert found.body == BODIES["en"]
    assert found.ed_note == "RESTRICTED TO EDITORIAL USE - MANDATORY CREDIT"


def test_a_name_explained_in_brackets_is_no_credit() -> None:
    text = f"{ONE}\n\nThis was reported by Agence France-Presse (AFP)."
    assert clean(RawStory(0, "newsml12", "newsml12/1", text, headline="Pilots back"), RECEIVED).body == text
