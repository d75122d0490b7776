"""Ordered, durable delivery: outputs, then state, then the acknowledgement, in order per partition."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from streams.agents.ports import Output, Write
from streams.errors import BrokerTrouble
from streams.metrics import Metrics
from streams.runtime.delivery import OrderedDelivery


class Rig:
    """A delivery whose broker acknowledges when the test says so, and a log of what happened in which order."""

    def __init__(self, in_flight: int = 10) -> None:
        self.log: list[str] = []
        self.pending: dict[str, asyncio.Future[object]] = {}
        self.crashes: list[BaseException] = []
        self.metrics = Metrics()
        self.delivery = OrderedDelivery("test", self.send, self.persist, self.crash, self.metrics, in_flight)

    async def send(self, outputs: Sequence[Output]) -> Awaitable[object]:
        return self._pending("send", [(output.value or b"").decode() for output in outputs])

    async def persist(self, writes: Sequence[Write]) -> Awaitable[object]:
        return self._pending("persist", [key for key, _ in writes])

    def _pending(self, verb: str, names: Sequence[str]) -> Awaitable[object]:
        for name in names:
            self.log.append(f"{verb} {name}")
            self.pending[name] = asyncio.get_running_loop().create_future()
        return asyncio.gather(*(self.pending[name] for name in names))

    async def submit(
        self,
        offset: int,
        outputs: Sequence[Output],
        writes: Sequence[Write] = (),
        on_durable: Callable[[], None] | None = None,
        partition: int = 0,
    ) -> None:
        place: Any = SimpleNamespace(topic="t", partition=partition, offset=offset)
        acknowledge = partial(self.log.append, f"ack {partition}/{offset}")
        await self.delivery.submit(place, acknowledge, outputs, writes, on_durable)

    async def crash(self, error: BaseException) -> None:
        self.crashes.append(error)

    def acknowledged(self) -> list[str]:
        return [line for line in self.log if line.startswith("ack")]


def output(name: str) -> Output:
    return Output("out", None, name.encode(), [])


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def test_outputs_then_state_then_acknowledgement() -> None:
    async def scenario() -> None:
        rig = Rig()
        await rig.submit(0, [output("a"), output("b")], [("k", None)], lambda: rig.log.append("counted"))
        await settle()
        assert rig.log == ["send a", "send b"]
        rig.pending["b"].set_result(None)
        await settle()
        assert "persist k" not in rig.log, "state waits for every output"
        rig.pending["a"].set_result(None)
        await settle()
        assert rig.log[2:] == ["persist k"], "the acknowledgement waits for the changelog"
        rig.pending["k"].set_result(None)
        await settle()
        assert rig.log[3:] == ["counted", "ack 0/0"]

    asyncio.run(scenario())


def test_acknowledged_in_order_per_partition_whatever_the_broker_does() -> None:
    async def scenario() -> None:
        rig = Rig()
        for offset in range(3):
            await rig.submit(offset, [output(f"p0-{offset}")])
        await rig.submit(7, [output("p1-7")], partition=1)
        for name in ("p0-2", "p0-1", "p1-7"):
            rig.pending[name].set_result(None)
        await settle()
        assert rig.acknowledged() == ["ack 1/7"], "another partition does not wait"
        rig.pending["p0-0"].set_result(None)
        await settle()
        assert rig.acknowledged() == ["ack 1/7", "ack 0/0", "ack 0/1", "ack 0/2"]

    asyncio.run(scenario())


def test_states_are_written_in_turn_without_waiting_for_each_others_round_trip() -> None:
    async def scenario() -> None:
        rig = Rig()
        for offset in range(2):
            await rig.submit(offset, [output(f"m{offset}")], [(f"k{offset}", None)])
        rig.pending["m1"].set_result(None)
        await settle()
        assert "persist k1" not in rig.log, "not before the one before it"
        rig.pending["m0"].set_result(None)
        await settle()
        assert rig.log[-2:] == ["persist k0", "persist k1"], "both on the way at once"
        rig.pending["k1"].set_result(None)
        await settle()
        assert not rig.acknowledged()
        rig.pending["k0"].set_result(None)
        await settle()
        assert rig.acknowledged() == ["ack 0/0", "ack 0/1"]

    asyncio.run(scenario())


def test_a_failed_send_ends_the_worker_and_nothing_after_it_is_acknowledged() -> None:
    async def scenario() -> None:
        rig = Rig()
        for offset in range(3):
            await rig.submit(offset, [output(f"m{offset}")], [(f"k{offset}", None)])
        rig.pending["m0"].set_result(None)
        await settle()
        rig.pending["k0"].set_result(None)
        rig.pending["m1"].set_exception(BrokerTrouble("broker gone"))
        rig.pending["m2"].set_result(None)
        await settle()
        assert rig.acknowledged() == ["ack 0/0"]
        assert "persist k1" not in rig.log
        assert "persist k2" not in rig.log, "state of a later input must not outlive an earlier one that failed"
        assert [type(error) for error in rig.crashes] == [BrokerTrouble]

    asyncio.run(scenario())


def test_an_unforeseen_failure_ends_the_worker_too() -> None:
    async def scenario() -> None:
        rig = Rig()
        await rig.submit(0, [output("a")])
        rig.pending["a"].set_exception(ZeroDivisionError())
        await rig.delivery.drain()
        assert not rig.acknowledged()
        assert len(rig.crashes) == 1

    asyncio.run(scenario())


def test_a_send_that_does_not_even_begin_is_the_callers_and_leaves_no_trace() -> None:
    async def scenario() -> None:
        rig = Rig(in_flight=1)

        async def refuse(outputs: Sequence[Output]) -> Awaitable[object]:
            raise BrokerTrouble("the producer is not running")

        send, rig.delivery._send = rig.delivery._send, refuse
        with pytest.raises(BrokerTrouble):
            await rig.submit(0, [output("a")])
        assert not rig.acknowledged()
        assert rig.metrics.registry.get_sample_value("newswire_in_flight", {"agent": "test"}) == 0
        rig.delivery._send = send
        await asyncio.wait_for(rig.submit(0, [output("a")]), 30)

    asyncio.run(scenario())


def test_inputs_on_the_way_are_bounded() -> None:
    async def scenario() -> None:
        rig = Rig(in_flight=2)
        await rig.submit(0, [output("a")])
        await rig.submit(1, [output("b")])
        third = asyncio.create_task(rig.submit(2, [output("c")]))
        await settle()
        assert "send c" not in rig.log
        assert rig.metrics.registry.get_sample_value("newswire_in_flight", {"agent": "test"}) == 2
        rig.pending["a"].set_result(None)
        await third
        assert "send c" in rig.log

    asyncio.run(scenario())


def test_what_follows_from_a_failure_is_not_told_again() -> None:
    async def scenario() -> None:
        rig = Rig()
        for offset in range(3):
            await rig.submit(offset, [output(f"m{offset}")])
        for offset in range(3):
            rig.pending[f"m{offset}"].set_exception(BrokerTrouble("gone"))
        await rig.delivery.drain()
        assert len(rig.crashes) == 1
        assert not rig.acknowledged()

    asyncio.run(scenario())


def test_what_the_changelog_has_is_put_in_the_table_in_turn() -> None:
    """Each awaits its own changelog only once the one before is done: two writes of one key cannot change places."""

    class Lazy:
        def __init__(self, rig: Rig, name: str) -> None:
            self.rig, self.name = rig, name

        def __await__(self) -> Any:
            yield from self.rig.pending[self.name].__await__()
            self.rig.log.append(f"table {self.name}")

    async def scenario() -> None:
        rig = Rig()

        async def persist(writes: Sequence[Any]) -> Any:
            rig.log.append(f"persist {writes[0][0]}")
            rig.pending[writes[0][0]] = asyncio.get_running_loop().create_future()
            return Lazy(rig, writes[0][0])

        rig.delivery._persist = persist
        for offset in range(2):
            await rig.submit(offset, [], [(f"k{offset}", None)])
        await settle()
        assert rig.log == ["persist k0", "persist k1"], "both are on their way"
        rig.pending["k1"].set_result(None)
        await settle()
        assert "table k1" not in rig.log
        rig.pending["k0"].set_result(None)
        await settle()
        assert rig.log[2:] == ["table k0", "ack 0/0", "table k1", "ack 0/1"]

    asyncio.run(scenario())
