"""Country codes of three letters to two."""

from __future__ import annotations

import pytest

from streams.text.countrycodes import alpha2


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("CYP", "CY"), ("cyp ", "CY"), ("DE", "DE"), ("de", "DE"), ("UK", "GB"), ("XKX", "XK"), ("PSE", "PS"),
        ("BELGIUM", None), ("XXX", None), ("ZZ", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_alpha2(code: str | None, expected: str | None) -> None:
    assert alpha2(code) == expected
