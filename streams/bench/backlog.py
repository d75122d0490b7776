"""Times a side working off a backlog: the raw topic is filled first, then it starts. Nobody else is at work meanwhile.

When a record came out is what it says itself, read afterwards from the first offset on: neither a feeder nor a reader
runs beside what is measured, and no tail can be missed.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

from streams.bench.ground import fresh
from streams.bench.mixture import Mixed
from streams.bench.sides import Side
from streams.bench.usage import Sampler
from streams.config import Settings
from streams.contracts import codec
from streams.contracts.topics import RAW
from streams.demo.stage import WorkerProcess
from streams.errors import BrokerTrouble, NewswireError
from streams.feeds.publishing import Feeder, headers_of
from streams.feeds.subscribing import Subscriber
from streams.runtime.credentials import for_kafka_python

LOOK_SECONDS = 0.3
STILL_SECONDS = 1.0
"""With nothing new for so long, the log is read and counted."""
LOOK_AGAIN_SECONDS = 3.0
"""A log that was short of stories is not read again before so long: reading it takes of the machine."""
GIVE_UP_SECONDS = 120.0
"""Without a record more for so long, the run has failed."""
WARM = 0.05
"""Share of the records that are not timed: connections, caches and code paths used for the first time."""


@dataclass(frozen=True, slots=True)
class Worked:
    """One backlog. ``rate``: stories a second while working; ``cpu_ms``: its processor time a story, same span;
    ``first``: seconds from the process's start to its first record; ``peak_mb``: most memory resident, in 10⁶ bytes;
    ``relations``: its records by what they were found to be.
    """

    side: str
    stories: int
    rate: float
    cpu_ms: float
    first: float
    peak_mb: float
    relations: dict[str, int]


@dataclass(frozen=True, slots=True)
class Out:
    """A story's record: when it was sent, seconds since the epoch, and what the story was found to be."""

    sent: float
    relation: str


def work_off(side: Side, stories: Sequence[Mixed], settings: Settings, broker: str | None) -> Worked:
    """Fill, start *side*, wait until every story is out, stop it. Raises :class:`NewswireError` if some are not."""
    with fresh(settings, broker, side.extra_topics) as (own, folder):
        fill(own, stories)
        began = time.time()
        with running(side.process(own, folder)) as process, Sampler(process.pid) as sampler:
            records = _wait(own, side, len(stories), process)
        return worked(side.name, records, began, sampler.between, sampler.peak_mb)


def worked(
    side: str, records: Sequence[Out], began: float, spent: Callable[[float, float], float], peak_mb: float
) -> Worked:
    """Return the figures of *records*; *began*: when the process started; *spent*: its processor seconds in a span.

    The span is from a record's sending to the last one's, and counts those sent after it: those that were sent at the
    moment at which it begins were worked on before.
    """
    sent = sorted(out.sent for out in records)
    start, end = sent[int(WARM * len(sent))], sent[-1]
    timed = sum(moment > start for moment in sent)
    relations = Counter(out.relation for out in records)
    rate, cpu_ms = timed / max(1e-3, end - start), 1000 * spent(start, end) / max(1, timed)
    return Worked(side, len(sent), rate, cpu_ms, sent[0] - began, peak_mb, dict(relations))


def fill(settings: Settings, stories: Sequence[Mixed]) -> None:
    """Put *stories* on the raw topic, and wait until the broker has them."""
    with Feeder(settings, linger_ms=20) as feeder:
        for mixed in stories:
            message = mixed.message
            feeder.put(RAW.name, mixed.key, message.body, headers_of(message), str(message.origin))


@contextmanager
def running(process: WorkerProcess) -> Iterator[WorkerProcess]:
    """Start *process*; stop it on leaving."""
    process.start()
    try:
        yield process
    finally:
        process.stop()


def _wait(settings: Settings, side: Side, number: int, process: WorkerProcess) -> list[Out]:
    seen, looked, moved = -1, 0.0, time.monotonic()
    records: list[Out] = []
    with _ends(settings, side.out) as ends:
        while True:
            if process.wait(LOOK_SECONDS) is not None:
                raise NewswireError(f"{side.name} ended at work:\n{process.last_words()}")
            now, out = time.monotonic(), ends()
            if out != seen:
                seen, moved = out, now
            # The end of the log as reported may lag behind it by a batch, so a still log is counted before it is full;
            # and more than once, for on a busy machine the reader may take a slow broker for a quiet one.
            if (out >= number or (out and now - moved > STILL_SECONDS)) and now - looked > LOOK_AGAIN_SECONDS:
                records = _read(settings, side)
                looked = time.monotonic()
            if len(records) >= number:
                return records
            if now - moved > GIVE_UP_SECONDS:
                said = process.last_words()
                raise NewswireError(f"only {len(records)} of {number} stories came out of {side.name}:\n{said}")


@contextmanager
def _ends(settings: Settings, topics: Sequence[str]) -> Iterator[Callable[[], int]]:
    """Yield what tells how many records *topics* have, by the ends of their logs: cheap to ask, late by a batch."""
    try:
        consumer = KafkaConsumer(**for_kafka_python(settings), group_id=None, enable_auto_commit=False)
        try:
            partitions = [
                TopicPartition(topic, number)
                for topic in topics
                for number in sorted(consumer.partitions_for_topic(topic) or ())
            ]
            yield lambda: sum(consumer.end_offsets(partitions).values())
        finally:
            consumer.close()
    except KafkaError as error:
        raise BrokerTrouble(f"cannot ask {settings.broker} for the ends of topics: {error}") from error


def _read(settings: Settings, side: Side) -> list[Out]:
    """Return each story's record so far."""
    found = []
    with Subscriber(settings, side.out, from_beginning=True) as subscriber:
        for consumed in subscriber.until_quiet(0.5):
            record = codec.loads(consumed.value or b"{}")
            if side.counts(record):
                found.append(Out(side.sent(record, consumed), str(record["relation"])))
    return found
