"""Notices that withdraw earlier copy, and what they name; a story about a killing is none."""

from __future__ import annotations

import re

from ahocorasick_rs import AhoCorasick

from streams.copydesk.rulebook import book
from streams.copydesk.sheet import Sheet
from streams.text.layout import Paragraph

_BOOK = book("kills")
RULES = _BOOK.rules

_WORD = rf"(?:{_BOOK.any('kill')})"
_ATTENTION = rf"(?:(?i:{book('advisory').any('attention')})\s?[-:–—]{{1,2}}\s?)?"
_MARK = re.compile(rf"[\W_]{{0,4}}{_ATTENTION}{_WORD}(?:\s?[-–—/]\s?[A-Z ]{{3,60}})?[\W_]{{0,4}}")
_OPENS = re.compile(rf"{_ATTENTION}{_WORD}\b\s?(?:[-:–—/.]|$)")
_IN_SLUG = re.compile(rf"(?:^|[,/ -])(?:{_WORD})(?:$|[,/ -])", re.IGNORECASE)
_NOTICES = {
    language: re.compile("|".join(patterns), re.IGNORECASE | re.DOTALL)
    for language, patterns in _BOOK.patterns["notice"].items()
}
_SIGNS = sorted(_BOOK.listed("notice_signs"))
_SIGN_FINDER = AhoCorasick(_SIGNS)
# The languages in whose notices a sign stands, its own or another's: ``kill`` is in much of the news, and the patterns
# of all languages cost ten times those of one
_SIGNED_IN = tuple(
    tuple(
        language
        for language, patterns in _BOOK.patterns["notice"].items()
        if sign in _BOOK.words["notice_signs"].get(language, ()) or any(sign in pattern for pattern in patterns)
    )
    for sign in _SIGNS
)
_NOTICE_WITHIN = 400
_QUOTED = re.compile(r"[\"“«„]\s?([^\"“”«»„]{6,300}?)\s?[\"”»“]")
_SLUGGED = re.compile(
    rf"\b(?:{_BOOK.any('slugged')})\s?:?\s?([\w'.]{{2,40}}(?:[-/][\w'. ]{{1,40}}?){{1,8}})(?=[\s,.;)]|$)", re.IGNORECASE
)
_FORMERLY = re.compile(
    rf"\b(?:{_BOOK.any('formerly')})\s?:?\s?((?:BC-[A-Z]{{2,3}}--)?[\w'.]{{2,40}}(?:[-/][\w'.]{{1,40}}){{1,8}})",
    re.IGNORECASE,
)
_ID = re.compile(
    r"\burn:[a-z0-9][a-z0-9-]{1,31}:[^\s\"'<>,;]{3,200}|\b[A-Z]{2}-[A-Z]{3}-[A-Z0-9]{3,12}\b|\b[a-z]{2,4}\d{3,4}\b"
)
_AFTER_MARK = re.compile(rf"^\s*{_ATTENTION}{_WORD}\s?[-:–—]\s?", re.IGNORECASE)
_CORRECTED = re.compile(
    rf"\b(?:{_BOOK.any('headlined')})\s?:?\s?[\"“«„]\s?([^\"“”«»„]{{6,300}}?)\s?[\"”»“]", re.IGNORECASE
)


def head_line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut the word KILL, or its like in another language, where it stands alone."""
    if len(unit.text) > 80 or not _MARK.fullmatch(unit.text):
        return False
    if not sheet.cut("kills.mark", unit, any_share=True):
        return False
    sheet.marks.append("KILL")
    sheet.notes.append(sheet.words(unit.start, unit.end))
    return True


def is_kill(headline: str | None, slug: str, note: str, first: str, marked: bool) -> bool:
    """The copy withdraws earlier copy: a mark, its slug or headline says so, or its first lines ask to disregard it."""
    if marked or (slug and _IN_SLUG.search(slug) is not None and re.search(r"[,/]", slug)):
        return True
    if headline and _OPENS.match(headline):
        return True
    if note and _OPENS.match(note):
        return True
    opening = first[:_NOTICE_WITHIN].casefold()
    found = _SIGN_FINDER.find_matches_as_indexes(opening, overlapping=True)
    if not found:
        return False
    languages = {language for sign, _, _ in found for language in _SIGNED_IN[sign]}
    return any(_NOTICES[language].match(first, 0, _NOTICE_WITHIN) for language in languages)


def refers_to(headline: str | None, body: str, own_slug: str | None) -> tuple[str, ...]:
    """What a kill names: headlines in quotes, slugs, ids, and its own headline without the mark.

    ``Please disregard the item headlined "Ferry sinks off Freedonia", slugged Freedonia-ferry`` names both.
    """
    found: list[str] = []
    if headline and _AFTER_MARK.match(headline):
        found.append(_AFTER_MARK.sub("", headline))
    found += [" ".join(m[1].split()) for m in _QUOTED.finditer(body[:2000])]
    found += [m[1].rstrip(" .,") for m in _SLUGGED.finditer(body[:2000])]
    found += [m.group().rstrip(".") for m in _ID.finditer(body[:2000])]
    if own_slug:
        found.append(re.split(r"[,/]", own_slug, maxsplit=1)[0].strip())
    return tuple(dict.fromkeys(item for item in found if item))


def corrected(note: str) -> tuple[str, ...]:
    """The headline that a correction says it corrects, and the slug that a story had before, where a note names one.

    ``NEW SLUG (previously Freedonia-strike)``, ``Eds: Previously slugged BC-FD--Harbour Strike``.
    """
    if not note:
        return ()
    found = [" ".join(m[1].split()) for m in _CORRECTED.finditer(note[:1000])]
    found += [m[1].rstrip(" .,") for m in _FORMERLY.finditer(note[:1000])]
    return tuple(dict.fromkeys(found))
