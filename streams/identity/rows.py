"""What is kept in memory of every entry, packed: some 60 bytes each. Holds hashes of ids, decides nothing."""

from __future__ import annotations

import math
from array import array
from struct import Struct

_ROWS = 1 << 10
"""Rows of a chunk: its memory comes free when the last of them is gone."""
_PREFIXES = 4096
"""Distinct beginnings of keys (topic and partition, or a folder) that are kept once; beyond, keys are kept whole."""
_HERE, _LEADS, _TEXT, _INDEXED = 1, 2, 4, 8
_ROW = Struct("=ddqqqqIBH")
"""at, created, story, uri, own, number, place, flags, prefix: side by side, as they are written together."""
_SIZE = _ROW.size
_FLOAT, _INT, _PLACE, _PREFIX = Struct("=d"), Struct("=q"), Struct("=I"), Struct("=H")
_AT, _CREATED, _STORY, _URI, _OWN, _NUMBER, _PLACED, _FLAGS, _PREFIXED = 0, 8, 16, 24, 32, 40, 48, 52, 53


class _Chunk:
    __slots__ = ("ends", "live", "rows", "suffixes")

    def __init__(self) -> None:
        self.rows = bytearray(_SIZE * _ROWS)
        self.ends = array("I", [0])
        self.suffixes = bytearray()
        self.live = 0


class Row:
    """One entry's row, read from the chunk and written to it.

    ``key``: the entry's. ``at``, ``created``: Unix seconds or None. ``story``, ``uri`` and ``own`` are ``hash()`` of
    the family's id, of the uri it was published under and of its own; to be compared only. ``number``: its version.
    ``leads``: it was published or held, so later copy can relate to it. ``text``: its words are still remembered.
    ``indexed``: it is in the text index; an exact copy is not, for what it copies is. ``place``: its place in the order
    of its family where nothing else tells.
    """

    __slots__ = ("_base", "_chunk", "_prefixes", "_rows")

    def __init__(self, chunk: _Chunk, spot: int, prefixes: list[str]) -> None:
        self._chunk = chunk
        self._rows = chunk.rows
        self._base = spot * _SIZE
        self._prefixes = prefixes

    @property
    def key(self) -> str:
        chunk, spot = self._chunk, self._base // _SIZE
        suffix = chunk.suffixes[chunk.ends[spot] : chunk.ends[spot + 1]]
        prefix: int = _PREFIX.unpack_from(self._rows, self._base + _PREFIXED)[0]
        return self._prefixes[prefix] + suffix.decode("utf-8", "surrogatepass")

    @property
    def at(self) -> float | None:
        at: float = _FLOAT.unpack_from(self._rows, self._base + _AT)[0]
        return None if at != at else at

    @property
    def created(self) -> float | None:
        created: float = _FLOAT.unpack_from(self._rows, self._base + _CREATED)[0]
        return None if created != created else created

    @property
    def story(self) -> int:
        return self._int(_STORY)

    @story.setter
    def story(self, story: int) -> None:
        _INT.pack_into(self._rows, self._base + _STORY, story)

    @property
    def uri(self) -> int:
        return self._int(_URI)

    @property
    def own(self) -> int:
        return self._int(_OWN)

    @property
    def number(self) -> int:
        return self._int(_NUMBER)

    @number.setter
    def number(self, number: int) -> None:
        _INT.pack_into(self._rows, self._base + _NUMBER, number)

    @property
    def leads(self) -> bool:
        return bool(self._rows[self._base + _FLAGS] & _LEADS)

    @property
    def text(self) -> bool:
        return bool(self._rows[self._base + _FLAGS] & _TEXT)

    @text.setter
    def text(self, on: bool) -> None:
        self._flag(_TEXT, on)

    @property
    def indexed(self) -> bool:
        return bool(self._rows[self._base + _FLAGS] & _INDEXED)

    @indexed.setter
    def indexed(self, on: bool) -> None:
        self._flag(_INDEXED, on)

    @property
    def place(self) -> int:
        place: int = _PLACE.unpack_from(self._rows, self._base + _PLACED)[0]
        return place

    @place.setter
    def place(self, place: int) -> None:
        _PLACE.pack_into(self._rows, self._base + _PLACED, place)

    def _int(self, field: int) -> int:
        value: int = _INT.unpack_from(self._rows, self._base + field)[0]
        return value

    def _flag(self, bit: int, on: bool) -> None:
        flags = self._rows[self._base + _FLAGS]
        self._rows[self._base + _FLAGS] = flags | bit if on else flags & ~bit


class Rows:
    """The rows by sequence; each new one has a higher sequence than all before."""

    def __init__(self) -> None:
        self._chunks: dict[int, _Chunk] = {}
        self._prefixes: list[str] = [""]
        self._numbers: dict[str, int] = {"": 0}
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def __contains__(self, sequence: int) -> bool:
        return self.get(sequence) is not None

    def get(self, sequence: int) -> Row | None:
        """The row of an entry, None once it is gone."""
        chunk, spot = self._chunks.get(sequence // _ROWS), sequence % _ROWS
        if chunk is None or not chunk.rows[spot * _SIZE + _FLAGS]:
            return None
        return Row(chunk, spot, self._prefixes)

    def __getitem__(self, sequence: int) -> Row:
        row = self.get(sequence)
        if row is None:
            raise KeyError(sequence)
        return row

    def add(
        self,
        sequence: int,
        key: str,
        at: float | None,
        created: float | None,
        story: str,
        uri: str,
        own: str,
        number: int,
        place: int,
        leads: bool,
        text: bool,
        indexed: bool,
    ) -> None:
        """Keep a new entry's row."""
        chunk, spot = self._chunks.get(sequence // _ROWS), sequence % _ROWS
        if chunk is None:
            chunk = self._chunks[sequence // _ROWS] = _Chunk()
        length = key.rfind("/") + 1
        prefix = self._prefix(key[:length])
        _ROW.pack_into(
            chunk.rows,
            spot * _SIZE,
            math.nan if at is None else at,
            math.nan if created is None else created,
            hash(story),
            hash(uri),
            hash(own),
            number,
            place,
            _HERE | _LEADS * leads | _TEXT * text | _INDEXED * indexed,
            prefix,
        )
        chunk.suffixes += (key[length:] if prefix else key).encode("utf-8", "surrogatepass")
        ends = chunk.ends
        while len(ends) <= spot:
            ends.append(ends[-1])  # sequences that no entry has
        ends.append(len(chunk.suffixes))
        chunk.live += 1
        self._size += 1

    def _prefix(self, prefix: str) -> int:
        number = self._numbers.get(prefix)
        if number is None:
            number = len(self._prefixes) if len(self._prefixes) < _PREFIXES else 0
            if number:
                self._prefixes.append(prefix)
                self._numbers[prefix] = number
        return number

    def __delitem__(self, sequence: int) -> None:
        chunk = self._chunks[sequence // _ROWS]
        chunk.rows[sequence % _ROWS * _SIZE + _FLAGS] = 0
        chunk.live -= 1
        self._size -= 1
        if not chunk.live and sequence // _ROWS != max(self._chunks):
            del self._chunks[sequence // _ROWS]
