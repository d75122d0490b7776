"""Rights and terms of use on a line of their own; kept in the note to the desk, read for nothing."""

from __future__ import annotations

from streams.copydesk.rulebook import book
from streams.copydesk.sheet import Sheet
from streams.text.layout import Paragraph

_BOOK = book("terms")
RULES = _BOOK.rules

_USE = _BOOK.lines("terms.use")
_AT_MOST = 300


def head_line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a line of terms under the headline; above it, or where there is none, it stays."""
    return sheet.has_headline and line(sheet, unit)


def line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a line such as ``EDITORIAL USE ONLY - NO ARCHIVES``, above or under the copy, and keep it as a note."""
    if len(unit.text) > _AT_MOST or not _USE.fullmatch(unit.text) or not sheet.cut("terms.use", unit):
        return False
    sheet.notes.append(sheet.words(unit.start, unit.end))
    return True
