"""The app's end: a worker that has failed does end, whatever the broker does."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from streams import config
from streams.errors import BrokerTrouble
from streams.metrics import Metrics
from streams.runtime import app as runtime
from streams.runtime.app import make_app
from streams.runtime.batches import BatchConductor, BatchConsumer
from streams.runtime.faults import MendedConsumer


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    statuses: list[int] = []
    monkeypatch.setattr(runtime, "END_SECONDS", 0.05)
    monkeypatch.setattr(runtime.os, "_exit", statuses.append)
    return statuses


def made(tmp_path: Path, **settings: Any) -> Any:
    return make_app(config.Settings(data_dir=tmp_path, **settings), Metrics(), ("raw",))


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
        await asyncio.sleep(0.3)

    asyncio.run(scenario())
    assert ended == [1]


def test_one_that_ends_in_time_is_left_to_it(tmp_path: Path, ended: list[int]) -> None:
    async def scenario() -> None:
        app = made(tmp_path)
        app.producing = app.health = _Quiet()
        await app.crash(BrokerTrouble("gone"))
        await app.on_shutdown()
        await asyncio.sleep(0.2)

    asyncio.run(scenario())
    assert ended == []


def test_the_setting_chooses_the_transport(tmp_path: Path) -> None:
    batch, faust = made(tmp_path).transport, made(tmp_path, transport="faust").transport
    assert (batch.Consumer, batch.Conductor) == (BatchConsumer, BatchConductor)
    assert batch.batched == {"raw"}
    assert faust.Consumer is MendedConsumer
    assert faust.Conductor is not BatchConductor
