"""What a site adds around the copy: dates, buttons, newsletters, copyright, related links; takes only whole lines.

Two zones with two measures: above the first paragraph and below the last a line needs only look like furniture; between
paragraphs it must be one of the closed forms (``READ MORE: …``, an advertisement mark).
"""

from __future__ import annotations

import re

from streams.copydesk.agencies import agencies_in
from streams.copydesk.rulebook import book
from streams.copydesk.sheet import PublishedDay, Sheet
from streams.text.dates import find_day
from streams.text.daynames import WEEKDAY_PATTERN
from streams.text.layout import Line, Paragraph

_BOOK = book("boilerplate")
RULES = _BOOK.rules

_PUBLISHED = _BOOK.lines("boilerplate.published")
_READING = _BOOK.lines("boilerplate.reading-time")
_BUTTON = re.compile(rf"(?:(?:{_BOOK.any('button')})[\s|·•,/&+:-]{{0,4}}){{1,8}}", re.IGNORECASE)
_PRINT = _BOOK.lines("boilerplate.print-edition")
_DISCLAIMER = _BOOK.lines("boilerplate.disclaimer")
_CHANNEL = _BOOK.any("channel")
_NEWSLETTER = re.compile(
    rf"[¡!►▶*>\s]{{0,4}}(?:(?:{_BOOK.any('call')})\b.{{0,160}}?(?<![\w-])(?:{_CHANNEL})|"
    rf"(?:{_BOOK.any('own')})\s.{{0,100}}?(?<![\w-])(?:{_BOOK.any('paper')}))(?!\w).{{0,160}}",
    re.IGNORECASE,
)
_WEAK = _BOOK.listed("weak")
_SUBSCRIBE = _BOOK.lines("boilerplate.newsletter")
_RIGHTS = _BOOK.lines("boilerplate.rights")
_RELATED = _BOOK.lines("boilerplate.related")
_READ_CAPITALS = re.compile(rf"(?:{_BOOK.any('capitals')})\s?[:|].{{3,220}}")
_ADVERT = _BOOK.lines("boilerplate.advertisement")
# Any line that may stand between paragraphs: one question instead of four of what is nearly always prose
_MIDDLE = re.compile(
    rf"(?i:{_BOOK.forms('boilerplate.related', 'boilerplate.advertisement')}|{_NEWSLETTER.pattern})|"
    rf"{_READ_CAPITALS.pattern}"
)
_CONTACT = re.compile(r"(?:https?://|www\.)\S{4,200}|\S{1,40}@\S{3,60}\.\w{2,10}", re.IGNORECASE)
_OUTLET_PRINT = re.compile(
    r"(?:print (?:edition|version)|edition|pages?|issue) of (?P<outlet>(?:The |"
    r"the )?[^\W\d_][^\n,.;]{1,60}?)(?= on\b|,|\.|;| with\b| under\b|$)"
)
_OUTLET_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)\s{0,2}(?:©\s?)?(?:\d{4}[\s,]{0,2})?(?P<outlet>[^\W\d_][^\n,.;|"
    r"©]{1,50}?)(?=[\s,.]{0,3}\d{4}|[,.;|]|\s(?:all|tous|alle|todos)\b|$)",
    re.IGNORECASE,
)
_TAIL_AT_MOST, _TAIL_LINE_AT_MOST = 16, 420
_TAIL_SHARE = 0.5


def head_line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a line of furniture above the first paragraph; a day that it names is kept."""
    text = unit.text
    if len(text) > 160:
        return False
    if _PUBLISHED.fullmatch(text) and any(map(str.isdigit, text)):
        return _dated(sheet, "boilerplate.published", unit)
    if _is_dated(text):
        stroke = re.split(r"\s{0,3}[|•·]\s{0,3}", text)[0]
        sheet.add_source(agencies_in(stroke) if len(stroke) < 60 else ())
        return _dated(sheet, "boilerplate.dated", unit)
    if not sheet.is_site:
        return False
    if _READING.fullmatch(text):
        return sheet.cut("boilerplate.reading-time", unit)
    if _BUTTON.fullmatch(text):
        return sheet.cut("boilerplate.button", unit)
    if _ADVERT.fullmatch(text):
        return sheet.cut("boilerplate.advertisement", unit)
    if _NEWSLETTER.fullmatch(text) and unit.text.endswith((".", "!", "→", "here", "now")) and len(text) < 120:
        return sheet.cut("boilerplate.newsletter", unit)
    return related(sheet, unit)


def short_line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a few words without a stop between a site's headline and its first paragraph: a desk, a topic, a place."""
    words = unit.text.split()
    if not sheet.is_site or len(words) > 5 or len(unit.text) > 60 or unit.text.endswith((".", "?", "!", ":", '"', "'")):
        return False
    return sheet.cut("boilerplate.short-line", unit)


def tail_line(sheet: Sheet, unit: Line | Paragraph) -> bool:
    """Cut a line of furniture below the last paragraph."""
    text = unit.text
    if len(text) > _TAIL_LINE_AT_MOST:
        return False
    if _PRINT.fullmatch(text):
        _outlet(sheet, _OUTLET_PRINT, text)
        return _dated(sheet, "boilerplate.print-edition", unit)
    if _DISCLAIMER.fullmatch(text):
        return sheet.cut("boilerplate.disclaimer", unit)
    if not sheet.is_site:
        return len(text) < 200 and _RIGHTS.fullmatch(text) and sheet.cut("boilerplate.rights", unit)
    if _RIGHTS.fullmatch(text):
        _outlet(sheet, _OUTLET_RIGHTS, text)
        return sheet.cut("boilerplate.rights", unit)
    if _NEWSLETTER.fullmatch(text) or _SUBSCRIBE.fullmatch(text):
        return sheet.cut("boilerplate.newsletter", unit)
    if _BUTTON.fullmatch(text) or _CONTACT.fullmatch(text):
        return sheet.cut("boilerplate.button", unit)
    if _READING.fullmatch(text):
        return sheet.cut("boilerplate.reading-time", unit)
    if _PUBLISHED.fullmatch(text) and any(map(str.isdigit, text)):
        return _dated(sheet, "boilerplate.published", unit)
    if _ADVERT.fullmatch(text):
        return sheet.cut("boilerplate.advertisement", unit)
    return related(sheet, unit)


def related(sheet: Sheet, unit: Line | Paragraph) -> bool:
    """Cut a link to another story, wherever it stands."""
    if _RELATED.fullmatch(unit.text) or _READ_CAPITALS.fullmatch(unit.text):
        return sheet.cut("boilerplate.related", unit)
    return False


def middle(sheet: Sheet) -> None:
    """Cut related links, advertisement marks and newsletter calls between paragraphs."""
    if not sheet.is_site:
        return
    for unit in sheet.units[sheet.body_from :]:
        if len(unit.text) > 260 or not _MIDDLE.fullmatch(unit.text) or related(sheet, unit):
            continue
        if _ADVERT.fullmatch(unit.text):
            sheet.cut("boilerplate.advertisement", unit)
        elif (
            _NEWSLETTER.fullmatch(unit.text)
            and len(unit.text) < 200
            and unit.text.split(" ", 1)[0].casefold() not in _WEAK
        ):
            sheet.cut("boilerplate.newsletter", unit)


def after_credit(sheet: Sheet, credit: int) -> None:
    """Cut what is left below the credit in unit ``credit``: a site's own lines, whatever they say.

    Only a short tail: at most 16 lines, none long, together less than half of the copy.
    """
    tail = [u for u in sheet.units[credit + 1 :] if not sheet.is_cut(u)]
    if not tail or len(tail) > _TAIL_AT_MOST or any(len(u.text) > _TAIL_LINE_AT_MOST for u in tail):
        return
    if sum(len(u.text) for u in tail) > len(sheet.flat) * _TAIL_SHARE:
        return
    for unit in tail:
        if not tail_line(sheet, unit):
            sheet.cut("boilerplate.after-credit", unit)


def _dated(sheet: Sheet, rule: str, unit: Line | Paragraph) -> bool:
    if not sheet.cut(rule, unit):
        return False
    day = find_day(sheet.flat, unit.start, unit.end)
    when = day.dated() if day else None
    if day and when:
        sheet.published.append(PublishedDay(day.start, day.end, when))
    return True


def _is_dated(text: str) -> bool:
    """A line that is a day with at most a name, a time and strokes around it: ``AFP  |  11 March 2026``."""
    if len(text) > 90 or not any(map(str.isdigit, text)):
        return False
    day = find_day(text)
    if day is None or day.year is None:
        return False
    before, after = text[: day.start].strip(), text[day.end :].strip()
    before = re.sub(rf"(?:{WEEKDAY_PATTERN}),?$", "", before, flags=re.IGNORECASE).strip()
    if before and not (before.endswith(("|", "•", "·", "–", "—", "-", ",", ":")) and len(before) <= 60):
        return False
    return (
        re.fullmatch(
            r"[\s,|•·–—-]{0,4}(?:(?:at|à|a las|um)\s)?(?:\d{1,2}[:.hH]\d{2}.{0,25})?(?:[|•·–—-].{0,40})?", after
        )
        is not None
    )


def _outlet(sheet: Sheet, pattern: re.Pattern[str], text: str) -> None:
    found = pattern.search(text)
    if found and not agencies_in(found["outlet"]):
        sheet.add_source((found["outlet"].strip(),), "distributor")
