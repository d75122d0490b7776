"""What an agency sent, and the stories that a format parser finds in it. No behaviour beyond their shape."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec

Kind = Literal["flash", "alert", "urgent", "story", "advisory", "kill"]
"""Flash and alert: one line, no headline. Urgent: first paragraphs. Advisory: to editors, not for print.
Kill: withdraws earlier copy."""

PubStatus = Literal["usable", "withheld", "canceled"]


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
