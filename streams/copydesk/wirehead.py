"""Heads and tails of the transmission: service line, time line, control characters; reads urgency, judges no words."""

from __future__ import annotations

import re

from streams.copydesk import dateline
from streams.copydesk.agencies import AGENCY, agency
from streams.copydesk.rulebook import book
from streams.copydesk.sheet import Sheet
from streams.text.daynames import MONTH_PATTERN
from streams.text.layout import Paragraph

_BOOK = book("wirehead")
RULES = _BOOK.rules

_SERVICE = re.compile(
    r"(?:[A-Za-z]{2,4}\d{3,4}|(?P<marked>[A-Za-z][A-Za-z-]{1,8}\d{2,5})) (?P<priority>[1-8]) [a-z]{1,3}"
    r"(?: {1,12}[\w./-]{1,12}){0,8}(?: [^\W\d_][\w/-]{2,40})?"
)
_NUMBERED = re.compile(
    r"[A-Z]{2,6}\d{3,5} {1,4}(?P<priority>[1-8]) {1,4}[A-Z]{2,4} {1,4}\d{3,4}(?: {1,4}[A-Z]{1,4})?"
    r"(?: {1,80}[A-Z][a-z], \d\d\.\w{3,4} \d{4})?"
)
"""``APA0098 4 CI 0112   Mo, 02.Jun 2031``, ``BELGA0044 4 GEN 0090 F``, ``HU0067 4 BEL 0080 MTI``: the category in
capitals, the words always counted."""
_DESK = re.compile(r"[A-Z]{3}\d{1,3}")
"""``DEL45``: PTI's desk and its number."""
_STAMP = re.compile(rf"\d\d:\d\d \d\d(?:{MONTH_PATTERN})\d\d RTRS ?- ?(?=\S)", re.IGNORECASE)
"""``07:41 03Mar26 RTRS-FREEDONIA PORT OPERATOR SAYS FIRE IS OUT``: Reuters' desktop, in front of each headline."""
_STAMP_AT_MOST = 24
_HEAD = 600
_START = _BOOK.lines("wirehead.start", any_case=False)
_RELEASE = _BOOK.lines("wirehead.release", any_case=False)
_TIME = re.compile(
    rf"(?:(?:(?:{AGENCY}) )?\d{{6}}(?: (?:GMT|UTC))? (?:{MONTH_PATTERN})\.? \d\d|"
    r"APA\d{4} {1,8}\d{4}-\d\d-\d\d/\d\d:\d\d|"
    rf"\d{{4}} (?:GMT|UTC) \d\d (?:{MONTH_PATTERN})\.? \d\d|\d\d-(?:{MONTH_PATTERN})-\d\d \d\d:\d\d(?: NNNN)?|"
    r"\d{4}-\d\d-\d\d \d\d:\d\d|"
    r"AP-[A-Z]{2}-\d\d-\d\d-\d\d \d{4}[A-Z]{3}<?)",
    re.IGNORECASE,
)
_DRAWN = re.compile(r"\.|[_*=~#-]{2,80}|[–—]{1,5}|(?:\* ){2,10}\*")
_DRAWN_ABOVE = re.compile(r"[/_*=~#-]{5,100}")
_END = re.compile(r"N{4}")


def head_line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut the line when it belongs to the head of the transmission."""
    text = unit.text
    service = _SERVICE.fullmatch(text) or _NUMBERED.fullmatch(text)
    if service and (not service.groupdict().get("marked") or "\x01" in sheet.raw.copy[: unit.start]):  # behind SOH any
        sheet.urgency = int(service["priority"])
        return sheet.cut("wirehead.service-line", unit, any_share=True)
    if drawn(sheet, unit):
        return True
    if unit is sheet.units[0] and _DESK.fullmatch(text) and "(PTI)" in sheet.flat[:_HEAD]:
        return sheet.cut("wirehead.service-line", unit, any_share=True)
    if _START.fullmatch(text):
        return sheet.cut("wirehead.start", unit, any_share=True)
    if not _RELEASE.fullmatch(text) or unit.first >= 4 or _names_agency(text):
        return False
    return sheet.cut("wirehead.release", unit, any_share=True)


def stamp(sheet: Sheet) -> None:
    """Cut the time that stands in front of the first line, which is a snap or a headline."""
    if not sheet.units or "RTRS" not in sheet.units[0].text[:_STAMP_AT_MOST]:
        return
    unit = sheet.units[0]
    found = _STAMP.match(unit.text)
    if found and sheet.cut("wirehead.stamp", (unit.start, unit.start + found.end()), any_share=True):
        sheet.units[0] = unit._replace(start=unit.start + found.end(), text=unit.text[found.end() :])


def drawn(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a line of dashes around an advisory above the copy: AFP's ``///-----``."""
    return _DRAWN_ABOVE.fullmatch(unit.text) is not None and sheet.cut("wirehead.rule", unit)


def above_text(sheet: Sheet, unit: Paragraph) -> bool:
    """The line stands between service line and STX, where IPTC 7901 has its keywords, and a headline opens the text.

    Where the text opens with its dateline, the line above STX may be the headline.
    """
    if sheet.raw.format != "iptc7901":
        return False
    opens = sheet.raw.copy.find("\x02")
    first = next((below for below in sheet.units if below.start > opens), None)
    return opens >= unit.end and first is not None and not dateline.opens(sheet, first)


def _names_agency(text: str) -> bool:
    """``Source: AFP`` of a site, which is its credit and no release."""
    return agency(text.partition(":")[2]) is not None


def tail_line(sheet: Sheet, line: Paragraph) -> bool:
    """Cut the line when it belongs to the tail of the transmission."""
    if (line.text[-1].isdigit() or line.text.endswith(("NNNN", "T", "T<"))) and _TIME.fullmatch(line.text):
        return sheet.cut("wirehead.time-line", line)
    if _DRAWN.fullmatch(line.text):
        return sheet.cut("wirehead.rule", line)
    return _END.fullmatch(line.text) is not None and sheet.cut("wirehead.end", line)


def middle(sheet: Sheet) -> None:
    """Cut AP's ``___`` between paragraphs, which parts the story from an aside and is no word of either."""
    if "___" not in sheet.flat:
        return
    for unit in sheet.units:
        if not unit.text.strip("_"):
            sheet.cut("wirehead.rule", unit)


def controls(sheet: Sheet) -> None:
    """Cut what cannot be printed and no other rule took."""
    before = len(sheet.ledger.spans)
    sheet.ledger.cut_invisible("wirehead.control")
    if len(sheet.ledger.spans) == before:
        return
    count = sum(
        1
        for span in sheet.ledger.spans
        if span.rule == "wirehead.control" and _inside_text(sheet, span.start, span.end)
    )
    if count:
        sheet.warnings.append(f"control characters inside the copy removed: {count}")


def _inside_text(sheet: Sheet, start: int, end: int) -> bool:
    """A control character beside a letter damages a word; one that frames a line is the transmission's."""
    copy = sheet.raw.copy
    before = copy[start - 1] if start else "\n"
    after = copy[end] if end < len(copy) else "\n"
    return not (before in "\r\n" or after in "\r\n")
