"""Faust's consumer as we mend it: streams wait for their seek, and a fetch keeps to what it was asked for."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from faust.transport.consumer import Consumer, ThreadDelegateConsumer
from faust.types import TP

from streams.runtime.faults import MendedConsumer

RAW, LOG = TP("wire.raw.v1", 0), TP("newswire-identity-changelog", 0)
STANDBY = TP(LOG.topic, 1)


class Recorded(MendedConsumer):
    """Our consumer with the base class's work replaced by a record of it."""

    log: ClassVar[Any] = None

    def __init__(self) -> None:
        self.done: list[tuple[str, Any]] = []
        self.app: Any = SimpleNamespace(
            rebalancing_count=7, assignor=SimpleNamespace(assigned_standbys=lambda: {STANDBY})
        )
        self._thread: Any = SimpleNamespace(call_thread=self._called, leave_out="leave out")

    async def _called(self, what: str, *given: Any) -> None:
        self.done.append((what, given))

    def assignment(self) -> set[TP]:
        return {RAW, LOG, STANDBY}

    def pause_partitions(self, tps: Any) -> None:
        self.done.append(("pause", set(tps)))

    def _is_changelog_tp(self, tp: TP) -> bool:
        return tp.topic.endswith("-changelog")


@pytest.fixture
def consumer(monkeypatch: pytest.MonkeyPatch) -> Recorded:
    async def assigned(self: Any, tps: set[TP], generation_id: int = 0) -> None:
        self.done.append(("assigned", set(tps)))

    def resume(self: Any, tps: Any) -> None:
        self.done.append(("resume", set(tps)))

    async def seek(self: Any) -> None:
        self.done.append(("seek", None))

    async def getmany(self: Any, active_partitions: set[TP] | None, timeout: float) -> Any:
        await asyncio.sleep(0)
        return active_partitions

    monkeypatch.setattr(Consumer, "on_partitions_assigned", assigned)
    monkeypatch.setattr(ThreadDelegateConsumer, "on_partitions_assigned", assigned, raising=False)
    monkeypatch.setattr(Consumer, "resume_partitions", resume)
    monkeypatch.setattr(Consumer, "perform_seek", seek)
    monkeypatch.setattr(ThreadDelegateConsumer, "_getmany", getmany)
    return Recorded()


def test_streams_wait_for_their_seek_and_changelogs_do_not(consumer: Recorded) -> None:
    async def scenario() -> None:
        await consumer.on_partitions_assigned({RAW, LOG})
        consumer.resume_partitions({LOG})
        consumer.resume_partitions({RAW})
        await consumer.perform_seek()
        consumer.resume_partitions({RAW})

    asyncio.run(scenario())
    assert consumer.done == [
        ("assigned", {RAW, LOG}),
        ("resume", {LOG}),
        ("resume", set()),
        ("seek", None),
        ("pause", {LOG}),
        ("leave out", ({LOG}, 7)),
        ("resume", {RAW}),
        ("resume", {RAW}),
    ]


def test_a_new_assignment_forgets_what_waited(consumer: Recorded) -> None:
    async def scenario() -> None:
        await consumer.on_partitions_assigned({RAW})
        consumer.resume_partitions({RAW})
        await consumer.on_partitions_assigned(set())
        await consumer.perform_seek()

    asyncio.run(scenario())
    assert ("resume", {RAW}) not in consumer.done


def test_a_fetch_under_way_keeps_the_partitions_it_was_asked_for(consumer: Recorded) -> None:
    async def scenario() -> Any:
        active = {LOG}
        fetch = asyncio.create_task(consumer._getmany(active, 1.0))
        await asyncio.sleep(0)
        active.clear()
        return await fetch

    assert asyncio.run(scenario()) == {LOG}, "an emptied set means all partitions to aiokafka"
