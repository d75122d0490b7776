"""Bylines on a line of their own: ``By Jane Roe``, ``Par``, ``Por``, ``Von``; leaves a sentence that starts so."""

from __future__ import annotations

import re

from streams.copydesk.agencies import AGENCY, agencies_in, agency
from streams.copydesk.rulebook import book
from streams.copydesk.sheet import Sheet
from streams.text.daynames import MONTHS, weekday
from streams.text.layout import Paragraph

_BOOK = book("byline")
RULES = _BOOK.rules

_BY_WORD = _BOOK.any("by")
_BY = re.compile(
    rf"(?:{_BY_WORD})\s{{1,4}}(?P<who>[^\W\d_][^\n:;!?]{{2,110}})|"
    rf"(?:{_BOOK.any('label')})\s?:\s?(?:by|par|de|von)?\s{{0,4}}(?P<who2>[^\W\d_][^\n:;!?]{{2,80}})",
    re.IGNORECASE,
)
_CORRESPONDENT = re.compile(rf"(?:{_BOOK.any('correspondent')})\b.{{0,80}}", re.IGNORECASE)
_TRANSLATOR = re.compile(rf"[(\[]?(?:{_BOOK.any('translated')})\s{{1,3}}[^\W\d_][^\n:;!?]{{2,60}}", re.IGNORECASE)
_SUFFIX = re.compile(
    rf"\s{{0,4}}[,|/(–—-]\s{{0,4}}\(?(?:{AGENCY})(?:\s{{1,4}}(?:correspondent|writer|staff writer|news))?\)?\s{{0,4}}$",
    re.IGNORECASE,
)
_LEAD = re.compile(rf"^(?:{_BY_WORD})\s{{1,4}}", re.IGNORECASE)
_SMALL = _BOOK.listed("small")
_CASELESS_AT_MOST = 6
_WITH_AGENCY = re.compile(
    rf"(?P<outlet>.{{2,60}}?)\s+(?:avec|with|con|mit|and|et|y|und)\s+(?P<agency>{AGENCY})(?:\W.{{0,20}})?$",
    re.IGNORECASE,
)


def head_line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a byline under the headline and keep the names."""
    text = MARK_END.sub("", unit.text) if "=" in unit.text else unit.text
    if len(text) > 130:
        return False
    if _CORRESPONDENT.fullmatch(text):
        sheet.by = sheet.by or tidy(sheet.words(unit.start, unit.end))
        return sheet.cut("byline.correspondent", unit)
    if _TRANSLATOR.fullmatch(text):
        return sheet.cut("byline.translator", unit)
    found = _BY.fullmatch(text)
    if found is None:
        return False
    who = found.group("who") or found.group("who2")
    if not _names(who):
        return False
    cut = sheet.cut("byline.by", unit)
    together = _WITH_AGENCY.fullmatch(who)
    if together and sheet.is_site:
        sheet.add_source(agencies_in(together["agency"]))
        sheet.add_source((together["outlet"].strip(),), "distributor")
    value = tidy(MARK_END.sub("", sheet.words(unit.start, unit.end)))
    sheet.add_source(agencies_in(who.rsplit(",", 1)[1]) if "," in who else ())
    if agency(value):
        sheet.add_source(agencies_in(value))
    else:
        sheet.by = sheet.by or value
    return cut


MARK_END = re.compile(r"\s*=\s*$")


def tidy(by: str) -> str:
    """Names without ``By`` and without the agency: ``By Jane Roe, Reuters`` → ``Jane Roe``.

    A byline that is only the agency stays as it is.
    """
    names = _LEAD.sub("", " ".join(by.split()))
    bare = _SUFFIX.sub("", names)
    return bare or names


def _names(who: str) -> bool:
    """Reads as people or a desk: few words, no sentence end, not a day, capitals unless an agency follows."""
    words = who.replace(",", " ").replace("/", " ").split()
    if not 1 <= len(words) <= 14 or (who.rstrip().endswith(".") and len(words[-1]) > 3):
        return False
    first = words[0].strip(".,").casefold()
    if first in MONTHS or weekday(first) is not None or first in ("the", "a", "an", "now", "then"):
        return False
    if len(words) <= _CASELESS_AT_MOST and not any(w[:1].isupper() or w[:1].islower() for w in words):
        return True  # Arabic has no capitals
    big = sum(
        w[:1].isupper() or w.casefold() in _SMALL or not w[:1].isalpha() or w[:2].casefold() in ("d'", "o'")
        for w in words
    )
    return big == len(words) or _SUFFIX.search(who) is not None
