"""Times the whole wire over the embedded broker: throughput, latency at a fixed rate. Says nothing of real Kafka."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from streams.contracts import codec, topics
from streams.demo.stage import Stage
from streams.demo.tally import percentile
from streams.errors import NewswireError
from streams.feeds.generating import story
from streams.feeds.publishing import Feeder
from streams.feeds.subscribing import Subscriber

CPU = "process_cpu_seconds_total"
GIVE_UP_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Throughput:
    """``rate``: stories a second, first published to last. ``cpu_ms``: the worker's processor time a story."""

    stories: int
    rate: float
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds from produce to a subscriber having the story, at ``rate`` stories a second."""

    rate: float
    stories: int
    p50: float
    p99: float


def throughput(stage: Stage, number: int, tick: Callable[[int], None]) -> Throughput:
    """Feed *number* stories as fast as the broker takes them; time them as they are published."""
    cpu = stage.worker.metrics()[CPU]
    with Subscriber(stage.settings, [topics.STORIES.name], from_beginning=False) as subscriber:
        feeder = threading.Thread(target=_feed, args=(stage, range(number), None), daemon=True)
        feeder.start()
        stamps: list[float] = []
        until = time.monotonic() + GIVE_UP_SECONDS
        while len(stamps) < number:
            if time.monotonic() > until:
                raise NewswireError(f"only {len(stamps)} of {number} stories came out within {GIVE_UP_SECONDS:.0f} s")
            stamps += [consumed.seen for consumed in subscriber.poll(0.2)]
            tick(len(stamps))
        feeder.join()
    spent = stage.worker.metrics()[CPU] - cpu
    return Throughput(number, (number - 1) / max(1e-9, max(stamps) - min(stamps)), 1000 * spent / number)


def latency(stage: Stage, rate: float, seconds: float, first: int, tick: Callable[[int], None]) -> Latency:
    """Feed *rate* stories a second for *seconds*; *first* numbers them, so that no run repeats another's."""
    number = int(rate * seconds)
    found: list[float] = []
    with Subscriber(stage.settings, [topics.STORIES.name], from_beginning=False) as subscriber:
        feeder = threading.Thread(target=_feed, args=(stage, range(first, first + number), rate), daemon=True)
        feeder.start()
        until = time.monotonic() + seconds + GIVE_UP_SECONDS
        while len(found) < number and time.monotonic() < until:
            for consumed in subscriber.poll(0.05):
                arrived = codec.loads(consumed.value or b"")["provenance"]["arrived"]
                found.append(1000 * (consumed.seen - datetime.fromisoformat(arrived).timestamp()))
            tick(len(found))
        feeder.join()
    if len(found) < number:
        raise NewswireError(f"only {len(found)} of {number} stories came out at {rate:g} a second")
    return Latency(rate, number, percentile(found, 0.5) or 0.0, percentile(found, 0.99) or 0.0)


def _feed(stage: Stage, numbers: range, rate: float | None) -> None:
    with Feeder(stage.settings) as feeder:
        began = time.monotonic()
        for count, number in enumerate(numbers):
            if rate:
                time.sleep(max(0.0, count / rate - (time.monotonic() - began)))
            feeder.send(story(number))
