"""Where the window's benchmark keeps its entries: a file, so that what memory grows by is the index. No news in it."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator

from streams import identity
from streams.contracts import codec
from streams.contracts.story import NormalisedStory


class FileStore:
    """Entries as bytes in a file, so that memory is the index alone; a value that is written again is appended."""

    def __init__(self, path: str, places: array[int] | None = None, sizes: array[int] | None = None) -> None:
        self.path = path
        self._file = os.open(path, os.O_RDWR)
        self.places = array("Q") if places is None else places
        self.sizes = array("I") if sizes is None else sizes
        self._stories: dict[int, tuple[int, int]] = {}
        self._end = 0

    def get(self, key: str) -> identity.Entry | None:
        """Return the entry under *key*, decoded."""
        raw = self._read(_number(key))
        return codec.decode(raw, identity.Entry) if raw else None

    def filed(self, key: str) -> identity.Filed | None:
        """Return what the index needs of the entry under *key*."""
        raw = self._read(_number(key))
        return codec.decode(raw, identity.Filed) if raw else None

    def story(self, key: str) -> NormalisedStory | None:
        """Return the story kept under *key*."""
        place = self._stories.get(_number(key))
        return None if place is None else codec.decode(os.pread(self._file, place[1], place[0]), NormalisedStory)

    def write(self, writes: Iterable[identity.Write]) -> None:
        """Apply a decision's writes."""
        for key, kept in writes:
            number = _number(key)
            value = b"" if kept is None else codec.encode(kept)
            os.pwrite(self._file, value, self._end)
            if identity.entry_key(key) is None:
                while len(self.sizes) <= number:
                    self.sizes.append(0)
                    self.places.append(0)
                self.places[number], self.sizes[number] = self._end, len(value)
            elif value:
                self._stories[number] = self._end, len(value)
            else:
                self._stories.pop(number, None)
            self._end += len(value)

    def known(self) -> Iterator[tuple[int, str]]:
        """Yield the sequence and the key of every entry."""
        for number in range(len(self.sizes)):
            raw = self._read(number)
            if raw:
                numbered = codec.decode(raw, identity.Numbered)
                yield numbered.sequence, numbered.key

    def _read(self, number: int) -> bytes:
        return os.pread(self._file, self.sizes[number], self.places[number]) if number < len(self.sizes) else b""

    @property
    def bytes(self) -> int:
        """The bytes of the newest value of each entry."""
        return sum(self.sizes)

    @property
    def own_memory(self) -> int:
        """The bytes of memory that the store itself takes."""
        return 12 * len(self.sizes)


def _number(key: str) -> int:
    return int(key.rpartition("/")[2].partition("#")[0])
