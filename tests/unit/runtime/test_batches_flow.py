"""The batch consumer's flow: how much is open at once, what is left out of a fetch, how long a fetch may wait."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest
from batches_support import LOG, NORMALISED, OTHER, RAW, Channel, Rig, handed_on, record

from streams.runtime.batches import OPEN, OPEN_CHANGES


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


def test_a_paused_partition_is_left_out(rig: Rig) -> None:
    rig.fetches.append({RAW: [record(RAW, 0)], NORMALISED: [record(NORMALISED, 0)]})
    rig._active_partitions.discard(RAW)
    assert [tp for tp, _ in asyncio.run(rig.poll())] == [NORMALISED]


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
