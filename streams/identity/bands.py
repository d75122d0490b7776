"""Sketches in flat arrays, found by their bands: locality-sensitive hashing; estimates likeness, keeps no copy.

A new segment has room for what is live, so nothing is ever rebuilt, and a query looks into a number of
segments that grows with the logarithm of the entries: 6 at 100,000, 9 at a million. 110 bytes an entry and 50 more for
each one there is room for.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from typing import Any

import numpy as np

from streams.identity.fingerprint import FOLDED, folded

BANDS = 10
"""10 bands of 3 minima find 91 % of the texts of a Jaccard similarity of 0.6, 74 % of 0.5, 48 % of 0.4 and 8 % of 0.2,
where 20 bands of 4 find 94, 72, 40 and 3 % and take twice the memory and time. Rare words and the slug find others.
"""
_SMALLEST, _LARGEST = 1 << 14, 1 << 19
_SAME = 8
"""Stories taken per band, the newest: one that eight later stories have too is of a template, and the rest of a copy's
bands are its own."""
_STEPS = 48
"""How far back a slot of a band's table is followed, others' values included."""
_MANY = 16
"""Stories found from which on a single band in common is not enough."""
_MOST_RUNS, _NONE = 0xFFFE, 0xFFFF
_MIX, _ALL = 0x9E3779B1, 0xFFFFFFFF
"""Spreads a band over its table: stories of one desk share single minima, whole bands of them seldom."""
_THREE = 0xFFFFFF
_PLACE = 20
"""Bits of a cell that say where the story stands; the rest are of its band's value."""
_PLACES = (1 << _PLACE) - 1
_TAGS = _ALL >> _PLACE


_EVERY = range(BANDS)
_NOWHERE = (0,) * BANDS


def _bands(sketch: bytes) -> list[int]:
    """A sketch's bands, each the low bytes of three minima, mixed."""
    return [(word & _THREE) * _MIX & _ALL for word in array("I", sketch)[:BANDS]]


def _zeros(size: int, kind: type[np.unsignedinteger[Any]]) -> memoryview[int]:
    """Numbers that are no memory until they are written, NumPy's way, and are read as fast as an array's."""
    return np.zeros(size, kind).data


class _Segment:
    """Up to ``capacity`` sketches. Each band has its own table: value → the newest story, which links to the next.

    ``seen`` has eight bits a slot, one for each eighth of the values that lead there: of a slot that others' values
    fill, seven in eight are known not to be followed by one look.
    """

    __slots__ = ("capacity", "heads", "links", "live", "offsets", "runs", "seen", "sequences", "shift", "sketches")

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.offsets = tuple(range(0, BANDS * capacity, capacity))
        self.shift = 33 - capacity.bit_length()
        self.heads = _zeros(BANDS * capacity, np.uint32)
        self.links = array("I")
        self.seen = _zeros(BANDS * capacity, np.uint8)
        self.sketches = _zeros(FOLDED * capacity, np.uint8)
        self.sequences = array("I")
        self.runs = array("H")
        self.live = 0

    def place(self, sequence: int) -> int | None:
        """Where a story stands, None when it is not here or was let go."""
        at = bisect_right(self.sequences, sequence) - 1
        if at < 0 or self.sequences[at] != sequence or not self.runs[at]:
            return None
        return at

    def follow(self, mixed: int, band: int, wanted: int, found: list[int]) -> int:
        """Add the newest stories that have a band's value to those found, so many at most; return how many."""
        links, tag, before = self.links, mixed & _TAGS, len(found)
        cell = self.heads[self.offsets[band] + (mixed >> self.shift)]
        for _ in range(_STEPS):
            at = (cell & _PLACES) - 1
            if cell >> _PLACE == tag and self.runs[at]:
                found.append(self.sequences[at])
                if len(found) - before == wanted:
                    break
            cell = links[at * BANDS + band]
            if not cell:
                break
        return len(found) - before


class Bands:
    """The sketches of the stories in the text window, by their sequences, which only ever grow."""

    def __init__(self) -> None:
        self._segments = [_Segment(_SMALLEST)]
        self._asked = b""
        self._mixed: list[int] = []

    def __len__(self) -> int:
        return sum([segment.live for segment in self._segments])

    @property
    def room(self) -> int:
        """How many sketches there is memory for."""
        return sum([segment.capacity for segment in self._segments])

    def add(self, sequence: int, sketch: bytes | None, runs: int) -> None:
        """Remember a sketch of 128 bytes, made of so many distinct runs of words; None for a story without."""
        segment = self._segments[-1]
        if len(segment.sequences) >= segment.capacity:
            room = 1 << len(self).bit_length()
            segment = _Segment(min(max(room, _SMALLEST), _LARGEST))
            self._segments = [s for s in self._segments if s.live]
            self._segments.append(segment)
        at = len(segment.sequences)
        segment.sequences.append(sequence)
        segment.live += 1
        if sketch is None:
            segment.runs.append(_NONE)
            segment.links.extend(_NOWHERE)
            return
        segment.runs.append(max(1, min(runs, _MOST_RUNS)))
        segment.sketches[at * FOLDED : (at + 1) * FOLDED] = folded(sketch)
        shift, heads, seen = segment.shift, segment.heads, segment.seen
        mixed, number = self._bands_of(sketch), at + 1
        slots = [offset + (value >> shift) for offset, value in zip(segment.offsets, mixed, strict=True)]
        segment.links.extend([heads[slot] for slot in slots])
        for slot, value in zip(slots, mixed, strict=True):
            heads[slot] = (value & _TAGS) << _PLACE | number
            seen[slot] |= 1 << (value & 7)

    def _bands_of(self, sketch: bytes) -> list[int]:
        """A sketch's bands; it is asked for first, and filed right after."""
        if sketch is not self._asked:
            self._asked, self._mixed = sketch, _bands(sketch)
        return self._mixed

    def discard(self, sequence: int) -> None:
        """Let a sketch go; its segment is freed when all of it is gone."""
        for segment in self._segments:
            at = segment.place(sequence)
            if at is not None:
                segment.runs[at] = 0
                segment.live -= 1
                if not segment.live and segment is not self._segments[-1]:
                    self._segments.remove(segment)
                return

    def get(self, sequence: int) -> tuple[bytes | None, int] | None:
        """A story's sketch, folded, and the number of its runs, ``(None, 0)`` for one without; None once let go."""
        for segment in reversed(self._segments):
            if segment.sequences and segment.sequences[0] <= sequence:
                at = segment.place(sequence)
                if at is None:
                    return None
                if segment.runs[at] == _NONE:
                    return None, 0
                return bytes(segment.sketches[at * FOLDED : (at + 1) * FOLDED]), segment.runs[at]
        return None

    def query(self, sketch: bytes) -> set[int]:
        """The stories that agree with a sketch in a band, or in two where many do."""
        found: list[int] = []
        mixed = self._bands_of(sketch)
        bits = [1 << (value & 7) for value in mixed]
        wanted = [_SAME] * BANDS
        for segment in reversed(self._segments):
            seen, shift, offsets = segment.seen, segment.shift, segment.offsets
            for band in [b for b in _EVERY if seen[offsets[b] + (mixed[b] >> shift)] & bits[b]]:
                if wanted[band]:
                    wanted[band] -= segment.follow(mixed[band], band, wanted[band], found)
        distinct = set(found)
        if len(distinct) <= _MANY:
            return distinct
        return {sequence for sequence, bands in Counter(found).items() if bands > 1}
