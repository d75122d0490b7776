"""What a worker says of itself: ready, live, how far behind, what it waits for. Changes nothing of Faust's."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, Protocol

from faust.types import TP

from streams.contracts import topics
from streams.metrics import Metrics
from streams.runtime.delivery import OrderedDelivery
from streams.runtime.lastresort import stopping
from streams.runtime.logends import LogEnds
from streams.runtime.stall import StallWatch, Standing

log = logging.getLogger(__name__)
WATCH_SECONDS = 15.0
"""How often the broker is asked where the logs end, to see whether the worker stands still."""
REBALANCING, RECOVERING = "rebalancing", "recovering state"
OURS = (topics.RAW.name, topics.NORMALISED.name)


class States(Protocol):
    """What :class:`streams.runtime.tables.PartitionStates` tells of itself."""

    @property
    def building(self) -> bool:
        """Whether states are being made of what was recovered."""
        ...

    @property
    def steps(self) -> int:
        """Grows while they are."""
        ...

    def measure(self) -> None:
        """Set the gauges of the tables."""
        ...


class Vitals:
    """One worker's. *app* is Faust's; *deliveries* is the list that the agents add theirs to."""

    def __init__(
        self,
        app: Any,
        metrics: Metrics,
        deliveries: Sequence[OrderedDelivery],
        states: States,
        stall_seconds: float,
        ends: LogEnds,
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._deliveries = deliveries
        self._states = states
        self._stall = StallWatch(stall_seconds)
        self._ends = ends
        self._measured: set[TP] = set()
        self.every = min(WATCH_SECONDS, stall_seconds / 4)
        """How often :meth:`watch` is to be called, in seconds; 0 for never."""

    def not_ready(self) -> str | None:
        """Return why this worker is not ready, None when it is: assigned, recovered and not rebalancing."""
        app = self._app
        if app.crashed:
            return "crashed"
        if app.should_stop:
            return "stopping"
        # For Faust a rebalance goes on until recovery has ended; but that may take its time, and is no stall.
        if app.in_recovery or self._states.building:
            return RECOVERING
        if app.rebalancing:
            return REBALANCING
        if not self.positions():
            return "no partitions assigned"
        if not app.tables.recovery.completed.is_set():
            return RECOVERING
        return None

    def positions(self) -> set[TP]:
        """Return the partitions that this worker reads copy from; none before its consumer has started."""
        consumer = self._app.consumer if self._app.started else None
        if consumer is None or not consumer.started:
            return set()
        return {tp for tp in consumer.assignment() if tp.topic in OURS}

    def measure(self) -> None:
        """Set the gauges that are read rather than counted; called at each scrape."""
        self._metrics.gauge("newswire_ready").set(self.not_ready() is None)
        self._metrics.gauge("newswire_stalled").set(self.stalled() is not None)
        positions = self.positions()
        self._metrics.gauge("newswire_assigned_partitions").set(len(positions))
        for tp in self._measured - positions:
            for name in ("newswire_lag_records", "newswire_acknowledged_offset"):
                self._metrics.forget(name, topic=tp.topic, partition=str(tp.partition))
        self._measured = positions
        for tp in positions:
            committed = self._app.consumer._committed_offset.get(tp)
            high = self._app.consumer.highwater(tp)
            labels = {"topic": tp.topic, "partition": str(tp.partition)}
            if committed is not None:
                self._metrics.gauge("newswire_acknowledged_offset", **labels).set(committed)
            if high is not None:
                self._metrics.gauge("newswire_lag_records", **labels).set(max(0, high - (committed or 0)))
        self._states.measure()

    async def watch(self, now: float) -> None:
        """Look whether what waits in our partitions is being worked off, or read back; see :class:`StallWatch`.

        *now*: seconds.
        """
        why = self.not_ready()
        standing: dict[tuple[str, int], Standing] = {}
        if why is None:
            positions = {(tp.topic, tp.partition): tp for tp in self.positions()}
            known = self._app.consumer._committed_offset
            committed = {place: known.get(tp) for place, tp in positions.items()}
            # Without a commit it reads from the oldest record that is still there.
            begun = await self._ends.begins([place for place, offset in committed.items() if not offset])
            for place, end in (await self._ends.ask(positions)).items():
                standing[place] = Standing(committed[place] or begun.get(place, end), end)
        before = self.stalled()
        if why == RECOVERING and await self._can_recover():
            self._stall.look(now, standing, why, self._recovered())
        else:
            self._stall.look(now, standing, why if why == REBALANCING else None)
        if (stalled := self.stalled()) is not None and before is None:
            log.critical("not live: %s", stalled)

    async def _can_recover(self) -> bool:
        """Whether the broker has all that is to be read back. Else it is the broker that is waited for."""
        return await self._ends.answered([(tp.topic, tp.partition) for tp in self._app.tables.recovery.active_tps])

    def _recovered(self) -> object:
        """How far recovery is: what was read of each changelog, and how much was made of it."""
        return dict(self._app.tables.recovery.active_offsets), self._states.steps

    def stalled(self) -> str | None:
        """Return what stands still though it should not, None when nothing does: then the worker is live."""
        return self._stall.stalled()

    def waiting(self) -> str:
        """Say what is in flight: what a worker that does not end is waiting for. Safe from another thread."""
        said = [name for delivery in self._deliveries for name in delivery.waiting()]
        consumer = self._app.consumer
        if consumer is not None and (unacknowledged := len(consumer._unacked_messages)):
            said.append(f"{unacknowledged} unacknowledged batches")
        said += stopping(self._app.loop)
        return ", ".join(said) or "nothing that it knows of"
