"""What streams/runtime leans on inside Faust and aiokafka. When one of these fails after an upgrade:

1. read the module named in the failure, and the place in Faust that it works around;
2. if Faust mended the fault, remove our work-around; if it moved, follow it;
3. run tests/integration twenty times over: the faults are races.
"""

from __future__ import annotations

import asyncio
import inspect
from typing import Any, ClassVar

import aiokafka
import faust
import pytest
from faust.tables.base import Collection
from faust.tables.recovery import Recovery
from faust.transport.consumer import Consumer, ThreadDelegateConsumer
from faust.transport.drivers import aiokafka as driver
from faust.types import TP

from streams.runtime.faults import FETCH_WAIT_ATTRIBUTE, MendedConsumer, MendedConsumerThread
from streams.runtime.transport import RecordTransport

RAW, LOG = TP("wire.raw.v1", 0), TP("newswire-identity-changelog", 0)


def parameters(function: Any) -> list[str]:
    return list(inspect.signature(function).parameters)


def test_the_release_that_this_was_read_in() -> None:
    assert faust.__version__.startswith("0.15."), "a new Faust: read this file's head"


def test_the_fetch_wait_is_where_we_put_it() -> None:
    async def attribute() -> bool:
        consumer = aiokafka.AIOKafkaConsumer(bootstrap_servers="127.0.0.1:1")
        return hasattr(consumer, FETCH_WAIT_ATTRIBUTE)

    assert asyncio.run(attribute())
    assert parameters(driver.AIOKafkaConsumerThread._create_consumer) == ["self", "loop"]
    assert "fetch_max_wait_ms=1500" in inspect.getsource(driver.AIOKafkaConsumerThread._create_worker_consumer), (
        "Faust no longer fixes the fetch wait: perhaps it is a setting now"
    )


def test_our_consumer_is_the_one_that_is_made() -> None:
    assert RecordTransport.Consumer is MendedConsumer
    assert issubclass(MendedConsumer, ThreadDelegateConsumer)
    assert "_new_consumer_thread" in vars(driver.Consumer)
    assert issubclass(MendedConsumerThread, driver.AIOKafkaConsumerThread)


def test_the_methods_that_we_override_have_kept_their_shape() -> None:
    assert parameters(ThreadDelegateConsumer._getmany) == ["self", "active_partitions", "timeout"]
    assert parameters(Consumer.on_partitions_assigned) == ["self", "assigned", "generation_id"]
    assert parameters(Consumer.resume_partitions) == ["self", "tps"]
    assert parameters(Consumer.perform_seek) == ["self"]
    assert parameters(Consumer._is_changelog_tp) == ["self", "tp"]


def test_faust_still_resumes_streams_before_it_seeks_them() -> None:
    source = inspect.getsource(Recovery.on_recovery_completed)
    assert source.index("resume_partitions") < source.index("perform_seek"), (
        "Faust seeks first now: the deferral in MendedConsumer.resume_partitions may go"
    )


def test_tables_send_their_changelog_by_the_method_that_we_watch() -> None:
    assert parameters(Collection.send_changelog)[:4] == ["self", "partition", "key", "value"]
    for method in (faust.Table.on_key_set, faust.Table.on_key_del):
        assert "self.send_changelog(" in inspect.getsource(method)


class _Recorded(MendedConsumer):
    """Our consumer with the base class's work replaced by a record of it."""

    log: ClassVar[Any] = None

    def __init__(self) -> None:
        self.done: list[tuple[str, Any]] = []

    def _is_changelog_tp(self, tp: TP) -> bool:
        return tp.topic.endswith("-changelog")


@pytest.fixture
def consumer(monkeypatch: pytest.MonkeyPatch) -> _Recorded:
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
    return _Recorded()


def test_streams_wait_for_their_seek_and_changelogs_do_not(consumer: _Recorded) -> None:
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
        ("resume", {RAW}),
        ("resume", {RAW}),
    ]


def test_a_new_assignment_forgets_what_waited(consumer: _Recorded) -> None:
    async def scenario() -> None:
        await consumer.on_partitions_assigned({RAW})
        consumer.resume_partitions({RAW})
        await consumer.on_partitions_assigned(set())
        await consumer.perform_seek()

    asyncio.run(scenario())
    assert ("resume", {RAW}) not in consumer.done


def test_a_fetch_under_way_keeps_the_partitions_it_was_asked_for(consumer: _Recorded) -> None:
    async def scenario() -> Any:
        active = {LOG}
        fetch = asyncio.create_task(consumer._getmany(active, 1.0))
        await asyncio.sleep(0)
        active.clear()
        return await fetch

    assert asyncio.run(scenario()) == {LOG}, "an emptied set means all partitions to aiokafka"
