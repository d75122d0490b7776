"""Times identity as its window grows, and what an entry costs in memory. Copy is generated; nothing else runs."""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from streams import identity, pipeline
from streams.bench.stages import START
from streams.contracts import codec
from streams.contracts.story import NormalisedStory, Origin, RawMessage
from streams.demo.tally import percentile
from streams.feeds.generating import text

SAMPLE = 500
"""Decisions at the end of each step that are timed."""


@dataclass(frozen=True, slots=True)
class WindowTime:
    """At ``entries`` in the window: fingerprint and decision in microseconds a story (median), load in seconds.

    ``index_mb`` is resident memory beyond the entries' own bytes, which ``table_mb`` counts, both per 100,000 entries.
    """

    entries: int
    fingerprint: float
    decide: float
    p99: float
    load: float
    index_mb: float
    table_mb: float


class EncodedStore:
    """Entries as bytes, the way the table holds them."""

    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}
        self.bytes = 0

    def get(self, key: str) -> identity.Entry | None:
        """Return the entry under *key*, decoded."""
        value = self.values.get(key)
        return None if value is None else codec.decode(value, identity.Entry)

    def write(self, writes: Sequence[tuple[str, identity.Entry | None]]) -> None:
        """Apply a decision's writes."""
        for key, entry in writes:
            self.bytes -= len(self.values.pop(key, b""))
            if entry is not None:
                self.values[key] = codec.encode(entry)
                self.bytes += len(self.values[key])


def _resident() -> int:
    gc.collect()
    with open("/proc/self/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * resource.getpagesize()


def _template(toolbox: pipeline.Toolbox) -> NormalisedStory:
    [story] = pipeline.normalise(RawMessage(text(0, 200).encode(), Origin("window-0")), toolbox)
    return story


def _story(template: NormalisedStory, number: int, words: int) -> tuple[NormalisedStory, float]:
    headline, *paragraphs, _ = text(number, words).strip().split("\n\n")
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


def grow(
    toolbox: pipeline.Toolbox, sizes: Sequence[int], tick: Callable[[int], None], words: int = 200
) -> list[WindowTime]:
    """Fill one shard's window to each of *sizes* in turn; return the times there."""
    template = _template(toolbox)
    settings = identity.IdentitySettings(max_texts=max(sizes) + 1, max_entries=2 * max(sizes))
    store = EncodedStore()
    state = identity.IdentityState(settings, store)
    base = _resident()
    rows = []
    number = 0
    for size in sizes:
        prints: list[float] = []
        decisions: list[float] = []
        while number < size:
            story, spent = _story(template, number, words)
            began = time.perf_counter()
            outcome = identity.decide(story, state, story.provenance.arrived)
            taken = time.perf_counter() - began
            store.write(outcome.writes)
            number += 1
            if size - number < SAMPLE:
                prints.append(spent * 1e6)
                decisions.append(taken * 1e6)
            tick(number)
        grown = _resident() - base - store.bytes
        entries = [codec.decode(value, identity.Entry) for value in store.values.values()]
        began = time.perf_counter()
        identity.IdentityState(settings, store).load(entries)
        loaded = time.perf_counter() - began
        del entries
        share = 100_000 / size / 1e6
        rows.append(
            WindowTime(
                entries=size,
                fingerprint=percentile(prints, 0.5) or 0.0,
                decide=percentile(decisions, 0.5) or 0.0,
                p99=percentile(decisions, 0.99) or 0.0,
                load=loaded,
                index_mb=grown * share,
                table_mb=store.bytes * share,
            )
        )
    return rows
