"""Feeds sends at a steady rate from a thread, through whatever happens to the brokers. Judges nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from typing import Any

from confluent_kafka import KafkaError, Producer

from streams.contracts import headers
from streams.contracts.topics import MAX_RECORD_BYTES, RAW
from tests.kafka.books import SEND_HEADER
from tests.kafka.chains import Send, day

PATIENCE_SECONDS = 300


class Steady:
    """Sends a :func:`day` at *rate* a second, from :meth:`start` until :meth:`finish`; ``sends`` is what was sent."""

    def __init__(self, address: str, rate: float, first: int = 0) -> None:
        self.rate = rate
        self.sends: dict[str, Send] = {}
        self._first = first
        self._ended = threading.Event()
        self._failed: list[object] = []
        self._thread = threading.Thread(target=self._run, name="steady feeder", daemon=True)
        self._producer = Producer(
            {
                "bootstrap.servers": address,
                "enable.idempotence": True,
                "linger.ms": 5,
                "message.timeout.ms": PATIENCE_SECONDS * 1000,
                "message.max.bytes": MAX_RECORD_BYTES,
                "partitioner": "murmur2_random",
                "log_level": 0,
            }
        )

    def start(self) -> None:
        """Begin to feed."""
        self._thread.start()

    def _run(self) -> None:
        try:
            began = time.monotonic()
            for count, send in enumerate(day(self._ended.is_set, self._first)):
                # What is left of the open chains goes out as fast as it can.
                ahead = count / self.rate - (time.monotonic() - began)
                if ahead > 0 and not self._ended.is_set():
                    self._ended.wait(ahead)
                self.put(send)
        except Exception as error:
            self._failed.append(error)
            raise

    def put(self, send: Send) -> None:
        """Send one more message."""
        self.sends[send.name] = send
        sent: list[tuple[str, str | bytes | None]] = [
            (headers.SOURCE, send.source.encode()),
            (headers.CONTENT_TYPE, send.content_type.encode()),
            (SEND_HEADER, send.name.encode()),
        ]
        self._producer.produce(RAW.name, send.body, send.chain.encode(), on_delivery=self._told, headers=sent)
        self._producer.poll(0)

    def put_all(self, sends: Iterable[Send]) -> None:
        """Send several."""
        for send in sends:
            self.put(send)

    def _told(self, error: KafkaError | None, message: Any) -> None:
        if error is not None:
            self._failed.append(error)

    def flush(self) -> None:
        """Wait until the cluster has everything that was sent. Raises when it refused any of it."""
        left = self._producer.flush(PATIENCE_SECONDS)
        if left or self._failed:
            raise RuntimeError(f"the feeder is left with {left} messages; {self._failed[:1]}")

    def finish(self) -> None:
        """Open no new chain, send what is left of those under way, and flush."""
        self._ended.set()
        if self._thread.ident is not None:
            self._thread.join(PATIENCE_SECONDS)
        self.flush()
