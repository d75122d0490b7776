"""Key → the numbers filed under it, compactly: one number as itself, several as an array. Knows no news."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterator, Sequence
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class Postings(Generic[K]):
    """A dict of lists of numbers, oldest first. ``newest`` bounds each list: what is older is let go; 0 keeps all."""

    __slots__ = ("_filed", "_newest")

    def __init__(self, newest: int = 0) -> None:
        self._filed: dict[K, int | array[int]] = {}
        self._newest = newest

    def __len__(self) -> int:
        return len(self._filed)

    def __contains__(self, key: K) -> bool:
        return key in self._filed

    def __iter__(self) -> Iterator[K]:
        return iter(self._filed)

    def add(self, key: K, number: int) -> None:
        """File a number, as the newest under its key."""
        held = self._filed.get(key)
        if held is None:
            self._filed[key] = number
        elif isinstance(held, int):
            self._filed[key] = array("Q", (held, number))
        else:
            held.append(number)
            if self._newest and len(held) > self._newest:
                del held[: len(held) - self._newest]

    def get(self, key: K) -> Sequence[int]:
        """What is filed under a key, oldest first; not to be changed, and not to be kept over an ``add``."""
        held = self._filed.get(key)
        if held is None:
            return ()
        return (held,) if isinstance(held, int) else held

    def discard(self, key: K, number: int) -> None:
        """Take a number out; a key with nothing left is gone."""
        held = self._filed.get(key)
        if held is None:
            return
        if isinstance(held, int):
            if held == number:
                del self._filed[key]
            return
        if number in held:
            held.remove(number)
        if len(held) == 1:
            self._filed[key] = held[0]
