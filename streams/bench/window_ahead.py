"""Makes the copy of the window's benchmark ahead of what files it, and times its fingerprints. Files nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from multiprocessing.pool import Pool

from streams import identity
from streams.bench import window_copy
from streams.contracts.story import Fingerprint

BATCH = 500
"""Stories whose copy is made at once."""

Copy = tuple[str, str, Fingerprint]
"""Headline, body and fingerprint of a made-up story."""


def copy_of(number: int, words: int) -> tuple[Copy, float]:
    """A story's copy, and the seconds that its fingerprint took."""
    headline, paragraphs = window_copy.story(number, words)
    body = "\n\n".join(paragraphs)
    began = time.perf_counter()
    fingerprint = identity.fingerprint(headline, body, "en")
    return (headline, body, fingerprint), time.perf_counter() - began


def _batch(start: int, end: int, words: int) -> list[Copy]:
    return [copy_of(number, words)[0] for number in range(start, end)]


def ahead(pool: Pool, start: int, end: int, words: int) -> Iterator[Copy]:
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
