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

MAX_FETCH_BYTES = 64 * 1024 * 1024


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
            raise BrokerTrouble(
                f"cannot read from Kafka at {settings.broker} ({type(error).__name__}: {error}): "
                "is it up, and is NEWSWIRE_BROKER right?"
            ) from error

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
            asked = {partition: int(since * 1000) for partition in self._consumer.assignment()}
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

    def follow(self) -> Iterator[Consumed]:
        """Yield records for ever."""
        while True:
            yield from self.poll(0.5)

    def until_quiet(self, seconds: float = 1.0) -> list[Consumed]:
        """Return everything there is, stopping after *seconds* in which nothing came."""
        found: list[Consumed] = []
        quiet_since = time.monotonic()
        while time.monotonic() - quiet_since < seconds:
            batch = self.poll(0.2)
            if batch:
                found += batch
                quiet_since = time.monotonic()
        return found
