"""Word lists as patterns."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from streams.text.daynames import ANY_WEEKDAY, MONTH_PATTERN, MONTHS, WEEKDAY_PATTERN
from streams.text.words import alternatives

WORDS = st.lists(st.text("ab-'. é(", min_size=1, max_size=5).filter(lambda w: w == w.strip()), min_size=1, max_size=8)


@given(WORDS, st.text("ab-'. é(", max_size=12))
def test_letter_by_letter_finds_what_word_by_word_does(words: list[str], text: str) -> None:
    plain = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    found = re.compile(alternatives(words)).finditer(text)
    assert [m.span() for m in found] == [m.span() for m in re.finditer(plain, text)]


def test_a_space_may_be_any() -> None:
    pattern = re.compile(alternatives(["agence presse", "agence", "la croix"], r"\s{1,2}"))
    assert [m.group() for m in pattern.finditer("agence  presse, agence\npresse, agences, la  croix")] == [
        "agence  presse", "agence\npresse", "agence", "la  croix",
    ]  # fmt: skip


def test_every_day_and_month_is_found_whole() -> None:
    for pattern, names in ((MONTH_PATTERN, MONTHS), (WEEKDAY_PATTERN, ANY_WEEKDAY)):
        finder = re.compile(pattern, re.IGNORECASE)
        for name in names:
            found = finder.match(name.upper())
            assert found
            assert found.group() == name.upper()
