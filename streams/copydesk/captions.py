"""Picture captions among the copy: repeated, credited, or above the dateline; keeps each once, without its credit."""

from __future__ import annotations

import re

from streams.copydesk.agencies import AGENCY
from streams.copydesk.rulebook import book
from streams.copydesk.sheet import Sheet
from streams.text.layout import Paragraph

_BOOK = book("captions")
RULES = _BOOK.rules

_LABEL = rf"(?:{_BOOK.any('label')})"
_LICENSED = r"(?:[ ,.]{0,3}(?:purchase licensing rights|opens new tab)){0,2}"
# ``Jane ROE / AFP via Getty Images``, ``AP Photo/Jane Roe``, ``REUTERS/Jane Roe``: the credit without a label
_BARE_CREDIT = (
    rf"(?:[^\W\d_][^\n/.:;?!]{{2,60}}\s?/\s?)?(?:(?:{AGENCY}|epa-efe|epa)(?:\s?[/-]\s?|\svia\s))?getty images"
    rf"(?:/[^\n]{{2,30}})?|(?-i:[^\W\d_][^\n/.:;?!]{{2,60}})\s?/\s?(?:{AGENCY}|epa-efe|epa)(?:\s?/\s?file)?|"
    rf"(?:ap photo|afp photo)(?:\s?/\s?[^\n.:;?!]{{2,60}})?|reuters/[^\n.:;?!]{{2,80}}?{_LICENSED}"
)
_OWN_LINE = re.compile(
    rf"\(?{_LABEL}\s?(?:credit|by|von|de|par)?\s?[:©/]\s?(?P<who>[^\n]{{2,80}})|[(\[]?(?:{_BARE_CREDIT})[)\]]?",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(rf"[(\[](?:{_BARE_CREDIT})[)\]]", re.IGNORECASE)
_AT_END = re.compile(
    rf"(?P<text>.{{5,600}}?)(?P<credit>[\s|(\[—–-]{{1,4}}(?:(?-i:[A-Z]{{2,5}} )?(?:{_LABEL})\s?(?:credit|"
    rf"by)?\s?:\s?(?P<who>[^\n:]{{2,80}})|"
    rf"©\s?(?P<who2>[^\n]{{2,60}})|\((?P<who3>(?:{AGENCY})(?: photo| file photo)?|"
    rf"[^()\n]{{3,60}}[/ ](?:{AGENCY}))(?: (?:photo|file))?\)|"
    rf"(?:[A-Z]{{2,5}} PHOTO(?: ?/ ?[^\n]{{2,50}})?|(?<=[.!?] )"
    rf"(?P<who4>[^\n.]{{0,40}}/ ?(?:{AGENCY})|(?:{AGENCY})(?: ?/ ?| - )[^\n.:]{{2,60}})|"
    rf"(?<=[.!?] )reuters/[^\n]{{2,80}}?{_LICENSED}|(?<=[—–])\s?(?:{AGENCY})(?:\s?/\s?file)?|"
    rf"\|\s?(?-i:[A-ZÀ-Þ][A-ZÀ-Þ /.-]{{2,40}})|/\s?(?:{AGENCY})|"
    r"(?<=[.!?] )(?-i:AFP|AP|EFE|EPA|REUTERS|ANSA|LUSA)))\s?[)\]]?)",
    re.IGNORECASE,
)
_SIGNS = ("photo", "credit", "foto", "bild", "image", "picture")
_FILE_PHOTO = re.compile(
    r"(?:\[?FILE(?: PHOTO)?\]?|ARCHIVE|ARCHIV(?:BILD|FOTO)|FOTO DE ARCHIVO)\s?[:—–-]{0,2}\s+", re.IGNORECASE
)
_WIRE_PHOTO = re.compile(r"(?:AFP|AP|REUTERS|EPA) ?PHOTO\b")
_AT_MOST, _CREDIT_AT_MOST = 600, 90


def split_credit(text: str) -> int | None:
    """Where the caption ends, when ``text`` is a caption with its credit at the end."""
    if len(text) > _AT_MOST:
        return None
    found = _AT_END.fullmatch(text)
    return found.end("text") if found else None


def head_line(sheet: Sheet, at: int) -> int:
    """Cut a caption that starts at unit ``at`` of a site's head; returns how many units it took.

    Three habits: the paragraph stands twice, the second time with ``PHOTO: …``; the credit is at its end; the credit
    is on the line below.
    """
    units = sheet.units
    unit = units[at]
    if not sheet.is_site or len(unit.text) > _AT_MOST:
        return 0
    below = units[at + 1] if at + 1 < len(units) else None
    own = _OWN_LINE.fullmatch(unit.text)
    if own:
        return int(_credit(sheet, (unit.start, unit.end)))
    if below is not None:
        if below.text == unit.text or below.text.startswith(unit.text.rstrip(".")):
            credit = split_credit(below.text)
            if credit is not None or below.text == unit.text:
                return 2 if _caption(sheet, [unit, below], unit.end - unit.start, credit) else 0
        credit_line = _OWN_LINE.fullmatch(below.text)
        if credit_line and below.first - unit.last == 1:
            if not sheet.cut("captions.text", unit):
                return 0
            _keep(sheet, unit.start, unit.end)
            return 1 + int(_credit(sheet, (below.start, below.end)))
    credit = split_credit(unit.text)
    if credit is not None and not unit.text.startswith(('"', "'")):
        return int(_caption(sheet, [unit], credit, credit))
    return 0


def tail_line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a picture's credit in brackets under wire copy: ``(AP Photo/Jane Roe)``."""
    text = unit.text
    if not text.startswith(("(", "[")) or len(text) > _CREDIT_AT_MOST or not _IN_BRACKETS.fullmatch(text):
        return False
    return _credit(sheet, (unit.start, unit.end))


def before_dateline(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a short paragraph that stands between the headline and a dateline: a caption or a summary of the site's."""
    if len(unit.text) > 400 or not sheet.cut("captions.before-dateline", unit):
        return False
    _keep(sheet, unit.start, unit.end)
    return True


def middle(sheet: Sheet) -> None:
    """Cut captions between paragraphs: those with an explicit credit, and those already kept from the head."""
    if not sheet.is_site:
        return
    # not what only stood above the dateline: that may be the page's summary, in the very words of a paragraph
    kept = {sheet.words(cut.start, cut.end) for cut in sheet.ledger.spans if cut.rule == "captions.text"}
    whole = sheet.flat.casefold()
    signs = [sign for sign in _SIGNS if sign in whole]
    if not kept and not signs:
        return
    for at in range(sheet.body_from, len(sheet.units)):
        unit = sheet.units[at]
        if len(unit.text) > _AT_MOST:
            continue
        if kept and not sheet.is_cut(unit) and sheet.words(unit.start, unit.end) in kept:
            sheet.cut("captions.text", unit)
            continue
        lowered = unit.text.casefold() if signs else ""
        if not any(sign in lowered for sign in signs) or sheet.is_cut(unit):
            continue
        own = _OWN_LINE.fullmatch(unit.text)
        if own:
            _credit(sheet, (unit.start, unit.end))
            continue
        credit = split_credit(unit.text)
        if credit is not None and (":" in unit.text[credit:] or _WIRE_PHOTO.search(unit.text, credit)):
            _caption(sheet, [unit], credit, credit)


def _caption(sheet: Sheet, units: list[Paragraph], length: int, credit: int | None) -> bool:
    label = _FILE_PHOTO.match(units[0].text) if len(units) == 1 else None
    if label is not None and label.end() < length:
        unit = units[0]
        if not sheet.ledger.cut_all("captions.text", [(unit.start + label.end(), unit.start + length)]):
            return False
        _keep(sheet, unit.start + label.end(), unit.start + length)
        _credit(sheet, (unit.start, unit.start + label.end()))
        return _credit(sheet, (unit.start + length, unit.end)) if credit is not None else True
    if not sheet.ledger.cut_all("captions.text", [(u.start, u.start + length) for u in units]):
        return False
    _keep(sheet, units[0].start, units[0].start + length)
    if credit is not None:
        _credit(sheet, (units[-1].start + length, units[-1].end))
    return True


def _credit(sheet: Sheet, span: tuple[int, int]) -> bool:
    """Cut a picture credit. Who took the picture did not write the copy, so it is no source of the story."""
    return sheet.cut("captions.credit", span)


def _keep(sheet: Sheet, start: int, end: int) -> None:
    caption = sheet.words(start, end)
    if caption and caption not in sheet.captions:
        sheet.captions.append(caption)
