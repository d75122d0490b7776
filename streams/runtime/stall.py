"""Progress against work: says when a worker stands still though there is some. Pure; the clock is given.

A process can live and do nothing: a stall can follow a rebalance, with every task waiting for another. What tells it
from an idle worker is that records wait; what tells it from a busy one is that no commit moves. A worker that reads no
copy yet commits nothing: there it is the rebalance that does not end, or the recovery that gets no further.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Place = tuple[str, int]
"""Topic and partition."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One partition as last looked at: the ``committed`` offset, the first there is before any commit, and the log's
    ``end``."""

    committed: int
    end: int

    @property
    def lags(self) -> bool:
        """Whether anything waits."""
        return self.end > self.committed


class StallWatch:
    """Looks at every partition now and then. ``seconds`` 0 never finds anything.

    >>> watch = StallWatch(60); watch.look(0.0, {("wire.raw.v1", 0): Standing(5, 9)}, None)
    >>> watch.look(61.0, {("wire.raw.v1", 0): Standing(5, 9)}, None); watch.stalled()
    'wire.raw.v1/0: 4 records wait and nothing was committed for 61 s'
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._since: dict[Place, float] = {}
        self._seen: dict[Place, Standing] = {}
        self._unsettled: tuple[str, object] | None = None
        self._unsettled_since = 0.0
        self._why: str | None = None

    def look(
        self, now: float, standing: Mapping[Place, Standing], unsettled: str | None, reached: object = None
    ) -> None:
        """Take in what stands at *now* (any clock in seconds that does not jump).

        *unsettled*: why the worker does not read at the moment, a rebalance or its recovery, None when it does. While
        it does not, no partition counts as standing still. But that it comes no further does, after twice the time:
        *reached* is how far it is with it, of any kind that compares, None for what has no steps.
        """
        if unsettled is not None:
            self._seen.clear()
            self._since.clear()
            self._why = self._held_up(now, (unsettled, reached))
            return
        self._unsettled = None
        for gone in self._seen.keys() - standing.keys():
            del self._seen[gone], self._since[gone]
        for place, at in standing.items():
            before = self._seen.get(place)
            if before is None or not at.lags or not before.lags or at.committed != before.committed:
                self._since[place] = now
            self._seen[place] = at
        self._why = self._longest(now)

    def _held_up(self, now: float, at: tuple[str, object]) -> str | None:
        if at != self._unsettled:
            self._unsettled, self._unsettled_since = at, now
        waited = now - self._unsettled_since
        return f"{at[0]}, and no further for {waited:.0f} s" if waited > 2 * self._seconds > 0 else None

    def _longest(self, now: float) -> str | None:
        late = [(since, place) for place, since in self._since.items() if now - since > self._seconds > 0]
        if not late:
            return None
        since, (topic, partition) = min(late)
        at = self._seen[topic, partition]
        waiting = at.end - at.committed
        return f"{topic}/{partition}: {waiting} records wait and nothing was committed for {now - since:.0f} s"

    def stalled(self) -> str | None:
        """Return what stands still and for how long, None when nothing does."""
        return self._why
