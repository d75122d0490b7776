"""Faust's aiokafka consumer with its faults mended: a fixed fetch wait, and a race that loses records at start.

Faust 0.15.3 fixes the consumer's ``fetch_max_wait_ms`` at 1,500. A broker that answers a quiet topic only after
that wait adds most of a second to a story at low rates; the setting has no public way in, so it is put on the
consumer between its making and its start.

Faust hands its fetcher the very set of active partitions that it goes on changing. When recovery ends and the
changelogs are paused, a fetch under way is left with an empty set, which aiokafka takes for "all": it returns stream
records, Faust drops them as not active, and their position has moved on. One restart in ten lost its first unread
records that way. So here the fetcher gets a copy. Faust also resumes the stream partitions before it seeks them to
their committed offsets, so that a record can be read twice; here they stay paused until the seek is done.

Once its tables are recovered, Faust goes on fetching their changelogs. With ``recovery_buffer_size`` of 1, which
batches want, it reads them too, and writes to the table what this worker has written there itself: late, so that for a
moment a newer value gives way to an older one. Else they lie in the fetcher, up to a full fetch of each. Here the
changelogs of active tables are left out of fetches from the end of recovery to the next assignment; standbys' are not.
``tests/contracts/test_faust_internals.py`` pins what all this leans on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable
from typing import Any, cast

import aiokafka
from faust.transport.consumer import ConsumerThread, RecordMap
from faust.transport.drivers import aiokafka as driver
from faust.types import TP

from streams.runtime.fetches import make_patient

FETCH_WAIT_ATTRIBUTE = "_fetch_max_wait_ms"


class MendedConsumerThread(driver.AIOKafkaConsumerThread):
    """Makes the consumer with our fetch waits."""

    async def on_start(self) -> None:
        """Start the consumer, and see to it that each fetch asks how long it may wait."""
        await super().on_start()
        make_patient(self._ensure_consumer()._fetcher, cast(MendedConsumer, self.consumer).fetch_wait_ms)

    async def leave_out(self, tps: Collection[TP], rebalances: int) -> None:
        """Fetch nothing of *tps* until the next assignment, which may have come since *rebalances* were counted."""
        if self.app.rebalancing_count == rebalances:
            self._ensure_consumer().pause(*driver.ensure_aiokafka_TPset(tps))

    def _create_consumer(self, loop: asyncio.AbstractEventLoop) -> aiokafka.AIOKafkaConsumer:
        consumer = super()._create_consumer(loop)
        if not hasattr(consumer, FETCH_WAIT_ATTRIBUTE):
            raise RuntimeError(f"aiokafka's consumer has no {FETCH_WAIT_ATTRIBUTE}: see streams/runtime/faults.py")
        setattr(consumer, FETCH_WAIT_ATTRIBUTE, cast(Any, self.transport).fetch_wait_ms)
        return consumer


class MendedConsumer(driver.Consumer):
    """Faust's consumer on :class:`MendedConsumerThread`, stream partitions paused until they are where they belong."""

    _thread: MendedConsumerThread
    _seek_due = False
    _rebalances = 0
    _waiting_for_seek: frozenset[TP] = frozenset()

    def _new_consumer_thread(self) -> ConsumerThread:  # type: ignore[override]
        return MendedConsumerThread(self, loop=self.loop, beacon=self.beacon)

    async def _getmany(self, active_partitions: set[TP] | None, timeout: float) -> RecordMap:  # noqa: ASYNC109
        copied = None if active_partitions is None else set(active_partitions)
        return await super()._getmany(copied, timeout)

    async def on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        """Begin an assignment: positions are not to be trusted until the next seek."""
        self._seek_due = True
        self._rebalances = self.app.rebalancing_count
        self._waiting_for_seek = frozenset()
        await super().on_partitions_assigned(assigned, generation_id)

    def resume_partitions(self, tps: Iterable[TP]) -> None:
        """Resume *tps*; streams only once they have been put to their committed offsets."""
        tps = frozenset(tps)
        if self._seek_due:
            streams = frozenset(tp for tp in tps if not self._is_changelog_tp(tp))
            self._waiting_for_seek |= streams
            tps -= streams
        super().resume_partitions(tps)

    async def perform_seek(self) -> None:
        """Seek to the committed offsets, then let the waiting stream partitions flow, and no changelog of theirs."""
        await super().perform_seek()
        if self._waiting_for_seek:
            waiting, self._waiting_for_seek = self._waiting_for_seek, frozenset()
            self._seek_due = False
            await self._leave_out_changelogs()
            super().resume_partitions(waiting)

    async def _leave_out_changelogs(self) -> None:
        standbys = self.app.assignor.assigned_standbys()
        changelogs = {tp for tp in self.assignment() if self._is_changelog_tp(tp)} - standbys
        if changelogs:
            self.pause_partitions(changelogs)
            await self._thread.call_thread(self._thread.leave_out, changelogs, self._rebalances)

    def fetch_wait_ms(self, unread: Collection[TP]) -> int:
        """How long the broker may hold a fetch open that *unread*, partitions with records to be read, are not in."""
        transport = cast(Any, self.transport)
        idle = not unread and not self._seek_due
        return int(max(transport.fetch_wait_ms, transport.fetch_idle_ms) if idle else transport.fetch_wait_ms)
