"""The agency's name on a line of its own, copyright lines that name it, who contributed; a name in a sentence stays."""

from __future__ import annotations

import re

from streams.copydesk.agencies import AGENCY, agencies_in
from streams.copydesk.rule import Rule
from streams.copydesk.sheet import Sheet
from streams.text.layout import Line, Paragraph

RULES = (
    Rule("credits.agency-line", (
        "The agency's name alone on a line, in any case, in brackets, after a dash or stroke"
    ), "papers; Reuters until the 1990s", "AGENCE FRANCE-PRESSE", "tail"),
    Rule("credits.copyright", "Copyright of the agency", "papers and sites", "© 2026 AFP", "tail"),
    Rule("credits.with", "With information from the agency", "papers and sites", "Con información de AFP", "tail"),
    Rule("credits.contributed", "Who else worked on the story", "AP, Reuters", (
        "(Reporting by Jane Roe; Editing by John Doe)"
    ), "tail"),
    Rule("credits.desk", "Agencies, or a desk without a name", "papers and sites", "Agencies", "head", site=True),
    Rule("credits.more", "More to come", "Reuters until the 1990s", " MORE", "tail"),
    Rule("credits.line-end", (
        "The agency's name after the last full stop"
    ), "Reuters, papers", "The port reopens next week. REUTERS", "tail"),
)  # fmt: skip

_LABEL = r"(?:source|sources|quelle|quellen|fuente|fonte|bron|källa|via|credit|المصدر|المصادر)"
_ALONE = re.compile(
    rf"[\s(\[©—–*/-]{{0,6}}(?:{_LABEL}\s?[:：]\s?)?(?P<who>(?:{AGENCY}|reu[ite]{{2,4}}rs?)(?:\s?(?:[/,&+|]|and|"
    rf"et|y|und|with)\s?(?:{AGENCY})){{0,3}})[\s)\].…*=/-]{{0,6}}e?",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    rf"(?:©|\(c\)|copyright)\s{{0,2}}(?:©\s?|"
    rf"\(c\)\s?)?(?:\d{{4}}\s)?(?P<who>{AGENCY})\b(?:\s?[,.]?\s?\d{{4}})?(?:[\s.,:;—–-].{{0,120}})?",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"(?:with|con|avec|mit|com|par|\+)\s(?:(?:additional |agency )?(?:information|informations?|información|"
    r"inputs?|reporting|reports|material|files?|agencies|agences|agencias|agence|agentur(?:en|"
    rf"material)?)\s)?(?:from|de la|de|by|von|der|of|do|da|:)?\s?(?P<who>{AGENCY})(?:\s?(?:[/,&]|and|et|y|"
    rf"und)\s?(?:{AGENCY})){{0,3}}[\s.)]{{0,3}}",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r"[(\[*]?\s?(?:(?:additional |writing |photo)?report(?:ing|age|ed) by|(?:additional )?reporting:|"
    r"editing by|edited by|compiled by|written by|(?:this|the) (?:report|story|"
    rf"article) (?:was )?(?:first published|compiled|produced)|[^\n.]{{3,160}}\bcontributed to this (?:report|"
    rf"story|article)|bearbeitet von|distributed by|(?:{AGENCY})(?: (?:journalists?|writers?|"
    rf"reporters?))? [^\n.]{{0,80}}contributed)[^\n]{{0,300}}",
    re.IGNORECASE,
)
_DESKS = re.compile(
    r"(?:by )?(?:agencies|agency|agence|agences|agencias|agencia|agenturen|agentur|wire (?:services?|reports?)|"
    r"news (?:agencies|desk|service)|"
    r"(?:our |staff |web |foreign |international |special )(?:correspondents?|reporters?|desk|writers?)|staff|"
    r"redaktion|rédaction|redacción|"
    r"وكالات)(?: (?:and|&) agencies)?",
    re.IGNORECASE,
)
_CONTACTS = re.compile(r"\(\(.{5,300}\)\)")
_MORE = re.compile(r"\(?more(?: to come| follows)?\)?\.{0,3}", re.IGNORECASE)
_LINE_END = re.compile(
    rf"(?:(?<=[.!?\"'»”])|(?<=[.!?]\)))\s{{1,8}}[-–—/(]?\s?(?P<who>REUTERS?|AFP|AGENCE FRANCE-PRESSE|AP|DPA|"
    rf"dpa|XINHUA|BERNAMA|(?<=[-–—/(])(?i:{AGENCY}))\)?\.{{0,3}}$"
)


def line(sheet: Sheet, unit: Line | Paragraph) -> bool:
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
    found = _RIGHTS.fullmatch(text)
    if found:
        sheet.add_source(agencies_in(found["who"]))
        return sheet.cut("credits.copyright", unit)
    found = _WITH.fullmatch(text) if len(text) <= 120 else None
    if found:
        sheet.add_source(agencies_in(found["who"]))
        return sheet.cut("credits.with", unit)
    return sheet.is_site and len(text) <= 60 and _DESKS.fullmatch(text) is not None and sheet.cut("credits.desk", unit)


def tail_line(sheet: Sheet, unit: Line | Paragraph) -> bool:
    """Cut a credit under the body, also those that name people."""
    if line(sheet, unit):
        return True
    if _CONTRIBUTED.fullmatch(unit.text) or _CONTACTS.fullmatch(unit.text):
        return sheet.cut("credits.contributed", unit)
    return _MORE.fullmatch(unit.text) is not None and sheet.cut("credits.more", unit)


def line_end(sheet: Sheet, last: Line) -> bool:
    """Cut the agency's name after the last full stop of the copy."""
    found = _LINE_END.search(last.text)
    if found is None:
        return False
    sheet.add_source(agencies_in(found["who"]))
    return sheet.cut("credits.line-end", (last.start + found.start(), last.end))
