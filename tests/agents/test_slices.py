"""Batches worked off in slices: delivered and acknowledged in order, the loop never held for long."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from streams.agents import slices
from streams.agents.ports import Message, Output
from streams.agents.slices import Caused, work_off
from streams.errors import BreakerOpen
from tests.agents.conftest import FakeBatch, FakeDelivery, FakeMessage, batches_of


def caused(message: Message) -> Caused:
    return Caused([Output("out", None, str(message.offset).encode(), [])])


def offsets(delivery: FakeDelivery) -> list[list[int]]:
    """The inputs of each delivery, as their outputs name them."""
    return [[int(output.value or b"") for output in delivered.outputs] for delivered in delivery.delivered]


def batch(first: int, last: int) -> FakeBatch:
    return FakeBatch([FakeMessage(b"", offset=offset) for offset in range(first, last + 1)])


@pytest.fixture
def ticks(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Make each look at the clock cost so many seconds."""

    def every(seconds: float) -> None:
        now = [0.0]

        def clock() -> float:
            now[0] += seconds
            return now[0]

        monkeypatch.setattr(slices, "perf_counter", clock)

    return every


def test_a_batch_that_is_soon_done_is_one_delivery(ticks: Callable[[float], None]) -> None:
    ticks(0.0001)
    delivery, one = FakeDelivery(), batch(0, 9)
    asyncio.run(work_off(batches_of(one), caused, delivery, lambda rejected: None))
    assert offsets(delivery) == [list(range(10))]
    assert delivery.delivered[0].place is one.messages[-1]


def test_a_long_batch_goes_off_in_slices_each_acknowledging_its_own(ticks: Callable[[float], None]) -> None:
    ticks(0.6 * slices.SLICE_SECONDS)
    delivery, one = FakeDelivery(), batch(5, 9)
    asyncio.run(work_off(batches_of(one), caused, delivery, lambda rejected: None))
    assert offsets(delivery) == [[5, 6], [7, 8], [9]]
    for delivered in delivery.delivered:
        delivered.acknowledge()
    assert one.acknowledged == [6, 8, 9], "each slice its own last record, though they are acknowledged late"


def test_a_lone_story_does_not_wait_for_company() -> None:
    delivery = FakeDelivery()

    async def scenario() -> None:
        went = asyncio.Event()

        async def one_then_silence():  # type: ignore[no-untyped-def]
            yield batch(0, 0)
            went.set()
            await asyncio.Event().wait()

        work = asyncio.create_task(work_off(one_then_silence(), caused, delivery, lambda rejected: None))
        await asyncio.wait_for(went.wait(), 30)
        work.cancel()

    asyncio.run(scenario())
    assert offsets(delivery) == [[0]]


def test_others_get_their_turn_between_slices(ticks: Callable[[float], None]) -> None:
    ticks(slices.SLICE_SECONDS)
    turns: list[int] = []
    delivery = FakeDelivery()

    async def scenario() -> None:
        async def other() -> None:
            while True:
                turns.append(len(delivery.delivered))
                await asyncio.sleep(0)

        watching = asyncio.create_task(other())
        await work_off(batches_of(batch(0, 5)), caused, delivery, lambda rejected: None)
        watching.cancel()

    asyncio.run(scenario())
    assert set(turns) >= {1, 2, 3, 4, 5}


def test_what_is_durable_is_told_once_a_record_in_order(ticks: Callable[[float], None]) -> None:
    ticks(0.0001)
    told: list[int] = []

    def handle(message: Message) -> Caused:
        return Caused([], [(f"k{message.offset}".encode(), None)], lambda: told.append(message.offset))

    delivery = FakeDelivery()
    asyncio.run(work_off(batches_of(batch(0, 3)), handle, delivery, lambda rejected: None))
    assert told == [0, 1, 2, 3]
    assert [key for key, _ in delivery.delivered[0].writes] == [b"k0", b"k1", b"k2", b"k3"]


def test_an_open_breaker_ends_the_batch_where_it_opened(ticks: Callable[[float], None]) -> None:
    ticks(0.0001)
    seen: list[bool] = []

    def record(rejected: bool) -> None:
        seen.append(rejected)
        if len(seen) == 3:
            raise BreakerOpen("enough")

    def handle(message: Message) -> Caused:
        return Caused(caused(message).outputs, rejected=True)

    delivery = FakeDelivery()
    with pytest.raises(BreakerOpen):
        asyncio.run(work_off(batches_of(batch(0, 99), batch(100, 199)), handle, delivery, record))
    assert offsets(delivery) == [[0, 1, 2]], "what was handled is set aside, and nothing more"


def test_of_a_backlog_several_slices_are_delivered_together(ticks: Callable[[float], None]) -> None:
    ticks(0.6 * slices.SLICE_SECONDS)
    delivery, one = FakeDelivery(), batch(0, slices.BACKLOG - 1)
    turns: list[int] = []

    async def scenario() -> None:
        async def other() -> None:
            while True:
                turns.append(1)
                await asyncio.sleep(0)

        watching = asyncio.create_task(other())
        await work_off(batches_of(one), caused, delivery, lambda rejected: None)
        watching.cancel()

    asyncio.run(scenario())
    sent = offsets(delivery)
    assert [offset for delivered in sent for offset in delivered] == list(range(slices.BACKLOG))
    together = round(slices.BACKLOG_SECONDS / slices.SLICE_SECONDS)
    assert 2 * (together - 1) <= len(sent[0]) <= 2 * together, "two records a slice, as many slices as the time allows"
    assert len(turns) >= slices.BACKLOG // 2, "others get their turn after every slice all the same"
    for delivered in delivery.delivered:
        delivered.acknowledge()
    assert one.acknowledged == [delivered[-1] for delivered in sent]
