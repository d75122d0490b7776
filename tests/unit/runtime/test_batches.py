"""The batch consumer: what it hands on, what it counts, what it commits. Faust's own work under it is faked."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from faust.transport.consumer import Consumer, ThreadDelegateConsumer
from faust.types import TP

from streams.runtime.batches import OPEN, OPEN_CHANGES, BatchConductor, BatchConsumer, batches

RAW, NORMALISED, LOG = TP("wire.raw.v1", 0), TP("wire.normalised.v1", 0), TP("newswire-identity-changelog", 0)
OTHER = TP("not.batched", 0)


def record(tp: TP, offset: int, value: bytes = b"v") -> Any:
    return SimpleNamespace(
        topic=tp.topic, partition=tp.partition, offset=offset, timestamp=1_700_000_000_000 + offset, timestamp_type=0,
        headers=[("h", b"1")], key=b"k", value=value,
    )  # fmt: skip


class Rig(BatchConsumer):
    """Our consumer on a Faust that fetches what the test gives it, ``fetches`` in turn."""

    def __init__(self) -> None:
        self.app: Any = SimpleNamespace(
            consumer_generation_id=1,
            rebalancing_count=1,
            client_only=False,
            monitor=SimpleNamespace(track_tp_end_offset=lambda tp, offset: None),
            topics=SimpleNamespace(acks_enabled_for=lambda topic: True),
            tables=SimpleNamespace(changelog_topics={LOG.topic}, changelog_queue=asyncio.Queue()),
            should_stop=False,
            flow_control=SimpleNamespace(acquire=self._nothing),
            create_event=lambda key, value, headers, message: SimpleNamespace(
                message=message, value=value, ack=lambda: self.ack(message)
            ),
            consumer=self,
            transport=SimpleNamespace(batched=frozenset({RAW.topic, NORMALISED.topic}), batch_records=1),
        )
        self.log: Any = SimpleNamespace(dev=lambda *a: None, warning=lambda *a: None)
        self.flow_active = True
        self.stopping = False
        self.fetches: list[dict[TP, list[Any]]] = []
        self.asked: list[tuple[set[TP], float]] = []
        self.seeks = 0
        self._active_partitions = {RAW, NORMALISED, LOG, OTHER}
        self._buffered_partitions = set()
        self._unacked_messages: Any = set()
        self._waiting_for_ack = None
        self._acked: Any = {}
        self._committed_offset: Any = {}
        self._batched = self.app.transport.batched
        self._most = OPEN * self.app.transport.batch_records
        self._begin()

    async def _nothing(self) -> None:
        return None

    @property
    def should_stop(self) -> bool:
        return self.stopping

    def highwater(self, tp: TP) -> int:
        return 0

    def _to_message(self, tp: TP, record: Any) -> Any:
        return record

    async def perform_seek(self) -> None:
        self.seeks += 1

    async def _wait_next_records(self, timeout: float) -> Any:
        return await self._getmany(self._active_partitions, timeout), self._active_partitions

    async def poll(self) -> list[tuple[TP, Any]]:
        return [found async for found in self.getmany(1.0)]

    async def hand_on(self, message: Any, channels: set[Any]) -> None:
        conductor: Any = SimpleNamespace(app=self.app)
        await BatchConductor._build_handler(conductor, message.tp, channels)(message)


@pytest.fixture
def rig(monkeypatch: pytest.MonkeyPatch) -> Rig:
    async def fetch(self: Any, active: set[TP] | None, timeout: float) -> Any:
        self.asked.append((set(active or ()), timeout))
        return self.fetches.pop(0) if self.fetches else {}

    async def quiet(self: Any, *args: Any, **kwargs: Any) -> None: ...

    monkeypatch.setattr(ThreadDelegateConsumer, "_getmany", fetch)
    monkeypatch.setattr(Consumer, "on_partitions_assigned", quiet)
    monkeypatch.setattr(Consumer, "on_partitions_revoked", quiet)
    return Rig()


class Channel:
    def __init__(self) -> None:
        self.events: list[Any] = []

    async def put(self, event: Any) -> None:
        self.events.append(event)


def committable(rig: Rig) -> dict[TP, int | None]:
    return {tp: rig._new_offset(tp) for tp in rig._filter_tps_with_pending_acks()}


async def handed_on(rig: Rig, tp: TP, *offsets: int) -> Any:
    """Poll one batch and put it on a channel; the batch as the agent gets it."""
    rig.fetches.append({tp: [record(tp, offset) for offset in offsets]})
    [(_, message)] = await rig.poll()
    channel = Channel()
    await rig.hand_on(message, {channel})

    async def events() -> Any:
        yield channel.events[0]

    stream = SimpleNamespace(noack=lambda: SimpleNamespace(events=events))
    async for batch in batches(stream, rig.app):
        return batch


def test_a_poll_gives_one_message_a_partition_and_topics_not_named_go_fausts_way(rig: Rig) -> None:
    rig.fetches.append(
        {
            RAW: [record(RAW, 3), record(RAW, 4)],
            OTHER: [record(OTHER, 0), record(OTHER, 1)],
            LOG: [record(LOG, 0), record(LOG, 1)],
            NORMALISED: [record(NORMALISED, 9)],
        }
    )
    found = asyncio.run(rig.poll())
    assert [(tp, m.offset) for tp, m in found] == [(RAW, 4), (OTHER, 0), (OTHER, 1), (LOG, 1), (NORMALISED, 9)]
    batch = found[0][1]
    assert [r.offset for r in batch.value] == [3, 4]
    assert batch.generation_id == 1


def test_a_changelog_waits_while_the_table_has_enough_to_write(rig: Rig) -> None:
    async def scenario() -> None:
        rig.fetches.append({LOG: [record(LOG, 0), record(LOG, 1)]})
        [(_, message)] = await rig.poll()
        message.incref = lambda number: None
        waiting, channel = rig.app.tables.changelog_queue, Channel()
        for _ in range(OPEN_CHANGES):
            waiting.put_nowait("a batch")
        handing = asyncio.ensure_future(rig.hand_on(message, {channel}))
        await asyncio.sleep(0.01)
        assert not channel.events
        waiting.get_nowait()
        await asyncio.wait_for(handing, 30)
        assert [event.value for event in channel.events] == [message.value]
        assert not rig._open[LOG], "a changelog is not acknowledged"

    asyncio.run(scenario())


def test_the_agent_reads_records_as_they_were(rig: Rig) -> None:
    batch = asyncio.run(handed_on(rig, RAW, 3, 4))
    first = batch.messages[0]
    assert (first.topic, first.partition, first.offset) == (RAW.topic, 0, 3)
    assert (first.key, first.value, first.headers) == (b"k", b"v", [("h", b"1")])
    assert first.timestamp == 1_700_000_000.003


def test_a_position_is_committed_as_soon_as_its_slice_is_durable_and_no_further(rig: Rig) -> None:
    async def scenario() -> None:
        batch = await handed_on(rig, RAW, 3, 4, 5)
        assert committable(rig) == {}, "reading acknowledges nothing"
        batch.acknowledge(batch.messages[1])
        assert committable(rig) == {RAW: 5}
        batch.acknowledge(batch.messages[2])
        assert committable(rig) == {RAW: 6}
        batch.acknowledge(batch.messages[0])
        assert committable(rig) == {RAW: 6}, "a position never goes back"

    asyncio.run(scenario())


def test_gaps_in_the_offsets_do_not_hold_a_commit_up(rig: Rig) -> None:
    async def scenario() -> None:
        batch = await handed_on(rig, RAW, 3, 7, 20)
        batch.acknowledge(batch.messages[2])
        await rig._add_gap(RAW, 0, 3)
        assert committable(rig) == {RAW: 21}

    asyncio.run(scenario())


def test_a_commit_of_some_topics_leaves_the_others(rig: Rig) -> None:
    async def scenario() -> None:
        for tp in (RAW, NORMALISED):
            batch = await handed_on(rig, tp, 0)
            batch.acknowledge(batch.messages[0])
        assert list(rig._filter_tps_with_pending_acks({RAW})) == [RAW]
        assert list(rig._filter_tps_with_pending_acks({NORMALISED.topic})) == [NORMALISED]

    asyncio.run(scenario())


def test_two_open_batches_are_enough_for_a_partition_and_others_flow_on(rig: Rig) -> None:
    async def scenario() -> None:
        opened = [await handed_on(rig, RAW, offset) for offset in range(OPEN)]
        await rig.poll()
        assert rig.asked[-1][0] == {NORMALISED, LOG, OTHER}
        assert rig.asked[-1][1] < 0.1, "a fetch that leaves one out must not wait long"
        opened[0].acknowledge(opened[0].messages[0])
        await rig.poll()
        assert rig.asked[-1] == ({RAW, NORMALISED, LOG, OTHER}, 1.0)

    asyncio.run(scenario())


def test_stories_that_come_one_by_one_do_not_wait_until_those_before_are_durable(rig: Rig) -> None:
    async def scenario() -> None:
        rig._most = OPEN * 3
        opened = [await handed_on(rig, RAW, offset) for offset in range(OPEN * 3 - 1)]
        await rig.poll()
        assert RAW in rig.asked[-1][0], "there is room for a batch of more than one"
        opened.append(await handed_on(rig, RAW, OPEN * 3, OPEN * 3 + 1))
        await rig.poll()
        assert RAW not in rig.asked[-1][0]
        for batch in opened:
            batch.acknowledge(batch.messages[-1])
        assert rig._open[RAW] == 0

    asyncio.run(scenario())


def test_nothing_is_asked_for_while_every_partition_is_full(rig: Rig) -> None:
    async def scenario() -> None:
        rig._active_partitions = {RAW}
        opened = [await handed_on(rig, RAW, offset) for offset in range(OPEN)]
        asked = len(rig.asked)
        assert await rig.poll() == []
        assert len(rig.asked) == asked, "aiokafka takes an empty set for all partitions"
        freed = asyncio.create_task(rig._getmany({RAW}, 1.0))
        await asyncio.sleep(0)
        opened[0].acknowledge(opened[0].messages[0])
        await asyncio.wait_for(freed, 30)

    asyncio.run(scenario())


def test_a_batch_that_faust_drops_before_it_is_handed_on_does_not_count_as_open(rig: Rig) -> None:
    async def scenario() -> None:
        for offset in range(OPEN):
            rig.fetches.append({RAW: [record(RAW, offset)]})
            await rig.poll()
        await rig.poll()
        assert RAW in rig.asked[-1][0]

    asyncio.run(scenario())


def test_a_batch_of_an_earlier_assignment_moves_no_position(rig: Rig) -> None:
    async def scenario() -> None:
        batch = await handed_on(rig, RAW, 3, 4)
        rig.app.consumer_generation_id = 2
        await rig.on_partitions_assigned({RAW}, 2)
        batch.acknowledge(batch.messages[0])
        batch.acknowledge(batch.messages[1])
        assert committable(rig) == {}
        for offset in range(OPEN):
            await handed_on(rig, RAW, offset)
        await rig.poll()
        assert RAW not in rig.asked[-1][0], "the old batch frees no room in the new assignment"

    asyncio.run(scenario())


def test_positions_end_with_the_assignment(rig: Rig) -> None:
    async def scenario() -> None:
        batch = await handed_on(rig, RAW, 3)
        batch.acknowledge(batch.messages[0])
        await rig.on_partitions_revoked({RAW})
        assert committable(rig) == {}
        batch = await handed_on(rig, RAW, 4)
        batch.acknowledge(batch.messages[0])
        await rig.on_partitions_assigned({RAW}, 2)
        assert committable(rig) == {}

    asyncio.run(scenario())


def test_what_was_fetched_across_a_rebalance_is_not_handed_on(rig: Rig) -> None:
    async def scenario() -> None:
        rig.fetches.append(
            {RAW: [record(RAW, 0)], OTHER: [record(OTHER, 0), record(OTHER, 1)], NORMALISED: [record(NORMALISED, 0)]}
        )
        found = []
        async for tp, _ in rig.getmany(1.0):
            found.append(tp)
            if tp == OTHER:
                rig.app.consumer_generation_id = 2
        assert found == [RAW, OTHER]

    asyncio.run(scenario())


@pytest.mark.parametrize("first", [RAW, LOG, OTHER])
def test_nor_is_another_partition_of_that_fetch(rig: Rig, first: TP) -> None:
    async def scenario() -> None:
        rig.fetches.append({first: [record(first, 0)], NORMALISED: [record(NORMALISED, 0)]})
        found = []
        async for tp, _ in rig.getmany(1.0):
            found.append(tp)
            rig.flow_active = False
        assert found == [first]

    asyncio.run(scenario())


def test_what_was_fetched_while_the_flow_stopped_is_read_again(rig: Rig) -> None:
    rig.fetches.append({RAW: [record(RAW, 0)]})
    rig.flow_active = False
    assert asyncio.run(rig.poll()) == []
    assert rig.seeks == 1


def test_a_paused_partition_is_left_out(rig: Rig) -> None:
    rig.fetches.append({RAW: [record(RAW, 0)], NORMALISED: [record(NORMALISED, 0)]})
    rig._active_partitions.discard(RAW)
    assert [tp for tp, _ in asyncio.run(rig.poll())] == [NORMALISED]


def test_an_acknowledged_batch_wakes_who_waits_for_it_and_counts_once(rig: Rig) -> None:
    async def scenario() -> None:
        rig.fetches.append({RAW: [record(RAW, 0)]})
        [(_, message)] = await rig.poll()
        await rig.hand_on(message, {Channel()})
        rig._unacked_messages.add(message)
        rig._waiting_for_ack = asyncio.get_running_loop().create_future()
        assert rig.ack(message)
        assert not rig._unacked_messages
        assert rig._waiting_for_ack.done()
        assert not rig.ack(message)
        assert rig._open[RAW] == 0

    asyncio.run(scenario())


def test_under_fausts_own_transport_a_record_is_a_batch_of_one(rig: Rig) -> None:
    acknowledged: list[int] = []
    message = record(RAW, 3)

    async def events() -> Any:
        yield SimpleNamespace(message=message, ack=lambda: acknowledged.append(3))

    async def scenario() -> None:
        stream = SimpleNamespace(noack=lambda: SimpleNamespace(events=events))
        async for batch in batches(stream, rig.app):
            assert list(batch.messages) == [message]
            batch.acknowledge(message)

    asyncio.run(scenario())
    assert acknowledged == [3]


def waits_of(rig: Rig, idle: int) -> None:
    rig.transport = SimpleNamespace(fetch_wait_ms=10, fetch_idle_ms=idle)  # type: ignore[assignment]
    rig._most = 400


@pytest.mark.parametrize(("idle", "long", "middling"), [(100, 100, 50), (10, 10, 10), (5, 10, 10)])
def test_a_fetch_may_wait_as_long_as_nobody_waits_for_the_next(rig: Rig, idle: int, long: int, middling: int) -> None:
    waits_of(rig, idle)
    assert rig.fetch_wait_ms([]) == long
    assert rig.fetch_wait_ms([RAW]) == 10
    rig._open[RAW] = 400
    assert rig.fetch_wait_ms([RAW]) == middling, "it takes no more for that long"
    assert rig.fetch_wait_ms([RAW, NORMALISED]) == 10
    rig._seek_due = True
    assert rig.fetch_wait_ms([]) == 10, "a fetch from where the partition is not to be read is soon over"


def test_small_batches_are_soon_worked_off(rig: Rig) -> None:
    waits_of(rig, 100)
    rig._most = rig._open[RAW] = 20
    assert rig.fetch_wait_ms([RAW]) == 10
