"""A bounded window of story families and their records, and what each new record moves in it. Knows no clock, no topic.

Records are kept packed, for the reader asks for few of them; the words of each story's newest version are kept folded,
so that a search over ten thousand stories is a matter of milliseconds.
"""

from __future__ import annotations

import heapq
import zlib
from dataclasses import dataclass
from typing import Any

from streams.contracts import codec
from streams.desk.copies import Copy, copy_of, gathered
from streams.desk.entries import Entry, body_of, entry_of
from streams.desk.families import Family, folded
from streams.showing.family import COPIES

MOST_WAITING = 1000
"""Stories not read yet whose copies are kept: those come on a topic of their own, and may come first."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One record as read, ready to be taken: its entry, its bytes packed, its words folded for search."""

    entry: Entry
    packed: bytes
    words: str


@dataclass(frozen=True, slots=True)
class Moved:
    """What a record did: the family as it is now, and the ids that are gone, merged into it or pushed out. ``entry`` is
    the version that came; None where a copy came, *copy*."""

    family: Family
    entry: Entry | None
    gone: tuple[str, ...]
    copy: Copy | None = None


def read(value: bytes, seen: int) -> Arrival | Copy:
    """Read one record, a version or a copy. *seen* in milliseconds since the epoch. Raises :class:`Rejected`
    (``malformed``)."""
    record = codec.loads(value)
    if isinstance(record, dict) and record.get("relation") in COPIES:
        return copy_of(record, seen)
    entry = entry_of(record, seen)
    words = f"{entry.headline}\n{entry.slugline or ''}\n{entry.agency}\n{body_of(record)}".casefold()
    return Arrival(entry, zlib.compress(value, 1), words)


class Window:
    """The newest *limit* families, by when they last moved."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._families: dict[str, Family] = {}
        self._ages: list[tuple[int, str]] = []
        self._records: dict[tuple[str, str], bytes] = {}
        self._words: dict[str, str] = {}
        self._home: dict[str, str] = {}
        self._alias: dict[str, str] = {}
        self._waiting: dict[str, tuple[Copy, ...]] = {}

    def __len__(self) -> int:
        return len(self._families)

    def newest_first(self) -> tuple[Family, ...]:
        """Every family, the one that moved last first."""
        return tuple(sorted(self._families.values(), key=lambda f: (f.order, f.story), reverse=True))

    def family(self, story: str) -> Family | None:
        """The family of *story*, under the id it has now, None when it is not in the window."""
        return self._families.get(self._alias.get(story, story))

    def record(self, entry: Entry) -> dict[str, Any]:
        """The record of an entry of the window."""
        value: dict[str, Any] = codec.loads(zlib.decompress(self._records[entry.key]))
        return value

    def search(self, text: str) -> tuple[str, ...]:
        """The stories whose newest version holds every word of *text*, in any case; none for no word."""
        wanted = text.casefold().split()
        if not wanted:
            return ()
        return tuple(story for story, words in self._words.items() if all(word in words for word in wanted))

    def take(self, arrival: Arrival) -> Moved | None:
        """Take one record; None when it is here already, as one on two topics is.

        A version that is not ``new`` under a uri that another family holds moves that family's versions here: so does
        the wire put a story right whose parent came late. A ``new`` version of a known uri is another day's issue.
        """
        entry = arrival.entry
        if entry.key in self._records:
            return None
        story = self._alias.get(entry.story, entry.story)
        gone: list[str] = []
        versions: tuple[Entry, ...] = (entry,)
        copies = self._waiting.pop(entry.uri, ())
        left = self._home.get(entry.uri)
        if entry.relation != "new" and left is not None and left != story and left in self._families:
            moved = self._families.pop(left)
            versions += moved.versions
            copies += moved.copies
            self._words.setdefault(story, self._words.pop(left))
            self._rename(left, story)
            gone.append(left)
        known = self._families.get(story)
        if known is not None:
            versions += known.versions
            copies += known.copies
        family = folded(story, versions, copies)
        self._families[story] = family
        self._records[entry.key] = arrival.packed
        self._forget({v.key for v in versions} - {v.key for v in family.versions})
        self._leave_home(story, {v.uri for v in versions} - {v.uri for v in family.versions})
        self._home |= {version.uri: story for version in family.versions}
        if story not in self._words or (family.newest is entry and entry.relation != "kill"):
            self._words[story] = arrival.words
        self._age(family)
        while len(self._families) > self._limit:
            gone.append(self._evict())
        return Moved(family, entry, tuple(gone))

    def carry(self, copy: Copy) -> Moved | None:
        """Take a copy; None when it is here already, or when its story has not been read yet and it waits for it."""
        story = self._alias.get(copy.story, copy.story)
        uri = copy.of[0] if copy.of is not None else ""
        family = self._families.get(story) or self._families.get(self._home.get(uri, ""))
        if family is None:
            self._waiting[uri] = gathered((*self._waiting.pop(uri, ()), copy))
            if len(self._waiting) > MOST_WAITING:
                del self._waiting[next(iter(self._waiting))]
            return None
        if any(known.key == copy.key for known in family.copies):
            return None
        family = folded(family.story, family.versions, (*family.copies, copy))
        self._families[family.story] = family
        return Moved(family, None, (), copy)

    def _rename(self, old: str, new: str) -> None:
        self._alias[old] = new
        for earlier, now in self._alias.items():
            if now == old:
                self._alias[earlier] = new

    def _age(self, family: Family) -> None:
        """Note when *family* moved: a heap, in which what it says of earlier times is passed over when it comes up."""
        heapq.heappush(self._ages, (family.order, family.story))
        if len(self._ages) > 4 * self._limit + 64:
            self._ages = [(one.order, one.story) for one in self._families.values()]
            heapq.heapify(self._ages)

    def _evict(self) -> str:
        while True:
            order, story = heapq.heappop(self._ages)
            family = self._families.get(story)
            if family is not None and family.order == order:
                break
        del self._families[story]
        self._words.pop(story, None)
        self._forget({entry.key for entry in family.versions})
        self._leave_home(story, {entry.uri for entry in family.versions})
        self._alias = {old: now for old, now in self._alias.items() if now != story}
        return story

    def _leave_home(self, story: str, uris: set[str]) -> None:
        for uri in uris:
            if self._home.get(uri) == story:
                del self._home[uri]

    def _forget(self, keys: set[tuple[str, str]]) -> None:
        for key in keys:
            del self._records[key]
