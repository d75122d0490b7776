"""The raw topic read again from its start: the same records, byte for byte, but for the time of processing."""

from __future__ import annotations

import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from kafka import KafkaConsumer, KafkaProducer
from kafka.coordinator.assignors.range import RangePartitionAssignor
from kafka.structs import OffsetAndMetadata

from streams.config import Settings
from streams.contracts import codec, topics
from streams.contracts.story import RawMessage
from streams.demo.stage import WorkerProcess
from streams.feeds.publishing import headers_of
from streams.feeds.subscribing import Consumed, Subscriber
from streams.places.desks import load_desks
from streams.runtime import provision
from streams.runtime.credentials import for_kafka_python
from streams.runtime.embedded import EmbeddedBroker, settings_for
from streams.runtime.ports import free_port
from tests.integration.replay_copy import EMBARGO, day

PROCESSED = re.compile(rb'"processed":"[^"]*"')
SETTLE_SECONDS = 120.0
Place = tuple[str, bytes | None, str]
"""Topic, key, and version or, of copies and dead letters, the input: under one there may be one content only."""

Published = Counter[tuple[Place, bytes]]


def outputs(settings: Settings) -> tuple[str, ...]:
    """Every topic that subscribers read, the dead letters included."""
    desks = [topics.desk_topic(desk.name).name for desk in load_desks(settings.desks)]
    fixed = (topics.STORIES, topics.LATEST, topics.ALERTS, topics.RETRACTIONS, topics.DUPLICATES, topics.DEAD_LETTERS)
    return (*(topic.name for topic in fixed), *desks)


def read(settings: Settings, *names: str) -> list[Consumed]:
    with Subscriber(settings, names, from_beginning=True) as subscriber:
        return subscriber.until_quiet(1.5)


def published(settings: Settings) -> Published:
    """How often each content was published under each topic, key and version, ``processed`` blanked."""
    found: Published = Counter()
    for record in read(settings, *outputs(settings)):
        value = record.value or b""
        said = repr(sorted(record.headers))
        if record.topic == topics.DEAD_LETTERS.name:
            found[(record.topic, record.key, said), value] += 1
            continue
        story = codec.loads(value)
        place = story["provenance"]["input"] if record.topic == topics.DUPLICATES.name else story["item"]["version"]
        found[(record.topic, record.key, place), PROCESSED.sub(b'"processed":""', value) + said.encode()] += 1
    return found


def feed(settings: Settings, messages: Sequence[RawMessage], partitions: int) -> None:
    """Send raw messages under the broker timestamps of their day, an agency's in one partition."""
    producer = KafkaProducer(**for_kafka_python(settings), acks="all", linger_ms=5)
    sources = sorted({m.source or "" for m in messages})
    for message in messages:
        producer.send(
            topics.RAW.name,
            value=message.body,
            key=(message.source or "").encode(),
            headers=headers_of(message),
            partition=sources.index(message.source or "") % partitions,
            timestamp_ms=int(1000 * message.received.timestamp()) if message.received else None,
        )
    producer.flush()
    producer.close()


def copy_raw(of: Sequence[Consumed], settings: Settings) -> None:
    """Write the raw records of another broker, each to its partition, in order, with its time and headers."""
    producer = KafkaProducer(**for_kafka_python(settings), acks="all", linger_ms=5)
    for record in of:
        producer.send(
            topics.RAW.name,
            value=record.value,
            key=record.key,
            headers=record.headers,
            partition=record.partition,
            timestamp_ms=round(1000 * record.timestamp),
        )
    producer.flush()
    producer.close()


@contextmanager
def worker(settings: Settings, folder: Path) -> Iterator[WorkerProcess]:
    """A worker of ``settings.app_id`` with memory of its own; its topics are made first."""
    own = replace(settings, metrics_port=free_port(), data_dir=folder / settings.app_id)
    provision.apply(own)
    folder.mkdir(exist_ok=True)
    process = WorkerProcess(own, folder / f"{settings.app_id}.log")
    process.start()
    try:
        process.wait_ready()
        yield process
        assert process.stop() == 0, process.last_words()
    finally:
        process.stop()


def settle(process: WorkerProcess, inputs: int) -> dict[str, float]:
    """Wait until the worker has read *inputs* raw messages, holds nothing back and has nothing on the way."""
    until, before = time.monotonic() + SETTLE_SECONDS, {}
    while time.monotonic() < until:
        time.sleep(1.5)
        now = {k: v for k, v in process.metrics().items() if k.startswith("newswire_") and "seconds" not in k}
        waits = now.get("newswire_held_stories") or _sum(now, "newswire_in_flight")
        through = _sum(now, "newswire_messages_total", '"identify"') >= _sum(
            now, "newswire_records_sent_total", f'"{topics.NORMALISED.name}"'
        )
        if _sum(now, "newswire_messages_total", '"normalise"') >= inputs and through and not waits and now == before:
            return now
        before = now
    raise AssertionError(f"not settled: {before}\n{process.last_words()}")


def _sum(metrics: dict[str, float], name: str, label: str = "") -> float:
    return sum(value for key, value in metrics.items() if key.startswith(name) and label in key)


class FaustsName(RangePartitionAssignor):  # type: ignore[misc]
    """Assigns as it likes, under the name that the worker's group agreed on: a group takes no member without it."""

    name = "faust"


def rewind(settings: Settings) -> None:
    """Put the worker group's offsets back to the beginning of what it reads.

    As a member of the group: the embedded broker forgets the last one only when another joins, and until then refuses
    offsets from outside.
    """
    consumer = KafkaConsumer(
        **for_kafka_python(settings),
        group_id=settings.app_id,
        enable_auto_commit=False,
        partition_assignment_strategy=[FaustsName],
    )
    try:
        consumer.subscribe([topics.RAW.name, topics.NORMALISED.name])
        until = time.monotonic() + 120
        while len(consumer.assignment()) < 2 * settings.partitions:
            assert time.monotonic() < until, "the group did not take a new member"
            consumer.poll(timeout_ms=200, max_records=1)
        consumer.commit({partition: OffsetAndMetadata(0, "", -1) for partition in consumer.assignment()})
    finally:
        consumer.close(autocommit=False)


def one_content(published: Published) -> None:
    """Under every place there is one content, however often it was sent."""
    contents: dict[Place, set[bytes]] = defaultdict(set)
    for place, content in published:
        contents[place].add(content)
    differ = {place: found for place, found in contents.items() if len(found) > 1}
    assert not differ, f"{len(differ)} of {len(contents)} places differ, the first: {next(iter(differ.items()))}"


def places(published: Published) -> Counter[Place]:
    """How often something was sent under each place."""
    counted: Counter[Place] = Counter()
    for (place, _), number in published.items():
        counted[place] += number
    return counted


def told(settings: Settings) -> set[tuple[str, str]]:
    """The inputs that came out as stories or copies, with the clean body of each."""
    records = [codec.loads(r.value or b"") for r in read(settings, topics.STORIES.name, topics.DUPLICATES.name)]
    return {(record["provenance"]["input"], record["item"]["bodies"][0]["value"]) for record in records}


@pytest.mark.broker
@pytest.mark.parametrize("partitions", [1, 4])
def test_a_replay_gives_the_same_bytes(tmp_path: Path, partitions: int) -> None:
    messages = day()
    with EmbeddedBroker() as broker, EmbeddedBroker() as other:
        settings = settings_for(broker.address, Settings(partitions=partitions))
        with worker(settings, tmp_path) as process:
            # The wire falls quiet before the embargo ends, and goes on after it: as on the day itself.
            before = [m for m in messages if m.received and m.received < EMBARGO]
            feed(settings, before, partitions)
            settle(process, len(before))
            feed(settings, messages[len(before) :], partitions)
            settle(process, len(messages))
        first = published(settings)
        relations = Counter(codec.loads(r.value or b"")["relation"] for r in read(settings, topics.STORIES.name))
        assert min(relations[kind] for kind in ("new", "update", "correction", "kill")) > 0, relations
        assert any(place[0] == topics.DEAD_LETTERS.name for place, _ in first)

        rewind(settings)
        with worker(settings, tmp_path) as process:
            state = settle(process, len(messages))
            assert state["newswire_replayed_total"] > len(messages), "the group did not read everything again"
        second = published(settings)
        one_content(second)
        stories = {record for record in first if record[0][0] != topics.DEAD_LETTERS.name}
        # The embedded broker gives state back without its last batch: those inputs alone are sent again, the same.
        sent_again = sum(second[record] - first[record] for record in stories)
        assert sent_again < len(stories) / 4, f"{sent_again} of {len(stories)} decided and sent again"
        assert set(places(second)) == set(places(first))

        fresh = replace(settings, app_id="fresh")
        with worker(fresh, tmp_path) as process:
            settle(process, len(messages))
        third = published(fresh)
        one_content(third)
        assert places(third) - places(second) == places(first)

        elsewhere = settings_for(other.address, Settings(partitions=partitions))
        provision.apply(elsewhere)
        copy_raw(read(settings, topics.RAW.name), elsewhere)
        with worker(elsewhere, tmp_path / "elsewhere") as process:
            settle(process, len(messages))
        last = published(elsewhere)
        if partitions == 1:
            one_content(first + last)
            assert places(last) == places(first)
        else:
            # Nothing tells in what order several raw partitions were read: that is only in the normalised topic.
            assert told(elsewhere) == told(settings), "every input comes out once more, with the same words"
            dead = topics.DEAD_LETTERS.name
            assert {r for r in last if r[0][0] == dead} == {r for r in first if r[0][0] == dead}
