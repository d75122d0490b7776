"""Reading what stands on a topic: to its end and no further, a record by its place, the newest stamp."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import pytest
from kafka import TopicPartition

from streams import config
from streams.errors import BrokerTrouble
from streams.feeds import lagging, subscribing
from streams.feeds.subscribing import Subscriber, newest_stamp
from streams.runtime.groups import Position

BLANK: dict[str, Any] = {"topic": "t", "key": None, "value": b"", "headers": []}
A, B = TopicPartition("t", 0), TopicPartition("t", 1)


class _Consumer:
    """A topic of two partitions. ``told`` is what it says of its ends; each poll gives one record and may add one."""

    def __init__(self, **_: Any) -> None:
        self.log = {A: [10.0, 11.0, 12.0], B: [20.0]}
        self.told = {A: 3, B: 1}
        self.at = {A: 0, B: 0}
        self.assigned = [A, B]
        self.goes_on = False
        self.silent = False
        self.slow = 0

    def partitions_for_topic(self, topic: str) -> set[int]:
        return {0, 1}

    def assign(self, places: list[TopicPartition]) -> None:
        self.assigned = places

    def assignment(self) -> set[TopicPartition]:
        return set(self.assigned)

    def seek_to_beginning(self, *places: TopicPartition) -> None:
        self.at |= dict.fromkeys(places, 0)

    def seek_to_end(self, *places: TopicPartition) -> None:
        self.at |= {place: len(self.log[place]) for place in places}

    def seek(self, place: TopicPartition, offset: int) -> None:
        self.at[place] = offset

    def offsets_for_times(self, asked: dict[TopicPartition, int]) -> dict[TopicPartition, Any]:
        if min(asked.values()) < 0:
            raise ValueError("The target time is negative")  # as kafka-python does
        found = {place: [n for n, at in enumerate(self.log[place]) if 1000 * at >= asked[place]] for place in asked}
        return {place: SimpleNamespace(offset=later[0]) if later else None for place, later in found.items()}

    def position(self, place: TopicPartition) -> int:
        return self.at[place]

    def end_offsets(self, places: Iterable[TopicPartition]) -> dict[TopicPartition, int]:
        return {place: self.told[place] for place in places}

    def poll(self, timeout_ms: int, max_records: int) -> dict[TopicPartition, list[Any]]:
        if self.slow:
            self.slow -= 1
            return {}
        for place in self.assigned:
            at = self.at[place]
            if at < len(self.log[place]) and not self.silent:
                self.at[place] += 1
                if self.goes_on:
                    self.log[place].append(99.0)
                stamp = 1000 * self.log[place][at]
                return {place: [SimpleNamespace(**BLANK, partition=place.partition, offset=at, timestamp=stamp)]}
        return {}

    def close(self) -> None: ...


@pytest.fixture
def consumer(monkeypatch: pytest.MonkeyPatch) -> _Consumer:
    made = _Consumer()
    monkeypatch.setattr(subscribing, "KafkaConsumer", lambda **_: made)
    return made


def standing() -> list[tuple[int, int]]:
    with Subscriber(config.Settings(), ["t"], from_beginning=True) as subscriber:
        return [(found.partition, found.offset) for found in subscriber.standing()]


def test_everything_that_is_there(consumer: _Consumer) -> None:
    assert standing() == [(0, 0), (0, 1), (0, 2), (1, 0)]


@pytest.mark.parametrize(("since", "first"), [(-5.0, (0, 0)), (11.5, (0, 2)), (15.0, (1, 0))])
def test_reading_begins_with_what_is_stamped_then_or_later(
    consumer: _Consumer, since: float, first: tuple[int, int]
) -> None:
    with Subscriber(config.Settings(), ["t"], from_beginning=True) as subscriber:
        subscriber.seek(since)
        found = next(subscriber.standing())
    assert (found.partition, found.offset) == first


def test_a_broker_that_tells_its_end_too_early_is_read_to_the_real_one(consumer: _Consumer) -> None:
    consumer.told = {A: 1, B: 0}
    assert len(standing()) == 4


def test_a_wire_that_goes_on_does_not_keep_it(consumer: _Consumer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscribing, "OVERSHOOT_SECONDS", 0.01)
    consumer.goes_on, consumer.told = True, {A: 3, B: 0}
    assert standing()[:3] == [(0, 0), (0, 1), (0, 2)]


def test_what_is_there_and_does_not_come_is_trouble(consumer: _Consumer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscribing, "SILENCE_SECONDS", 0.01)
    consumer.silent = True
    with pytest.raises(BrokerTrouble, match="nothing came"):
        standing()


def until_quiet() -> list[tuple[int, int]]:
    with Subscriber(config.Settings(), ["t"], from_beginning=True) as subscriber:
        return [(found.partition, found.offset) for found in subscriber.until_quiet(0.0)]


def test_a_cluster_that_is_slow_to_give_is_not_quiet(consumer: _Consumer, monkeypatch: pytest.MonkeyPatch) -> None:
    consumer.slow = 5
    assert until_quiet() == [(0, 0), (0, 1), (0, 2), (1, 0)]
    monkeypatch.setattr(subscribing, "SILENCE_SECONDS", 0.01)
    consumer.silent = True
    with pytest.raises(BrokerTrouble, match="nothing came"):
        until_quiet()


def test_one_record_by_its_place(consumer: _Consumer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscribing, "OVERSHOOT_SECONDS", 0.01)

    def one(partition: int, offset: int) -> float | None:
        with Subscriber(config.Settings(), ["t"], from_beginning=True) as subscriber:
            found = subscriber.one(partition, offset)
            consumer.assigned = [A, B]
            return None if found is None else found.timestamp

    assert (one(0, 1), one(1, 0)) == (11.0, 20.0)
    assert (one(0, 9), one(7, 0)) == (None, None)


def test_the_newest_stamp_of_all_partitions(consumer: _Consumer) -> None:
    assert newest_stamp(config.Settings(), "t") == 20.0
    consumer.log = {A: [], B: []}
    assert newest_stamp(config.Settings(), "t") is None
    consumer.partitions_for_topic = lambda topic: set()  # type: ignore[method-assign]
    assert newest_stamp(config.Settings(), "t") is None, "not there"


def test_lag_in_seconds_is_the_age_of_the_oldest_that_waits(
    consumer: _Consumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subscribing, "OVERSHOOT_SECONDS", 0.01)
    found = (Position("t", 0, 1, 0, 3), Position("t", 1, 1, 0, 1), Position("t", 0, 8, 0, 9))
    monkeypatch.setattr(lagging, "positions", lambda settings, group, topics: found)
    lags = lagging.measure(config.Settings(), "newswire", None, clock=lambda: 15.0)
    assert [lag.behind for lag in lags] == [4.0, 0.0, None], "behind, caught up, and one that could not be read"
