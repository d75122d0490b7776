"""Bylines on a line of their own: ``By Jane Roe``, ``Par``, ``Por``, ``Von``; leaves a sentence that starts so."""

from __future__ import annotations

import re

from streams.copydesk.agencies import AGENCY, agencies_in, agency
from streams.copydesk.rule import Rule
from streams.copydesk.sheet import Sheet
from streams.text.daynames import MONTHS, weekday
from streams.text.layout import Paragraph
from streams.text.words import word_set

RULES = (
    Rule("byline.by", "By and a name, under the headline", "AFP, AP, dpa, Reuters", "By Jane Roe, Reuters", "head"),
    Rule("byline.correspondent", "From our correspondent", "papers", "De notre correspondante Anne Duroc", "head"),
)

_BY = re.compile(
    r"(?:by|par|por|von|door|av|di|da)\s+(?P<who>[^\W\d_][^\n:;!?]{2,110})|(?:texte?|text|reporting|report|"
    r"بقلم)\s*:?\s(?:by|par|de|von)?\s*(?P<who2>[^\W\d_][^\n:;!?]{2,80})",
    re.IGNORECASE,
)
_CORRESPONDENT = re.compile(
    r"(?:from our (?:own )?correspondents?|de notre (?:envoyée?|correspondante?)|de nuestr[oa] (?:corresponsal|"
    r"enviad[oa])|von unser(?:em|er) korrespondent(?:en|in))\b.{0,80}",
    re.IGNORECASE,
)
_SUFFIX = re.compile(
    rf"\s*[,|/(–—-]\s*\(?(?:{AGENCY})(?:\s+(?:correspondent|writer|staff writer|news))?\)?\s*$", re.IGNORECASE
)
_LEAD = re.compile(r"^(?:by|par|por|von|door|av|di|da)\s+", re.IGNORECASE)
_SMALL = word_set(
    "and et y e und with avec con mit in à en de du des les au aux del della der den di da do dos van von la le "
    "los bin al el ben d' of the at for from dans"
)
_WITH_AGENCY = re.compile(
    rf"(?P<outlet>.{{2,60}}?)\s+(?:avec|with|con|mit|and|et|y|und)\s+(?P<agency>{AGENCY})(?:\W.{{0,20}})?$",
    re.IGNORECASE,
)


def head_line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a byline under the headline and keep the names."""
    text = MARK_END.sub("", unit.text)
    if len(text) > 130:
        return False
    if _CORRESPONDENT.fullmatch(text):
        sheet.by = sheet.by or tidy(sheet.words(unit.start, unit.end))
        return sheet.cut("byline.correspondent", unit)
    found = _BY.fullmatch(text)
    if found is None:
        return False
    who = found.group("who") or found.group("who2")
    if not _names(who) or not sheet.cut("byline.by", unit):
        return False
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
    return True


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
    big = sum(
        w[:1].isupper() or w.casefold() in _SMALL or not w[:1].isalpha() or w[:2].casefold() in ("d'", "o'")
        for w in words
    )
    return big == len(words) or _SUFFIX.search(who) is not None
