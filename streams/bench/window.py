"""Times identity as its window grows, and what an entry costs in memory. Copy is generated; nothing else runs."""

from __future__ import annotations

import os
import tempfile
import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from multiprocessing import get_context

from streams import identity, pipeline
from streams.bench import window_copy
from streams.bench.memory import resident
from streams.bench.stages import START
from streams.contracts import codec
from streams.contracts.story import NormalisedStory, Origin, RawMessage
from streams.demo.tally import percentile
from streams.feeds.generating import text
from streams.identity.families import family_id
from streams.identity.marks import index_marks
from streams.identity.matching import paragraphs_of, story_profile

SAMPLE = 2000
"""Decisions before each size that are timed."""
DECIDED = 5000
"""Stories before each size that are decided. Those before are filed as new, which takes a third of the time and leaves
the same behind but for the families of those that are not new."""
FIRST = 1000
"""Entries after which what the index takes is counted as fixed."""


@dataclass(frozen=True, slots=True)
class WindowTime:
    """At ``entries`` in the window, medians in microseconds a story.

    ``decide``: the whole decision, search, judgement and filing; ``alone``: of a story that meets no candidate;
    ``met``: of one that is compared with earlier ones word by word; ``share_met`` of the timed stories are such.
    ``index``: fingerprint, query of the index and insertion together. ``load``: seconds to build the index again from
    the stored entries, ``decode`` of them spent on decoding. ``index_mb``: resident memory of the index in all,
    ``fixed_mb`` of it there from the first thousand entries on; ``entry_bytes``: what each entry since took.
    ``table_bytes``: of an entry in the store, which is in a file.
    """

    entries: int
    fingerprint: float
    index: float
    decide: float
    alone: float
    met: float
    p99: float
    share_met: float
    load: float
    decode: float
    index_mb: float
    fixed_mb: float
    entry_bytes: float
    table_bytes: float


class FileStore:
    """Entries as bytes in a file, so that memory is the index alone; a value that is written again is appended."""

    def __init__(self, path: str, places: array[int] | None = None, sizes: array[int] | None = None) -> None:
        self.path = path
        self._file = os.open(path, os.O_RDWR)
        self.places = array("Q") if places is None else places
        self.sizes = array("I") if sizes is None else sizes
        self._end = 0

    def get(self, key: str) -> identity.Entry | None:
        """Return the entry under *key*, decoded."""
        number = _number(key)
        if number >= len(self.sizes) or not self.sizes[number]:
            return None
        return codec.decode(os.pread(self._file, self.sizes[number], self.places[number]), identity.Entry)

    def write(self, writes: Sequence[tuple[str, identity.Entry | None]]) -> None:
        """Apply a decision's writes."""
        for key, entry in writes:
            number = _number(key)
            while len(self.sizes) <= number:
                self.sizes.append(0)
                self.places.append(0)
            value = b"" if entry is None else codec.encode(entry)
            os.pwrite(self._file, value, self._end)
            self.places[number], self.sizes[number] = self._end, len(value)
            self._end += len(value)

    def __iter__(self) -> Iterator[identity.Entry]:
        for place, size in zip(self.places, self.sizes, strict=True):
            if size:
                yield codec.decode(os.pread(self._file, size, place), identity.Entry)

    @property
    def bytes(self) -> int:
        """The bytes of the newest value of each entry."""
        return sum(self.sizes)

    @property
    def own_memory(self) -> int:
        """The bytes of memory that the store itself takes."""
        return 12 * len(self.sizes)


def _number(key: str) -> int:
    return int(key.rpartition("/")[2].partition("#")[0])


def _template(toolbox: pipeline.Toolbox) -> NormalisedStory:
    [story] = pipeline.normalise(RawMessage(text(0, 200).encode(), Origin("window-0")), toolbox)
    return story


def _story(template: NormalisedStory, number: int, words: int) -> tuple[NormalisedStory, float]:
    headline, paragraphs = window_copy.story(number, words)
    body = "\n\n".join(paragraphs)
    began = time.perf_counter()
    fingerprint = identity.fingerprint(headline, body, "en")
    spent = time.perf_counter() - began
    at = START + timedelta(seconds=number / 8)
    provenance = replace(
        template.provenance, origin=Origin("window", 0, number), sha256=fingerprint.exact, received=at, arrived=at
    )
    made = replace(
        template,
        uri=f"urn:newswire:sha256:{fingerprint.exact}",
        headline=headline,
        body=body,
        fingerprint=fingerprint,
        provenance=provenance,
    )
    return made, spent


def _entry(like: identity.Entry, story: NormalisedStory, sequence: int) -> identity.Entry:
    """The entry of a new story."""
    uri, at = story.uri, story.provenance.received
    return replace(
        like,
        key=f"{story.provenance.origin}#0",
        sequence=sequence,
        origin=str(story.provenance.origin),
        at=at,
        received=at,
        uri=uri,
        sha256=story.provenance.sha256,
        fingerprint=story.fingerprint,
        headline=story.headline,
        paragraphs=paragraphs_of(story.body),
        identity=replace(like.identity, uri=uri, story=family_id(uri)),
        whole=None,
    )


class _Sample:
    """The timed stories before one size."""

    def __init__(self) -> None:
        self.prints: list[float] = []
        self.index: list[float] = []
        self.alone: list[float] = []
        self.met: list[float] = []

    def take(self, story: NormalisedStory, printed: float, decided: float, state: identity.IdentityState) -> None:
        """Note a decision just made, and time the index by itself with the same story."""
        marks = index_marks(story_profile(story), story.fingerprint)
        began = time.perf_counter()
        found = state.texts.candidates(marks, state.settings.candidates)
        looked = time.perf_counter()
        number = state.next_sequence() - 1
        state.texts.discard(number, marks.top, marks.slug)
        filing = time.perf_counter()
        state.texts.add(number, marks)
        filed = time.perf_counter()
        self.prints.append(printed * 1e6)
        self.index.append((printed + looked - began + filed - filing) * 1e6)
        (self.met if len(found) > 1 else self.alone).append(decided * 1e6)


def grow(
    toolbox: pipeline.Toolbox, sizes: Sequence[int], tick: Callable[[int], None], words: int = 200
) -> list[WindowTime]:
    """Fill one shard's window to each of *sizes* in turn; return the times there."""
    with tempfile.NamedTemporaryFile() as file:
        return _grow(toolbox, sizes, tick, words, FileStore(file.name))


def _grow(
    toolbox: pipeline.Toolbox, sizes: Sequence[int], tick: Callable[[int], None], words: int, store: FileStore
) -> list[WindowTime]:
    template = _template(toolbox)
    for warm in range(3):
        _story(template, warm, words)
    most = max(sizes) + 1
    hours = most / 8 / 3600 + 1
    settings = identity.IdentitySettings(
        text_window_hours=hours, id_window_hours=hours, max_texts=most, max_entries=most
    )
    base = resident()
    state = identity.IdentityState(settings, store)
    fixed = 0
    rows = []
    entry: identity.Entry | None = None
    number = 0
    for size in sizes:
        sample = _Sample()
        while number < size:
            story, printed = _story(template, number, words)
            if entry is not None and size - number > DECIDED:
                filed = _entry(entry, story, state.next_sequence())
                state.add(filed, story_profile(story))
                store.write([(filed.key, filed)])
                number += 1
                tick(number)
                continue
            began = time.perf_counter()
            outcome = identity.decide(story, state, story.provenance.arrived)
            decided = time.perf_counter() - began
            store.write(outcome.writes)
            if entry is None:
                entry = store.get(f"{story.provenance.origin}#0")
            number += 1
            if size - number < SAMPLE:
                sample.take(story, printed, decided, state)
            if number == FIRST:
                fixed = resident() - base - store.own_memory
            tick(number)
        grown = resident() - base - store.own_memory
        rows.append(_row(size, sample, store, settings, grown, fixed))
    return rows


def _load(path: str, places: array[int], sizes: array[int], settings: identity.IdentitySettings) -> tuple[float, float]:
    """Build the index from a store's file, in a process of its own so that it leaves nothing behind in this one.
    Return the seconds that decoding takes, and those of decoding and building."""
    store = FileStore(path, places, sizes)
    began = time.perf_counter()
    for _ in store:
        pass
    decoded = time.perf_counter() - began
    began = time.perf_counter()
    identity.IdentityState(settings, store).load(store)
    return decoded, time.perf_counter() - began


def _row(
    size: int, sample: _Sample, store: FileStore, settings: identity.IdentitySettings, grown: int, fixed: int
) -> WindowTime:
    with get_context("spawn").Pool(1) as pool:
        decoded, loaded = pool.apply(_load, (store.path, store.places, store.sizes, settings))
    every = [*sample.alone, *sample.met]
    return WindowTime(
        entries=size,
        fingerprint=percentile(sample.prints, 0.5) or 0.0,
        index=percentile(sample.index, 0.5) or 0.0,
        decide=percentile(every, 0.5) or 0.0,
        alone=percentile(sample.alone, 0.5) or 0.0,
        met=percentile(sample.met, 0.5) or 0.0,
        p99=percentile(every, 0.99) or 0.0,
        share_met=len(sample.met) / len(every),
        load=loaded,
        decode=decoded,
        index_mb=grown / 1e6,
        fixed_mb=fixed / 1e6,
        entry_bytes=max(0, grown - fixed) / max(1, size - FIRST),
        table_bytes=store.bytes / size,
    )
