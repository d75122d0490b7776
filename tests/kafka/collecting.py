"""Reads every topic of a wire from offset 0 into the books, and what a group has committed. Joins no group."""

from __future__ import annotations

import time
from collections.abc import Iterable

from confluent_kafka import Consumer, KafkaException, TopicPartition

from streams.config import Settings
from streams.contracts import topics
from streams.runtime import installation
from tests.kafka.books import Books, Read

PATIENCE_SECONDS = 90.0


class Collector:
    """Reads on where it left off at each :meth:`drain`. *without*: topics that are left unread."""

    def __init__(self, settings: Settings, without: Iterable[str] = ()) -> None:
        self.books = Books()
        self._settings = settings
        self._consumer = Consumer(
            {
                "bootstrap.servers": settings.broker,
                "group.id": settings.app_id,  # only asked for its offsets, never joined
                "enable.auto.commit": False,
                "auto.offset.reset": "error",
                "fetch.wait.max.ms": 50,
                "log_level": 0,
            }
        )
        names = [topic.name for topic in installation.wanted(settings) if topic.name not in set(without)]
        self._at = {(name, number): 0 for name in names for number in range(settings.partitions)}
        self._consumer.assign([TopicPartition(name, number, 0) for name, number in self._at])

    def close(self) -> None:
        """Let go of the cluster."""
        self._consumer.close()

    def committed(self) -> dict[tuple[str, int], int]:
        """Return what the wire's group has committed of its inputs."""
        names = (topics.RAW.name, topics.NORMALISED.name)
        asked = [TopicPartition(name, number) for name in names for number in range(self._settings.partitions)]
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                found = self._consumer.committed(asked, timeout=10)
                return {(tp.topic, tp.partition): max(0, tp.offset) for tp in found}
            except KafkaException:
                if time.monotonic() > until:
                    raise
                time.sleep(0.5)

    def _ends(self) -> dict[tuple[str, int], int]:
        until = time.monotonic() + PATIENCE_SECONDS
        ends: dict[tuple[str, int], int] = {}
        for place in self._at:
            while place not in ends:
                try:
                    ends[place] = self._consumer.get_watermark_offsets(TopicPartition(*place), timeout=10)[1]
                except KafkaException:
                    if time.monotonic() > until:
                        raise
                    time.sleep(0.5)
        return ends

    def drain(self) -> Books:
        """Read everything that the topics hold now. Raises :class:`TimeoutError` when the cluster does not give it."""
        ends = self._ends()
        until = time.monotonic() + PATIENCE_SECONDS
        while behind := [place for place, end in ends.items() if self._at[place] < end]:
            if time.monotonic() > until:
                raise TimeoutError(f"{len(behind)} partitions could not be read to their end, the first {behind[0]}")
            self._read(0.2)
            # A compacted partition may end with offsets that hold nothing any more.
            for tp in self._consumer.position([TopicPartition(*place) for place in behind]):
                self._at[tp.topic, tp.partition] = max(tp.offset, self._at[tp.topic, tp.partition])
        return self.books

    def _read(self, seconds: float) -> None:
        read = []
        for message in self._consumer.consume(1000, seconds):
            if message.error() is not None:
                continue
            self._at[message.topic(), message.partition()] = message.offset() + 1
            read.append(
                Read(
                    message.topic(),
                    message.partition(),
                    message.offset(),
                    message.timestamp()[1] / 1000,
                    message.key(),
                    message.value(),
                    message.headers() or [],
                )
            )
        self.books.add(read)
