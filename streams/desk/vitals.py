"""Arrivals → feed health: the last story of each agency, its rate, how late the wire is. Takes time as an argument."""

from __future__ import annotations

from collections import deque
from typing import Any

RATE_SECONDS = 3600
MOST_AGENCIES = 64
"""Agencies told apart; a feed that invents names cannot grow the table without end: the rest are ``other``."""
OTHER = "other"
_DELAYS = 200
_STAMPS = 20_000
_MINUTE = 60_000


class Vitals:
    """Counts as records come. All times in milliseconds since the epoch."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}
        self._stamps: dict[str, deque[int]] = {}
        self._delays: deque[int] = deque(maxlen=_DELAYS)

    def note(self, agency: str, seen: int, delay: int | None) -> None:
        """Count one story, published at *seen*; *delay* from the raw topic to here, None if it was read late."""
        name = agency if agency in self._last or len(self._last) < MOST_AGENCIES else OTHER
        self._last[name] = max(seen, self._last.get(name, 0))
        self._stamps.setdefault(name, deque(maxlen=_STAMPS)).append(seen)
        if delay is not None:
            self._delays.append(max(0, delay))

    @property
    def last(self) -> int | None:
        """When the newest story was published, None before the first."""
        return max(self._last.values(), default=None)

    def told(self, now: int, behind: int | None, reachable: bool) -> dict[str, Any]:
        """The state of the feeds at *now*: agencies by name with ``last`` and ``hour`` (stories in the last hour),
        ``minute`` (stories in the last minute), ``delay`` (median, None if unknown), *behind* (records not yet read,
        None if unknown) and whether the cluster is *reachable*."""
        agencies = []
        minute = 0
        for name in sorted(self._last, key=lambda name: (-self._last[name], name)):
            stamps = self._stamps[name]
            while stamps and stamps[0] < now - RATE_SECONDS * 1000:
                stamps.popleft()
            recent = 0
            for stamp in reversed(stamps):
                if stamp < now - _MINUTE:
                    break
                recent += 1
            minute += recent
            agencies.append({"name": name, "last": self._last[name], "hour": len(stamps)})
        delays = sorted(self._delays)
        return {
            "now": now,
            "agencies": agencies,
            "minute": minute,
            "delay": delays[len(delays) // 2] if delays else None,
            "behind": behind,
            "reachable": reachable,
        }
