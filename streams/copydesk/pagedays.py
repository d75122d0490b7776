"""The day that a page or an agency's site prints with its copy, on a line of its own; a day in a sentence stays."""

from __future__ import annotations

import re

from streams.copydesk import byline
from streams.copydesk.agencies import agencies_in, agency
from streams.copydesk.rulebook import book
from streams.copydesk.sheet import PublishedDay, Sheet
from streams.text.dates import find_day
from streams.text.daynames import WEEKDAY_PATTERN
from streams.text.layout import Paragraph

_PUBLISHED = book("boilerplate").lines("boilerplate.published")
_BY = book("byline").listed("by")
_FIGURES = re.compile(r"\b[0-3]?\d[/.][01]?\d[/.](?:20)?\d\d\b")
_STROKE = re.compile(r"\s{0,3}[|•·]\s{0,3}")
_WEEKDAY_END = re.compile(rf"\b(?:{WEEKDAY_PATTERN}|mon|tue|wed|thu|fri|sat|sun),?$", re.IGNORECASE)
_AFTER_DAY = re.compile(r"[\s,|•·–—-]{0,4}(?:(?:at|à|a las|um)\s)?(?:\d{1,2}[:.hH]\d{2}.{0,60})?(?:[|•·–—-].{0,40})?")
# ``09:42 PM`` before the day
_CLOCK_BEFORE = re.compile(r"(?:^|\s)\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?,?$", re.IGNORECASE)
# ``18/10/2026 06h30  Atualizado há 4 meses``: which is the day no one can tell, but that it is one
_IN_FIGURES = re.compile(r"[0-3]?\d/[01]?\d/(?:20)?\d\d[\s,|•·à-]{1,4}\d{1,2}[:.hH]\d\d(?:\W.{0,60})?")
_STROKES = "·•|–- "
_AT_MOST, _DAY_AT_MOST = 90, 20


def head_line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a line above the first paragraph that says when the page was published, or is hardly more than a day."""
    text = unit.text
    rule = habit(text)
    if rule is None:
        return False
    if rule == "boilerplate.published":
        sheet.add_source(agencies_in(text.split(" ", 1)[0]))
        return cut_with_day(sheet, rule, unit)
    day = find_day(text)
    stroke = _STROKE.split(text[: day.start] if day else text)[0].rstrip(", ")
    sheet.add_source(agencies_in(stroke) if len(stroke) < 60 else ())
    sheet.by = sheet.by or byline.named(stroke)
    return cut_with_day(sheet, rule, unit)


def habit(text: str) -> str | None:
    """The rule whose line above a page's story ``text`` is."""
    if not any(map(str.isdigit, text)):
        return None
    bare = _without_agency(text.lstrip(_STROKES))
    if _PUBLISHED.fullmatch(bare):
        return "boilerplate.published"
    return "boilerplate.dated" if _IN_FIGURES.fullmatch(bare) or _is_dated(text) else None


def agency_day(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut an agency's own line over the headline of its site: ``KYODO NEWS - Mar 3, 2026 - 10:11``.

    Or the day alone, under the agency's name.
    """
    text = unit.text
    if not any(map(str.isdigit, text[-12:])):
        return False
    alone = bool(sheet.sources) and len(text) <= _DAY_AT_MOST
    if not (alone or agency(text.split(" - ", 1)[0])) or not _is_dated(text):
        return False
    sheet.add_source(agencies_in(text.split(" - ", 1)[0]))
    return cut_with_day(sheet, "boilerplate.dated", unit)


def middle_line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut when the page was published, on a line between the paragraphs; it must name the day."""
    text = unit.text
    if not (_PUBLISHED.fullmatch(text.lstrip(_STROKES)) and (find_day(text) or _FIGURES.search(text))):
        return False
    return cut_with_day(sheet, "boilerplate.published", unit)


def is_published(text: str) -> bool:
    """A line says when the page was published; it must hold a figure."""
    return any(map(str.isdigit, text)) and _PUBLISHED.fullmatch(text) is True


def _without_agency(text: str) -> str:
    """``AFP, publié le 3 mars`` → ``publié le 3 mars``, ``Par AFP | Publié le 3 mars`` → ``Publié le 3 mars``."""
    first, _, rest = text.partition(" ")
    if first.lower() in _BY:
        first, _, rest = rest.partition(" ")
    return rest.lstrip(_STROKES) if rest and agency(first) else text


def cut_with_day(sheet: Sheet, rule: str, unit: Paragraph) -> bool:
    """Cut a line by ``rule``, and keep the day that it names."""
    if not sheet.cut(rule, unit):
        return False
    day = find_day(sheet.flat, unit.start, unit.end)
    when = day.dated() if day else None
    if day and when:
        sheet.published.append(PublishedDay(day.start, day.end, when))
    return True


def _is_dated(text: str) -> bool:
    """A line that is a day with at most a name, a time and strokes around it: ``AFP  |  11 March 2026``."""
    day = find_day(text) if len(text) <= _AT_MOST else None
    if day is None or day.year is None:
        return False
    before, after = text[: day.start].strip(), text[day.end :].strip()
    before = _WEEKDAY_END.sub("", _CLOCK_BEFORE.sub("", before)).strip()
    if before and not (before.endswith(("|", "•", "●", "·", "–", "—", "-", ",", ":", "/")) and len(before) <= 60):
        return False
    return _AFTER_DAY.fullmatch(after) is not None
