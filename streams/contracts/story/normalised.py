"""All that can be said of a story without knowing any other: what goes from normalise to identify. Only shape."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec

from streams.contracts.story.clean import Cut, Dateline, DateMention, Signals
from streams.contracts.story.located import CountryTag, Mention, RegionTag
from streams.contracts.story.raw import AgencyPlace, AltId, InfoSource, Kind, Origin, PubStatus


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
