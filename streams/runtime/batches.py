"""Batches through Faust: one event per partition and poll, acknowledged as a range. Decodes nothing, orders nothing.

Faust makes an event, a queue entry, a lock and four tasks of every record, some 270 µs before any work is done. Here
the records that one poll finds in a partition reach the agent's stream as one event, whose value is the records; what
is acknowledged is a position in the partition. A batch is one message for Faust: its rebalance, recovery, flow control
and shutdown treat it as they treat a record. A changelog is read back in batches too, which are unpacked where they
are written to the table (:class:`streams.runtime.durable.DurableTable`). Topics not named go Faust's own way.

At most two full batches' worth of a partition's records are open at once, the one being worked on and the next: a
partition with so many is not fetched from, while the others flow on. Records are counted, not batches: a batch of one
story is open until it is durable, and the next story must not wait for that.
``tests/contracts/test_faust_internals.py`` pins what this leans on.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator, MutableSet, Sequence
from typing import Any, cast

from faust.transport.conductor import Conductor
from faust.transport.consumer import RecordMap
from faust.types import TP
from faust.types.tuples import ConsumerMessage, ack_lock

from streams.agents.ports import Batches, Message
from streams.runtime.faults import MendedConsumer

OPEN = 2
"""Full batches of a partition that may be open: one worked on, one ready."""
OPEN_CHANGES = 4
"""Batches of changelogs that may wait for the table; the consumer's thread can be quicker than the disk."""
RETRY_SECONDS = 0.02
"""How long a fetch may wait while a partition is left out of it, for that one may be free again at once."""
BUSY_RECORDS = 400
"""With so many records of a partition open, it takes no more for 50 ms: identify does not work off half of them."""
BUSY_WAIT_MS = 50
"""How long the broker may hold a fetch open that only such partitions are not in."""


class BatchConsumer(MendedConsumer):
    """Hands on what a poll found in a partition of ``transport.batched`` as one message, and counts positions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._batched: frozenset[str] = self.transport.batched  # type: ignore[attr-defined]
        self._most: int = OPEN * self.transport.batch_records  # type: ignore[attr-defined]
        self._begin()

    def _begin(self) -> None:
        self._open: Counter[TP] = Counter()
        self._position: dict[TP, int] = {}
        self._freed = asyncio.Event()

    async def getmany(self, timeout: float) -> AsyncIterator[tuple[TP, ConsumerMessage]]:  # noqa: ASYNC109
        """Yield what one fetch found: a batch a partition, or single records of the topics that are not batched."""
        records, active = await self._wait_next_records(timeout)
        if records is None or self.should_stop:
            return
        if not self.flow_active:
            await self._back_to_committed()
            return
        generation = self.app.consumer_generation_id
        for tp, found in records.items():
            if not self.flow_active or self.app.consumer_generation_id != generation:
                return
            if not found or (active is not None and tp not in active and tp not in self._buffered_partitions):
                continue
            self.app.monitor.track_tp_end_offset(tp, self.highwater(tp))
            if tp.topic in self._batched or self._is_changelog_tp(tp):
                yield tp, self._batch(tp, found, generation)
                continue
            for record in found:
                if not self.flow_active or self.app.consumer_generation_id != generation:
                    return
                yield tp, self._to_message(tp, record)

    async def _back_to_committed(self) -> None:
        try:
            await self.perform_seek()
        except Exception as error:  # noqa: BLE001 - as in Faust: the next assignment seeks again
            self.log.warning("cannot seek while the flow is stopped: %s", error)

    def _batch(self, tp: TP, found: list[Any], generation: int) -> ConsumerMessage:
        last = found[-1]
        stamp = None if last.timestamp is None else last.timestamp / 1000
        return ConsumerMessage(
            tp.topic, tp.partition, last.offset, stamp, last.timestamp_type, None, None, found,  # type: ignore[arg-type]
            None, 0, 0, tp, generation_id=generation,
        )  # fmt: skip

    async def _getmany(self, active_partitions: set[TP] | None, timeout: float) -> RecordMap:  # noqa: ASYNC109
        if active_partitions is None:
            return await super()._getmany(None, timeout)
        busy = {tp for tp in active_partitions if self._open[tp] >= self._most}
        if not busy:
            return await super()._getmany(active_partitions, timeout)
        ready = active_partitions - busy
        if ready:
            return await super()._getmany(ready, min(timeout, RETRY_SECONDS))
        # An empty set would mean "all" to aiokafka.
        self._freed.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._freed.wait(), RETRY_SECONDS)
        return {}

    def fetch_wait_ms(self, unread: Collection[TP]) -> int:
        """How long the broker may hold a fetch open; longer too while what is *unread* could not be taken anyway."""
        wait = super().fetch_wait_ms(unread)
        if unread and self._most >= BUSY_RECORDS and all(self._open[tp] >= self._most for tp in unread):
            return max(wait, min(BUSY_WAIT_MS, int(self.transport.fetch_idle_ms)))  # type: ignore[attr-defined]
        return wait

    def opened(self, message: ConsumerMessage) -> None:
        """Count a batch that is on its way to the agent. Not before: one that Faust drops is never acknowledged."""
        self._open[message.tp] += len(message.value)  # type: ignore[arg-type]

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Let what is being worked on end and be committed, then forget the positions: they may be another's now."""
        await super().on_partitions_revoked(revoked)
        for tp in revoked:
            self._position.pop(tp, None)

    async def on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        """Begin an assignment: batches of the last one are no longer open, and their positions do not count."""
        self._open.clear()
        self._position.clear()
        await super().on_partitions_assigned(assigned, generation_id)

    def ack(self, message: Any) -> bool:
        """Acknowledge a whole batch, or a record of another topic as Faust does."""
        if message.topic not in self._batched:
            return super().ack(message)
        with ack_lock:
            if message.acked:
                return False
            message.acked = True
            self._unacked_messages.discard(message)
            if message.generation_id == self.app.consumer_generation_id:
                self._open[message.tp] -= len(message.value)
                self._freed.set()
                self.reached(message.tp, message.offset)
            waiting: Any = self._waiting_for_ack
            if waiting is not None and not waiting.done():
                waiting.set_result(None)
            return True

    def reached(self, tp: TP, offset: int) -> None:
        """Count everything up to *offset* as done; the caller sees to the order."""
        self._position[tp] = max(offset + 1, self._position.get(tp, 0))

    def _filter_tps_with_pending_acks(self, topics: Any = None) -> Iterator[TP]:
        yield from super()._filter_tps_with_pending_acks(topics)
        for tp in list(self._position):
            if topics is None or tp in topics or tp.topic in topics:
                yield tp

    def _new_offset(self, tp: TP) -> int | None:
        return self._position.get(tp) if tp.topic in self._batched else super()._new_offset(tp)

    async def _add_gap(self, tp: TP, offset_from: int, offset_to: int) -> None:
        # Between two batches lies the second batch, not a gap.
        if tp.topic not in self._batched:
            await super()._add_gap(tp, offset_from, offset_to)


class BatchConductor(Conductor):
    """Puts a batch on the channels of its topic as one event, a changelog's too; the rest goes Faust's way."""

    def _build_handler(self, tp: TP, channels: MutableSet[Any]) -> Callable[[Any], Awaitable[None]]:
        app = self.app
        if tp.topic in app.tables.changelog_topics:

            async def on_changes(message: ConsumerMessage) -> None:
                await app.flow_control.acquire()
                waiting = cast(Any, app.tables).changelog_queue
                while waiting.qsize() >= OPEN_CHANGES and not app.should_stop:  # noqa: ASYNC110 - it does not say
                    await asyncio.sleep(RETRY_SECONDS / 10)
                message.incref(len(channels))
                for channel in channels:
                    await channel.put(app.create_event(None, message.value, {}, message))

            return on_changes
        if tp.topic not in app.transport.batched:  # type: ignore[attr-defined]
            return super()._build_handler(tp, channels)

        async def on_batch(message: ConsumerMessage) -> None:
            await app.flow_control.acquire()
            if not channels:
                return
            cast(BatchConsumer, app.consumer).opened(message)
            message.incref(len(channels))
            for channel in channels:
                await channel.put(app.create_event(None, message.value, {}, message))

        return on_batch


class _Record:
    """One record of a batch, as the agents read it."""

    __slots__ = ("headers", "key", "offset", "partition", "timestamp", "topic", "value")

    def __init__(self, record: Any) -> None:
        self.topic: str = record.topic
        self.partition: int = record.partition
        self.offset: int = record.offset
        self.timestamp: float = (record.timestamp or 0) / 1000
        self.headers: Sequence[tuple[str, bytes]] | None = record.headers
        self.key: bytes | None = record.key
        self.value: bytes | None = record.value


class _Batch:
    """One event of a stream as the agents see it; see :class:`streams.agents.ports.Batch`."""

    __slots__ = ("_consumer", "_event", "messages")

    def __init__(self, event: Any, consumer: Any, messages: Sequence[Message]) -> None:
        self._event = event
        self._consumer = consumer
        self.messages = messages

    def acknowledge(self, message: Message) -> None:
        """Acknowledge the records up to *message*: a position, or the whole event when it is the last."""
        whole = self._event.message
        if message is self.messages[-1]:
            self._event.ack()
        elif whole.generation_id == self._consumer.app.consumer_generation_id:
            self._consumer.reached(whole.tp, message.offset)


async def batches(stream: Any, app: Any) -> Batches:
    """Give the events of a stream as batches, under either transport."""
    async for event in stream.noack().events():
        value = event.message.value
        messages: Sequence[Message] = [_Record(r) for r in value] if isinstance(value, list) else [event.message]
        yield _Batch(event, app.consumer, messages)
