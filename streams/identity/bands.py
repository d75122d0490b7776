"""Sketches in flat arrays, found by their bands: locality-sensitive hashing; estimates likeness, keeps no copy.

A new segment has room for twice what is live, so nothing is ever rebuilt, and a query looks into a number of segments
that grows with the logarithm of the entries. About 320 bytes an entry while the window fills, at most three times that
when as many entries leave as come; by design, not measured. Python dicts take some ten times as much.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter

from streams.identity.fingerprint import PERMUTATIONS

BANDS = 20
"""20 bands of 4 minima find 94 % of the texts of a Jaccard similarity of 0.6, 72 % of 0.5 and 3 % of 0.2; rare words
and the slug find others. With all 32 that 128 minima allow, no more of 6,400 stories were joined.
"""
_KEYS = PERMUTATIONS // 4
_SMALLEST, _LARGEST = 1 << 11, 1 << 19
_SAME = 8
"""Stories taken per band, the newest: one that eight later stories have too is of a template, and the rest of a copy's
bands are its own."""
_STEPS = 48
"""How far back a slot of a band's table is followed, others' values included."""
_MANY = 16
"""Stories found from which on a single band in common is not enough."""
_MOST_RUNS = 0xFFFF
_MIX, _ALL = 0x9E3779B1, 0xFFFFFFFF
"""Spreads a band over its table: stories of one desk share single minima, whole bands of them seldom."""


class _Segment:
    """Up to ``capacity`` sketches. Each band has its own table: value → the newest story, which links to the next."""

    __slots__ = ("capacity", "heads", "keys", "links", "live", "runs", "sequences", "shift")

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.shift = 33 - capacity.bit_length()
        self.heads = array("I", bytes(4 * BANDS * capacity))
        self.keys = array("I")
        self.links = array("I")
        self.sequences = array("Q")
        self.runs = array("H")
        self.live = 0

    def place(self, sequence: int) -> int | None:
        """Where a story stands, None when it is not here or was let go."""
        at = bisect_left(self.sequences, sequence)
        if at == len(self.sequences) or self.sequences[at] != sequence or not self.runs[at]:
            return None
        return at


class Bands:
    """The sketches of the stories in the text window, by their sequences, which only ever grow."""

    def __init__(self) -> None:
        self._segments = [_Segment(_SMALLEST)]

    def __len__(self) -> int:
        return sum(segment.live for segment in self._segments)

    def add(self, sequence: int, sketch: bytes, runs: int) -> None:
        """Remember a sketch of 128 bytes, made of so many distinct runs of words."""
        segment = self._segments[-1]
        if len(segment.sequences) >= segment.capacity:
            room = 1 << (2 * len(self) - 1).bit_length() if len(self) else 0
            segment = _Segment(min(max(room, _SMALLEST), _LARGEST))
            self._segments.append(segment)
        keys = array("I", sketch)  # a band is the low bytes of four minima: one number
        shift, heads, links = segment.shift, segment.heads, segment.links
        segment.sequences.append(sequence)
        segment.runs.append(max(1, min(runs, _MOST_RUNS)))
        segment.keys.extend(keys)
        segment.live += 1
        number, offset = len(segment.sequences), 0
        for key in keys[:BANDS]:
            slot = offset + ((key * _MIX & _ALL) >> shift)
            links.append(heads[slot])
            heads[slot] = number
            offset += segment.capacity

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

    def get(self, sequence: int) -> tuple[bytes, int] | None:
        """A story's sketch and the number of its runs."""
        for segment in reversed(self._segments):
            if segment.sequences and segment.sequences[0] <= sequence:
                at = segment.place(sequence)
                if at is None:
                    return None
                return segment.keys[at * _KEYS : (at + 1) * _KEYS].tobytes(), segment.runs[at]
        return None

    def query(self, sketch: bytes) -> set[int]:
        """The stories that agree with a sketch in a band, or in two where many do."""
        found: list[int] = []
        segments = [(s.shift, s.capacity, s.heads, s.links, s.keys, s) for s in reversed(self._segments)]
        for band, key in enumerate(array("I", sketch)[:BANDS]):
            mixed = key * _MIX & _ALL
            wanted = _SAME
            for shift, capacity, heads, links, keys, segment in segments:
                number = heads[band * capacity + (mixed >> shift)]
                steps = _STEPS
                while number and steps:
                    number -= 1
                    if keys[number * _KEYS + band] == key and segment.runs[number]:
                        found.append(segment.sequences[number])
                        wanted -= 1
                        if not wanted:
                            break
                    number = links[number * BANDS + band]
                    steps -= 1
                if not wanted:
                    break
        distinct = set(found)
        if len(distinct) <= _MANY:
            return distinct
        return {sequence for sequence, bands in Counter(found).items() if bands > 1}
