"""The topic catalogue: every topic, its key, value and retention, declared once; touches no broker.

Provisioning, the AsyncAPI document, the docs tables and the tests are made from :data:`TOPICS`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS

MAX_RECORD_BYTES = 64 * 1024 * 1024
"""What the raw and dead-letter topics take, so that even an oversized message is kept byte for byte."""
HEADER_ROOM = 64 * 1024
"""What a dead letter may hold beyond its original: the headers that say why."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. ``schema`` names a file in ``schemas/`` (without suffix), None for raw bytes.

    ``retention_ms`` -1 keeps for ever; ``per_partition`` is False for topics that need not have as many
    partitions as the raw topic. ``writer`` and ``readers`` are roles, for the docs and for ACLs.
    """

    name: str
    summary: str
    key: str
    schema: str | None
    content_type: str
    retention_ms: int
    cleanup: Literal["delete", "compact", "compact,delete"] = "delete"
    max_record_bytes: int = 4 * 1024 * 1024
    writer: str = "worker"
    internal: bool = False


RAW = Topic(
    "wire.raw.v1",
    "Raw messages, bytes exactly as the agency sent them.",
    "free; a feeder's own choice, the agency's name by default",
    None,
    "application/octet-stream",
    7 * DAY_MS,
    max_record_bytes=MAX_RECORD_BYTES,
    writer="feeder",
)
DEAD_LETTERS = Topic(
    "wire.raw.v1.dlq",
    "Messages that can never be processed: the original bytes, key and headers, and why.",
    "as the original",
    None,
    "application/octet-stream",
    30 * DAY_MS,
    max_record_bytes=MAX_RECORD_BYTES + HEADER_ROOM,
)
NORMALISED = Topic(
    "wire.normalised.v1",
    "Clean, dated, located, fingerprinted stories, before identity, in the order they were decided in. Ours alone.",
    "identity shard (the language; en when unknown)",
    "normalised.v1",
    "application/json",
    7 * DAY_MS,  # as long as the raw topic: a replay needs the order in which both were read
    max_record_bytes=16 * 1024 * 1024,
    internal=True,
)
STORIES = Topic(
    "wire.stories.v1",
    "Every accepted version of every story.",
    "item.uri",
    "story.v1",
    "application/json",
    7 * DAY_MS,
    max_record_bytes=16 * 1024 * 1024,
)
LATEST = Topic(
    "wire.latest.v1",
    "Compacted: the newest version of each story.",
    "item.uri",
    "story.v1",
    "application/json",
    -1,
    cleanup="compact",
    max_record_bytes=16 * 1024 * 1024,
)
ALERTS = Topic(
    "wire.alerts.v1",
    "Flashes, alerts and urgents only, first out.",
    "item.uri",
    "story.v1",
    "application/json",
    7 * DAY_MS,
)
RETRACTIONS = Topic(
    "wire.retractions.v1",
    "Corrections and kills: whoever printed the earlier version must act.",
    "item.uri",
    "story.v1",
    "application/json",
    30 * DAY_MS,
    max_record_bytes=16 * 1024 * 1024,
)
DUPLICATES = Topic(
    "wire.duplicates.v1",
    "Copies, each pointing at the record it copies.",
    "item.uri",
    "story.v1",
    "application/json",
    3 * DAY_MS,
    max_record_bytes=16 * 1024 * 1024,
)

TOPICS: tuple[Topic, ...] = (RAW, DEAD_LETTERS, NORMALISED, STORIES, LATEST, ALERTS, RETRACTIONS, DUPLICATES)

DESK_PREFIX = "wire.desk."


def desk_name(desk: str) -> str:
    """Return the name of a desk's topic: ``africa`` → ``wire.desk.africa.v1``."""
    return f"{DESK_PREFIX}{desk}.v1"


def desk_topic(desk: str) -> Topic:
    """Return the topic of one desk."""
    return Topic(
        desk_name(desk),
        f"Stories routed to the desk {desk}.",
        "item.uri",
        "story.v1",
        "application/json",
        7 * DAY_MS,
        max_record_bytes=16 * 1024 * 1024,
    )


STATE_TABLE = "identity"
"""Name of the one table: what identity remembers of each story in the window."""


def changelog_topic(app_id: str) -> Topic:
    """Return the changelog of the identity table, under the name that Faust gives it."""
    return Topic(
        f"{app_id}-{STATE_TABLE}-changelog",
        "Changelog of the identity state: read back when a worker starts.",
        "state key",
        None,
        "application/json",
        -1,
        cleanup="compact",
        max_record_bytes=16 * 1024 * 1024,
        internal=True,
    )


def catalogue(app_id: str, desks: Iterable[str]) -> tuple[Topic, ...]:
    """Return every topic of an installation: the fixed ones, one per desk, the changelog."""
    return (*TOPICS, *(desk_topic(desk) for desk in desks), changelog_topic(app_id))


_LIMITS = {topic.name: topic.max_record_bytes for topic in TOPICS}
_DESK_LIMIT = desk_topic("").max_record_bytes


def limit_of(name: str) -> int:
    """Return the bytes that a record on the topic called *name*, a desk's perhaps, may have."""
    return _LIMITS.get(name, _DESK_LIMIT)
