"""The app's end: a worker that has failed, or was told to stop, does end, whatever the broker does."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from faust.types import TP

from streams import config
from streams.contracts import topics
from streams.errors import BreakerOpen, BrokerTrouble, StateTrouble
from streams.metrics import Metrics
from streams.runtime import app as runtime
from streams.runtime import lastresort, wireapp
from streams.runtime.batches import BatchConductor, BatchConsumer
from streams.runtime.faults import MendedConsumer
from streams.runtime.wireapp import make_app


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    statuses: list[int] = []
    monkeypatch.setattr(wireapp, "END_SECONDS", 0.05)
    monkeypatch.setattr(lastresort.os, "_exit", statuses.append)
    monkeypatch.setattr(lastresort.faulthandler, "dump_traceback", lambda *args, **kwargs: None)
    monkeypatch.setattr(lastresort.logging, "shutdown", lambda: None)
    return statuses


def made(tmp_path: Path, **settings: Any) -> Any:
    return make_app(config.Settings(data_dir=tmp_path, **settings), Metrics(), ("raw",))


@pytest.mark.parametrize("error", [StateTrouble("damaged"), ValueError("damaged")])
def test_states_are_built_when_the_table_is_recovered_and_what_fails_ends_the_worker(
    tmp_path: Path, error: Exception
) -> None:
    worker = runtime.Worker(config.Settings(data_dir=tmp_path, metrics_port=0))
    assert worker.table.recovered == worker.states.build
    given: list[Any] = []

    async def recovered(partitions: Any, ours: Any) -> None:
        given.append((partitions, ours()))
        worker.app.rebalancing_count += 1
        given.append(ours())
        raise error

    async def crash(error: BaseException) -> None:
        given.append(str(error))

    worker.table.recovered = recovered
    worker.app.crash = crash  # type: ignore[method-assign]
    log = topics.changelog_topic("newswire").name
    asyncio.run(worker.table.on_recovery_completed({TP(log, 2), TP(log, 5)}, {TP(log, 1)}))
    assert given == [({2, 5}, True), False, "damaged"]


def test_a_write_to_the_table_is_one_to_its_store_and_sends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = runtime.Worker(config.Settings(data_dir=tmp_path, metrics_port=0)).table
    sent: list[Any] = []
    monkeypatch.setattr(table, "send_changelog", lambda *args, **kwargs: sent.append(args))
    table[b"2/en/a"] = b"1"
    table[b"2/en/b"] = b"2"
    del table[b"2/en/a"]
    assert (dict(table.entries()), sent) == ({b"2/en/b": b"2"}, [])


@pytest.mark.parametrize("store", ["memory", "rocksdb"])
def test_what_is_read_back_in_batches_is_in_the_table_as_if_it_came_one_by_one(tmp_path: Path, store: str) -> None:
    changes = [(b"2/en/a", b"1"), (b"2/en/b", b"2"), (b"2/en/a", None), (b"2/en/b", b"3"), (b"2/en/c", b"4")]
    log = TP(topics.changelog_topic("newswire").name, 2)
    records = [SimpleNamespace(key=k, value=v, offset=n) for n, (k, v) in enumerate(changes)]

    def read_back(name: str, *groups: list[Any]) -> dict[bytes, bytes]:
        worker = runtime.Worker(config.Settings(data_dir=tmp_path / name, metrics_port=0, store=store))
        worker.app.assignor.assigned_actives = lambda: {log}  # type: ignore[method-assign]
        for group in groups:
            worker.table.apply_changelog_batch([SimpleNamespace(message=SimpleNamespace(tp=log, value=group))])
        assert worker.table.persisted_offset(log) == (4 if store == "rocksdb" else None)
        return dict(worker.table.entries())

    expected = {b"2/en/b": b"3", b"2/en/c": b"4"}
    assert read_back("whole", records) == expected
    assert read_back("halves", records[:3], records[3:]) == expected
    assert read_back("single", *([one] for one in records)) == expected


async def until_any(of: list[int]) -> None:
    while not of:
        await asyncio.sleep(0.01)


class _Quiet:
    async def start(self) -> int:
        return 0

    async def stop(self) -> None: ...


def test_a_failed_worker_that_does_not_end_is_ended(tmp_path: Path, ended: list[int]) -> None:
    async def scenario() -> None:
        app = made(tmp_path)
        await app.crash(BrokerTrouble("gone"))
        await app.crash(BrokerTrouble("gone still"))
        assert app.crashed
        await asyncio.wait_for(until_any(ended), 30)

    asyncio.run(scenario())
    assert ended == [1]


def test_one_that_ends_in_time_is_left_to_it(tmp_path: Path, ended: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wireapp, "END_SECONDS", 30)

    async def scenario() -> None:
        app = made(tmp_path)
        app.producing = app.health = _Quiet()
        await app.crash(BrokerTrouble("gone"))
        await app.on_shutdown()
        await asyncio.to_thread(app.last_resort._timer.join)

    asyncio.run(scenario())
    assert ended == []


def test_one_that_does_not_stop_in_its_grace_is_ended(
    tmp_path: Path, ended: list[int], caplog: pytest.LogCaptureFixture
) -> None:
    class _Hangs(_Quiet):
        async def stop(self) -> None:
            await asyncio.wait_for(until_any(ended), 30)

    async def scenario() -> None:
        app = made(tmp_path, stop_seconds=1)
        app.stop_seconds = 0.05
        app.waiting = lambda: "deliver identify wire.normalised.v1/3/17"
        app.producing, app.health = _Hangs(), _Quiet()
        app._started.set()
        await app.stop()

    asyncio.run(scenario())
    assert ended == [1]
    assert "of being told to stop" in caplog.text
    assert "waited for deliver identify wire.normalised.v1/3/17" in caplog.text


def test_the_setting_chooses_the_transport(tmp_path: Path) -> None:
    batch, faust = made(tmp_path).transport, made(tmp_path, transport="faust").transport
    assert (batch.Consumer, batch.Conductor) == (BatchConsumer, BatchConductor)
    assert batch.batched == {"raw"}
    assert faust.Consumer is MendedConsumer
    assert faust.Conductor is not BatchConductor


@pytest.mark.parametrize("error", [BrokerTrouble("gone"), BreakerOpen("too many"), ValueError("a defect")])
def test_an_agent_that_failed_is_not_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """Faust would go on with the next batch, and what is acknowledged there is acknowledged for the failed one too."""
    monkeypatch.setattr(runtime, "BREAKER_SHOWN_SECONDS", 0.0)
    crashed: list[BaseException] = []

    async def crash(reason: BaseException) -> None:
        crashed.append(reason)

    async def failing() -> None:
        raise error

    async def well() -> None: ...

    async def scenario() -> None:
        worker = runtime.Worker(config.Settings(data_dir=tmp_path))
        monkeypatch.setattr(worker.app, "crash", crash)
        await asyncio.wait_for(worker._guard(well()), 30)
        with pytest.raises(TimeoutError):  # it ends neither way: nothing tells Faust to start it again
            await asyncio.wait_for(worker._guard(failing()), 0.1)

    asyncio.run(scenario())
    assert crashed == [error]
