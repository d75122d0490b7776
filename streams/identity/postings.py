"""Key → the numbers filed under it, in flat arrays: 16 bytes each. Keeps a key's hash, not the key; knows no news.

A Python dict of ints takes ten times as much. A new segment has room for twice what is live, so nothing is ever
rebuilt and a look-up goes through a number of segments that grows with the logarithm of what is filed. Two keys are
taken for one when 32 bits beside those of their slots agree, about once in 10^13 look-ups at a million numbers.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

_SMALLEST, _LARGEST = 1 << 14, 1 << 19
_CHECK = 0xFFFFFFFF


class _Segment:
    """Up to ``capacity`` numbers. A slot leads to the newest number filed there, each number to the one before it."""

    __slots__ = ("capacity", "checks", "heads", "links", "live", "mask", "numbers")

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.mask = capacity - 1
        self.heads = array("I", bytes(4 * capacity))
        self.checks = array("I")
        self.links = array("I")
        self.numbers = array("I")
        self.live = 0


class Postings:
    """Numbers from 1 to 2^32 - 1 by key, oldest first."""

    __slots__ = ("_segments",)

    def __init__(self) -> None:
        self._segments = [_Segment(_SMALLEST)]

    def __len__(self) -> int:
        """How many numbers are filed."""
        return sum([segment.live for segment in self._segments])

    def __contains__(self, key: str | int) -> bool:
        return bool(self.get(key))

    @property
    def room(self) -> int:
        """How many numbers there is memory for."""
        return sum([segment.capacity for segment in self._segments])

    def add(self, key: str | int, number: int) -> None:
        """File a number, as the newest under its key."""
        segment = self._segments[-1]
        if len(segment.numbers) >= segment.capacity:
            room = 1 << (2 * len(self)).bit_length()
            segment = _Segment(min(max(room, _SMALLEST), _LARGEST))
            self._segments.append(segment)
            self._segments = [s for s in self._segments if s.live or s is segment]
        mixed = key if isinstance(key, int) else hash(key)
        slot = mixed & segment.mask
        segment.numbers.append(number)
        segment.checks.append(mixed >> 20 & _CHECK)
        segment.links.append(segment.heads[slot])
        segment.heads[slot] = len(segment.numbers)
        segment.live += 1

    def get(self, key: str | int) -> Sequence[int]:
        """What is filed under a key, oldest first."""
        mixed = key if isinstance(key, int) else hash(key)
        check = mixed >> 20 & _CHECK
        found: list[int] = []
        for segment in reversed(self._segments):
            at = segment.heads[mixed & segment.mask]
            if not at:
                continue
            checks, links = segment.checks, segment.links
            while at:
                at -= 1
                if checks[at] == check and (number := segment.numbers[at]):
                    found.append(number)
                at = links[at]
        found.reverse()
        return found

    def discard(self, key: str | int, number: int) -> None:
        """Take a number out; the memory comes free with the last of its segment."""
        mixed = key if isinstance(key, int) else hash(key)
        check = mixed >> 20 & _CHECK
        for segment in self._segments:
            at = segment.heads[mixed & segment.mask]
            while at:
                at -= 1
                if segment.numbers[at] == number and segment.checks[at] == check:
                    segment.numbers[at] = 0
                    segment.live -= 1
                    if not segment.live and segment is not self._segments[-1]:
                        self._segments.remove(segment)
                    return
                at = segment.links[at]
