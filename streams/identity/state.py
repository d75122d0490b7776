"""What one partition remembers, in memory over a store it only reads; it keeps books and decides nothing."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from streams.contracts.story import NormalisedStory
from streams.identity.entry import Entry, Filed, Store, story_key
from streams.identity.index import Marks, TextIndex
from streams.identity.marks import (
    entry_ids,
    entry_marks,
    entry_prints,
    entry_profile,
    print_key,
    repeats,
    version_number,
)
from streams.identity.members import Members
from streams.identity.postings import Postings
from streams.identity.profile import Profile
from streams.identity.queues import Waiting
from streams.identity.rows import Row, Rows
from streams.identity.settings import HOUR, IdentitySettings
from streams.identity.unwritten import Unwritten

_PROFILES = 128
"""Profiles kept ready: what is compared is nearly always recent, and one of long copy takes 100 kB."""
_STEADY = 8
"""The clock is the least of the last eight times received, so that one bogus date in the future expires nothing."""


class IdentityState:
    """The index of one partition. ``store`` is read, never written; see ``decide`` for what to persist."""

    def __init__(self, settings: IdentitySettings, store: Store) -> None:
        self.settings = settings
        self._store = store
        self._unwritten = Unwritten(store)
        self._profiles: OrderedDict[int, Profile] = OrderedDict()
        self.rows = Rows()
        self.texts = TextIndex()
        self._ids = Postings()
        self._prints = Postings()
        self.families = Members(self.rows)
        self.held: dict[int, datetime] = {}
        self.kills: deque[int] = deque(maxlen=512)
        self.settling = Waiting(settings.settle_minutes / 60, settings.max_unsettled)
        self.texts_due = Waiting(settings.text_window_hours, settings.max_texts)
        self.entries_due = Waiting(settings.id_window_hours, settings.max_entries)
        self._times: deque[float] = deque(maxlen=_STEADY)
        self.clock: float | None = None
        self._sequence = 0

    # ---- reading

    def sizes(self) -> dict[str, int]:
        """What is held now: entries, texts, families, held stories, LSH bucket entries, words."""
        return {
            "entries": len(self.rows),
            "texts": len(self.texts),
            "families": len(self.families),
            "held": len(self.held),
            "lsh_buckets": self.texts.buckets,
            "words": self.texts.words,
        }

    def find(self, key: str) -> Entry | None:
        """The entry under a key, written already or not."""
        return self._unwritten.entry(key)

    def unsettled(self, entry: Entry) -> bool:
        """Whether a story went out a moment ago as it was, so that a parent that comes late may still change it."""
        head = self.settling.head
        if head is None or entry.sequence < head or entry.killed or entry.slim or entry.first_version is not None:
            return False
        return entry.outcome == "published" and entry.identity.relation != "kill"

    def story(self, entry: Entry) -> NormalisedStory | None:
        """The story of an entry as it was given; None once it has settled."""
        return self._unwritten.story(story_key(entry.key)) if self.unsettled(entry) else None

    def entry(self, sequence: int) -> Entry | None:
        """The entry of a number; None once it is gone."""
        row = self.rows.get(sequence)
        return self.find(row.key) if row else None

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
        return sorted({s for i in ids for s in self._ids.get(i)})

    def by_print(self, kind: str, value: str) -> list[int]:
        """Entries with this text (``exact``) or this body (``body``), oldest first."""
        return list(self._prints.get(print_key(kind, value)))

    def latest_version(self, uri: str) -> int | None:
        """The highest version published or held under a uri, None for a uri not used yet."""
        filed = self._ids.get(uri)
        if not filed:
            return None
        rows, key = [self.rows[n] for n in filed], hash(uri)
        return max([row.number for row in rows if row.leads and row.uri == key], default=None)

    def near(self, row: Row, at: float | None) -> bool:
        """Whether an entry's words may still be compared with copy of this time."""
        if not row.text:
            return False
        return row.at is None or at is None or abs(at - row.at) <= self.settings.text_window_hours * HOUR

    # ---- writing

    def load(self, known: Iterable[tuple[int, str]], unsettled: Collection[str] = ()) -> None:
        """Fill an empty state from the store: ``known`` gives each entry's sequence and key, in any order, and
        ``unsettled`` the keys of the entries whose story is kept. Raises ValueError when the state is not empty.

        Each entry is read in its turn and none is kept, for a million take gigabytes.
        """
        for _ in self.loading(known, unsettled):
            pass

    def loading(self, known: Iterable[tuple[int, str]], unsettled: Collection[str] = ()) -> Iterator[None]:
        """Do what :meth:`load` does, an entry at a step: a million take minutes, and others may have to be seen to."""
        if len(self.rows):
            raise ValueError("load() needs an empty state")
        for _, key in sorted(known):
            entry = self._store.filed(key)
            if entry is not None:
                self._enter(entry, None, key in unsettled)
            yield

    def add(self, entry: Entry, profile: Profile, marks: Marks, story: NormalisedStory | None = None) -> None:
        """Remember a new entry, and its story until it settles; both are found at once, whether the caller has
        written them yet or not."""
        self._enter(entry, marks, story is not None)
        self._keep_profile(entry.sequence, profile)
        if story is not None:
            self._unwritten.keep(story_key(entry.key), story)
        self._unwritten.keep(entry.key, entry)
        self._unwritten.check(entry.key)

    def change(self, entry: Entry) -> None:
        """Put an entry's new form (killed, released, re-tagged, slim) in the place of the old one."""
        row = self.rows[entry.sequence]
        row.number = version_number(entry.identity.version)
        if row.story != hash(entry.identity.story):
            self.families.move(row, entry.sequence, entry.identity.story)
        row.place = entry.placed or entry.sequence
        row.text = row.text and not entry.slim
        if entry.held is None:
            self.held.pop(entry.sequence, None)
        self._unwritten.keep(entry.key, entry)

    # ---- letting go

    def unindex(self, entry: Entry) -> None:
        """Take an entry out of the text index."""
        row = self.rows[entry.sequence]
        if row.indexed:
            marks = entry_marks(entry)
            self.texts.discard(entry.sequence, marks)
            row.indexed = False

    def forget(self, sequence: int) -> None:
        """Let go of all that is held of an entry."""
        row = self.rows[sequence]
        entry = self.find(row.key)
        if entry is not None:
            self.unindex(entry)
            for one in entry_ids(entry):
                self._ids.discard(one, sequence)
            for mark in entry_prints(entry):
                self._prints.discard(mark, sequence)
        self._unwritten.forget(row.key)
        self._profiles.pop(sequence, None)
        self.families.discard(row, sequence)
        del self.rows[sequence]

    def drop_story(self, key: str) -> str:
        """Let go of the story of the entry under a key; the key that the story is kept under."""
        key = story_key(key)
        self._unwritten.forget(key)
        return key

    def drop_profile(self, sequence: int) -> None:
        """Let go of an entry's comparable parts."""
        self._profiles.pop(sequence, None)

    # ---- inside

    def _enter(self, entry: Entry | Filed, marks: Marks | None, unsettled: bool) -> None:
        n, identity = entry.sequence, entry.identity
        leads, text, kill = entry.outcome != "duplicate", not entry.slim, identity.relation == "kill"
        indexed = text and not kill and not repeats(entry)
        at, created, received = entry.at, entry.version_created, entry.received
        moment = at.timestamp() if at else None
        self.rows.add(
            n,
            entry.key,
            moment,
            created.timestamp() if created else None,
            identity.story,
            identity.uri,
            identity.uri if entry.uri == identity.uri else entry.uri,
            version_number(identity.version),
            entry.placed or n,
            leads,
            text,
            indexed,
        )
        self._sequence = max(self._sequence, n)
        if received is not None:
            self._times.append(moment if moment is not None and received is at else received.timestamp())
            self.clock = min(self._times)
        for one in entry_ids(entry):
            if leads or one not in self._ids:
                self._ids.add(one, n)
        for mark in entry_prints(entry):
            self._prints.add(mark, n)
        self.families.add(identity.story, n, leads)
        if entry.held is not None and entry.embargoed_until is not None:
            self.held[n] = entry.embargoed_until
        if kill:
            self.kills.append(n)
        if indexed:
            self.texts.add(n, marks if marks is not None else entry_marks(entry))
        if text:
            self.texts_due.append(n)
        if unsettled:
            self.settling.append(n)
        self.entries_due.append(n)

    def _keep_profile(self, n: int, ready: Profile) -> None:
        self._profiles[n] = ready
        if len(self._profiles) > _PROFILES:
            self._profiles.popitem(last=False)
