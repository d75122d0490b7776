"""The newsroom's own lines, straight from their table: a rule added there works at once; reads nothing from them."""

from __future__ import annotations

from streams.copydesk.rulebook import Lines, book
from streams.copydesk.sheet import Sheet
from streams.text.layout import Paragraph

_BOOK = book("house")
RULES = _BOOK.rules

_AT_MOST = 320
_ZONES: dict[str, tuple[tuple[str, bool, Lines], ...]] = {
    zone: tuple((rule.id, rule.site, _BOOK.lines(rule.id)) for rule in RULES if rule.where == zone)
    for zone in ("head", "middle", "tail")
}


def head_line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a line between headline and first paragraph."""
    return _cut(sheet, unit, "head")


def tail_line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a line under the copy."""
    return _cut(sheet, unit, "tail")


def middle(sheet: Sheet) -> None:
    """Cut lines between paragraphs."""
    if _ZONES["middle"]:
        for unit in sheet.units[sheet.body_from :]:
            if not sheet.is_cut(unit):
                _cut(sheet, unit, "middle")


def _cut(sheet: Sheet, unit: Paragraph, zone: str) -> bool:
    if len(unit.text) > _AT_MOST:
        return False
    for rule, site, lines in _ZONES[zone]:
        if (sheet.is_site or not site) and lines.fullmatch(unit.text):
            return sheet.cut(rule, unit)
    return False
