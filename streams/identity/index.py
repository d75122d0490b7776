"""A story's marks → the earlier stories worth comparing: LSH bands, words, slugs; holds no copy, decides nothing.

What it does is in ``kernels``: three arrays of nodes and records, which grow by a bounded step, so that no story waits
for the index to be built anew. Memory that a story leaves is taken by the next ones.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from streams.identity.kernels import records, search, table
from streams.identity.kernels.wording import keys_of

LAST_ALERTS = 24
"""Alerts remembered as such: two on one event come minutes apart and may share no more than a country's name."""
_SLUG = 0x5BD1E9955BD1E995
"""Tells a slug from the word that is written the same."""
_STEP = 1 << 20
"""Words of memory that an array grows by at most: 4 MB, which are there in a millisecond or two."""
_NONE = np.zeros(0, np.uint32)


@dataclass(frozen=True, slots=True)
class Marks:
    """What a story is filed and found by: the telling words at its top, each once and a space between, slug key, sketch
    and how many runs it is of."""

    top: str
    slug: str | None
    sketch: bytes | None
    runs: int
    alert: bool
    continues: bool = False


def _table(wide: bool) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    nodes, heads = np.zeros(4096, np.uint32), np.zeros(1024, np.uint32)
    nodes[table.TOP], nodes[table.BUCKETS], nodes[table.WIDE] = table.HEADER, 1, wide
    return nodes, heads


class TextIndex:
    """Finds the earlier stories worth comparing with one story. Every entry is a number, its sequence."""

    def __init__(self) -> None:
        self._bands, self._band_heads = _table(wide=False)
        self._words, self._word_heads = _table(wide=True)
        self._records = np.zeros(4096, np.uint32)
        self._alerts: deque[int] = deque(maxlen=LAST_ALERTS)
        self._asked: Marks | None = None
        self._keys = np.zeros(0, np.int64)

    def __len__(self) -> int:
        return int(self._records[records.LIVE])

    @property
    def words(self) -> int:
        """How many different words are remembered."""
        return int(self._words[table.KEYS]) - self.slugs

    @property
    def slugs(self) -> int:
        """How many different slugs are remembered."""
        return int(self._records[records.SLUGS])

    @property
    def room(self) -> int:
        """How many stories there is memory for."""
        return len(self._records) // records.RECORD

    @property
    def bytes(self) -> int:
        """How much memory the arrays take."""
        arrays = (self._bands, self._band_heads, self._words, self._word_heads, self._records)
        return sum([each.nbytes for each in arrays])

    @property
    def buckets(self) -> int:
        """LSH bucket entries held: one a band and story."""
        return len(self) * records.BANDS

    def add(self, sequence: int, marks: Marks) -> None:
        """Remember a story; sequences only ever grow, to 4.1 thousand million."""
        keys, slugged, sketch = self._keys_of(marks), bool(marks.slug), marks.sketch or b""
        while not records.insert(
            self._bands,
            self._band_heads,
            self._words,
            self._word_heads,
            self._records,
            keys,
            slugged,
            sketch,
            sequence,
            marks.runs,
        ):
            self._grow(len(keys))
        if marks.alert:
            self._alerts.append(sequence)

    def discard(self, sequence: int, marks: Marks) -> None:
        """Forget a story, given what it was added with."""
        records.discard(
            self._bands,
            self._band_heads,
            self._words,
            self._word_heads,
            self._records,
            self._keys_of(marks),
            bool(marks.slug),
            marks.sketch or b"",
            sequence,
        )
        if sequence in self._alerts:
            self._alerts.remove(sequence)

    def candidates(self, marks: Marks, limit: int) -> list[int]:
        """The stories worth comparing word by word, the most promising first; ties go to the newer one.

        Found by a band of the sketch, the slug or rare words of headline and opening; then most are turned down by
        the estimate of how much of the shorter text is in the longer. An alert, or a story's first lines, have too
        little text for that and go by the words. An alert is compared with the last alerts in any case.
        """
        out = np.empty(limit, np.uint32)
        found = search.candidates(
            self._bands,
            self._band_heads,
            self._words,
            self._word_heads,
            self._records,
            self._keys_of(marks),
            bool(marks.slug),
            marks.sketch or b"",
            marks.runs,
            marks.continues,
            np.array(self._alerts, np.uint32) if marks.alert else _NONE,
            out,
        )
        sequences: list[int] = out[:found].tolist() if found else []
        return sequences

    def slugged(self, slug: str) -> list[int]:
        """The newest stories under a slug key, oldest first."""
        return self._under(hash(slug) ^ _SLUG)

    def worded(self, telling: frozenset[str], limit: int) -> list[int]:
        """The stories that share most of these telling words in headline or opening, best first."""
        votes: Counter[int] = Counter()
        for word in telling:
            votes.update(self._under(int(keys_of(word.encode(), False, 0)[0])))
        return [s for s, _ in sorted(votes.items(), key=lambda v: (-v[1], -v[0]))[:limit]]

    def _under(self, key: int) -> list[int]:
        out = np.empty(table.NEWEST, np.uint32)
        every = (1 << 64) - 1
        found = records.sequences_into(self._words, self._word_heads, self._records, key & every, out)
        sequences: list[int] = out[:found].tolist()
        return sequences

    def _keys_of(self, marks: Marks) -> NDArray[np.int64]:
        """The keys of a story's words, and of its slug at the end; it is asked for first, and filed right after."""
        if marks is not self._asked:
            slug = hash(marks.slug) ^ _SLUG if marks.slug else 0
            self._asked, self._keys = marks, keys_of(marks.top.encode(), bool(marks.slug), slug)
        return self._keys

    def _grow(self, keys: int) -> None:
        """Make room for a story in whichever array lacks it."""
        nodes, heads, kept = self._bands, self._band_heads, self._records
        if nodes[table.TOP] + records.ROOM_A_STORY > len(nodes):
            _lengthen(nodes, records.ROOM_A_STORY)
        if nodes[table.BUCKETS] + records.BANDS + 1 >= len(heads):
            _lengthen(heads, records.BANDS + 1)
        if (kept[records.RECORDS] + 2) * records.RECORD > len(kept):
            _lengthen(kept, records.RECORD)
        nodes, heads = self._words, self._word_heads
        if nodes[table.TOP] + keys * table.MOST_WIDE > len(nodes):
            _lengthen(nodes, keys * table.MOST_WIDE)
        if nodes[table.BUCKETS] + keys >= len(heads):
            _lengthen(heads, keys)


def _lengthen(numbers: NDArray[np.uint32], least: int) -> None:
    """Let an array grow in place by an eighth, or a step at most: the C library moves pages, not what is in them."""
    size = len(numbers)
    numbers.resize(size + max(least, min(size // 8, _STEP)), refcheck=False)
