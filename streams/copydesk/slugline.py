"""The slug: a keyword line above the headline, with lead numbers; cuts no line that could be read out as a sentence."""

from __future__ import annotations

import re

from streams.copydesk.rulebook import book
from streams.copydesk.sheet import Sheet
from streams.text.layout import Paragraph

_BOOK = book("slugline")
RULES = _BOOK.rules

_WORD = r"[\w'’.&+]{1,30}"
_KEYWORDS = re.compile(
    rf"(?:{_WORD}(?:-{{1,2}}{_WORD}){{1,10}}(?:[,/] ?[\w. °-]{{1,40}}){{0,4}}/?|"
    rf"{_WORD}(?:[ -]{_WORD}){{0,4}}(?:/[\w. °-]{{1,40}}){{0,4}}/|"
    rf"(?:{_BOOK.any('keyword')}))"
)

_TAKE = re.compile(r"\s?\((?:take )?\d{1,2}(?: of \d{1,2})?\)$", re.IGNORECASE)


def head_line(sheet: Sheet, unit: Paragraph, sure: bool = False) -> bool:
    """Cut the slug line and keep it. ``Freedonia-strike/3rd lead/``, ``commodities-energy-oil``, ``advisory``.

    ``sure``: the headline is marked further down, so any short line above it is a keyword line.
    """
    text = unit.text
    text = _TAKE.sub("", text)
    if not (sure and len(text) <= 60) and (
        len(text) > 90 or text.endswith((".", "?", "!", ":")) or not _KEYWORDS.fullmatch(text)
    ):
        return False
    if not any(map(str.isalpha, text)) or not sheet.cut("slugline.keywords", unit, any_share=True):
        return False
    sheet.slugline = sheet.slugline or sheet.words(unit.start, unit.end).rstrip("/ ")
    return True
