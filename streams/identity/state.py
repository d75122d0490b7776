"""What one partition remembers, in memory over a store it only reads; it keeps books and decides nothing."""

from __future__ import annotations

import hashlib
from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from streams.identity.entry import Entry, Store
from streams.identity.index import TextIndex
from streams.identity.profile import Profile, profile
from streams.identity.settings import HOUR, IdentitySettings
from streams.identity.words import words

K = TypeVar("K")

_PROFILES = 4096
"""Profiles kept ready: what is compared is nearly always recent."""
_STEADY = 8
"""The clock is the least of the last eight times received, so that one bogus date in the future expires nothing."""


@dataclass(slots=True)
class Row:
    """What is kept in memory of one entry, beside the maps."""

    key: str
    at: float | None
    story: str
    uri: str
    version: str
    leads: bool
    """Whether it was published or held: a record that later ones can relate to; False for a duplicate."""
    text: bool = True
    killed: bool = False


class IdentityState:
    """The index of one partition. ``store`` is read, never written; see ``decide`` for what to persist."""

    def __init__(self, settings: IdentitySettings, store: Store) -> None:
        self.settings = settings
        self._store = store
        self._fresh: OrderedDict[str, Entry] = OrderedDict()
        self._profiles: OrderedDict[int, Profile] = OrderedDict()
        self._keys: dict[str, int] = {}
        self.rows: dict[int, Row] = {}
        self.texts = TextIndex(settings.bands)
        self._ids: dict[str, list[int]] = {}
        self._prints: dict[bytes, list[int]] = {}
        self._families: dict[str, list[int]] = {}
        self._versions: dict[str, int] = {}
        self.held: dict[int, datetime] = {}
        self.kills: deque[int] = deque(maxlen=512)
        self._text_queue: deque[int] = deque()
        self._id_queue: deque[int] = deque()
        self._times: deque[float] = deque(maxlen=_STEADY)
        self._sequence = 0

    # ---- reading

    def sizes(self) -> dict[str, int]:
        """What is held now: entries, texts, families, held stories, LSH bucket entries, words."""
        return {
            "entries": len(self.rows),
            "texts": len(self.texts),
            "families": len(self._families),
            "held": len(self.held),
            "lsh_buckets": self.texts.buckets,
            "words": self.texts.words,
        }

    def find(self, key: str) -> Entry | None:
        """The entry under a key, written already or not."""
        fresh = self._fresh.get(key)
        return fresh if fresh is not None else self._store.get(key)

    def entry(self, sequence: int) -> Entry | None:
        """The entry of a number; None once it is gone."""
        row = self.rows.get(sequence)
        return self.find(row.key) if row else None

    def sequence_of(self, key: str) -> int | None:
        """The number of an entry still remembered."""
        return self._keys.get(key)

    def next_sequence(self) -> int:
        """The number that the next entry gets."""
        return self._sequence + 1

    def profile_of(self, entry: Entry) -> Profile:
        """The entry's comparable parts, computed or at hand."""
        ready = self._profiles.get(entry.sequence)
        if ready is None:
            ready = entry_profile(entry)
            self._keep_profile(entry.sequence, ready)
        return ready

    def by_id(self, ids: Iterable[str]) -> list[int]:
        """Entries that carry one of these ids as their own or were published under it, oldest first."""
        return sorted({s for i in ids for s in self._ids.get(i, ())})

    def by_print(self, kind: str, value: str) -> list[int]:
        """Entries with these raw bytes (``sha``), this text (``exact``) or this body (``body``), oldest first."""
        return sorted(self._prints.get(_print(kind, value), ()))

    def family(self, story: str) -> list[Row]:
        """The members of a family in order of decision."""
        return [self.rows[s] for s in sorted(self._families.get(story, ()))]

    def latest_version(self, uri: str) -> int | None:
        """The highest version published or held under a uri, None for a uri not used yet."""
        return self._versions.get(uri)

    def known_family(self, story: str) -> bool:
        """Whether a family of this id is remembered."""
        return story in self._families

    def near(self, row: Row, at: float | None) -> bool:
        """Whether an entry's words may still be compared with copy of this time."""
        if not row.text:
            return False
        return row.at is None or at is None or abs(at - row.at) <= self.settings.text_window_hours * HOUR

    # ---- writing

    def load(self, entries: Iterable[Entry]) -> None:
        """Fill an empty state from the store's entries, in any order. Raises ValueError when it is not empty."""
        if self.rows:
            raise ValueError("load() needs an empty state")
        for entry in sorted(entries, key=lambda e: (e.sequence, e.key)):
            self._enter(entry)
        self._profiles.clear()

    def add(self, entry: Entry) -> None:
        """Remember a new entry; it is found at once, whether the caller has written it yet or not."""
        self._enter(entry)
        self._keep_fresh(entry)

    def change(self, entry: Entry) -> None:
        """Put an entry's new form (killed, released, slim) in the place of the old one."""
        row = self.rows[entry.sequence]
        row.killed, row.text = entry.killed, row.text and not entry.slim
        if entry.held is None:
            self.held.pop(entry.sequence, None)
        self._keep_fresh(entry)

    def expire(self) -> list[tuple[str, Entry | None]]:
        """Let go of what the windows have passed, a bounded number at a time; the writes that this asks for."""
        writes: list[tuple[str, Entry | None]] = []
        settings, clock = self.settings, min(self._times) if self._times else None
        for _ in range(settings.expire_per_call):
            due = self._due(self._text_queue, settings.text_window_hours, settings.max_texts, clock)
            if due is None:
                break
            entry = self.entry(due)
            if entry is not None and not entry.slim:
                self.texts.discard(due, self.profile_of(entry))
                slim = replace(entry, slim=True, paragraphs=(), fingerprint=replace(entry.fingerprint, signature=""))
                self.change(slim)
                writes.append((slim.key, slim))
            self._profiles.pop(due, None)
        for _ in range(settings.expire_per_call):
            due = self._due(self._id_queue, settings.id_window_hours, settings.max_entries, clock)
            if due is None:
                break
            writes.append((self.rows[due].key, None))
            self._forget(due)
        return writes

    # ---- inside

    def _due(self, queue: deque[int], hours: float, most: int, clock: float | None) -> int | None:
        """Take the head of a queue when its time has passed or there are too many; a held story waits its turn."""
        while queue:
            head = queue[0]
            row = self.rows.get(head)
            if row is None:
                queue.popleft()
                continue
            late = clock is not None and row.at is not None and clock - row.at > hours * HOUR
            if not late and len(queue) <= most:
                return None
            queue.popleft()
            if head in self.held:
                queue.append(head)
                return None
            return head
        return None

    def _enter(self, entry: Entry) -> None:
        n, identity = entry.sequence, entry.identity
        at = entry.at.timestamp() if entry.at else None
        leads = entry.outcome != "duplicate"
        row = Row(entry.key, at, identity.story, identity.uri, identity.version, leads, not entry.slim, entry.killed)
        self.rows[n] = row
        self._keys[entry.key] = n
        self._sequence = max(self._sequence, n)
        if entry.received is not None:
            self._times.append(entry.received.timestamp())
        for one in entry_ids(entry):
            self._ids.setdefault(one, []).append(n)
        for mark in entry_prints(entry):
            self._prints.setdefault(mark, []).append(n)
        self._families.setdefault(identity.story, []).append(n)
        if leads:
            number = version_number(identity.version)
            self._versions[identity.uri] = max(number, self._versions.get(identity.uri, 0))
        if entry.held is not None and entry.embargoed_until is not None:
            self.held[n] = entry.embargoed_until
        if identity.relation == "kill":
            self.kills.append(n)
        elif not entry.slim:
            marks = self.profile_of(entry)
            self.texts.add(n, marks, entry.fingerprint)
            self._text_queue.append(n)
        self._id_queue.append(n)

    def _forget(self, n: int) -> None:
        row = self.rows.pop(n)
        entry = self.find(row.key)
        self._keys.pop(row.key, None)
        self._fresh.pop(row.key, None)
        self._profiles.pop(n, None)
        if entry is not None:
            if row.text and entry.identity.relation != "kill":
                self.texts.discard(n, entry_profile(entry))
            for one in entry_ids(entry):
                _take_out(self._ids, one, n)
            for mark in entry_prints(entry):
                _take_out(self._prints, mark, n)
        _take_out(self._families, row.story, n)
        if row.leads and not any(self.rows[s].uri == row.uri for s in self._families.get(row.story, ())):
            self._versions.pop(row.uri, None)

    def _keep_profile(self, n: int, ready: Profile) -> None:
        self._profiles[n] = ready
        if len(self._profiles) > _PROFILES:
            self._profiles.popitem(last=False)

    def _keep_fresh(self, entry: Entry) -> None:
        """Hold on to an entry until the store has it: a key that the caller has written is dropped from here."""
        self._fresh[entry.key] = entry
        self._fresh.move_to_end(entry.key)
        for _ in range(2):
            oldest = next(iter(self._fresh))
            if oldest == entry.key or self._store.get(oldest) != self._fresh[oldest]:
                return
            del self._fresh[oldest]


def entry_profile(entry: Entry) -> Profile:
    """The comparable parts of an entry."""
    return profile(
        entry.headline,
        entry.paragraphs,
        at=entry.at,
        created=entry.version_created,
        kind=entry.kind,
        language=entry.language,
        source=entry.source,
        distributors=entry.distributors,
        slugline=entry.slugline,
        keywords=entry.keywords,
        city=entry.city,
        dated=entry.dated,
        days=entry.day_marks,
        signals=entry.signals,
    )


def entry_ids(entry: Entry) -> list[str]:
    """Every id an entry can be found by: its own uri, the one it was published under, the agency's full ids."""
    found = {entry.uri, entry.identity.uri}
    found.update(alt.value for alt in entry.alt_ids if alt.role != "ref" and telling_id(alt.value))
    return sorted(found)


def telling_id(value: str) -> bool:
    """Whether an id names one item for good. Agencies use short ones again: ``TX-PAR-ABC12`` is another day's too."""
    return ":" in value or "/" in value or len(value) >= 20


def entry_prints(entry: Entry) -> list[bytes]:
    """The hashes that find exact copies of an entry."""
    marks = [_print("sha", f"{entry.sha256}#{entry.index}"), _print("exact", entry.fingerprint.exact)]
    if words_in(entry) >= BODY_ALONE:
        marks.append(_print("body", entry.fingerprint.body))
    return marks


BODY_ALONE = 40
"""Words a body must have to tell a story without its headline: "Qtly div 10 cts vs 10 cts" is any company's."""


def words_in(entry: Entry) -> int:
    """About how many words the entry's body has: shingles and two."""
    return entry.fingerprint.shingles + 2


def _print(kind: str, value: str) -> bytes:
    return hashlib.blake2b(f"{kind}:{value}".encode(), digest_size=12).digest()


def _take_out(listed: dict[K, list[int]], key: K, n: int) -> None:
    found = listed.get(key)
    if found is None:
        return
    if n in found:
        found.remove(n)
    if not found:
        del listed[key]


def version_number(version: str | None) -> int:
    """A version as a number to count on from: ``"3"`` → 3; what is no number counts as 1."""
    return int(version) if version and version.isascii() and version.isdigit() and len(version) <= 18 else 1


def headline_words(headline: str) -> tuple[str, ...]:
    """A headline as canonical words, for telling whether a kill names it."""
    return tuple(words(headline))
