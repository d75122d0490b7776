"""The enriched record ``story.v1`` and the outcome line of ``newswire process``; shapes only, decided elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from streams.contracts.story import CountryTag, Cut, Dateline, DateMention, Kind, Mention, RegionTag

Relation = Literal["new", "duplicate", "update", "correction", "kill", "retag"]
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

    ``what``: paragraph_added, paragraph_removed, paragraph_edited, paragraph_moved, figure, headline; of a re-tag,
    whose words stay, country, region, desk. ``index``: the paragraph in the new body (0-based; in the old one for a
    removal), None for the headline and a tag; ``was``: the paragraph in the old body, where it had one. ``before`` and
    ``after``: the words on each side, or None; of a tag its code or name, in ``before`` for one lost, in ``after`` for
    one gained. A paragraph that only moved has neither. ``noun``: what a figure counts, as the new copy words it
    (``dead``, ``families``), or None.
    """

    what: Literal[
        "paragraph_added",
        "paragraph_removed",
        "paragraph_edited",
        "paragraph_moved",
        "figure",
        "headline",
        "country",
        "region",
        "desk",
    ]
    index: int | None
    before: str | None
    after: str | None
    was: int | None = None
    noun: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that the advisory says was done, held against what moved.

    ``verb``: one of ``Signals.verbs``, or ``corrects``. ``what``: what it names (``quotes``, ``toll``, ``Thursday, not
    Friday``), or None. ``paragraph``: the one it names, 1-based as the advisory counts, or None. ``agrees``: whether
    the copy bears it out; None where that cannot be told. ``change``: the place in ``changes`` of what shows it.
    """

    verb: str
    what: str | None
    paragraph: int | None
    agrees: bool | None
    change: int | None


@dataclass(frozen=True, slots=True)
class Retracted:
    """A record that carried killed or wrong text. ``input``: where it came from, as in its ``provenance``."""

    uri: str
    version: str
    relation: Relation
    outcome: Literal["published", "duplicate"]
    input: str


@dataclass(frozen=True, slots=True)
class Sent:
    """Another send of the same copy: where it came from, SHA-256 of its raw bytes, its provider, its record."""

    input: str
    sha256: str
    source: str | None
    uri: str
    version: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What the identity stage decides of one story. ``uri`` and ``version`` are the ones it is published under.

    ``explanation`` is one paragraph for a person: what it was compared with and why it was joined or kept apart.
    ``restates``: the version under the same uri whose words this one repeats with a better answer, for its parent came
    late. ``claims``: the advisory against ``changes``. ``retracts``: for a kill or correction, the records that carried
    the killed or wrong text, the newest at most 100 of ``retracted``. ``copies``: for a duplicate, the send it copies;
    ``printed``: for the agency's own send, the outlet's reprint of it that came first.
    """

    uri: str
    version: str
    story: str
    relation: Relation
    of: Related | None
    changes: tuple[Change, ...]
    explanation: str
    restates: str | None = None
    claims: tuple[Claim, ...] = ()
    retracts: tuple[Retracted, ...] = ()
    retracted: int = 0
    copies: Sent | None = None
    printed: Sent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRecord:
    """The enriched record (``story.v1``), fields as in the contract. ``item`` is a strict ninjs 3.1 object."""

    item: dict[str, Any]
    story: str
    relation: Relation
    of: Related | None
    restates: str | None = None
    changes: tuple[Change, ...]
    claims: tuple[Claim, ...] = ()
    retracts: tuple[Retracted, ...] = ()
    retracted: int = 0
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
