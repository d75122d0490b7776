"""Written dates and time stamps → date and datetime; never guesses between day and month, never reads a clock."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

from streams.text.daynames import MONTH_PATTERN, WEEKDAY_PATTERN, month

DAY_PATTERN = (
    rf"(?:(?P<m1>{MONTH_PATTERN})\b\.?\s{{0,3}}(?P<d1>[0-3]?\d)(?:st|nd|rd|"
    rf"th)?(?![\d:])(?:\s{{0,2}},?\s{{0,3}}(?P<y1>(?:19|20)\d\d)\b)?"
    rf"|(?P<d2>[0-3]?\d)(?:er|º|ª)?\.?\s{{0,3}}(?:de\s|d'|of\s)?(?P<m2>{MONTH_PATTERN})\b"
    rf"(?:/[^\W\d_]{{2,12}}| (?=[\u0600-\u06ff])(?:{MONTH_PATTERN})\b)?\.?"
    r"(?:,?\s{0,3}(?:de\s|del\s)?(?P<y2>(?:19|20)\d\d)\b)?"
    r"|(?P<d3>[0-3]?\d)(?P<s3>[.-])(?P<n3>[01]?\d)(?P=s3)(?P<y3>(?:19|20)\d\d)\b"
    r"|(?P<y4>(?:19|20)\d\d)-(?P<n4>[01]\d)-(?P<d4>[0-3]\d)\b)"
)
"""One written day: ``March 3``, ``Sept. 30, 2015``, ``12 mars 2025``, ``3 de marzo de 2025``, ``12. März 2025``,
``11.03.2025``, ``11-3-2025``, ``2025-03-11``. ``03/04/2025`` is not among them: which is the day, no one can tell."""

_DAY = re.compile(rf"(?<![\w.,])(?:(?:{WEEKDAY_PATTERN})\b,?\s{{1,3}})?{DAY_PATTERN}", re.IGNORECASE)
_STAMP = re.compile(
    r"\s*(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d\d:?\d\d|[+-]\d\d)?)?\s*",
    re.IGNORECASE,
)
_EARLIEST, _LATEST = 1900, 2100


class WrittenDay(NamedTuple):
    """A day as written: ``year`` is None where the text leaves it out. ``start`` and ``end`` count in the text."""

    start: int
    end: int
    year: int | None
    month: int
    day: int

    def on(self, year: int) -> date | None:
        """The day in ``year``; None for 30 February and 29 February of common years."""
        return safe_date(year, self.month, self.day)

    def dated(self) -> date | None:
        """The day where the year is written."""
        return None if self.year is None else self.on(self.year)


def safe_date(year: int, month_: int, day: int) -> date | None:
    """A date, or None where there is no such day."""
    try:
        return date(year, month_, day)
    except ValueError:
        return None


def written(found: re.Match[str]) -> WrittenDay | None:
    """The day in a match of a pattern that holds `DAY_PATTERN`."""
    number_of_month: int | None
    if name := found["m1"]:
        number_of_month, number, which = month(name), found["d1"], found["y1"]
        start, last = found.start("m1"), max(found.end("d1"), found.end("y1"))
    elif name := found["m2"]:
        number_of_month, number, which = month(name), found["d2"], found["y2"]
        start, last = found.start("d2"), max(found.end("m2"), found.end("y2"))
    elif number := found["d3"]:
        number_of_month, which = int(found["n3"]), found["y3"]
        start, last = found.start("d3"), found.end("y3")
    else:
        number_of_month, number, which = int(found["n4"]), found["d4"], found["y4"]
        start, last = found.start("y4"), found.end("d4")
    year = int(which) if which else None
    if number_of_month is None or safe_date(year or 2000, number_of_month, int(number)) is None:
        return None
    return WrittenDay(start, last, year, number_of_month, int(number))


def find_day(text: str, start: int = 0, end: int | None = None) -> WrittenDay | None:
    """The first written day in ``text[start:end]``, or None."""
    for found in _DAY.finditer(text, start, len(text) if end is None else end):
        day = written(found)
        if day is not None:
            return day
    return None


def nearest(day: WrittenDay, reference: date) -> date | None:
    """The day as written or, without a year, in the year that brings it nearest to ``reference``, the past first."""
    if day.year is not None:
        return day.dated()
    tries = [day.on(year) for year in (reference.year, reference.year - 1, reference.year + 1)]
    return min((d for d in tries if d), key=lambda d: (abs((d - reference).days), d > reference), default=None)


def parse_stamp(text: str) -> datetime | None:
    """An ISO 8601 time stamp, also in the basic form (``20250311T012049+0000``), in UTC.

    A stamp without a zone is read as UTC, a date without a time as its midnight. None where it is no time stamp, no
    real time, or outside 1900 to 2100.
    """
    found = _STAMP.fullmatch(text)
    if found is None:
        return None
    year, month_, day, hour, minute, second, fraction, zone = found.groups()
    if not _EARLIEST <= int(year) <= _LATEST:
        return None
    try:
        clock = int(hour or 0), int(minute or 0), min(int(second or 0), 59), int((fraction or "").ljust(6, "0")[:6])
        local = datetime(int(year), int(month_), int(day), *clock, tzinfo=UTC)
        return local.replace(tzinfo=_zone(zone)).astimezone(UTC) if zone and zone.upper() != "Z" else local
    except (ValueError, OverflowError):
        return None


def has_zone(text: str) -> bool:
    """A time stamp that says its zone."""
    found = _STAMP.fullmatch(text)
    return found is not None and found.group(8) is not None


def _zone(text: str) -> timezone:
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)
