"""Times the places stage by itself: loading the gazetteer, what it takes of memory, finding a story's places.

Copy is generated. Loading is measured in a process of its own, where nothing is loaded yet.
"""

from __future__ import annotations

import gc
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from streams import copydesk, formats, places
from streams.bench.memory import resident
from streams.contracts.story import CleanStory
from streams.demo.tally import percentile
from streams.errors import NewswireError
from streams.feeds.generating import story
from streams.places.gazetteer import PACKAGED

WORDS = 440
"""Words of a story of about 3,000 characters."""
MAX_BYTES = 1 << 20
ROUNDS = 5
"""A story's time is the best of so many, some stories apart: what else the machine does is not the stage's."""


@dataclass(frozen=True, slots=True)
class PlacesFigures:
    """``names`` of the gazetteer in ``spellings`` of the matcher; ``file_bytes`` packed; ``load_seconds`` and
    ``resident_mb`` (10⁶ bytes) of loading it anew; ``median`` and ``mean`` in microseconds of wall time for finding
    the places of one of ``stories`` stories, which have ``characters`` and ``mentions`` on average."""

    names: int
    spellings: int
    file_bytes: int
    load_seconds: float
    resident_mb: float
    stories: int
    characters: float
    mentions: float
    median: float
    mean: float


def run(gazetteer: places.Gazetteer, number: int) -> PlacesFigures:
    """Return the figures, the times over *number* stories."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as fresh:
        load_seconds, resident_mb = fresh.submit(_load_anew).result()
    given = [_clean(n) for n in range(number)]
    best = [float("inf")] * number
    found = [places.locate(one, gazetteer) for one in given]
    gc.collect()
    for _ in range(ROUNDS):
        for n, one in enumerate(given):
            began = time.perf_counter()
            places.locate(one, gazetteer)
            best[n] = min(best[n], (time.perf_counter() - began) * 1e6)
    return PlacesFigures(
        names=gazetteer.size,
        spellings=gazetteer.spellings,
        file_bytes=PACKAGED.stat().st_size,
        load_seconds=load_seconds,
        resident_mb=resident_mb,
        stories=number,
        characters=sum(len(one.headline) + len(one.body) for one in given) / number,
        mentions=sum(len(one.mentions) for one in found) / number,
        median=percentile(best, 0.5) or 0.0,
        mean=sum(best) / number,
    )


def _clean(number: int) -> CleanStory:
    [raw] = formats.read(message := story(number, WORDS), MAX_BYTES)
    clean = copydesk.clean(raw, message.received)
    if not clean.body:
        raise NewswireError(f"the bench's story {number} came out of the copy desk empty")
    return clean


def _load_anew() -> tuple[float, float]:
    before = resident()
    began = time.perf_counter()
    gazetteer = places.load()
    seconds = time.perf_counter() - began
    taken = resident() - before
    if not gazetteer.size:
        raise NewswireError("the gazetteer is empty")
    return seconds, taken / 1e6
