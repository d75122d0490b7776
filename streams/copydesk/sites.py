"""Whether text that came as wire copy is a page's: told by two habits of pages among its own lines; cuts nothing.

A page is known by its format where the format can say so. Text pasted from one says it only in the words around the
story, and those are in the tables of the rules: what may be cut from pages is also what tells them.
"""

from __future__ import annotations

from streams.copydesk import boilerplate, captions, credits, listings, pagedays
from streams.copydesk.sheet import Sheet

_HEAD, _TAIL = 8, 14
_LINE_AT_MOST = 200
_ENOUGH = 2
# Wires have these as well: rights under their copy, their own standing lines, calls to the desk
_WIRES_TOO = frozenset(("boilerplate.standing", "boilerplate.button"))


def told(sheet: Sheet) -> bool:
    """Two different habits of pages, of which one is no wire's, in the first lines under the headline or the last."""
    units = sheet.units
    habits: set[str] = set()
    for unit in units[1:_HEAD]:
        if len(unit.text) <= _LINE_AT_MOST:
            habits.add(_above(unit.text) or "")
    for unit in units[max(2, len(units) - _TAIL) :]:
        if len(unit.text) <= _LINE_AT_MOST:
            habits.add(_below(unit.text) or "")
    habits.discard("")
    return len(habits) >= _ENOUGH and not habits <= _WIRES_TOO


def _above(text: str) -> str | None:
    if text[-1] == ")" and captions.split_credit(text) is not None:
        return "captions.credit"
    return pagedays.habit(text) or boilerplate.reading(text)


def _below(text: str) -> str | None:
    if listings.is_heading(text):
        return "boilerplate.listing"
    return boilerplate.habit(text) or credits.rights(text)
