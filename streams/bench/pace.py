"""Times a side at a steady rate: from the feeder's send to a subscriber having the record. The feeder is a process.

A rate above what the side can do shows as a queue: the latency then is the time in it.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Sequence
from dataclasses import dataclass

from streams.bench.backlog import GIVE_UP_SECONDS, fill, running
from streams.bench.ends import Reader, feed
from streams.bench.ground import fresh
from streams.bench.mixture import mixture
from streams.bench.sides import Side
from streams.config import Settings
from streams.contracts import codec
from streams.demo.stage import WorkerProcess
from streams.demo.tally import percentile
from streams.errors import NewswireError
from streams.feeds.subscribing import Subscriber

WARM = 60
"""Stories before those that are timed."""
APART = 1_000_000
"""Numbers between the stories of one rate and those of the next."""
STILL_SECONDS = 10.0
"""With nothing new at the tail for so long, the log is read from its beginning."""


@dataclass(frozen=True, slots=True)
class Pace:
    """At ``rate`` stories a second, milliseconds from produce to a subscriber having the record.

    ``unseen``: records that are in the log and that the reader at its tail was not given, an embedded broker's quirk.
    """

    side: str
    rate: float
    stories: int
    p50: float
    p99: float
    unseen: int


def paces(side: Side, rates: Sequence[float], seconds: float, settings: Settings, broker: str | None) -> list[Pace]:
    """Return the latency at each of *rates*, each kept up for *seconds*.

    Raises :class:`NewswireError` if a story does not come out.
    """
    with (
        fresh(settings, broker, side.extra_topics) as (own, folder),
        running(side.process(own, folder)) as process,
        Reader(own, side.out) as reader,
    ):
        fill(own, list(mixture(WARM)))
        _latencies(side, reader, WARM, process)
        return [_at(side, rate, seconds, APART * (n + 1), own, reader, process) for n, rate in enumerate(rates)]


def _at(
    side: Side,
    rate: float,
    seconds: float,
    first: int,
    settings: Settings,
    reader: Reader,
    process: WorkerProcess,
) -> Pace:
    number = int(rate * seconds)
    began = time.time()
    feeder = multiprocessing.get_context("spawn").Process(target=_feed, args=(settings, number, first, rate))
    feeder.start()
    try:
        found = _latencies(side, reader, number, process, feeder)
        idle = 0.0
        while len(found) < number and (out := _out_since(side, settings, began)) < number:
            if idle >= GIVE_UP_SECONDS:
                raise NewswireError(f"only {out} of {number} stories came out of {side.name} at {rate:g} a second")
            more = _latencies(side, reader, number - len(found), process, feeder)
            idle = 0.0 if more else idle + STILL_SECONDS
            found += more
    finally:
        feeder.terminate()
        feeder.join()
    p50, p99 = percentile(found, 0.5) or 0.0, percentile(found, 0.99) or 0.0
    return Pace(side.name, rate, number, p50, p99, number - len(found))


def _out_since(side: Side, settings: Settings, moment: float) -> int:
    """Return how many records of stories fed since *moment* are in the log."""
    with Subscriber(settings, side.out, from_beginning=True) as subscriber:
        records = [codec.loads(consumed.value or b"{}") for consumed in subscriber.until_quiet()]
    return sum(side.counts(record) and side.arrived(record) >= moment for record in records)


def _latencies(
    side: Side,
    reader: Reader,
    number: int,
    process: WorkerProcess,
    feeder: multiprocessing.process.BaseProcess | None = None,
) -> list[float]:
    """Return the milliseconds of up to *number* records; fewer if nothing comes for 10 s once the feeder has ended."""
    found: list[float] = []
    moved = time.monotonic()
    while len(found) < number:
        for consumed in reader.poll(0.05):
            moved = time.monotonic()
            record = codec.loads(consumed.value or b"{}")
            if side.counts(record):
                found.append(1000 * (consumed.seen - side.arrived(record)))
        if process.wait(0) is not None:
            raise NewswireError(f"{side.name} ended at work:\n{process.last_words()}")
        if feeder is None:
            if time.monotonic() - moved > GIVE_UP_SECONDS:
                raise NewswireError(f"{side.name} gave no record within {GIVE_UP_SECONDS:.0f} s")
        elif feeder.exitcode:
            raise NewswireError(f"the bench's feeder ended with status {feeder.exitcode}")
        elif feeder.exitcode == 0 and time.monotonic() - moved > STILL_SECONDS:
            break
    return found


def _feed(settings: Settings, number: int, first: int, rate: float) -> None:
    # Made before the first is sent: making a story takes a millisecond.
    feed(settings, list(mixture(number, first)), rate)
