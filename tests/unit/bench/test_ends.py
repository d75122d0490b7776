"""The bench's reader and feeder: what they give, and what they say when the broker refuses."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from streams.bench import ends
from streams.bench.mixture import mixture
from streams.config import Settings
from streams.errors import BrokerTrouble


class Record:
    def __init__(self, offset: int, failed: str | None = None) -> None:
        self.topic, self.partition, self.offset = (lambda: "out"), (lambda: 3), (lambda: offset)
        self.timestamp, self.key, self.value = (lambda: (1, 1500)), (lambda: b"k"), (lambda: b"v")
        self.error = lambda: failed


class FakeConsumer:
    given: list[Record | None]

    def __init__(self, options: dict[str, Any]) -> None:
        self.options, self.assigned, self.closed = options, [], False
        self.waited: list[float] = []

    def list_topics(self, timeout: float) -> Any:
        return SimpleNamespace(topics={"out": SimpleNamespace(partitions={0: None, 3: None})})

    def assign(self, places: list[Any]) -> None:
        self.assigned = places

    def poll(self, seconds: float) -> Record | None:
        self.waited.append(seconds)
        return self.given.pop(0)

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def consumer(monkeypatch: pytest.MonkeyPatch) -> type[FakeConsumer]:
    monkeypatch.setattr(ends, "Consumer", FakeConsumer)
    return FakeConsumer


def made(reader: ends.Reader) -> Any:
    return reader._consumer


def test_it_gives_what_there_is_and_waits_for_the_first_only(consumer: type[FakeConsumer]) -> None:
    consumer.given = [Record(7), Record(8), None]
    with ends.Reader(Settings(), ["out"]) as reader:
        assert [(place.partition, place.offset) for place in made(reader).assigned] == [(0, -2), (3, -2)]
        found = reader.poll(0.5)
        assert made(reader).waited == [0.5, 0.0, 0.0]
    assert [(one.topic, one.partition, one.offset, one.timestamp, one.value) for one in found] == [
        ("out", 3, 7, 1.5, b"v"),
        ("out", 3, 8, 1.5, b"v"),
    ]
    assert made(reader).closed


def test_a_topic_that_is_not_there_is_the_broker_s_trouble(consumer: type[FakeConsumer]) -> None:
    with pytest.raises(BrokerTrouble, match="missing"):
        ends.Reader(Settings(), ["missing"])


def test_an_error_in_the_stream_is_raised(consumer: type[FakeConsumer]) -> None:
    consumer.given = [Record(0, "it went away")]
    with ends.Reader(Settings(), ["out"]) as reader, pytest.raises(BrokerTrouble, match="it went away"):
        reader.poll(0.1)


@pytest.mark.parametrize(("failed", "left", "said"), [("too large", 0, "too large"), (None, 2, "no answer")])
def test_what_the_broker_does_not_take_is_said(
    failed: str | None, left: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class FakeProducer:
        def __init__(self, options: dict[str, Any]) -> None:
            pass

        def produce(self, topic: str, value: bytes, key: bytes, headers: Any, on_delivery: Any) -> None:
            on_delivery(failed, None)

        def poll(self, seconds: float) -> None:
            pass

        def flush(self, seconds: float) -> int:
            return left

    monkeypatch.setattr(ends, "Producer", FakeProducer)
    with pytest.raises(BrokerTrouble, match=said):
        ends.feed(Settings(), list(mixture(2)), 1000.0)
