"""A group's positions and the age of what waits: lag in records and in seconds. Commits nothing, joins no group."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from streams.config import Settings
from streams.feeds.subscribing import Subscriber
from streams.runtime.groups import Position, positions


@dataclass(frozen=True, slots=True)
class Lag:
    """One partition. ``behind``: seconds since the oldest unacknowledged record was stamped, 0 when nothing waits, None
    when that record did not come in time (the broker is slow, or it was deleted this moment)."""

    position: Position
    behind: float | None


def measure(
    settings: Settings, group: str, topics: Iterable[str] | None, clock: Callable[[], float] = time.time
) -> tuple[Lag, ...]:
    """Return the lag of *group* in every partition of *topics*, by default of those it has committed to.

    Seconds are by the records' own stamps against *clock*: a feeder's clock that is wrong shows here. Raises
    :class:`streams.errors.BrokerTrouble`, and :class:`streams.errors.UsageError` for a topic that is not there.
    """
    found = []
    for at in positions(settings, group, topics):
        behind: float | None = 0.0
        if at.lag:
            with Subscriber(settings, [at.topic], from_beginning=True) as subscriber:
                record = subscriber.one(at.partition, at.next)
            behind = None if record is None else max(0.0, clock() - record.timestamp)
        found.append(Lag(at, behind))
    return tuple(found)
