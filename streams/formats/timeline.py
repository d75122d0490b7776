"""The day and time that a wire message closes with → an aware time in UTC; leaves out what names no real time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from streams.text.daynames import month

_TAIL = 160
# What ``\s`` and the patterns' control characters take
_BLANKS = "".join(c for c in map(chr, range(0x3001)) if c.isspace() or c < " " or c == "\x7f")
_PATTERNS = (
    # \x03031137 GMT Mar 26, AFP 031137 GMT MAR 26
    re.compile(
        r"(?:^|[\r\n\x03])[ \x03]*(?:[A-Z]{2,8} )?(?P<d>\d\d)(?P<h>\d\d)(?P<m>\d\d) ?(?P<zone>GMT|UTC|Z)? ?"
        r"(?P<mon>[^\W\d_]{3,9})\.? (?P<y>(?:20)?\d\d)[\s\x00-\x1f\x7f]*$"
    ),
    # 1930 GMT 11 MAR 26
    re.compile(
        r"(?:^|[\r\n])[ \x03]*(?P<h>\d\d)(?P<m>\d\d) (?P<zone>GMT|UTC) (?P<d>\d\d) (?P<mon>[^\W\d_]{3,9}) "
        r"(?P<y>\d\d)[\s\x00-\x1f\x7f]*$"
    ),
)
# AP-WF-03-03-26 1137GMT<
_FILED = re.compile(
    r"[\x03\s]*(?P<wire>[A-Z]{2,4}-[A-Z]{2,3})-(?P<mon>\d\d)-(?P<d>\d\d)-(?P<y>\d\d) (?P<h>\d\d)(?P<m>\d\d)"
    r"(?P<zone>[A-Z]{3})<?[\s\x00-\x1f\x7f]*$"
)
_ZONES = {"GMT": 0, "UTC": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
NO_ZONE = "time line: no time zone; read as UTC"


def sent_at(text: str) -> tuple[datetime | None, tuple[str, ...]]:
    """The time in the last line of a wire message, and a warning where it names no zone.

    ``031137 GMT Mar 26`` is 3 March 2026, 11:37; so is ``1137 GMT 03 MAR 26``.
    """
    tail = text[-_TAIL:]
    if not tail.rstrip(_BLANKS)[-1:].isdecimal():  # both forms end in the year
        return None, ()
    for pattern in _PATTERNS:
        found = pattern.search(tail)
        number = month(found["mon"]) if found else None
        if found and number:
            when = _moment(found, number)
            return when, (NO_ZONE,) if when and not found["zone"] else ()
    return None, ()


def filed_at(text: str) -> tuple[datetime | None, int | None]:
    """The time in AP's closing line, ``AP-WF-03-03-26 1137GMT``, and where in ``text`` that line begins.

    Its date is month, day, year. Zones are Greenwich and the North American ones; another gives no time.
    """
    at = max(0, len(text) - _TAIL)
    found = _FILED.search(text, at)
    if found is None:
        return None, None
    hours = _ZONES.get(found["zone"])
    when = _moment(found, int(found["mon"])) if hours is not None else None
    return (when - timedelta(hours=hours) if when and hours else when), found.start()


def _moment(found: re.Match[str], month_: int) -> datetime | None:
    year = int(found["y"])
    if year < 100:
        year += 1900 if year >= 70 else 2000
    try:
        return datetime(year, month_, int(found["d"]), int(found["h"]), int(found["m"]), tzinfo=UTC)
    except ValueError:
        return None
