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
    r"BC-[A-Z][\w-]{0,18}--[\w'’.&+ -]{1,50}(?:, ?[\w-]{1,20}(?: [\w-]{1,20}){0,2}){0,2},?|"
    rf"(?:{_BOOK.any('keyword')}))"
)

_CAPITAL_WORD = r"(?:(?:[^\W\d_]{1,2}\.){0,2}[^\W\d_]{2,20}|(?:[^\W\d_]{2}\.){2})"
"""``FREEDONIA``, ``R.DOMINICANA``, ``EE.UU.``"""
_CAPITALS = re.compile(rf"(?P<words>{_CAPITAL_WORD}(?:[ -]{_CAPITAL_WORD}){{0,4}})(?: \([^()]{{3,30}}\))?")
_BRACKETS = re.compile(r"\([^()]{4,200}\)")
"""``(Urgente)``, ``(Ampliación)``: what may stand between EFE's keywords and the headline."""
_HEAD = 600
_TAKE = re.compile(r"\s?\((?:(?:take )?\d{1,2}(?: of \d{1,2})?|latest|(?:lead|ld|update) ?\d{0,2})\)$", re.IGNORECASE)


_DESK_WORDS = re.compile(r"[A-Z][A-Z0-9]{1,19}(?:[ -][A-Z0-9][A-Z0-9&']{0,19}){1,5}")
_STROKES = re.compile(r"[^\W\d_][\w-]{1,24}(?:/[^\W\d_][\w -]{1,24}){1,4}")


def above_headline(sheet: Sheet, unit: Paragraph, below: Paragraph | None) -> bool:
    """Cut the keywords of agencies that neither join nor close them, right above a headline that is none of the kind.

    Words in capitals are EFE's (``FREEDONIA HUELGA``) and, with hyphens and ``LD``, PTI's (``SARNIA-2NDLD HARBOUR``);
    words between strokes are APA's (``Häfen/Streik/Freedonien``). Other agencies write their headlines so; the copy
    must name the one whose habit it is.
    """
    text, top = unit.text, sheet.flat[:_HEAD]
    if below is None or len(text) > 60:
        return False
    if "(EFE)" in top:
        capitals = _CAPITALS.fullmatch(text)
        known = capitals is not None and capitals["words"].isupper() and len(text) <= 48
    elif "(PTI)" in top:
        known = _DESK_WORDS.fullmatch(text) is not None
    else:
        known = "(APA)" in top and _STROKES.fullmatch(text) is not None
    if not known:
        return False
    if not (20 <= len(below.text) <= 200 or _BRACKETS.fullmatch(below.text)):
        return False
    if below.text.isupper() or below.text.endswith((".", ":")) or sheet.slugline is not None:
        return False
    if not sheet.cut("slugline.keywords", unit, any_share=True):
        return False
    sheet.slugline = sheet.words(unit.start, unit.end)
    return True


def head_line(sheet: Sheet, unit: Paragraph, sure: bool = False) -> bool:
    """Cut the slug line and keep it. ``Freedonia-strike/3rd lead/``, ``commodities-energy-oil``, ``advisory``.

    ``sure``: the headline is marked further down, so any short line above it is a keyword line.
    """
    text = unit.text
    if text[-1] == ")":
        text = _TAKE.sub("", text)
    if not (sure and len(text) <= 60) and (
        len(text) > 90 or text.endswith((".", "?", "!", ":")) or not _KEYWORDS.fullmatch(text)
    ):
        return False
    if not any(map(str.isalpha, text)) or not sheet.cut("slugline.keywords", unit, any_share=True):
        return False
    sheet.slugline = sheet.slugline or sheet.words(unit.start, unit.end).rstrip("/ ")
    return True
