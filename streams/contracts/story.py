"""The values that the pure stages hand to each other, frozen; no behaviour beyond their shape.

Dataclasses, but for those that a story has dozens of, and the stories with their dozens of fields: as msgspec structs
they are made in a sixth to a third of the time and written in half to three quarters of it, and the garbage collector
does not walk them. None of them can be part of a cycle. :func:`streams.contracts.structs.replace` is for them.

Offsets are always Unicode code points, ``start`` inclusive, ``end`` exclusive. Times are aware datetimes
in UTC, dates are ``datetime.date``. ``None`` means unknown: no stage invents a value.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import msgspec

Kind = Literal["flash", "alert", "urgent", "story", "advisory", "kill"]
"""Flash and alert: one line, no headline. Urgent: first paragraphs. Advisory: to editors, not for print.
Kill: withdraws earlier copy."""

PubStatus = Literal["usable", "withheld", "canceled"]
Field = Literal["headline", "body", "raw"]
"""Which text offsets count in: ``item.headlines[0].value``, ``item.bodies[0].value``, or the decoded raw text."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a raw message came from: a topic with partition and offset, or a path or envelope id.

    ``str(origin)`` is its key in the state: the same input read again has the same origin.
    """

    name: str
    partition: int | None = None
    offset: int | None = None

    def __str__(self) -> str:
        return self.name if self.offset is None else f"{self.name}/{self.partition}/{self.offset}"


@dataclass(frozen=True, slots=True)
class RawMessage:
    """One message exactly as the agency sent it.

    ``received`` is the header or envelope field (when the newsroom got it), ``arrived`` the broker's timestamp
    of the raw record. Without a broker ``arrived`` is ``received``; both None for a bare file.
    """

    body: bytes
    origin: Origin
    source: str | None = None
    content_type: str | None = None
    received: datetime | None = None
    arrived: datetime | None = None


@dataclass(frozen=True, slots=True)
class AgencyPlace:
    """A place as the agency itself coded it. ``rel``: ``origin`` (dateline) or ``about``. ``country``: ISO alpha-2."""

    name: str | None
    country: str | None
    rel: Literal["origin", "about"]


@dataclass(frozen=True, slots=True)
class AltId:
    """One of the agency's own ids. ``role`` says which, e.g. ``guid``, ``newsItemId``, ``ref`` (names earlier copy)."""

    value: str
    role: str


@dataclass(frozen=True, slots=True)
class InfoSource:
    """Who the copy comes from. ``role``: ``agency`` (wrote it) or ``distributor`` (republished it)."""

    name: str
    role: Literal["agency", "distributor"]


class RawStory(msgspec.Struct, frozen=True, gc=False):
    """One story as a format parser found it, before the copy desk.

    ``copy`` is the decoded raw text that every receipt's offsets count in. For text formats it is the whole
    message, decoded and otherwise untouched (headline, captions, boilerplate and all): the copy desk does the
    rest. For structured formats it is the body as text, paragraphs parted by a blank line, and the other
    fields carry what the format says outright; the copy desk fills only those left None.
    ``paragraphs_per_line`` is True where every line is a paragraph; ``republished`` where a structured item carries
    the copy as a site or paper set it, with lines of the site's own in it.
    """

    index: int
    format: str
    parser: str
    copy: str
    provider: str | None = None
    uri: str | None = None
    version: str | None = None
    headline: str | None = None
    slugline: str | None = None
    by: str | None = None
    dateline: str | None = None
    located: str | None = None
    ed_note: str | None = None
    language: str | None = None
    urgency: int | None = None
    kind: Kind | None = None
    pub_status: PubStatus | None = None
    embargoed_until: datetime | None = None
    first_created: datetime | None = None
    version_created: datetime | None = None
    usage_terms: str | None = None
    copyright_notice: str | None = None
    captions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    alt_ids: tuple[AltId, ...] = ()
    info_sources: tuple[InfoSource, ...] = ()
    places: tuple[AgencyPlace, ...] = ()
    paragraphs_per_line: bool = False
    republished: bool = False
    warnings: tuple[str, ...] = ()


class Cut(msgspec.Struct, frozen=True, gc=False):
    """One span taken out of the copy: ``text == raw_story.copy[start:end]``. ``rule`` e.g. ``credits.agency-line``."""

    rule: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dateline:
    """``text`` as printed (``MOSCOW, Aug 29, 2014 (AFP) -``), ``country`` ISO 3166-1 alpha-2."""

    text: str
    city: str | None
    country: str | None
    date: date | None


class DateMention(msgspec.Struct, frozen=True, gc=False):
    """A relative or partial date and the day it means: ``on Tuesday`` → 2015-10-20."""

    field: Field
    start: int
    end: int
    text: str
    date: date


class Signals(msgspec.Struct, frozen=True, gc=False):
    """What an advisory or notice says was done, for identity. All from the copy itself, never guessed.

    ``verbs`` from the closed set adds, updates, recasts, raises, trims, clarifies, refiles, removes; ``paragraphs``
    the paragraph numbers it names (1-based); ``refers_to`` headline, slug or id text that a kill or correction
    names; ``lead`` the number in ``2nd lead``; ``take`` in ``(2 of 3)``.
    """

    verbs: tuple[str, ...] = ()
    corrects: bool = False
    kills: bool = False
    paragraphs: tuple[int, ...] = ()
    refers_to: tuple[str, ...] = ()
    lead: int | None = None
    take: int | None = None


class CleanStory(msgspec.Struct, frozen=True, gc=False):
    """One story after the copy desk: what can be printed, and the receipt of what was taken away.

    Invariant: ``"".join(body.split())`` equals ``copy`` minus every cut, white space removed. ``body`` is
    paragraphs parted by one blank line. ``headline_role`` is ``derived`` when the copy had none.
    ``reference_date`` is the day that relative dates were counted from.
    """

    raw: RawStory
    headline: str
    headline_role: Literal["main", "derived"]
    body: str
    kind: Kind
    language: str | None
    slugline: str | None
    by: str | None
    dateline: Dateline | None
    located: str | None
    ed_note: str | None
    urgency: int | None
    pub_status: PubStatus
    embargoed_until: datetime | None
    captions: tuple[str, ...]
    info_sources: tuple[InfoSource, ...]
    signals: Signals
    dates: tuple[DateMention, ...]
    reference_date: date | None
    cuts: tuple[Cut, ...]
    warnings: tuple[str, ...]


class Mention(msgspec.Struct, frozen=True, gc=False):
    """One place expression. ``kind``: country, demonym, city, capital, region, institution, supranational …

    ``country`` is ISO 3166-1 alpha-2, None for a place above countries or one left ambiguous.
    """

    field: Literal["headline", "body"]
    start: int
    end: int
    text: str
    kind: str
    country: str | None


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """A span that caused a tag, in the headline's or the body's value."""

    field: Literal["headline", "body"]
    start: int
    end: int


class CountryTag(msgspec.Struct, frozen=True, gc=False):
    """A country the story is about. ``score`` 0 to 1; ``roles`` among dateline, focus, actor, mention, agency."""

    code: str
    score: float
    roles: tuple[str, ...]
    evidence: tuple[Evidence, ...]


class RegionTag(msgspec.Struct, frozen=True, gc=False):
    """``scheme`` is ``m49`` (``code`` three digits) or ``named`` (``code`` a slug such as ``middle-east``).

    ``countries``: those that a named region implies, ISO 3166-1 alpha-2, sorted; the story need not name any of them.
    None of an M49 region: that one is there because the story's own countries lie in it.
    """

    code: str
    scheme: Literal["m49", "named"]
    name: str
    score: float
    countries: tuple[str, ...] = ()


class Located(msgspec.Struct, frozen=True, gc=False):
    """What the places stage says of a story."""

    mentions: tuple[Mention, ...]
    countries: tuple[CountryTag, ...]
    regions: tuple[RegionTag, ...]
    dateline_country: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What identity compares instead of the text.

    ``exact``: SHA-256 hex of the canonical words of headline and body. ``body``: of the body alone.
    ``signature``: base64 of the MinHash, little-endian uint32 each; empty for copy too short to shingle.
    ``shingles``: how many distinct shingles it was made of. ``scheme``: name and version of the method, so that
    fingerprints of two methods are never compared.
    """

    scheme: str
    exact: str
    body: str
    signature: str
    shingles: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a story came from and what read it. ``sha256`` is hex, of the raw bytes."""

    origin: Origin
    index: int
    sha256: str
    source: str | None
    format: str
    parser: str
    rules: str
    gazetteer: str
    received: datetime | None
    arrived: datetime | None


class NormalisedStory(msgspec.Struct, frozen=True, gc=False):
    """The value of ``wire.normalised.v1``: everything that can be said of a story without knowing any other.

    ``uri`` is the story's own id: the agency's, or ``urn:newswire:sha256:…`` of its normalised content.
    ``shard`` is the identity shard (the language; ``en`` when unknown).
    """

    uri: str
    agency_version: str | None
    headline: str
    headline_role: Literal["main", "derived"]
    body: str
    kind: Kind
    language: str | None
    shard: str
    slugline: str | None
    by: str | None
    dateline: Dateline | None
    located: str | None
    ed_note: str | None
    urgency: int | None
    pub_status: PubStatus
    embargoed_until: datetime | None
    first_created: datetime | None
    version_created: datetime | None
    usage_terms: str | None
    copyright_notice: str | None
    captions: tuple[str, ...]
    keywords: tuple[str, ...]
    alt_ids: tuple[AltId, ...]
    info_sources: tuple[InfoSource, ...]
    places: tuple[AgencyPlace, ...]
    signals: Signals
    dates: tuple[DateMention, ...]
    cuts: tuple[Cut, ...]
    mentions: tuple[Mention, ...]
    countries: tuple[CountryTag, ...]
    regions: tuple[RegionTag, ...]
    fingerprint: Fingerprint
    provenance: Provenance
    warnings: tuple[str, ...]
