"""Wake records: one when a held story is due, again when it had no effect, none while old copy is read."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from faust.types import TP

from streams.agents.identify import QUIET
from streams.agents.ports import Output
from streams.contracts import headers, topics
from streams.runtime import waking
from streams.runtime.waking import WAKE_AGAIN, Waker

START = datetime(2026, 3, 10, 6, tzinfo=UTC)
DUE = START + timedelta(minutes=1)


class Rig:
    """A worker with partition 2 of both topics, and in it one story that is held until :data:`DUE`."""

    def __init__(self) -> None:
        self.sent: list[Output] = []
        self.not_ready: str | None = None
        self.reads_old = False
        places = {TP(topics.RAW.name, 2), TP(topics.NORMALISED.name, 2)}
        vitals: Any = SimpleNamespace(not_ready=lambda: self.not_ready, positions=lambda: places)
        states: Any = SimpleNamespace(states=lambda partition: [None, DUE])
        self.waker = Waker(states, vitals, self, lambda partition, now: self.reads_old)  # type: ignore[arg-type]
        self.at(START)

    async def send(self, outputs: Sequence[Output]) -> Awaitable[None]:
        self.sent += outputs
        return asyncio.sleep(0)

    def at(self, now: datetime) -> int:
        asyncio.run(self.waker.wake(now))
        return len(self.sent)


@pytest.fixture
def rig(monkeypatch: pytest.MonkeyPatch) -> Rig:
    monkeypatch.setattr(waking, "next_release", lambda due: due)
    return Rig()


def test_a_partition_is_woken_once_its_story_is_due(rig: Rig) -> None:
    assert [rig.at(DUE - timedelta(seconds=1)), rig.at(DUE), rig.at(DUE + timedelta(seconds=1))] == [0, 1, 1]
    [record] = rig.sent
    assert (record.topic, record.partition, record.key) == (topics.NORMALISED.name, 2, headers.WAKE)
    assert rig.at(DUE + WAKE_AGAIN) == 2, "the first had no effect"


def test_not_while_old_copy_is_read_or_the_worker_is_not_ready(rig: Rig) -> None:
    rig.reads_old = True
    assert rig.at(DUE) == 0
    rig.reads_old, rig.not_ready = False, "rebalancing"
    assert rig.at(DUE) == 0
    rig.not_ready = None
    assert rig.at(DUE) == 1


def test_a_partition_that_comes_back_is_new(rig: Rig) -> None:
    assert rig.at(DUE) == 1
    rig.waker.forget()
    assert rig.at(DUE) == 1, "its backlog may not have been read yet"
    assert rig.at(DUE + QUIET) == 2
