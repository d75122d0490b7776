"""Times the pure stages on generated copy, in one process. Needs no broker; compares no absolute times."""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from streams import pipeline
from streams.bench.dressing import dressed
from streams.contracts import codec
from streams.contracts.story import Origin, RawMessage
from streams.demo.tally import percentile
from streams.errors import NewswireError
from streams.feeds.generating import story
from streams.formats import FORMATS, read
from streams.identity import IdentitySettings

WORDS = 500
MAX_BYTES = 16 * 1024 * 1024
START = datetime(2026, 3, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class StageTime:
    """``median`` and ``mean`` in microseconds of wall time a story; ``ratio`` is the median over the calibration."""

    stage: str
    median: float
    mean: float
    ratio: float


def calibration() -> float:
    """Return the microseconds of a fixed piece of text work on this machine, now: what the ratios are made over."""
    text = "the quick wire tells the slow desk what the harbour said to the town on a wet day in March " * 36
    best = float("inf")
    for _ in range(40):
        began = time.perf_counter()
        Counter(text.split())
        text.casefold().replace("desk", "page").encode()
        best = min(best, time.perf_counter() - began)
    return best * 1e6


def messages(number: int, first: int = 0) -> Sequence[RawMessage]:
    """Return *number* generated messages of about 500 words, half a minute apart."""
    return [
        replace(story(first + n, WORDS), received=(at := START + timedelta(seconds=30 * n)), arrived=at)
        for n in range(number)
    ]


def parsers(number: int) -> list[StageTime]:
    """Return the time of reading a story of about 500 words in each format, over *number* stories."""
    rows = []
    for format_ in FORMATS:
        unit = calibration()
        given = [RawMessage(dressed(format_.name, n, WORDS), Origin(f"bench-{n}")) for n in range(number)]
        times = []
        for message in given:
            began = time.perf_counter()
            [story_read] = read(message, MAX_BYTES)
            times.append((time.perf_counter() - began) * 1e6)
            if story_read.format != format_.name:
                raise NewswireError(f"the bench's {format_.name} was read as {story_read.format}")
        median = percentile(times, 0.5) or 0.0
        rows.append(StageTime(f"read {format_.name}", median, sum(times) / len(times), median / unit))
    return rows


def run(
    toolbox: pipeline.Toolbox, number: int, tick: Callable[[], None] = lambda: None
) -> tuple[list[StageTime], float]:
    """Return each stage's time over *number* stories, and stories a second of processor time of the whole pipeline."""
    given = messages(number)
    times: dict[str, list[float]] = {name: [] for name in (*pipeline.STAGES, "encode")}

    def observe(stage: str, seconds: float) -> None:
        times[stage].append(seconds * 1e6)

    settings = IdentitySettings()
    for _ in pipeline.process(messages(50, first=1_000_000), toolbox, settings, lambda: START):
        tick()
    unit = calibration()
    gc.collect()
    began = time.process_time()
    for line in pipeline.process(given, toolbox, settings, lambda: START, observe):
        t = time.perf_counter()
        codec.encode(line)
        times["encode"].append((time.perf_counter() - t) * 1e6)
        tick()
    cpu = time.process_time() - began
    rows = []
    for stage, values in times.items():
        median = percentile(values, 0.5) or 0.0
        rows.append(StageTime(stage, median, sum(values) / len(values), median / unit))
    return rows, number / cpu
