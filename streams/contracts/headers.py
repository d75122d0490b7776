"""Kafka headers that we read and write: CloudEvents binary mode, trace context, dead letters. Decides nothing.

CloudEvents 1.0 Kafka protocol binding, binary mode: attributes are headers ``ce_*``, the value is the data,
``content-type`` its media type. ``traceparent`` and ``tracestate`` (W3C Trace Context) are carried through
unchanged. No header holds a clock reading: the same input gives the same headers.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from streams.contracts.record import StoryRecord
from streams.contracts.story import NormalisedStory, Origin
from streams.errors import Reason

Headers = list[tuple[str, bytes]]

SOURCE = "source"
CONTENT_TYPE = "content-type"
RECEIVED = "received"
CARRIED = ("traceparent", "tracestate")

RECORD_KIND = "newswire-record"
"""On ``wire.normalised.v1``: ``story``, ``wake`` or ``retag``."""
WAKE = b"wake"
RETAG = b"retag"
STORY = b"story"

DEAD_PREFIX = "__streams.errors."
DEAD_HEADERS: dict[str, str] = {
    f"{DEAD_PREFIX}reason": "the closed reason code",
    f"{DEAD_PREFIX}message": "what was seen, in words",
    f"{DEAD_PREFIX}exception": "the exception class, for defects of ours",
    f"{DEAD_PREFIX}topic": "topic the message was read from",
    f"{DEAD_PREFIX}partition": "its partition there",
    f"{DEAD_PREFIX}offset": "its offset there",
    f"{DEAD_PREFIX}version": "version of newswire-streams that rejected it",
}
"""Every header that a dead letter carries beside the original ones, and what it says."""


def value_of(headers: Iterable[tuple[str, bytes]], name: str) -> str | None:
    """Return the last header called *name* (case does not count) as text, None if absent or empty."""
    found: str | None = None
    for key, value in headers:
        if key.lower() == name and value:
            found = value.decode("utf-8", "replace")
    return found


def carried(headers: Iterable[tuple[str, bytes]]) -> Headers:
    """Return the trace context headers, unchanged."""
    return [(key, value) for key, value in headers if key.lower() in CARRIED]


def _cloud_event(id_: str, source: str, type_: str, subject: str, time: datetime | None) -> Headers:
    headers: Headers = [
        ("ce_specversion", b"1.0"),
        ("ce_id", id_.encode()),
        ("ce_source", source.encode()),
        ("ce_type", type_.encode()),
        ("ce_subject", subject.encode()),
        (CONTENT_TYPE, b"application/json"),
    ]
    if time is not None:
        headers.append(("ce_time", time.isoformat().replace("+00:00", "Z").encode()))
    return headers


def for_normalised(story: NormalisedStory, trace: Headers) -> Headers:
    """Headers of a record on ``wire.normalised.v1``."""
    origin = f"{story.provenance.origin}#{story.provenance.index}"
    event = _cloud_event(
        origin, "urn:newswire:normalise", "newswire.normalised.v1", story.uri, story.provenance.received
    )
    return [*event, (RECORD_KIND, STORY), *trace]


def for_record(record: StoryRecord, received: datetime | None, trace: Headers) -> Headers:
    """Headers of an enriched record: ``ce_id`` is uri, ``#`` and version; ``ce_type`` ends in the relation.

    ``ce_id`` of a duplicate adds the input it came from, since a copy carries no version of its own.
    """
    id_ = f"{record.item['uri']}#{record.item['version']}"
    if record.relation == "duplicate":
        id_ = f"{id_}@{record.provenance['input']}#{record.provenance['index']}"
    event = _cloud_event(
        id_, "urn:newswire:identify", f"newswire.story.v1.{record.relation}", record.item["uri"], received
    )
    return [*event, *trace]


def for_dead_letter(
    original: Iterable[tuple[str, bytes]],
    reason: Reason,
    detail: str,
    exception: str | None,
    origin: Origin,
    version: str,
) -> Headers:
    """The original headers, in order and unchanged, then why and where from."""
    headers = list(original)
    added = {
        "reason": reason.value,
        "message": detail[:2000],
        "exception": exception,
        "topic": origin.name,
        "partition": str(origin.partition),
        "offset": str(origin.offset),
        "version": version,
    }
    headers += [(f"{DEAD_PREFIX}{name}", value.encode("utf-8", "replace")) for name, value in added.items() if value]
    return headers
