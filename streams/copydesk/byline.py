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
    rf"(?:{_BY_WORD})(?:\s{{1,4}}|(?<=By)(?=THE ))(?P<who>[^\W\d_][^\n:;!?]{{2,110}})|"
    rf"(?:{_BOOK.any('label')})\s?:\s?(?:by|par|de|von)?\s{{0,4}}(?P<who2>[^\W\d_][^\n:;!?]{{2,80}})",
    re.IGNORECASE,
)
_UNDER = re.compile(rf"\((?:{_BY_WORD})\s{{1,4}}(?P<who>[^\W\d_][^\n:;!?()]{{2,110}})\)", re.IGNORECASE)
_SIGNED = re.compile(rf"(?i:{_BOOK.any('signed')})\s?: (?P<who>[^\W\d_][^\n:;!?()]{{2,60}})")
_CORRESPONDENT = re.compile(rf"(?:{_BOOK.any('correspondent')})\b.{{0,80}}", re.IGNORECASE)
_TRANSLATOR = re.compile(rf"[(\[]?(?:{_BOOK.any('translated')})\s{{1,3}}[^\W\d_][^\n:;!?]{{2,60}}", re.IGNORECASE)
_PLACED = re.compile(
    rf"(?P<who>(?:[^\W\d_][\w.'-]{{1,20}} ){{2,4}})(?:in (?P<place>[^\n.,:;]{{3,40}}?) )?for (?P<agency>{AGENCY})",
    re.IGNORECASE,
)
_SUFFIX = re.compile(
    rf"(?:\s{{0,4}}[,|/(–—-]\s{{0,4}}\(?|\s{{1,4}}(?=(?:the )?associated press|agence france|ap [a-z]{{3,12}} writer))"
    rf"(?:{AGENCY})(?:\s{{1,4}}(?:correspondent|writer|staff writer|news))?\)?\s{{0,4}}$",
    re.IGNORECASE,
)
_LEAD = re.compile(rf"^(?:{_BY_WORD})(?:\s{{1,4}}|(?-i:(?=THE )))", re.IGNORECASE)
_SMALL = _BOOK.listed("small")
_CASELESS_AT_MOST = 6
_WITH_AGENCY = re.compile(
    rf"(?P<outlet>.{{2,60}}?)\s+(?:avec|with|con|mit|and|et|y|und)\s+(?P<agency>{AGENCY})(?:\W.{{0,20}})?$",
    re.IGNORECASE,
)
# A paper or site, where a person's name might stand
_OUTLET = re.compile(
    rf"^(?:{_BOOK.any('article')})\b|\b(?:{_BOOK.any('outlet')})\b|\.(?:com|net|org|fr|de|es|be|ch|br|in|uk)\b",
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
        return sheet.is_site and _placed(sheet, unit)
    who = found.group("who") or found.group("who2")
    if not _names(who):
        return False
    cut = sheet.cut("byline.by", unit)
    together = _WITH_AGENCY.fullmatch(who)
    if together and sheet.is_site:
        sheet.add_source(agencies_in(together["agency"]))
        if _OUTLET.search(together["outlet"]):
            sheet.add_source((together["outlet"].strip(),), "distributor")
            return cut
    opens = unit.start + (found.start("who2") if found["who2"] else 0)
    # by REUTERS | The Harbour Post
    value = tidy(MARK_END.sub("", sheet.words(opens, unit.end).split(" | ", 1)[0]))
    sheet.add_source(agencies_in(who.rsplit(",", 1)[1]) if "," in who else ())
    if agency(value):
        sheet.add_source(agencies_in(value))
    else:
        sheet.by = sheet.by or value
    return cut


def tail_line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut the names under the copy, ``(By Jane Roe and John Doe)`` as CNA gives them, ``Autor: Jan Kos`` as PAP."""
    if len(unit.text) > 130:
        return False
    found = _UNDER.fullmatch(unit.text) if unit.text.startswith("(") else _SIGNED.fullmatch(unit.text)
    if found is None or not _names(found["who"]) or not sheet.cut("byline.under", unit):
        return False
    value = tidy(sheet.words(unit.start + found.start("who"), unit.start + found.end("who")))
    if agency(value):
        sheet.add_source(agencies_in(value))
    else:
        sheet.by = sheet.by or value
    return True


def _placed(sheet: Sheet, unit: Paragraph) -> bool:
    """A name, where it wrote from and for which agency: ``Jane Roe in Tyre for Agence France-Presse``."""
    found = _PLACED.fullmatch(unit.text)
    if found is None or not _names(found["who"]):
        return False
    sheet.add_source(agencies_in(found["agency"]))
    sheet.by = sheet.by or sheet.words(unit.start, unit.start + found.end("who"))
    return sheet.cut("byline.by", unit)


def named(text: str) -> str | None:
    """The names in a piece of a line that opens as a byline does: ``by Jane Roe`` before a stroke and the day."""
    found = _BY.fullmatch(text)
    who = (found["who"] or found["who2"]) if found else None
    return tidy(who) if who and _names(who) and not agency(tidy(who)) else None


MARK_END = re.compile(r"\s*=\s*$")


def tidy(by: str) -> str:
    """Names without ``By`` and without the agency: ``By Jane Roe, Reuters`` → ``Jane Roe``.

    A byline that is only the agency stays as it is.
    """
    names = _LEAD.sub("", " ".join(by.split()))
    bare = names if agency(names) else _SUFFIX.sub("", names)
    return bare or names


def _names(who: str) -> bool:
    """Reads as people or a desk: few words, no sentence end, not a day, capitals unless an agency follows."""
    words = who.replace(",", " ").replace("/", " ").split()
    if not 1 <= len(words) <= 14 or (who.rstrip().endswith(".") and len(words[-1]) > 3):
        return False
    first = words[0].strip(".,").casefold()
    if first in MONTHS or weekday(first) is not None or first in ("the", "a", "an", "now", "then"):
        return agency(who) is not None
    if len(words) <= _CASELESS_AT_MOST and not any(w[:1].isupper() or w[:1].islower() for w in words):
        return True  # Arabic has no capitals
    big = sum(
        w[:1].isupper() or w.casefold() in _SMALL or not w[:1].isalpha() or w[:2].casefold() in ("d'", "o'")
        for w in words
    )
    return big == len(words) or _SUFFIX.search(who) is not None
