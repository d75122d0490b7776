"""Both ends of a measurement: a feeder and a reader on librdkafka, that take little of the machine. Times nothing.

The clients of the commands are pure Python: at 200 stories a second each took a third of a core of the two that it
shared with what was being timed.
"""

from __future__ import annotations

import time
from collections.abc import Iterable

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaException, Producer, TopicPartition

from streams.bench.mixture import Mixed
from streams.config import Settings
from streams.contracts.topics import MAX_RECORD_BYTES, RAW
from streams.errors import BrokerTrouble
from streams.feeds.publishing import headers_of
from streams.feeds.subscribing import Consumed
from streams.runtime.credentials import for_librdkafka

METADATA_SECONDS = 10.0
FLUSH_SECONDS = 60.0


class Reader:
    """Reads every partition of *topics* from the beginning, record by record as they come. Use as a context manager.

    Raises :class:`BrokerTrouble` when the cluster cannot be reached.
    """

    def __init__(self, settings: Settings, topics: Iterable[str]) -> None:
        self._consumer = Consumer(
            {
                **for_librdkafka(settings),
                "group.id": "bench-reader",
                "enable.auto.commit": False,
                "enable.auto.offset.store": False,
                "fetch.wait.max.ms": settings.fetch_wait_ms,
                "fetch.message.max.bytes": MAX_RECORD_BYTES,
            }
        )
        try:
            known = self._consumer.list_topics(timeout=METADATA_SECONDS).topics
            self._consumer.assign(
                [
                    TopicPartition(topic, number, OFFSET_BEGINNING)
                    for topic in topics
                    for number in known[topic].partitions
                ]
            )
        except (KafkaException, KeyError) as error:
            self._consumer.close()
            raise BrokerTrouble(f"cannot read the topics of the bench: {error}") from error

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *exception: object) -> None:
        self._consumer.close()

    def poll(self, seconds: float) -> list[Consumed]:
        """Return what there is, at least one record if any comes within *seconds*; ``seen`` is when each was had."""
        found: list[Consumed] = []
        patience = seconds
        while (record := self._consumer.poll(patience)) is not None:
            if (error := record.error()) is not None:
                raise BrokerTrouble(f"reading stopped: {error}")
            topic, partition, offset = record.topic(), record.partition(), record.offset()
            assert topic is not None
            assert partition is not None
            assert offset is not None
            found.append(
                Consumed(
                    topic,
                    partition,
                    offset,
                    record.timestamp()[1] / 1000,
                    time.time(),
                    record.key(),
                    record.value(),
                    [],
                )
            )
            patience = 0.0
        return found


def feed(settings: Settings, stories: Iterable[Mixed], rate: float) -> None:
    """Send *stories* to the raw topic, *rate* a second. Raises :class:`BrokerTrouble` if the broker refuses one."""
    producer = Producer({**for_librdkafka(settings), "linger.ms": settings.linger_ms})
    refused: list[str] = []
    began = time.monotonic()
    for count, mixed in enumerate(stories):
        time.sleep(max(0.0, count / rate - (time.monotonic() - began)))
        message = mixed.message
        producer.produce(
            RAW.name,
            message.body,
            mixed.key,
            headers=list(headers_of(message)),
            on_delivery=lambda error, record: refused.append(str(error)) if error is not None else None,
        )
        producer.poll(0)
    if producer.flush(FLUSH_SECONDS) or refused:
        raise BrokerTrouble(f"the broker did not take what the bench feeds: {refused[:1] or 'no answer'}")
