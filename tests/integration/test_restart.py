"""A worker that ends in the middle, politely or not: nothing lost, nothing told twice, nothing told differently."""

from __future__ import annotations

import time
from collections import Counter, defaultdict

import pytest

from streams.contracts import codec, topics
from streams.contracts.story import RawMessage
from streams.feeds.generating import story
from tests.integration.conftest import StartWire, Wire

NUMBER = 250
RESENT = 25


def _known_feed() -> list[RawMessage]:
    """NUMBER stories, then the first RESENT of them again, byte for byte."""
    stories = [story(number, words=120) for number in range(NUMBER)]
    return [*stories, *stories[:RESENT]]


def _balance(wire: Wire, *, exactly_once: bool) -> None:
    published = wire.wait(topics.STORIES.name, NUMBER)
    duplicates = wire.wait(topics.DUPLICATES.name, RESENT)
    published, duplicates = wire.read(topics.STORIES.name), wire.read(topics.DUPLICATES.name)
    contents = defaultdict(set)
    times = Counter()
    for consumed in published:
        record = codec.loads(consumed.value or b"")
        place = record["item"]["uri"], record["item"]["version"]
        record.pop("processed")
        contents[place].add(codec.encode(record))
        times[place] += 1
    assert len(contents) == NUMBER, "every story, and no other"
    assert all(len(seen) == 1 for seen in contents.values()), "one content per uri and version"
    assert not wire.read(topics.DEAD_LETTERS.name, quiet=1.0)
    copied = {codec.loads(c.value or b"")["provenance"]["input"] for c in duplicates}
    assert len(copied) == RESENT
    if exactly_once:
        assert set(times.values()) == {1}, "nothing published twice under one uri and version"
        assert len(duplicates) == RESENT


WAYS = [("batch", "memory"), ("batch", "rocksdb"), ("faust", "rocksdb")]


@pytest.mark.broker
@pytest.mark.parametrize(("transport", "store"), WAYS)
def test_a_polite_restart_loses_nothing_and_repeats_nothing(start_wire: StartWire, transport: str, store: str) -> None:
    wire = start_wire(transport=transport, store=store)
    feed = _known_feed()
    wire.feed(*feed[: NUMBER // 2])
    wire.wait(topics.STORIES.name, NUMBER // 8)
    assert wire.stage.worker.stop() == 0, wire.stage.worker.last_words()
    wire.feed(*feed[NUMBER // 2 :])
    wire.stage.worker.start()
    wire.stage.worker.wait_ready()
    _balance(wire, exactly_once=True)


@pytest.mark.broker
@pytest.mark.parametrize(("transport", "store"), WAYS)
def test_a_killed_worker_loses_nothing_and_never_differs(start_wire: StartWire, transport: str, store: str) -> None:
    wire = start_wire(transport=transport, store=store)
    feed = _known_feed()
    wire.feed(*feed[: NUMBER // 2])
    wire.wait(topics.STORIES.name, 1)
    wire.stage.worker.kill()
    wire.feed(*feed[NUMBER // 2 :])
    time.sleep(6.5)  # the group must notice that its member is gone: the session timeout
    wire.stage.worker.start()
    wire.stage.worker.wait_ready()
    _balance(wire, exactly_once=False)
