"""``90m``, ``6h``, ``3d`` or a time → seconds since the epoch, for options that take a moment; the clock is given."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from streams.errors import UsageError

_SECONDS = {"m": 60, "h": 3600, "d": 86400}


def seconds_of(text: str, now: float, option: str) -> float:
    """``6h`` before *now*, or an RFC 3339 time (UTC without a zone), the epoch for what lies before it: no record does.

    Raises :class:`UsageError` for anything else.
    """
    ago = re.fullmatch(r"(\d{1,6})([mhd])", text)
    if ago:
        return max(0.0, now - int(ago[1]) * _SECONDS[ago[2]])
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{option} {text}: write 90m, 6h, 3d, or a time such as 2026-03-10T06:00:00Z") from error
    return max(0.0, (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())
