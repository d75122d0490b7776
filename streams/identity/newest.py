"""Word → the newest stories that have it, at most 40: one number as itself, several as an array. Knows no news.

A word is 60 bits of its hash: 110 bytes for one that a single story has, not 170. Words whose stories have all left the
window are gone, so what is held is bounded by the words in use.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence

NEWEST = 40
"""Stories remembered per word, the newest: a word that 40 later stories used tells nothing any more."""
_HASH = (1 << 60) - 1


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
        for word in words:
            key = hash(word) & _HASH
            held = filed.get(key)
            if held is None:
                filed[key] = number
            elif isinstance(held, int):
                filed[key] = array("I", (held, number))
            else:
                held.append(number)
                if len(held) > NEWEST:
                    del held[0]

    def get(self, word: str) -> Sequence[int]:
        """The numbers of a word, oldest first."""
        held = self._filed.get(hash(word) & _HASH)
        if held is None:
            return ()
        return (held,) if isinstance(held, int) else held.tolist()

    def shared(self, words: Iterable[str], rarest: int) -> tuple[int, Counter[int]]:
        """How many of some words are known, ``rarest`` at most, and how many of these each number has. Of words that
        have all the numbers they can, only those of the first half count."""
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
        numbers = single[:rarest]
        known = len(numbers)
        if known < rarest:
            several.sort(key=len)
            for listed in several[: rarest - known]:
                if len(listed) < NEWEST or known < rarest // 2:
                    numbers.extend(listed)
                known += 1
        return known, Counter(numbers)

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
