"""The batch consumer: what it hands on, and what it commits. Faust's own work under it is faked."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from batches_support import LOG, NORMALISED, OTHER, RAW, Channel, Rig, committable, handed_on, record
from faust.types import TP

from streams.runtime.batches import OPEN, batches


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
