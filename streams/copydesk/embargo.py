"""Embargo lines → the instant until which copy is held; a line that cannot be read withholds it, with a warning."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from streams.copydesk.rulebook import book
from streams.copydesk.sheet import Sheet
from streams.text.dates import find_day, nearest
from streams.text.daynames import WEEKDAY_PATTERN, weekday
from streams.text.layout import Paragraph

_BOOK = book("embargo")
RULES = _BOOK.rules

_UNTIL = rf"\s{{0,2}}(?:[:–—-]|{_BOOK.any('until')}|\d|$).{{0,200}}"
_LINE = re.compile(
    r"[\W_]{0,5}(?:(?:attention|achtung|atención|atenção|note)\s?[-:,–—]{1,2}\s?)?"
    rf"(?:{_BOOK.any('strict')})?(?:(?:{_BOOK.any('embargoed')}){_UNTIL}|(?:{_BOOK.any('surely')}).{{0,200}})|"
    rf"[\W_]{{0,5}}(?:[^\W\d_][\w ]{{0,40}}?\s?[:–—-]{{1,2}}\s?)?"
    rf"(?:{_BOOK.any('hold')})\b.{{0,200}}",
    re.IGNORECASE,
)
_ZONES = {
    "gmt": 0, "utc": 0, "ut": 0, "z": 0, "wet": 0, "bst": 60, "west": 60, "cet": 60, "mez": 60, "cest": 120,
    "mesz": 120, "eet": 120, "eest": 180, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360,
    "pst": -480, "pdt": -420, "jst": 540, "sgt": 480, "hkt": 480, "aest": 600, "aedt": 660,
}  # fmt: skip
_LABELLED = re.compile(r"[:;.] ")
"""``Eds: Embargoed for release at 4 p.m.``: where words about an embargo may begin inside a note."""
_UHR = re.compile(r"(?<![\d.,])(?P<h>[0-2]?\d)(?:[:.](?P<m>[0-5]\d))?\s?Uhr\b", re.IGNORECASE)
_TIME = re.compile(
    r"(?<![\d.,])(?P<h>[0-2]?\d)(?:(?:[:.hH]|\s?heures?\s?)(?P<m>[0-5]\d)?|"
    r"(?P<m2>[0-5]\d))?\s?(?P<half>[ap]\.?m\.?)?(?:\s?(?:uhr|hrs|hours|"
    rf"h))?\s?\(?(?P<zone>{'|'.join(sorted(_ZONES, key=len, reverse=True))})\b(?P<offset>[+-]\d{{1,2}})?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(rf"\b(?:{WEEKDAY_PATTERN})\b", re.IGNORECASE)
_MIDNIGHT = re.compile(
    rf"\b(?:{_BOOK.any('midnight')})\s?\(?(?P<zone>{'|'.join(sorted(_ZONES, key=len, reverse=True))})\b",
    re.IGNORECASE,
)


def head_line(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut an embargo line, keep it as a note, and read its instant.

    ``EMBARGOED UNTIL 0001 GMT Thursday``, ``SOUS EMBARGO jusqu'à jeudi 14H00 GMT``, ``Sperrfrist: 5. März, 06.00 GMT``.
    A weekday is the first such day from the day the copy was received, that day included.
    """
    text = unit.text
    if len(text) > 260 or not _LINE.fullmatch(text):
        return False
    if not sheet.cut("embargo.line", unit):
        return False
    sheet.notes.append(sheet.words(unit.start, unit.end))
    until = instant(text, _from_day(sheet))
    if until is None:
        sheet.withheld = True
        sheet.warnings.append("embargo: its day, time or zone cannot be read; withheld")
    else:
        sheet.embargoed_until = until
    return True


def in_note(note: str, sheet: Sheet) -> datetime | None:
    """The instant in a format's own note, in its first line about an embargo; None when there is none to be read."""
    for line in note.splitlines()[:5]:
        for start in (0, *(found.end() for found in _LABELLED.finditer(line[:260]))):
            if _LINE.fullmatch(line[start:].strip()[:260]):
                return instant(line[start:], _from_day(sheet))
    return None


def _from_day(sheet: Sheet) -> date | None:
    when = sheet.received or sheet.raw.version_created
    return when.astimezone(UTC).date() if when else None


def instant(text: str, sent: date | None) -> datetime | None:
    """The instant that an embargo line names, in UTC; None unless day, time and zone can all be told."""
    clock = _TIME.search(text)
    if clock:
        hour, minute = int(clock["h"]), int(clock["m"] or clock["m2"] or 0)
        zone: int | None
        half = (clock["half"] or "").lower()
        if half:
            hour = hour % 12 + (12 if half.startswith("p") else 0)
        zone = _ZONES[clock["zone"].lower()] + 60 * int(clock["offset"] or 0)
        rest = text[: clock.start()] + " " + text[clock.end() :]
    else:
        midnight, by_uhr = _MIDNIGHT.search(text), _UHR.search(text)
        if midnight is not None:
            hour, minute, zone, rest = 0, 0, _ZONES[midnight["zone"].lower()], text
        elif by_uhr is not None:
            hour, minute, zone = int(by_uhr["h"]), int(by_uhr["m"] or 0), None
            rest = text[: by_uhr.start()] + " " + text[by_uhr.end() :]
        else:
            return None
    day = _day(rest, sent)
    if day is None or hour > 23:
        return None
    if zone is None:
        zone = _central_europe(day, hour)
    return datetime.combine(day, time(hour, minute), tzinfo=UTC) - timedelta(minutes=zone)


def _central_europe(day: date, hour: int) -> int:
    """Minutes ahead of UTC of an hour that German copy gives in ``Uhr``: agencies there name no zone but their own.

    Summer time is from the last Sunday of March to that of October; the change itself is at three.
    """
    begins, ends = (date(day.year, month, 31) for month in (3, 10))
    begins, ends = (last - timedelta(days=(last.weekday() + 1) % 7) for last in (begins, ends))
    summer = begins < day < ends or (day == begins and hour >= 3) or (day == ends and hour < 3)
    return 120 if summer else 60


def _day(text: str, sent: date | None) -> date | None:
    written = find_day(text)
    if written is not None:
        return written.dated() or (nearest(written, sent) if sent else None)
    named = _WEEKDAY.search(text)
    if named and sent:
        number = weekday(named.group())
        return sent + timedelta(days=(number - sent.weekday()) % 7) if number is not None else None
    return None
