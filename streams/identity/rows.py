"""What is kept in memory of every entry, in flat arrays: some 60 bytes each. Holds hashes of ids, decides nothing."""

from __future__ import annotations

import math
from array import array

_ROWS = 1 << 10
"""Rows of a chunk: its memory comes free when the last of them is gone."""
_PREFIXES = 4096
"""Distinct beginnings of keys (topic and partition, or a folder) that are kept once; beyond, keys are kept whole."""
_HERE, _LEADS, _TEXT, _INDEXED = 1, 2, 4, 8


class _Chunk:
    __slots__ = (
        "at",
        "created",
        "ends",
        "flags",
        "live",
        "number",
        "own",
        "place",
        "prefix",
        "story",
        "suffixes",
        "uri",
    )

    def __init__(self) -> None:
        self.at = array("d", bytes(8 * _ROWS))
        self.created = array("d", bytes(8 * _ROWS))
        self.story = array("q", bytes(8 * _ROWS))
        self.uri = array("q", bytes(8 * _ROWS))
        self.own = array("q", bytes(8 * _ROWS))
        self.number = array("q", bytes(8 * _ROWS))
        self.place = array("I", bytes(4 * _ROWS))
        self.flags = bytearray(_ROWS)
        self.prefix = array("H", bytes(2 * _ROWS))
        self.ends = array("I", [0])
        self.suffixes = bytearray()
        self.live = 0


class Row:
    """One entry's row, read from the arrays and written to them.

    ``key``: the entry's. ``at``, ``created``: Unix seconds or None. ``story``, ``uri`` and ``own`` are ``hash()`` of
    the family's id, of the uri it was published under and of its own; to be compared only. ``number``: its version.
    ``leads``: it was published or held, so later copy can relate to it. ``text``: its words are still remembered.
    ``indexed``: it is in the text index; an exact copy is not, for what it copies is. ``place``: its place in the order
    of its family where nothing else tells.
    """

    __slots__ = ("_chunk", "_place", "_prefixes")

    def __init__(self, chunk: _Chunk, place: int, prefixes: list[str]) -> None:
        self._chunk = chunk
        self._place = place
        self._prefixes = prefixes

    @property
    def key(self) -> str:
        chunk, place = self._chunk, self._place
        suffix = chunk.suffixes[chunk.ends[place] : chunk.ends[place + 1]]
        return self._prefixes[chunk.prefix[place]] + suffix.decode("utf-8", "surrogatepass")

    @property
    def at(self) -> float | None:
        at = self._chunk.at[self._place]
        return None if at != at else at

    @property
    def created(self) -> float | None:
        created = self._chunk.created[self._place]
        return None if created != created else created

    @property
    def story(self) -> int:
        return self._chunk.story[self._place]

    @story.setter
    def story(self, story: int) -> None:
        self._chunk.story[self._place] = story

    @property
    def uri(self) -> int:
        return self._chunk.uri[self._place]

    @property
    def own(self) -> int:
        return self._chunk.own[self._place]

    @property
    def number(self) -> int:
        return self._chunk.number[self._place]

    @number.setter
    def number(self, number: int) -> None:
        self._chunk.number[self._place] = number

    @property
    def leads(self) -> bool:
        return bool(self._chunk.flags[self._place] & _LEADS)

    @leads.setter
    def leads(self, on: bool) -> None:
        self._flag(_LEADS, on)

    @property
    def text(self) -> bool:
        return bool(self._chunk.flags[self._place] & _TEXT)

    @text.setter
    def text(self, on: bool) -> None:
        self._flag(_TEXT, on)

    @property
    def indexed(self) -> bool:
        return bool(self._chunk.flags[self._place] & _INDEXED)

    @indexed.setter
    def indexed(self, on: bool) -> None:
        self._flag(_INDEXED, on)

    @property
    def place(self) -> int:
        return self._chunk.place[self._place]

    @place.setter
    def place(self, place: int) -> None:
        self._chunk.place[self._place] = place

    def _flag(self, bit: int, on: bool) -> None:
        flags = self._chunk.flags[self._place]
        self._chunk.flags[self._place] = flags | bit if on else flags & ~bit


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
        chunk = self._chunks.get(sequence // _ROWS)
        if chunk is None or not chunk.flags[sequence % _ROWS]:
            return None
        return Row(chunk, sequence % _ROWS, self._prefixes)

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
        *,
        leads: bool,
        text: bool,
        indexed: bool,
    ) -> Row:
        """Keep a new entry's row."""
        chunk = self._chunks.get(sequence // _ROWS)
        if chunk is None:
            chunk = self._chunks[sequence // _ROWS] = _Chunk()
        spot = sequence % _ROWS
        chunk.at[spot] = math.nan if at is None else at
        chunk.created[spot] = math.nan if created is None else created
        chunk.story[spot] = hash(story)
        chunk.uri[spot] = hash(uri)
        chunk.own[spot] = hash(own)
        chunk.number[spot] = number
        chunk.place[spot] = place
        chunk.flags[spot] = _HERE | _LEADS * leads | _TEXT * text | _INDEXED * indexed
        begins, separator, rest = key.rpartition("/")
        number_of = self._prefixes_number(begins + separator)
        chunk.prefix[spot] = number_of
        chunk.suffixes += (rest if number_of or not separator else key).encode("utf-8", "surrogatepass")
        ends = chunk.ends
        while len(ends) <= spot:
            ends.append(ends[-1])  # sequences that no entry has
        ends.append(len(chunk.suffixes))
        chunk.live += 1
        self._size += 1
        return Row(chunk, spot, self._prefixes)

    def _prefixes_number(self, prefix: str) -> int:
        number = self._numbers.get(prefix)
        if number is None:
            number = len(self._prefixes) if len(self._prefixes) < _PREFIXES else 0
            if number:
                self._prefixes.append(prefix)
                self._numbers[prefix] = number
        return number

    def __delitem__(self, sequence: int) -> None:
        chunk = self._chunks[sequence // _ROWS]
        chunk.flags[sequence % _ROWS] = 0
        chunk.live -= 1
        self._size -= 1
        if not chunk.live and sequence // _ROWS != max(self._chunks):
            del self._chunks[sequence // _ROWS]


class Line:
    """Numbers in a queue, four bytes each."""

    __slots__ = ("_first", "_numbers")

    def __init__(self) -> None:
        self._numbers = array("I")
        self._first = 0

    def __len__(self) -> int:
        return len(self._numbers) - self._first

    def __getitem__(self, place: int) -> int:
        return self._numbers[self._first + place]

    def append(self, number: int) -> None:
        """Put a number at the end."""
        self._numbers.append(number)

    def popleft(self) -> int:
        """Take the first number. Raises IndexError when there is none."""
        number = self._numbers[self._first]
        self._first += 1
        if self._first > 4096 and 2 * self._first > len(self._numbers):
            del self._numbers[: self._first]
            self._first = 0
        return number
