"""The topics → records, on a thread of its own that comes back by itself when the cluster does. Judges no record."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from streams.config import Settings
from streams.contracts import codec
from streams.contracts.envelope import moment
from streams.contracts.topics import ALERTS, DUPLICATES, RETRACTIONS, STORIES
from streams.desk.hub import Received
from streams.desk.window import Arrival, read
from streams.errors import BrokerTrouble, NewswireError, Rejected
from streams.feeds.subscribing import Consumed, Subscriber

log = logging.getLogger(__name__)
TOPICS = (ALERTS.name, RETRACTIONS.name, STORIES.name, DUPLICATES.name)
POLL_SECONDS = 0.2
LAG_SECONDS = 2.0
RETRY_SECONDS = 2.0
OVERLAP_SECONDS = 60.0
"""How far before the last record reading begins again: what was here already is passed over."""
LATE_SECONDS = 30.0
"""A record read so long after it was published says nothing of how fast the wire is."""

Deliver = Callable[[list[Received], int | None, bool], None]
"""Called with records in order, how many more wait (None: not asked), and whether the cluster answers."""


class Following(threading.Thread):
    """Reads from *subscriber*, and opens others like it when the cluster went away. Ends by :meth:`stop`, or by an
    error that waiting cannot put right: then *ended* is called with it."""

    def __init__(
        self, settings: Settings, subscriber: Subscriber, deliver: Deliver, ended: Callable[[NewswireError], None]
    ) -> None:
        super().__init__(name="topics", daemon=True)
        self._settings = settings
        self._subscriber: Subscriber | None = subscriber
        self._deliver = deliver
        self._ended = ended
        self._over = threading.Event()
        self._last = time.time() - settings.desk_hours * 3600 + OVERLAP_SECONDS

    def stop(self) -> None:
        """End, and wait for it."""
        self._over.set()
        self.join(timeout=10)

    def run(self) -> None:
        while not self._over.is_set():
            try:
                subscriber, self._subscriber = self._subscriber, None
                with subscriber or Subscriber(self._settings, TOPICS, from_beginning=False) as open_:
                    open_.seek(max(0.0, self._last - OVERLAP_SECONDS))
                    self._read(open_)
            except BrokerTrouble as error:
                log.warning("%s; trying again", error)
                self._deliver([], None, False)
                self._over.wait(RETRY_SECONDS)
            except NewswireError as error:
                self._ended(error)
                return
            except Exception as error:
                log.exception("reading ended by a defect of ours")
                self._ended(NewswireError(f"reading ended: {type(error).__name__}: {error}"))
                return

    def _read(self, subscriber: Subscriber) -> None:
        asked = 0.0
        while not self._over.is_set():
            batch = subscriber.poll(POLL_SECONDS)
            behind = None
            if time.monotonic() - asked >= LAG_SECONDS:
                behind, asked = subscriber.behind(), time.monotonic()
            if batch or behind is not None:
                received = [one for one in map(received_of, batch) if one is not None]
                self._deliver(received, behind, True)
            for consumed in batch:
                self._last = max(self._last, consumed.timestamp)


def received_of(consumed: Consumed) -> Received | None:
    """One record as read; None, and a line in the log, for what is no record of ours."""
    try:
        arrival = read(consumed.value or b"", int(consumed.timestamp * 1000))
    except Rejected as error:
        log.warning("%s/%s/%s passed over: %s", consumed.topic, consumed.partition, consumed.offset, error)
        return None
    return Received(arrival, _delay(consumed) if isinstance(arrival, Arrival) else None)


def _delay(consumed: Consumed) -> int | None:
    if consumed.seen - consumed.timestamp > LATE_SECONDS:
        return None  # while catching up no record is decoded twice
    arrived = moment((codec.loads(consumed.value or b"").get("provenance") or {}).get("arrived"))
    if arrived is None:
        return None
    delay = consumed.seen - arrived.timestamp()
    return int(delay * 1000) if delay <= LATE_SECONDS else None
