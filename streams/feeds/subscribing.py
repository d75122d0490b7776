"""Topics → records, by kafka-python, without a consumer group: leaves no trace on the cluster. Sends nothing."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

from streams.config import Settings
from streams.contracts.headers import Headers
from streams.errors import BrokerTrouble, UsageError
from streams.runtime.credentials import for_kafka_python
from streams.runtime.reaching import why

MAX_FETCH_BYTES = 64 * 1024 * 1024
SILENCE_SECONDS = 20.0
"""A cluster that gives nothing for so long of what it says it has is in trouble."""
OVERSHOOT_SECONDS = 2.0
"""How long reading goes on past the end that was told: the embedded broker's lags behind by a batch."""


@dataclass(frozen=True, slots=True)
class Consumed:
    """One record as read. ``timestamp`` and ``seen`` in seconds since the epoch; ``seen`` is when we had it."""

    topic: str
    partition: int
    offset: int
    timestamp: float
    seen: float
    key: bytes | None
    value: bytes | None
    headers: Headers


class Subscriber:
    """Reads every partition of *topics*, from their beginning or from now on. Use as a context manager.

    Raises :class:`BrokerTrouble` when the cluster cannot be reached, :class:`UsageError` for a topic that is not there.
    """

    def __init__(self, settings: Settings, topics: Iterable[str], from_beginning: bool) -> None:
        try:
            self._consumer = KafkaConsumer(
                **for_kafka_python(settings),
                group_id=None,
                enable_auto_commit=False,
                fetch_max_wait_ms=settings.fetch_wait_ms,
                max_partition_fetch_bytes=MAX_FETCH_BYTES,
                auto_offset_reset="earliest",
            )
            partitions = [TopicPartition(topic, number) for topic in topics for number in self._partitions(topic)]
            self._consumer.assign(partitions)
            if from_beginning:
                self._consumer.seek_to_beginning(*partitions)
            else:
                self._consumer.seek_to_end(*partitions)
                for partition in partitions:
                    self._consumer.position(partition)
        except KafkaError as error:
            raise why(settings, error) from error

    def _partitions(self, topic: str) -> list[int]:
        numbers = self._consumer.partitions_for_topic(topic)
        if not numbers:
            raise UsageError(f"{topic}: no such topic on this cluster; newswire topics list shows the catalogue")
        return sorted(numbers)

    def __enter__(self) -> Subscriber:
        return self

    def __exit__(self, *exception: object) -> None:
        self._consumer.close()

    def seek(self, since: float) -> None:
        """Go to the first record of each partition stamped *since* (seconds since the epoch) or later."""
        try:
            asked = {partition: max(0, int(since * 1000)) for partition in self._consumer.assignment()}
            for partition, found in self._consumer.offsets_for_times(asked).items():
                if found is None:
                    self._consumer.seek_to_end(partition)
                else:
                    self._consumer.seek(partition, found.offset)
        except KafkaError as error:
            raise BrokerTrouble(f"cannot look up offsets by time: {type(error).__name__}: {error}") from error

    def poll(self, seconds: float) -> list[Consumed]:
        """Return what came within *seconds*, in order per partition; an empty list if nothing did."""
        try:
            polled: dict[Any, list[Any]] = self._consumer.poll(timeout_ms=int(seconds * 1000), max_records=500)
        except KafkaError as error:
            raise BrokerTrouble(f"reading stopped: {type(error).__name__}: {error}") from error
        seen = time.time()
        return [
            Consumed(
                record.topic,
                record.partition,
                record.offset,
                record.timestamp / 1000,
                seen,
                record.key,
                record.value,
                list(record.headers),
            )
            for records in polled.values()
            for record in records
        ]

    def behind(self) -> int:
        """Return how many records wait to be read. Raises :class:`BrokerTrouble` when the cluster does not answer."""
        ends = self._ends()
        try:
            return sum(max(0, end - self._consumer.position(place)) for place, end in ends.items())
        except KafkaError as error:
            raise BrokerTrouble(f"cannot look up where reading stands: {type(error).__name__}: {error}") from error

    def _ends(self) -> dict[Any, int]:
        try:
            ends: dict[Any, int] = self._consumer.end_offsets(list(self._consumer.assignment()))
        except KafkaError as error:
            raise BrokerTrouble(f"cannot look up the ends of the topics: {type(error).__name__}: {error}") from error
        return ends

    def standing(self) -> Iterator[Consumed]:
        """Yield what is there now, from where this stands: a wire that goes on does not keep the reading going.

        Raises :class:`BrokerTrouble` when what the cluster says it has does not come.
        """
        ends = self._ends()
        came = time.monotonic()
        reached: float | None = None
        while True:
            batch = self.poll(0.2)
            yield from batch
            now = time.monotonic()
            came = now if batch else came
            if all(self._consumer.position(place) >= end for place, end in ends.items()):
                reached = now if reached is None else reached
                if not batch or now - reached > OVERSHOOT_SECONDS:
                    return
            elif now - came > SILENCE_SECONDS:
                raise BrokerTrouble(f"nothing came for {SILENCE_SECONDS:.0f} s of what the cluster says is there")

    def one(self, partition: int, offset: int) -> Consumed | None:
        """Return one record of the only topic that was asked for, None when it is not there any more, or not yet."""
        [topic] = {place.topic for place in self._consumer.assignment()}
        place = TopicPartition(topic, partition)
        if place not in self._consumer.assignment():
            return None
        self._consumer.assign([place])
        self._consumer.seek(place, offset)
        until = time.monotonic() + OVERSHOOT_SECONDS
        while time.monotonic() < until:
            for found in self.poll(0.2):
                return found if found.offset == offset else None
        return None

    def last_stamp(self) -> float | None:
        """Return the latest stamp among the last records of the partitions, read from one before where they stand."""
        places = [place for place in self._consumer.assignment() if self._consumer.position(place) > 0]
        for place in places:
            self._consumer.seek(place, self._consumer.position(place) - 1)
        stamps: dict[int, float] = {}
        until = time.monotonic() + OVERSHOOT_SECONDS
        while len(stamps) < len(places) and time.monotonic() < until:
            for found in self.poll(0.2):
                stamps[found.partition] = max(found.timestamp, stamps.get(found.partition, 0.0))
        return max(stamps.values(), default=None)

    def follow(self) -> Iterator[Consumed]:
        """Yield records for ever."""
        while True:
            yield from self.poll(0.5)

    def until_quiet(self, seconds: float = 1.0) -> list[Consumed]:
        """Return everything there is: what the cluster says it has, and more until none came for *seconds*.

        Raises :class:`BrokerTrouble` when what the cluster says it has does not come.
        """
        found: list[Consumed] = []
        ends = self._ends()
        came = time.monotonic()
        while True:
            batch = self.poll(0.2)
            found += batch
            now = time.monotonic()
            came = now if batch else came
            if any(self._consumer.position(place) < end for place, end in ends.items()):
                # A cluster that is slow to give is not quiet.
                if now - came > SILENCE_SECONDS:
                    raise BrokerTrouble(f"nothing came for {SILENCE_SECONDS:.0f} s of what the cluster says is there")
            elif now - came >= seconds:
                return found


def newest_stamp(settings: Settings, topic: str) -> float | None:
    """Return the latest time stamp among the last record of each partition of *topic*, None when it has no record or
    is not there to be seen."""
    try:
        with Subscriber(settings, [topic], from_beginning=False) as subscriber:
            return subscriber.last_stamp()
    except UsageError:
        return None
