"""What the identity stage remembers of one story, and what it answers; shapes only, decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, Protocol

from streams.contracts.record import Identity, Relation
from streams.contracts.story import AltId, Fingerprint, Kind, NormalisedStory, PubStatus, Signals

Decided = Literal["published", "duplicate", "held"]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A story that was published again because its parent came: the key of its entry, and its answer then."""

    key: str
    identity: Identity


@dataclass(frozen=True, slots=True)
class Numbered:
    """The key of an entry and its place in the order of decisions: what loading sorts by. Read from an entry's JSON."""

    key: str
    sequence: int


@dataclass(frozen=True, slots=True)
class FiledMethod:
    """Of :class:`streams.contracts.record.Related`, what filing needs."""

    method: str


@dataclass(frozen=True, slots=True)
class FiledIdentity:
    """Of :class:`streams.contracts.record.Identity`, what filing needs."""

    uri: str
    version: str
    story: str
    relation: Relation
    of: FiledMethod | None


@dataclass(frozen=True, slots=True)
class Present:
    """A value that is there, whatever it is."""


@dataclass(frozen=True, slots=True)
class Filed:
    """The fields of :class:`Entry` that the index is built from, read from an entry's JSON in a third of the time."""

    key: str
    sequence: int
    at: datetime | None
    received: datetime | None
    version_created: datetime | None
    uri: str
    alt_ids: tuple[AltId, ...]
    fingerprint: Fingerprint
    kind: Kind
    words: str
    slug: str | None
    embargoed_until: datetime | None
    outcome: Decided
    identity: FiledIdentity
    held: Present | None
    slim: bool
    placed: int | None


@dataclass(slots=True)
class Entry:
    """One processed story, as later decisions need it. Persisted under ``key``, JSON-able throughout.

    ``key``: ``<origin>#<index>``. ``sequence``: the place in the order of decisions, from 1; loading sorts by it.
    ``at``: ``provenance.received``, else ``version_created``, else None. ``uri`` and ``agency_version`` are the
    story's own; what it was given is in ``identity``, and ``outcome`` is the one answered first, so that a replay is
    answered the same. ``copies``: for a duplicate, the key of the record it copies. ``killed``: a kill withdrew it.
    ``held``: the whole story while an embargo holds it back. ``slim``: the text window has passed and the words were
    let go; what is left serves ids and replays. ``first_version``: the version it was first published under, once a
    re-tag has moved ``identity.version`` on; None before.

    ``words``: the telling words that it is filed under in the index, with a space between, and ``slug`` the key of its
    slug: with these at hand a worker that starts files a hundred thousand entries without reading their copy again.

    ``first``: what was answered at first, once a parent that came late or a family that joined another has changed
    ``identity``. ``corrected``: the stories that this one set right when it came late, each with the answer given then.
    ``placed``: its place in the order of the family, where that is not its arrival. ``released``: what a held story
    came out as. ``agencies``: who wrote it, by the names of its credits.

    Nobody writes to one once made; it is not frozen, for every story has one and it has 38 fields: frozen ones take
    three times as long to make.
    """

    key: str
    sequence: int
    origin: str
    index: int
    source: str | None
    at: datetime | None
    received: datetime | None
    version_created: datetime | None
    uri: str
    agency_version: str | None
    alt_ids: tuple[AltId, ...]
    sha256: str
    fingerprint: Fingerprint
    kind: Kind
    language: str | None
    slugline: str | None
    keywords: tuple[str, ...]
    headline: str
    paragraphs: tuple[str, ...]
    words: str
    slug: str | None
    city: str | None
    dated: date | None
    countries: tuple[str, ...]
    distributors: tuple[str, ...]
    pub_status: PubStatus
    signals: Signals
    day_marks: tuple[date, ...]
    embargoed_until: datetime | None
    outcome: Decided
    identity: Identity
    copies: str | None = None
    killed: bool = False
    held: NormalisedStory | None = None
    slim: bool = False
    first_version: str | None = None
    first: Identity | None = None
    corrected: tuple[Corrected, ...] = ()
    placed: int | None = None
    released: Decided | None = None
    agencies: tuple[str, ...] = ()

    @property
    def answered(self) -> Identity:
        """The identity as it was first answered: what a replay of its input is answered again."""
        if self.first is not None:
            return self.first
        return self.identity if self.first_version is None else replace(self.identity, version=self.first_version)


Kept = Entry | NormalisedStory
"""What is persisted: the entry under its key and, beside it, the story itself under :func:`story_key` for minutes."""
Write = tuple[str, Kept | None]
"""A key and what to persist under it; None deletes."""
_STORY = "~"


def story_key(key: str) -> str:
    """The key of a published story, of its entry's: kept while a parent that comes late may still ask for it to be
    published again. Keys of entries end with a digit."""
    return key + _STORY


def entry_key(key: str) -> str | None:
    """The key of the entry that a story is kept for; None for any other key."""
    return key[: -len(_STORY)] if key.endswith(_STORY) else None


class Store(Protocol):
    """Where entries are kept. The engine only reads; the caller writes ``Outcome.writes`` when it is safe to."""

    def get(self, key: str) -> Entry | None:
        """The entry under ``key``, or None."""
        ...

    def filed(self, key: str) -> Entry | Filed | None:
        """What the index needs of the entry under ``key``, or None: less to decode where values are bytes."""
        ...

    def story(self, key: str) -> NormalisedStory | None:
        """The story kept for the entry under ``key``, or None."""
        ...


@dataclass(slots=True)
class Result:
    """One story with its answer. ``story`` is the one given (or held); what it is published as is in ``identity``."""

    outcome: Decided
    story: NormalisedStory
    identity: Identity


@dataclass(slots=True)
class Outcome:
    """What one call decided. ``writes``: what to persist once the results are durable, in this order.

    ``replayed``: this origin was decided before; the results are those given then and there is nothing to write.
    """

    results: tuple[Result, ...]
    writes: tuple[Write, ...]
    replayed: bool = False
