"""Times identity as its window grows, and what an entry costs in memory. Copy is generated; nothing else runs."""

from __future__ import annotations

import tempfile
import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.pool import Pool

from streams import identity, pipeline
from streams.bench import window_copy
from streams.bench.memory import resident
from streams.bench.stages import START
from streams.bench.window_store import FileStore
from streams.contracts import structs
from streams.contracts.story import Fingerprint, NormalisedStory, Origin, RawMessage
from streams.demo.tally import percentile
from streams.errors import NewswireError
from streams.feeds.generating import text
from streams.identity.families import family_id
from streams.identity.marks import index_marks
from streams.identity.matching import story_profile
from streams.identity.profile import Profile

SAMPLE = 2000
"""Decisions before each size that are timed."""
DECIDED = 5000
"""Stories before each size that are decided. Those before are filed as new, which takes a third of the time and leaves
the same behind but for the families of those that are not new."""
BATCH = 500
"""Stories whose copy is made at once."""
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


def _template(toolbox: pipeline.Toolbox) -> NormalisedStory:
    [story] = pipeline.normalise(RawMessage(text(0, 200).encode(), Origin("window-0")), toolbox)
    return story


Copy = tuple[str, str, Fingerprint]
"""Headline, body and fingerprint of a made-up story."""


def _copy(number: int, words: int) -> tuple[Copy, float]:
    """A story's copy, and the seconds that its fingerprint took."""
    headline, paragraphs = window_copy.story(number, words)
    body = "\n\n".join(paragraphs)
    began = time.perf_counter()
    fingerprint = identity.fingerprint(headline, body, "en")
    return (headline, body, fingerprint), time.perf_counter() - began


def _batch(start: int, end: int, words: int) -> list[Copy]:
    return [_copy(number, words)[0] for number in range(start, end)]


def _ahead(pool: Pool, start: int, end: int, words: int) -> Iterator[Copy]:
    """Yield the copy of the stories from one number to another, made by another process while these are filed: that
    takes two thirds of the time, and none of it is measured. One batch ahead, so that none piles up here."""
    starts = range(start, end, BATCH)
    if not starts:
        return
    coming = pool.apply_async(_batch, (start, min(start + BATCH, end), words))
    for after in [*starts[1:], end]:
        made = coming.get()
        if after < end:
            coming = pool.apply_async(_batch, (after, min(after + BATCH, end), words))
        yield from made


def _story(template: NormalisedStory, number: int, copy: Copy) -> NormalisedStory:
    headline, body, fingerprint = copy
    at = START + timedelta(seconds=number / 8)
    provenance = replace(
        template.provenance, origin=Origin("window", 0, number), sha256=fingerprint.exact, received=at, arrived=at
    )
    return structs.replace(
        template,
        uri=f"urn:newswire:sha256:{fingerprint.exact}",
        headline=headline,
        body=body,
        fingerprint=fingerprint,
        provenance=provenance,
    )


def _entry(like: identity.Entry, story: NormalisedStory, marks: Profile, sequence: int) -> identity.Entry:
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
        paragraphs=marks.paragraphs,
        identity=replace(like.identity, uri=uri, story=family_id(uri)),
        words=marks.filed,
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
        number = state.next_sequence() - 1
        state.texts.discard(number, marks)
        began = time.perf_counter()
        found = state.texts.candidates(marks, state.settings.candidates)
        state.texts.add(number, marks)
        spent = time.perf_counter() - began
        self.prints.append(printed * 1e6)
        self.index.append((printed + spent) * 1e6)
        (self.met if found else self.alone).append(decided * 1e6)


def grow(
    toolbox: pipeline.Toolbox, sizes: Sequence[int], tick: Callable[[int], None], words: int = 200
) -> list[WindowTime]:
    """Fill one shard's window to each of *sizes* in turn; return the times there."""
    with tempfile.NamedTemporaryFile() as file, get_context("spawn").Pool(1) as pool:
        return _grow(toolbox, sizes, tick, words, FileStore(file.name), pool)


def _grow(
    toolbox: pipeline.Toolbox,
    sizes: Sequence[int],
    tick: Callable[[int], None],
    words: int,
    store: FileStore,
    pool: Pool,
) -> list[WindowTime]:
    template = _template(toolbox)
    for warm in range(3):
        _copy(warm, words)
    most = max(sizes) + 1
    hours = most / 8 / 3600 + 1
    settings = identity.IdentitySettings(
        text_window_hours=hours, id_window_hours=hours, max_texts=most, max_entries=most
    )
    base = resident()
    state = identity.IdentityState(settings, store)
    rows = []
    first = _story(template, 0, _copy(0, words)[0])
    store.write(identity.decide(first, state, first.provenance.arrived).writes)
    entry = store.get(f"{first.provenance.origin}#0")
    if entry is None:
        raise NewswireError("a new story's decision ends with its entry")
    number, fixed = 1, 0
    for size in sizes:
        for copy in _ahead(pool, number, size - DECIDED, words):
            story = _story(template, number, copy)
            marks = story_profile(story)
            filed = _entry(entry, story, marks, state.next_sequence())
            state.add(filed, marks, index_marks(marks, story.fingerprint))
            store.write([(filed.key, filed)])
            number += 1
            tick(number)
            if number == FIRST:
                fixed = resident() - base - store.own_memory
        sample = _Sample()
        while number < size:
            copy, printed = _copy(number, words)
            story = _story(template, number, copy)
            began = time.perf_counter()
            outcome = identity.decide(story, state, story.provenance.arrived)
            decided = time.perf_counter() - began
            store.write(outcome.writes)
            number += 1
            tick(number)
            if number == FIRST:
                fixed = resident() - base - store.own_memory
            if size - number < SAMPLE:
                sample.take(story, printed, decided, state)
        grown = resident() - base - store.own_memory
        rows.append(_row(size, sample, store, settings, grown, fixed))
    return rows


def _load(path: str, places: array[int], sizes: array[int], settings: identity.IdentitySettings) -> tuple[float, float]:
    """Build the index from a store's file, in a process of its own so that it leaves nothing behind in this one.
    Return the seconds that decoding takes, and those of decoding and building."""
    store = FileStore(path, places, sizes)
    began = time.perf_counter()
    for _, key in list(store.known()):
        store.filed(key)
    decoded = time.perf_counter() - began
    began = time.perf_counter()
    identity.IdentityState(settings, store).load(store.known())
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
