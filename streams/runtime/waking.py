"""Wake records to partitions that hold a story whose embargo has ended. Releases none: identify does, on reading."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from streams.agents.identify import QUIET
from streams.agents.ports import Output
from streams.contracts import codec, headers, topics
from streams.contracts.wake import Wake
from streams.identity import next_release
from streams.runtime.producing import Producing
from streams.runtime.tables import PartitionStates
from streams.runtime.vitals import Vitals

WAKE_AGAIN = timedelta(seconds=30)
"""A wake record that had no effect (the worker died before reading it back) is written again after this long."""


class Waker:
    """One worker's. *catching_up* tells whether a partition's old copy is still coming in."""

    def __init__(
        self,
        states: PartitionStates,
        vitals: Vitals,
        producing: Producing,
        catching_up: Callable[[int, datetime], bool],
    ) -> None:
        self._states = states
        self._vitals = vitals
        self._producing = producing
        self._reads_old = catching_up
        self._woken: dict[int, tuple[datetime, datetime]] = {}
        self._assigned: dict[int, datetime] = {}

    def forget(self) -> None:
        """Partitions went elsewhere; those that come back are new."""
        self._woken.clear()
        self._assigned.clear()

    async def wake(self, now: datetime) -> None:
        """Write a wake record to each of our partitions that holds a story due at *now*.

        Not while a backlog is read: its copy arrived before the stories were due, and must meet them held.
        """
        if self._vitals.not_ready() is not None:
            return
        for tp in self._vitals.positions():
            if tp.topic != topics.NORMALISED.name or self._catching_up(tp.partition, now):
                continue
            dues = [due for state in self._states.states(tp.partition) if (due := next_release(state)) is not None]
            due = min(dues, default=None)
            if due is None or due > now:
                continue
            woken_for, woken_at = self._woken.get(tp.partition, (None, now))
            if woken_for == due and now < woken_at + WAKE_AGAIN:
                continue
            self._woken[tp.partition] = (due, now)
            record = Output(
                topics.NORMALISED.name,
                headers.WAKE,
                codec.encode(Wake(now)),
                [(headers.RECORD_KIND, headers.WAKE)],
                tp.partition,
            )
            await (await self._producing.send([record]))

    def _catching_up(self, partition: int, now: datetime) -> bool:
        since = self._assigned.setdefault(partition, now)
        return now - since < QUIET or self._reads_old(partition, now)
