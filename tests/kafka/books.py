"""Everything that a run put on its topics, entered as it is read. Pure: reads no broker, judges nothing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from streams.contracts import codec, headers, topics

SEND_HEADER = "x-send"
"""On every raw message that is fed: the name of the send. The producer may write one twice; both are then inputs."""
_PROCESSED = re.compile(rb'"processed":"[^"]*"')
_ALERTS = ("flash", "alert", "urgent")


@dataclass(frozen=True, slots=True)
class Read:
    """One record of a topic. ``at``: its timestamp, seconds since the epoch."""

    topic: str
    partition: int
    offset: int
    at: float
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one input became: a record on the stories or duplicates topic."""

    topic: str
    uri: str
    version: str
    relation: str
    of: tuple[str, str] | None
    at: float
    goes_to: frozenset[str] = frozenset()
    restates: str | None = None


@dataclass(slots=True)
class Books:
    """Everything that was read so far, in the shape that :func:`balance` and :func:`ahead` need."""

    inputs: dict[str, tuple[str, float]] = field(default_factory=dict)
    """Input (``topic/partition/offset``) → name of its send, and when it was fed."""
    normalised: dict[tuple[int, int], str] = field(default_factory=dict)
    """Place in the normalised topic → the input it came of; "" for records that are none, as wake records are."""
    answers: dict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    dead: dict[str, list[tuple[bytes | None, bytes | None]]] = field(default_factory=lambda: defaultdict(list))
    """Input → the dead letters of it, key and bytes."""
    remembered: set[str] = field(default_factory=set)
    """Inputs that the changelog has an entry of."""
    contents: dict[tuple[str, str, str], set[bytes]] = field(default_factory=lambda: defaultdict(set))
    written: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """How often something was written under each (topic, key, version or input)."""
    newest: dict[str, str] = field(default_factory=dict)
    """uri → version of the last record on the compacted topic."""

    def add(self, records: Iterable[Read]) -> None:
        """Enter *records*; each topic partition's in order."""
        for record in records:
            name = record.topic
            if name == topics.RAW.name:
                sent = headers.value_of(record.headers, SEND_HEADER)
                self.inputs[_place(record)] = (sent or "", record.at)
            elif name == topics.NORMALISED.name:
                kind = (headers.value_of(record.headers, headers.RECORD_KIND) or "").encode()
                story = codec.loads(record.value or b"") if kind in (b"", headers.STORY) else None
                origin = story["provenance"]["origin"] if story else None
                where = f"{origin['name']}/{origin['partition']}/{origin['offset']}" if origin else ""
                self.normalised[record.partition, record.offset] = where
            elif name == topics.DEAD_LETTERS.name:
                where = "/".join(
                    headers.value_of(record.headers, f"{headers.DEAD_PREFIX}{part}") or ""
                    for part in ("topic", "partition", "offset")
                )
                self.dead[where].append((record.key, record.value))
            elif name.endswith("-changelog"):
                if record.value is not None:
                    entry = (record.key or b"").decode().split("/", 2)[2]
                    self.remembered.add(entry.split("#")[0])
            else:
                self._enter(record)

    def _enter(self, record: Read) -> None:
        value = record.value or b""
        story = codec.loads(value)
        answer = answer_of(record, story)
        under = story["provenance"]["input"] if record.topic == topics.DUPLICATES.name else answer.version
        place = (record.topic, answer.uri, under)
        self.written[place] += 1
        self.contents[place].add(_PROCESSED.sub(b"", value) + repr(sorted(record.headers)).encode())
        if record.topic in (topics.STORIES.name, topics.DUPLICATES.name):
            self.answers[story["provenance"]["input"]].append(answer)
        elif record.topic == topics.LATEST.name:
            self.newest[answer.uri] = answer.version


def answer_of(record: Read, story: Mapping[str, Any]) -> Answer:
    """Return what *record*, a story as JSON, answers; ``goes_to`` as the contract tells a subscriber."""
    relation, restates = story["relation"], story["restates"]
    goes = set()
    if record.topic == topics.STORIES.name:
        goes = {topics.LATEST.name, *(topics.desk_topic(desk).name for desk in story["desks"])}
        if relation in ("correction", "kill"):
            goes.add(topics.RETRACTIONS.name)
        if story["kind"] in _ALERTS and restates is None:
            goes.add(topics.ALERTS.name)
    return Answer(
        record.topic,
        story["item"]["uri"],
        story["item"]["version"],
        relation,
        (story["of"]["uri"], story["of"]["version"]) if story["of"] else None,
        record.at,
        frozenset(goes),
        restates,
    )


def _place(record: Read) -> str:
    return f"{record.topic}/{record.partition}/{record.offset}"
