"""The enriched record ``story.v1`` and the outcome line of ``newswire process``; shapes only, decided elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from streams.contracts.story import CountryTag, Cut, Dateline, DateMention, Kind, Mention, RegionTag

Relation = Literal["new", "duplicate", "update", "correction", "kill"]
Outcome = Literal["published", "duplicate", "held", "rejected"]


@dataclass(frozen=True, slots=True)
class Related:
    """The earlier record that this one relates to. ``similarity`` 0 to 1; ``method`` names the evidence."""

    uri: str
    version: str
    similarity: float | None
    method: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that moved between two versions.

    ``what``: paragraph_added, paragraph_removed, paragraph_edited, figure, headline. ``index``: the paragraph in the
    new body (0-based; in the old one for a removal). ``before`` and ``after``: the words on each side, or None.
    """

    what: Literal["paragraph_added", "paragraph_removed", "paragraph_edited", "figure", "headline"]
    index: int | None
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Identity:
    """What the identity stage decides of one story. ``uri`` and ``version`` are the ones it is published under.

    ``explanation`` is one paragraph for a person: what it was compared with and why it was joined or kept apart.
    """

    uri: str
    version: str
    story: str
    relation: Relation
    of: Related | None
    changes: tuple[Change, ...]
    explanation: str


@dataclass(frozen=True, slots=True)
class StoryRecord:
    """The enriched record (``story.v1``), fields as in the contract. ``item`` is a strict ninjs 3.1 object."""

    item: dict[str, Any]
    story: str
    relation: Relation
    of: Related | None
    changes: tuple[Change, ...]
    kind: Kind
    dateline: Dateline | None
    countries: tuple[CountryTag, ...]
    mentions: tuple[Mention, ...]
    regions: tuple[RegionTag, ...]
    desks: tuple[str, ...]
    dates: tuple[DateMention, ...]
    removed: tuple[Cut, ...]
    provenance: dict[str, Any]
    warnings: tuple[str, ...]
    explanation: str
    processed: datetime


@dataclass(frozen=True, slots=True)
class ProcessLine:
    """One line of ``newswire process``."""

    input: str
    index: int
    outcome: Outcome
    reason: str | None
    record: StoryRecord | None
    detail: str | None = None
