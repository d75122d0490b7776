"""Whether text that came as wire copy is a page's: told by two habits of pages among its own lines; cuts nothing.

A page is known by its format where the format can say so. Text pasted from one says it only in the words around the
story, and those are in the tables of the rules: what may be cut from pages is also what tells them.
"""

from __future__ import annotations

from streams.copydesk import boilerplate, captions, credits, dateline, listings, pagedays, signoff
from streams.copydesk.agencies import agency
from streams.copydesk.boilerplate import ENDS_SENTENCE
from streams.copydesk.sheet import Sheet

_HEAD, _TAIL = 8, 14
_LINE_AT_MOST = 200
_ENOUGH, _INDENTED = 2, 2
# Wires have these as well: rights under their copy, their own standing lines, calls to the desk
_WIRES_TOO = frozenset(("boilerplate.standing", "boilerplate.button"))
# One of these is enough: no wire asks its readers anything
_PROOF = frozenset(("boilerplate.poll", "boilerplate.newsletter", "boilerplate.paywall"))


def told(sheet: Sheet) -> bool:
    """Two different habits of pages, of which one is no wire's, in the first lines under the headline or the last.

    What is said to the reader is proof by itself.
    """
    units = sheet.units
    last = units[-1] if units else None
    if last is None or last.indent >= _INDENTED or agency(last.text) or signoff.is_initials(last.text):
        return False  # below a page's story the page goes on, and is set flush
    habits: set[str | None] = set()
    for unit in units[max(2, len(units) - _TAIL) :]:
        text = unit.text
        if len(text) <= _LINE_AT_MOST:
            habits.add(boilerplate.said_to_readers(text) if text.endswith(ENDS_SENTENCE) else _below(text))
    for unit in units[1:_HEAD]:
        if len(unit.text) <= _LINE_AT_MOST and not unit.text.endswith(ENDS_SENTENCE):
            habits.add(_above(unit.text))
    habits.discard(None)
    return not habits.isdisjoint(_PROOF) or (len(habits) >= _ENOUGH and not habits <= _WIRES_TOO)


def _above(text: str) -> str | None:
    if text[-1] == ")" and captions.split_credit(text) is not None:
        return "captions.credit"
    return pagedays.habit(text) or boilerplate.reading(text) or dateline.credit(text)


def _below(text: str) -> str | None:
    if listings.is_heading(text):
        return "boilerplate.listing"
    return boilerplate.habit(text) or credits.rights(text)
