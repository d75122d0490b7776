"""Kafka headers that we read and write: CloudEvents binary mode, trace context, dead letters. Decides nothing.

CloudEvents 1.0 Kafka protocol binding, binary mode: attributes are headers ``ce_*``, the value is the data,
``content-type`` its media type. ``traceparent`` and ``tracestate`` (W3C Trace Context) are carried through
unchanged. No header holds a clock reading: the same input gives the same headers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from streams.contracts import codec
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
    f"{DEAD_PREFIX}replays": "how often it has been sent again from the dead letters; absent for never",
}
"""Every header that a dead letter carries beside the original ones, and what it says.

The names are ours: a feeder's own header that begins so does not survive a replay."""
REPLAYS = f"{DEAD_PREFIX}replays"
"""The loop counter. A replayed message carries it on its way in, so that its next dead letter, if any, has it too."""


_SOURCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,63}")


def is_source(name: str) -> bool:
    """Whether *name* can stand for a provider: letters, digits, dots, dashes and single words, 64 signs at most.

    >>> is_source("afp"), is_source("AP Photo"), is_source("afp\\nce_type: x"), is_source("")
    (True, True, False, False)
    """
    return _SOURCE.fullmatch(name) is not None


def source_of(given: object) -> str | None:
    """Return the provider's name as labels, logs and records can bear it: printable, 64 signs at most; else None.

    >>> source_of("afp\\r\\nX-Forged: 1"), source_of(" afp "), source_of(7)
    ('afpX-Forged: 1', 'afp', None)
    """
    if not isinstance(given, str):
        return None
    if not given.isprintable():
        given = "".join(filter(str.isprintable, given))
    return given.strip()[:64] or None


def value_of(headers: Iterable[tuple[str, bytes]], name: str) -> str | None:
    """Return the last header called *name* (case does not count) as text, None if absent or empty."""
    found: bytes | None = None
    for key, value in headers:
        if (key == name or key.lower() == name) and value:
            found = value
    return None if found is None else found.decode("utf-8", "replace")


def carried(headers: Iterable[tuple[str, bytes]]) -> Headers:
    """Return the trace context headers, unchanged."""
    return [(key, value) for key, value in headers if key.lower() in CARRIED]


_SPEC_VERSION = ("ce_specversion", b"1.0")
_JSON = (CONTENT_TYPE, b"application/json")


def _cloud_event(id_: str, source: bytes, type_: str, subject: str, time: datetime | None) -> Headers:
    headers: Headers = [
        _SPEC_VERSION,
        ("ce_id", id_.encode()),
        ("ce_source", source),
        ("ce_type", type_.encode()),
        ("ce_subject", subject.encode()),
        _JSON,
    ]
    if time is not None:
        headers.append(("ce_time", codec.encode(time)[1:-1]))
    return headers


def for_normalised(story: NormalisedStory, trace: Headers) -> Headers:
    """Headers of a record on ``wire.normalised.v1``."""
    origin = f"{story.provenance.origin}#{story.provenance.index}"
    event = _cloud_event(
        origin, b"urn:newswire:normalise", "newswire.normalised.v1", story.uri, story.provenance.received
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
        id_, b"urn:newswire:identify", f"newswire.story.v1.{record.relation}", record.item["uri"], received
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


def replays_of(sent: Iterable[tuple[str, bytes]]) -> int:
    """Return how often a dead letter's message has been sent again; 0 for a count that is no number."""
    said = value_of(sent, REPLAYS)
    return int(said) if said is not None and re.fullmatch(r"[0-9]{1,9}", said) else 0


def for_replay(dead: Iterable[tuple[str, bytes]]) -> Headers:
    """The original headers of a dead letter, in order and unchanged, and the loop counter, one more than before."""
    dead = list(dead)
    original = [(name, value) for name, value in dead if not name.lower().startswith(DEAD_PREFIX)]
    return [*original, (REPLAYS, str(replays_of(dead) + 1).encode())]
