"""The agency's name on a line of its own, copyright lines that name it, who contributed; a name in a sentence stays."""

from __future__ import annotations

import re

from streams.copydesk import byline
from streams.copydesk.agencies import AGENCY, AGENCY_FORMS, agencies_in
from streams.copydesk.rulebook import book
from streams.copydesk.sheet import Sheet
from streams.text.layout import Paragraph

_BOOK = book("credits")
RULES = _BOOK.rules

_ALONE = re.compile(
    rf"[\s(\[©—–*/=-]{{0,6}}(?:(?:{_BOOK.any('label')})\s?[:：]\s?)?(?P<who>(?:{AGENCY}|reu[ite]{{2,4}}rs?)(?:\s?(?:[/,&+|]|and|"
    rf"et|y|und|with)\s?(?:{AGENCY}|{_BOOK.any('agencies')})){{0,3}})[\s)\].…*=/-]{{0,6}}e?",
    re.IGNORECASE,
)
# ``Quelle: Hafenbote, AFP, abc``
_SOURCED = re.compile(rf"(?:{_BOOK.any('label')})\s?[:：]\s?(?P<who>[^\n.:;!?]{{2,70}})", re.IGNORECASE)
_RIGHTS = re.compile(
    rf"[(\[]?(?:©|\(c\)|copyright)\s{{0,2}}(?:©\s?|"
    rf"\(c\)\s?)?(?:\d{{4}},?\s)?(?:by\s(?:the\s)?)?(?P<who>{AGENCY})\b(?:\s?[,.]?\s?\d{{4}})?(?:[\s.,:;—–-].{{0,300}})?",
    re.IGNORECASE,
)
_WITH = re.compile(
    rf"[(\[*]?(?:{_BOOK.any('with')}|\+)\s(?:(?:{_BOOK.any('material')})\s)?(?:(?:{_BOOK.any('of')}|:)\s?)?"
    rf"(?P<who>{AGENCY})(?:\s?(?:[/,&]|and|et|y|e|und)\s?(?:{AGENCY})){{0,3}}[\s.)\]]{{0,3}}",
    re.IGNORECASE,
)
_OUTLET_WITH = re.compile(
    rf"[(\[]?(?P<outlet>[^\W\d_][\w'. -]{{1,40}}?),?\s[(\[]?(?:{_BOOK.any('with')})\s(?:l'|la\s|die\s|der\s)?"
    rf"(?:{_BOOK.any('material')}\s)?"
    rf"(?P<who>{AGENCY}|{_BOOK.any('agencies')})[\s.)\]]{{0,3}}",
    re.IGNORECASE,
)
_FROM = re.compile(
    rf"(?P<who>{AGENCY})(?-i: in [A-ZÀ-Þ][\w'.-]{{1,20}}(?: (?:[a-z]{{2}} )?[A-ZÀ-Þ][\w'.-]{{1,20}}){{0,2}})",
    re.IGNORECASE,
)
_DESKS = re.compile(rf"(?:{_BOOK.any('desk')})(?: (?:and|&) agencies)?(?:\s?\((?P<who>{AGENCY})\))?", re.IGNORECASE)
# ``Jane Roe, The Canadian Press`` under the copy; only the agency's name in full, since AFP may stand for anything
_PERSON = r"[^\W\d_][\w.'-]{1,20}"
_AUTHOR = re.compile(rf"(?P<by>{_PERSON}(?: {_PERSON}){{1,3}}), (?P<who>{AGENCY})", re.IGNORECASE)
_FIRST_PUBLISHED = _BOOK.lines("credits.first-published")
_CONTRIBUTED = _BOOK.lines("credits.contributed")
_ONLINE = _BOOK.lines("credits.author-online")
_CONTACTS = _BOOK.lines("credits.contacts")
_MORE = _BOOK.lines("credits.more")
_REPORTING = re.compile(
    r"\W{0,4}reporting by (?P<who>[^\n;()]{3,120}?)"
    r"(?=[;)]|$|\.$|[.,]? (?:additional|writing|edit(?:ed|ing)|graphics?)\b)",
    re.IGNORECASE,
)
# Relays run Reuters' closing line on behind the last sentence
_WORKED_END = re.compile(
    r"(?<=[.!?\"'”»)])\s{1,4}(?P<credit>\((?:additional )?(?:reporting|writing|editing) by [^\n()]{3,300}\)\.?)$",
    re.IGNORECASE,
)
_IN_FULL = 12
_CONTRIBUTED_AT_MOST, _MORE_AT_MOST, _END_AT_MOST = 500, 40, 60
_LINE_END = re.compile(
    rf"(?:(?<=[.!?\"'»”])|(?<=[.!?]\)))-?\s{{1,8}}[-–—/(=©]{{0,2}}\s?(?P<who>{_BOOK.any('closing')}|(?<=[-–—/(=©])(?i:{AGENCY}))\)?\.{{0,3}}$"
)
_BRACKETS_END = re.compile(rf"\s{{1,8}}\((?P<who>{AGENCY})\)\.?$", re.IGNORECASE)
_AROUND = "()-–—/=.©"
# No line is searched for the agency's name at its end unless its last word is the last of some name
_LAST_WORDS = frozenset(
    form.rsplit(" ", 1)[-1].strip(_AROUND).casefold() for form in (*AGENCY_FORMS, *_BOOK.listed("closing"))
)
_NAMED_BEFORE = ("press", "agen", "reuters", "news", "media")


def line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a line that only credits the agency; above or below the body."""
    text = unit.text
    if len(text) > 320:
        return False
    found = _ALONE.fullmatch(text) if len(text) <= 80 else None
    if found:
        sheet.add_source(
            agencies_in(found["who"]) or (("Reuters",) if found["who"].casefold().startswith("reu") else ())
        )
        return sheet.cut("credits.agency-line", unit)
    found = _RIGHTS.fullmatch(text) if text[0] in "©([cC" else None
    if found:
        sheet.add_source(agencies_in(found["who"]))
        return sheet.cut("credits.copyright", unit)
    found = _WITH.fullmatch(text) if len(text) <= 120 else None
    if found:
        sheet.add_source(agencies_in(found["who"]))
        return sheet.cut("credits.with", unit)
    found = _SOURCED.fullmatch(text) if sheet.is_site and ":" in text[:12] and len(text) <= 80 else None
    if found and agencies_in(found["who"]):
        sheet.add_source(agencies_in(found["who"]))
        return sheet.cut("credits.agency-line", unit)
    outlet = sheet.is_site and len(text) <= 70 and not text.endswith(("?", "!", ":"))
    found = _OUTLET_WITH.fullmatch(text) if outlet else None
    if found and (agencies_in(found["who"]) or _is_name(found["outlet"])):
        sheet.add_source(agencies_in(found["who"]))
        return sheet.cut("credits.with", unit)
    found = _FROM.fullmatch(text) if outlet else None
    if found and len(found["who"]) >= _IN_FULL:
        sheet.add_source(agencies_in(found["who"]))
        return sheet.cut("credits.agency-line", unit)
    if _FIRST_PUBLISHED.fullmatch(text):
        return sheet.cut("credits.first-published", unit)
    desk = _DESKS.fullmatch(text) if sheet.is_site and len(text) <= 60 else None
    if desk is None:
        return False
    sheet.add_source(agencies_in(desk["who"] or ""))
    return sheet.cut("credits.desk", unit)


def rights(text: str) -> str | None:
    """The rule of a line that says the agency has the rights."""
    return "credits.copyright" if text[0] in "©([cC" and _RIGHTS.fullmatch(text) else None


def _is_name(outlet: str) -> bool:
    """Capitals, as in ``The Harbour Post with agencies``; ministers that meet with agencies have none."""
    return all(word[:1].isupper() for word in (outlet.split()[0], outlet.split()[-1]))


def tail_line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a credit under the body, also those that name people."""
    if line(sheet, unit):
        return True
    if len(unit.text) <= _CONTRIBUTED_AT_MOST and _CONTRIBUTED.fullmatch(unit.text):
        sheet.by = sheet.by or _reporters(unit.text)
        return sheet.cut("credits.contributed", unit)
    if len(unit.text) <= _CONTRIBUTED_AT_MOST and _ONLINE.fullmatch(unit.text):
        return sheet.cut("credits.author-online", unit)
    if len(unit.text) <= _MORE_AT_MOST * 2 and "," in unit.text and _author(sheet, unit):
        return True
    if unit.text.startswith("((") and _CONTACTS.fullmatch(unit.text):
        return sheet.cut("credits.contacts", unit)
    return more(sheet, unit)


def more(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a line that says what is to come, or that there is nothing more, or what comes with it."""
    return len(unit.text) <= _MORE_AT_MOST and _MORE.fullmatch(unit.text) and sheet.cut("credits.more", unit)


def _reporters(text: str) -> str | None:
    """The names in ``(Reporting by Jane Roe in Tyre; Editing by John Doe)``: Reuters' byline, where it has no other."""
    found = _REPORTING.match(text)
    return byline.named(f"by {found['who']}") if found else None


def _author(sheet: Sheet, unit: Paragraph) -> bool:
    found = _AUTHOR.fullmatch(unit.text)
    if found is None or len(found["who"]) < _IN_FULL or not agencies_in(found["who"]):
        return False
    if not all(word[:1].isupper() for word in found["by"].split()):
        return False
    sheet.add_source(agencies_in(found["who"]))
    sheet.by = sheet.by or sheet.words(unit.start, unit.start + found.end("by"))
    return sheet.cut("credits.author-line", unit)


def line_end(sheet: Sheet, last: Paragraph) -> bool:
    """Cut the agency's name, or who reported in brackets, after the last full stop of the copy."""
    text = last.text
    if text.endswith((")", ").")) and (worked := _WORKED_END.search(text, max(0, len(text) - _CONTRIBUTED_AT_MOST))):
        sheet.by = sheet.by or _reporters(worked["credit"])
        return sheet.cut("credits.contributed", (last.start + worked.start("credit"), last.end))
    if text.rsplit(" ", 1)[-1].strip(_AROUND).casefold() not in _LAST_WORDS:
        return False
    found = _LINE_END.search(text, max(0, len(text) - _END_AT_MOST))
    if found is None and text.endswith((")", ").")):
        found = _BRACKETS_END.search(text, max(0, len(text) - _END_AT_MOST))
        # "according to Agence France-Presse (AFP)." only explains the name
        if found and any(sign in text[max(0, found.start() - 30) : found.start()].lower() for sign in _NAMED_BEFORE):
            return False
    if found is None:
        return False
    sheet.add_source(agencies_in(found["who"]))
    return sheet.cut("credits.line-end", (last.start + found.start(), last.end))
