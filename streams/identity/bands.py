"""Sketches in flat arrays, found by their bands: locality-sensitive hashing; estimates likeness, keeps no copy.

Segments double in size, so nothing is ever rebuilt and a query looks into a number of them that grows with the
logarithm of the entries. 320 to 450 bytes an entry; the same in Python dicts takes ten times that.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left

from streams.identity.fingerprint import PERMUTATIONS

BANDS = 32
"""32 bands of 4 minima find every pair of texts above a Jaccard similarity of 0.6, and 72 % of those from 0.5 on."""
_WIDTH = PERMUTATIONS // BANDS
_SMALLEST, _LARGEST = 1 << 11, 1 << 18
_STEPS = 48
"""How far back a band is followed: a template that 48 later stories repeat is told apart by other evidence."""
_MOST_RUNS = 0xFFFF
_MIX, _ALL = 0x9E3779B1, 0xFFFFFFFF
"""Spreads a band over its table: stories of one desk share single minima, whole bands of them seldom."""


class _Segment:
    """Up to ``capacity`` sketches. Each band has its own table: value → the newest story, which links to the next."""

    __slots__ = ("capacity", "heads", "keys", "links", "live", "runs", "sequences", "shift", "slots")

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.slots = capacity // 2
        self.shift = 33 - capacity.bit_length() + 1
        self.heads = array("I", bytes(4 * BANDS * self.slots))
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
            segment = _Segment(min(2 * segment.capacity, _LARGEST))
            self._segments.append(segment)
        keys = array("I", sketch)
        shift, heads, links = segment.shift, segment.heads, segment.links
        segment.sequences.append(sequence)
        segment.runs.append(max(1, min(runs, _MOST_RUNS)))
        segment.keys.extend(keys)
        segment.live += 1
        number, offset = len(segment.sequences), 0
        for key in keys:
            slot = offset + ((key * _MIX & _ALL) >> shift)
            links.append(heads[slot])
            heads[slot] = number
            offset += segment.slots

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
                return segment.keys[at * BANDS : (at + 1) * BANDS].tobytes(), segment.runs[at]
        return None

    def query(self, sketch: bytes) -> set[int]:
        """The stories that agree with a sketch in at least one band."""
        wanted = array("I", sketch)
        found: set[int] = set()
        for segment in self._segments:
            shift, heads, links, keys = segment.shift, segment.heads, segment.links, segment.keys
            for band, key in enumerate(wanted):
                number = heads[band * segment.slots + ((key * _MIX & _ALL) >> shift)]
                steps = _STEPS
                while number and steps:
                    at = (number - 1) * BANDS + band
                    if keys[at] == key and segment.runs[number - 1]:
                        found.add(segment.sequences[number - 1])
                    number = links[at]
                    steps -= 1
        return found
