"""Word → the newest stories that have it, at most 40: one number as itself, several as an array. Knows no news.

A word is 60 bits of its hash: 110 bytes for one that a single story has, not 170. Words whose stories have all left the
window are gone, so what is held is bounded by the words in use.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

NEWEST = 40
"""Stories remembered per word, the newest: a word that 40 later stories used tells nothing any more."""
_HASH = (1 << 60) - 1


class Shared:
    """How many of some words each number has. ``known``: how many of the words were looked up.

    Three hundred numbers or so, sorted: most have a single word, and no Python object is made of them.
    """

    __slots__ = ("_numbers", "known")

    def __init__(self, known: int, numbers: NDArray[np.uint32]) -> None:
        self.known = known
        self._numbers = numbers

    def often(self, need: int) -> list[tuple[int, int]]:
        """``(count, number)`` of the numbers that have at least so many of the words."""
        numbers = self._numbers
        least = numbers[need - 1 :]
        repeats = least[least == numbers[: len(least)]].tolist()
        repeated = Counter(repeats) if repeats else {}
        return [(count + need - 1, number) for number, count in repeated.items()]

    def counts(self, numbers: Sequence[int]) -> list[int]:
        """How many of the words each of these numbers has."""
        if not numbers:
            return []
        asked = np.array(numbers, np.uint32)
        ends: NDArray[np.intp] = self._numbers.searchsorted(asked, "right")
        counts: list[int] = (ends - self._numbers.searchsorted(asked)).tolist()
        return counts


class Newest:
    """Numbers from 1 to 2^32 - 1, each higher than those before, by word."""

    __slots__ = ("_filed",)

    def __init__(self) -> None:
        self._filed: dict[int, int | array[int]] = {}

    def __len__(self) -> int:
        return len(self._filed)

    def add(self, words: Iterable[str], number: int) -> None:
        """File a number under each of some distinct words."""
        filed = self._filed
        first = filed.setdefault
        for word in words:
            key = hash(word) & _HASH
            held = first(key, number)
            if held is number:
                continue
            if isinstance(held, int):
                filed[key] = array("I", (held, number))
            else:
                if len(held) >= NEWEST:
                    del held[0]
                held.append(number)

    def get(self, word: str) -> Sequence[int]:
        """The numbers of a word, oldest first."""
        held = self._filed.get(hash(word) & _HASH)
        if held is None:
            return ()
        return (held,) if isinstance(held, int) else held.tolist()

    def shared(self, words: Iterable[str], rarest: int) -> Shared:
        """Which numbers have how many of some words, of the ``rarest`` that are known. Of words that have all the
        numbers they can, only those of the first half count."""
        get = self._filed.get
        single: list[int] = []
        several: list[array[int]] = []
        for word in words:
            held = get(hash(word) & _HASH)
            if held is None:
                continue
            if isinstance(held, int):
                single.append(held)
            else:
                several.append(held)
        del single[rarest:]
        known = len(single)
        listed: list[array[int]] = []
        if known < rarest:
            several.sort(key=len)
            del several[rarest - known :]
            half = max(0, rarest // 2 - known)
            listed = several[:half] + [held for held in several[half:] if len(held) < NEWEST]
            known += len(several)
        numbers = np.frombuffer(b"".join([array("I", single), *listed]), np.uint32)
        return Shared(known, np.sort(numbers))

    def discard(self, words: Iterable[str], number: int) -> None:
        """Take a number out of each of some words; a word with none left is gone."""
        filed = self._filed
        for word in words:
            key = hash(word) & _HASH
            held = filed.get(key)
            if held == number:
                del filed[key]
            elif held is not None and not isinstance(held, int) and number in held:
                held.remove(number)
                if len(held) == 1:
                    filed[key] = held[0]
