"""Raw messages → the raw topic, by kafka-python, with rate control. Never alters a byte; knows no news."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from kafka import KafkaProducer
from kafka.errors import KafkaError

from streams.config import Settings
from streams.contracts import headers
from streams.contracts.story import RawMessage
from streams.contracts.topics import MAX_RECORD_BYTES, RAW
from streams.errors import BrokerTrouble, UsageError
from streams.runtime.credentials import for_kafka_python
from streams.runtime.reaching import why


@dataclass(frozen=True, slots=True)
class Fed:
    """What a feeding did: messages and bytes the broker acknowledged, and seconds it took."""

    messages: int
    bytes: int
    seconds: float


def headers_of(message: RawMessage) -> headers.Headers:
    """Return the Kafka headers that say what the contract allows to be said of a raw message."""
    sent: headers.Headers = []
    if message.source:
        sent.append((headers.SOURCE, message.source.encode()))
    if message.content_type:
        sent.append((headers.CONTENT_TYPE, message.content_type.encode()))
    if message.received:
        sent.append((headers.RECEIVED, rfc3339(message.received)))
    return sent


def rfc3339(moment: datetime) -> bytes:
    """``2026-03-10T06:44:12Z``, as the ``received`` header carries it."""
    return moment.isoformat().replace("+00:00", "Z").encode()


class Feeder:
    """Sends messages to the raw topic. Use as a context manager; leaving waits until the broker has them all.

    The key is the source, so that one agency's sends stay in order.
    """

    def __init__(self, settings: Settings, linger_ms: int = 5) -> None:
        try:
            self._producer = KafkaProducer(
                **for_kafka_python(settings), acks="all", linger_ms=linger_ms, max_request_size=MAX_RECORD_BYTES
            )
        except KafkaError as error:
            raise why(settings, error) from error
        self._errors: list[BaseException] = []
        self.messages = 0
        self.bytes = 0

    def __enter__(self) -> Feeder:
        return self

    def __exit__(self, *exception: object) -> None:
        try:
            if exception[0] is None:
                self.flush()
        finally:
            self._producer.close(timeout=5)

    def send(self, message: RawMessage) -> None:
        """Queue one message. Raises :class:`BrokerTrouble` once any earlier one failed."""
        if len(message.body) > MAX_RECORD_BYTES - 4096:
            raise UsageError(
                f"{message.origin}: {len(message.body)} bytes are more than the raw topic takes ({MAX_RECORD_BYTES})"
            )
        key = message.source.encode() if message.source else None
        self.put(RAW.name, key, message.body, headers_of(message), str(message.origin))

    def put(
        self,
        topic: str,
        key: bytes | None,
        value: bytes | None,
        sent: headers.Headers,
        name: str,
        partition: int | None = None,
    ) -> None:
        """Queue one record of any topic; *name* says which it was if it fails. Raises as :meth:`send` does.

        Without *partition* the key chooses.
        """
        self._raise()
        try:
            future = self._producer.send(topic, value=value, key=key, headers=sent, partition=partition)
        except KafkaError as error:
            raise BrokerTrouble(f"the broker did not take {name}: {error}") from error
        future.add_errback(self._errors.append)
        self.messages += 1
        self.bytes += len(value or b"")

    def flush(self) -> None:
        """Wait until the broker has everything. Raises :class:`BrokerTrouble` if it refused any of it."""
        try:
            self._producer.flush(timeout=60)
        except KafkaError as error:
            raise BrokerTrouble(f"the broker did not acknowledge what was fed within 60 s: {error}") from error
        self._raise()

    def _raise(self) -> None:
        if self._errors:
            raise BrokerTrouble(f"the broker refused a message: {self._errors[0]}") from self._errors[0]


def feed(
    messages: Iterable[RawMessage],
    settings: Settings,
    rate: float | None = None,
    progress: Callable[[int], None] = lambda count: None,
    sleep: Callable[[float], None] = time.sleep,
) -> Fed:
    """Send *messages*, at most *rate* a second when given; *progress* gets the count after each."""
    began = time.monotonic()
    with Feeder(settings) as feeder:
        for count, message in enumerate(messages):
            if rate:
                ahead = count / rate - (time.monotonic() - began)
                if ahead > 0:
                    sleep(ahead)
            feeder.send(message)
            progress(count + 1)
    return Fed(feeder.messages, feeder.bytes, time.monotonic() - began)
