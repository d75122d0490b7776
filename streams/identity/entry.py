"""What the identity stage remembers of one story, and what it answers; shapes only, decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, Protocol

from streams.contracts.record import Identity
from streams.contracts.story import AltId, Fingerprint, Kind, NormalisedStory, PubStatus, Signals

Decided = Literal["published", "duplicate", "held"]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A story that was published again because its parent came: the key of its entry, and its answer then."""

    key: str
    identity: Identity


@dataclass(frozen=True, slots=True)
class Entry:
    """One processed story, as later decisions need it. Persisted under ``key``, JSON-able throughout.

    ``key``: ``<origin>#<index>``. ``sequence``: the place in the order of decisions, from 1; loading sorts by it.
    ``at``: ``provenance.received``, else ``version_created``, else None. ``uri`` and ``agency_version`` are the
    story's own; what it was given is in ``identity``, and ``outcome`` is the one answered first, so that a replay is
    answered the same. ``copies``: for a duplicate, the key of the record it copies. ``killed``: a kill withdrew it.
    ``held``: the whole story while an embargo holds it back. ``slim``: the text window has passed and the words were
    let go; what is left serves ids and replays. ``first_version``: the version it was first published under, once a
    re-tag has moved ``identity.version`` on; None before.

    ``first``: what was answered at first, once a parent that came late or a family that joined another has changed
    ``identity``. ``corrected``: the stories that this one set right when it came late, each with the answer given then.
    ``placed``: its place in the order of the family, where that is not its arrival. ``whole``: the rest of the story,
    packed, while a parent that comes late may still ask for it to be published again. ``released``: what a held story
    came out as.
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
    whole: str | None = None
    first: Identity | None = None
    corrected: tuple[Corrected, ...] = ()
    placed: int | None = None
    released: Decided | None = None

    @property
    def answered(self) -> Identity:
        """The identity as it was first answered: what a replay of its input is answered again."""
        if self.first is not None:
            return self.first
        return self.identity if self.first_version is None else replace(self.identity, version=self.first_version)


class Store(Protocol):
    """Where entries are kept. The engine only reads; the caller writes ``Outcome.writes`` when it is safe to."""

    def get(self, key: str) -> Entry | None:
        """The entry under ``key``, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Result:
    """One story with its answer. ``story`` is the one given (or held); what it is published as is in ``identity``."""

    outcome: Decided
    story: NormalisedStory
    identity: Identity


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one call decided. ``writes``: key → entry to persist, None deletes, once the results are durable.

    ``replayed``: this origin was decided before; the results are those given then and there is nothing to write.
    """

    results: tuple[Result, ...]
    writes: tuple[tuple[str, Entry | None], ...]
    replayed: bool = False
