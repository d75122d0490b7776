"""Ready, live, what it waits for: what a worker says of itself in each state that Faust can be in."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

from faust.types import TP

from streams.metrics import Metrics
from streams.runtime.vitals import WATCH_SECONDS, Vitals


class _Consumer:
    started = True

    def __init__(self, *assigned: TP) -> None:
        self._assigned = set(assigned)
        self._committed_offset: dict[TP, int | None] = {}
        self._unacked_messages: set[object] = set()

    def assignment(self) -> set[TP]:
        return self._assigned

    def highwater(self, tp: TP) -> int:
        return 9


class _App:
    """What :class:`Vitals` asks of Faust's app."""

    def __init__(self) -> None:
        self.crashed = self.should_stop = self.rebalancing = self.in_recovery = False
        self.started = True
        self.loop: asyncio.AbstractEventLoop
        self.consumer = _Consumer(TP("wire.raw.v1", 0), TP("newswire-identity-changelog", 0))
        log = TP("newswire-identity-changelog", 0)
        recovery = SimpleNamespace(completed=asyncio.Event(), active_tps={log}, active_offsets={log: 4})
        self.tables = SimpleNamespace(recovery=recovery)
        self.tables.recovery.completed.set()


class _Ends:
    """A broker whose logs all begin and end at 9."""

    away = False

    async def ask(self, places: Any) -> dict[Any, int]:
        return dict.fromkeys(places, 9)

    begins = ask

    async def answered(self, places: Any) -> bool:
        return bool(places) and not self.away


class _States:
    building = False
    steps = 0

    def measure(self) -> None: ...


def vitals(stall_seconds: float = 60.0, *deliveries: Any) -> tuple[Vitals, _App]:
    app = _App()
    return Vitals(app, Metrics(), deliveries, _States(), stall_seconds, _Ends()), app  # type: ignore[arg-type]


def test_ready_is_assigned_recovered_and_not_rebalancing() -> None:
    said, app = vitals()
    assert said.not_ready() is None
    for name, why in (("rebalancing", "rebalancing"), ("should_stop", "stopping"), ("crashed", "crashed")):
        setattr(app, name, True)
        assert said.not_ready() == why
    app.crashed = app.should_stop = app.rebalancing = False
    app.in_recovery = True
    assert said.not_ready() == "recovering state"
    app.in_recovery = False
    app.tables.recovery.completed.clear()
    assert said.not_ready() == "recovering state"
    app.consumer = _Consumer(TP("newswire-identity-changelog", 0))
    assert said.not_ready() == "no partitions assigned", "a changelog is nothing to read"


def recovering() -> tuple[Vitals, _App, _States, _Ends]:
    app, states, ends = _App(), _States(), _Ends()
    app.rebalancing = app.in_recovery = True  # Faust's word for both: a rebalance ends with its recovery
    return Vitals(app, Metrics(), (), states, 60.0, ends), app, states, ends  # type: ignore[arg-type]


def test_a_recovery_that_takes_long_is_live_while_it_gets_further() -> None:
    said, app, states, _ = recovering()
    for now in (0.0, 100.0, 200.0, 300.0):
        app.tables.recovery.active_offsets = {TP("newswire-identity-changelog", 0): int(now)}
        asyncio.run(said.watch(now))
        assert (said.not_ready(), said.stalled()) == ("recovering state", None)
    app.in_recovery, states.building = False, True
    for now in (400.0, 500.0, 600.0):
        states.steps += 1
        asyncio.run(said.watch(now))
        assert (said.not_ready(), said.stalled()) == ("recovering state", None)
    states.building = False
    for now in (700.0, 830.0):
        asyncio.run(said.watch(now))
    assert said.stalled() == "rebalancing, and no further for 130 s"


def test_a_recovery_that_gets_no_further_is_not_live() -> None:
    said, _, _, _ = recovering()
    for now in (0.0, 60.0, 120.0):
        asyncio.run(said.watch(now))
        assert said.stalled() is None
    asyncio.run(said.watch(130.0))
    assert said.stalled() == "recovering state, and no further for 130 s"


def test_a_recovery_that_waits_for_the_broker_is_live() -> None:
    said, app, _, ends = recovering()
    for now, away in ((0.0, False), (100.0, True), (200.0, True), (300.0, False), (400.0, False)):
        ends.away = away
        asyncio.run(said.watch(now))
        assert said.stalled() is None, "no broker, no progress; then its time begins anew"
    app.tables.recovery.active_tps = set()
    asyncio.run(said.watch(500.0))
    assert said.stalled() is None, "nothing is to be read back"


def test_it_watches_what_the_broker_says_not_what_the_consumer_fetched() -> None:
    said, app = vitals()
    raw = TP("wire.raw.v1", 0)
    app.consumer._committed_offset[raw] = 5

    for now in (0.0, 40.0):
        asyncio.run(said.watch(now))
        assert said.stalled() is None
    asyncio.run(said.watch(80.0))
    assert said.stalled() == "wire.raw.v1/0: 4 records wait and nothing was committed for 80 s"

    app.consumer._committed_offset[raw] = None
    for now in (120.0, 160.0, 200.0, 240.0):
        asyncio.run(said.watch(now))
    assert said.stalled() is None, "never committed, and the log begins where it ends: nothing waits"


def test_a_worker_says_what_it_waits_for() -> None:
    said, app = vitals()
    app.loop = asyncio.new_event_loop()
    assert said.waiting() == "nothing that it knows of"
    said, app = vitals(60.0, SimpleNamespace(waiting=lambda: ["deliver identify a/0/1"]))
    app.loop = asyncio.new_event_loop()
    app.consumer._unacked_messages = {1, 2}
    assert said.waiting() == "deliver identify a/0/1, 2 unacknowledged batches"
    app.loop.close()


def test_how_often_it_looks() -> None:
    assert [vitals(seconds)[0].every for seconds in (0.0, 20.0, 600.0)] == [0.0, 5.0, WATCH_SECONDS]


def test_the_gauges_follow_the_assignment() -> None:
    metrics = Metrics()
    app = _App()
    said = Vitals(app, metrics, (), _States(), 60.0, _Ends())  # type: ignore[arg-type]
    raw = TP("wire.raw.v1", 0)
    app.consumer._committed_offset[raw] = 5
    said.measure()
    sample = metrics.registry.get_sample_value
    assert (sample("newswire_ready"), sample("newswire_stalled"), sample("newswire_assigned_partitions")) == (1, 0, 1)
    assert sample("newswire_lag_records", {"topic": "wire.raw.v1", "partition": "0"}) == 4
    app.consumer = _Consumer()
    said.measure()
    assert sample("newswire_ready") == 0
    assert sample("newswire_lag_records", {"topic": "wire.raw.v1", "partition": "0"}) is None
