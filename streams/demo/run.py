"""One run of the demonstration: feed the sample wire, watch what comes out, keep the books. Decides no news."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from streams.contracts import codec, headers, topics
from streams.contracts.story import RawMessage
from streams.demo.stage import Stage
from streams.demo.tally import Tally, was_held
from streams.feeds.publishing import Feeder
from streams.feeds.sampling import sample
from streams.feeds.subscribing import Consumed, Subscriber

OUTPUTS = (topics.STORIES.name, topics.DUPLICATES.name, topics.DEAD_LETTERS.name)
SETTLE_SECONDS = 30.0
"""With everything fed and nothing coming out for so long, nothing more will."""
EMBARGO_AFTER_FEED_SECONDS = 4.0

Show = Callable[[Consumed, Tally], None]
"""Called with every record as it comes out."""


class Run:
    """Feeds the sample wire at *rate* messages a second and follows the outputs until all are accounted for."""

    def __init__(self, stage: Stage, rate: float, show: Show) -> None:
        self._stage = stage
        self._rate = rate
        self._show = show
        self._stop = threading.Event()
        self._error: BaseException | None = None
        self.live = Tally()
        placeholder = datetime.now(UTC)
        self.total = sum(1 for _ in sample(placeholder))

    def _messages(self) -> Sequence[RawMessage]:
        feeding = timedelta(seconds=self.total / self._rate + EMBARGO_AFTER_FEED_SECONDS)
        return list(sample(datetime.now(UTC) + feeding))

    def _feed(self) -> None:
        try:
            with Feeder(self._stage.settings) as feeder:
                began = time.monotonic()
                for number, message in enumerate(self._messages()):
                    if self._stop.wait(max(0.0, number / self._rate - (time.monotonic() - began))):
                        return
                    feeder.send(message)
                    self.live.fed = number + 1
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that watches
            self._error = error

    def follow(self) -> Tally:
        """Run to the end; return the live tally. Gives up when nothing came for 30 s after the last message was fed."""
        with Subscriber(self._stage.settings, OUTPUTS, from_beginning=True) as subscriber:
            feeding = threading.Thread(target=self._feed, name="feed", daemon=True)
            feeding.start()
            moved = time.monotonic()
            try:
                while time.monotonic() - moved < SETTLE_SECONDS:
                    for consumed in subscriber.poll(0.1):
                        account(self.live, consumed)
                        self._show(consumed, self.live)
                        moved = time.monotonic()
                    if self._error is not None:
                        raise self._error
                    if feeding.is_alive():
                        moved = time.monotonic()
                    elif self.live.accounted >= self.total:
                        break
            finally:
                self._stop.set()
                feeding.join(timeout=10)
        return self.live

    def recount(self) -> Tally:
        """Count again from offset 0 of every topic, with what the worker says it still holds: the books that count."""
        tally = Tally(fed=self.live.fed)
        with Subscriber(self._stage.settings, OUTPUTS, from_beginning=True) as subscriber:
            for consumed in subscriber.until_quiet():
                account(tally, consumed)
        held = sum(
            value
            for name, value in self._stage.worker.metrics().items()
            if name.startswith("newswire_outcomes_total{") and 'outcome="held"' in name
        )
        tally.held = int(held) - tally.released
        tally.seconds = self.live.seconds
        return tally


def account(tally: Tally, consumed: Consumed) -> None:
    """Enter one record in the books, its latency included unless it was held on purpose."""
    if consumed.topic == topics.DEAD_LETTERS.name:
        tally.rejected[headers.value_of(consumed.headers, f"{headers.DEAD_PREFIX}reason") or "unknown"] += 1
        return
    record = codec.loads(consumed.value or b"")
    if consumed.topic == topics.DUPLICATES.name:
        tally.duplicate(record)
        return
    tally.story(record)
    arrived = record["provenance"].get("arrived")
    if arrived and not was_held(record):
        tally.seconds.append(max(0.0, consumed.seen - datetime.fromisoformat(arrived).timestamp()))
