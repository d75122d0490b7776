"""A time stamp as a feed wrote it → a time in UTC, and what is doubtful in it; leaves out what cannot be true."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from streams.text.dates import has_zone, parse_stamp

_AHEAD = timedelta(days=2)
_TOO_FAR_AHEAD = timedelta(days=366)
_AT_MOST = 60


def read_stamp(name: str, text: str | None, received: datetime | None) -> tuple[datetime | None, tuple[str, ...]]:
    """The time that field ``name`` states, in ISO 8601 or as in mail headers, and warnings.

    No time before 1900 or after 2100, or more than a year after ``received``: left out. One more than two days after
    is kept, since clocks and zones go wrong. Without a zone it is read as UTC. Each of these is warned of.

    >>> read_stamp("pubDate", "Tue, 03 Mar 2026 12:00:00 +0200", None)
    (datetime.datetime(2026, 3, 3, 10, 0, tzinfo=datetime.timezone.utc), ())
    """
    if not text:
        return None, ()
    shown = text[:40]
    when, zoned = _read(text[:_AT_MOST])
    if when is None:
        return None, (f"{name}: {shown!r} is no time stamp that can be true; left out",)
    warnings = () if zoned else (f"{name}: no time zone; read as UTC",)
    if received is not None and when - received > _TOO_FAR_AHEAD:
        return None, (*warnings, f"{name}: {shown} lies more than a year after the message was received; left out")
    if received is not None and when - received > _AHEAD:
        warnings = (*warnings, f"{name}: {shown} lies after the message was received")
    return when, warnings


def _read(text: str) -> tuple[datetime | None, bool]:
    when = parse_stamp(text)
    if when is not None:
        return when, has_zone(text)
    try:
        mail = parsedate_to_datetime(text)
        mail, zoned = (mail.astimezone(UTC), True) if mail.tzinfo else (mail.replace(tzinfo=UTC), False)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None, False
    return (mail, zoned) if 1900 <= mail.year <= 2100 else (None, False)
