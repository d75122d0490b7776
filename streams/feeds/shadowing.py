"""The raw topic since a time through the pure pipeline, beside what was published then. Publishes and commits nothing.

Answers what this release, these desks, this gazetteer would make of the copy that the wire has had. The state is fresh:
what began before the time read is not known, so a story that updates or copies it comes out as new; reading in from
further back (``warm``) mends that. Stories are decided in the order that the workers decided them in, which is on
``wire.normalised.v1``; what is not there (it was rejected then) takes the place of its arrival. The raw copy of the
time is held in memory.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

from streams import identity, pipeline
from streams.agents.normalise import raw_message
from streams.agents.ports import Message
from streams.config import Settings
from streams.contracts import codec, headers, topics
from streams.contracts.story import NormalisedStory, RawMessage
from streams.errors import Rejected
from streams.feeds.subscribing import Consumed, Subscriber

Key = tuple[str, int]
"""An input as records name it, ``wire.raw.v1/2/4711``, and the index of the story in it."""

IGNORED = frozenset({"processed", "provenance", "explanation"})
"""When and by which release it was made, and why: not what is published."""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one story: ``outcome`` published, duplicate, held or rejected; ``reason`` of a rejection."""

    outcome: str
    reason: str | None = None
    record: Mapping[str, Any] | None = None

    @property
    def words(self) -> str:
        """``published update``, ``rejected malformed``: for a person."""
        relation = self.record["relation"] if self.record is not None else None
        told = self.reason if self.outcome == "rejected" else relation if self.outcome == "published" else None
        return self.outcome if told is None else f"{self.outcome} {told}"


@dataclass(frozen=True, slots=True)
class Difference:
    """One story that comes out otherwise. ``was``, ``would``: None for nothing at all. ``fields``: name → both values,
    the item's as ``item.…``."""

    key: Key
    was: Told | None
    would: Told | None
    fields: Mapping[str, tuple[Any, Any]]


@dataclass(slots=True)
class Compared:
    """How many stories were compared, and those that differ, in order of input."""

    stories: int = 0
    differences: list[Difference] = field(default_factory=list)


def compare(was: Mapping[Key, Told], would: Mapping[Key, Told]) -> Compared:
    """Put both sides beside each other. A held story that was let go meanwhile counts as published."""
    found = Compared()
    for key in sorted(was.keys() | would.keys(), key=_place):
        found.stories += 1
        one, other = was.get(key), would.get(key)
        fields = differing(one, other)
        if fields or _final(one) != _final(other):
            found.differences.append(Difference(key, one, other, fields))
    return found


def _final(told: Told | None) -> tuple[str, str | None] | None:
    return None if told is None else ("published" if told.outcome == "held" else told.outcome, told.reason)


def _place(key: Key) -> tuple[str, int, int, int]:
    topic, _, rest = key[0].partition("/")
    partition, _, offset = rest.partition("/")
    return topic, int(partition or 0), int(offset or 0), key[1]


def differing(was: Told | None, would: Told | None) -> dict[str, tuple[Any, Any]]:
    """Return the fields of the two records that are not the same; none when either side has no record."""
    if was is None or would is None or was.record is None or would.record is None:
        return {}
    one, other = _flat(was.record), _flat(would.record)
    return {
        name: (one.get(name), other.get(name))
        for name in sorted(one.keys() | other.keys())
        if one.get(name) != other.get(name)
    }


def _flat(record: Mapping[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in record.items() if name != "item" and name not in IGNORED}
    return flat | {f"item.{name}": value for name, value in record["item"].items()}


def published(settings: Settings, since: float) -> dict[Key, Told]:
    """Return what the topics have of every input since *since*: its first record, or its rejection."""
    found: dict[Key, Told] = {}
    names = (topics.STORIES.name, topics.DUPLICATES.name, topics.DEAD_LETTERS.name)
    with Subscriber(settings, names, from_beginning=True) as subscriber:
        subscriber.seek(since)
        for consumed in subscriber.standing():
            if consumed.topic == topics.DEAD_LETTERS.name:
                key, told = _rejected(consumed)
            else:
                key, told = _record(consumed)
            if key is not None:
                found.setdefault(key, told)
    return found


def _record(consumed: Consumed) -> tuple[Key | None, Told]:
    outcome = "duplicate" if consumed.topic == topics.DUPLICATES.name else "published"
    try:
        record = codec.loads(consumed.value or b"")
    except Rejected:
        record = None
    # A re-tag and a record told again belong to an input that has its own record already.
    if not isinstance(record, dict) or record.get("relation") == "retag" or record.get("restates") is not None:
        return None, Told(outcome)
    provenance = record.get("provenance") or {}
    return (str(provenance.get("input")), int(provenance.get("index") or 0)), Told(outcome, None, record)


def _rejected(consumed: Consumed) -> tuple[Key | None, Told]:
    def said(name: str) -> str | None:
        return headers.value_of(consumed.headers, f"{headers.DEAD_PREFIX}{name}")

    told = Told("rejected", said("reason"))
    if said("topic") != topics.NORMALISED.name:
        return (f"{said('topic')}/{said('partition')}/{said('offset')}", 0), told
    try:
        story = codec.decode(consumed.value or b"", NormalisedStory)
    except Rejected:
        return None, told
    return (str(story.provenance.origin), story.provenance.index), told


def raw_since(settings: Settings, since: float, until: float) -> list[RawMessage]:
    """Return the raw messages stamped within the time, in the order that they were decided in."""
    order = _order(settings, since)
    found: list[tuple[tuple[float, int, int], RawMessage]] = []
    with Subscriber(settings, [topics.RAW.name], from_beginning=True) as subscriber:
        subscriber.seek(since)
        for consumed in subscriber.standing():
            if consumed.timestamp < until:
                message = raw_message(cast(Message, consumed))
                arrival = (consumed.timestamp, consumed.partition, consumed.offset)
                found.append((order.get(str(message.origin), arrival), message))
    return [message for _, message in sorted(found, key=lambda one: one[0])]


def _order(settings: Settings, since: float) -> dict[str, tuple[float, int, int]]:
    """Where each raw message stands among those decided: by partition as they lie there, partitions by time."""
    order: dict[str, tuple[float, int, int]] = {}
    reached: dict[int, float] = {}
    with Subscriber(settings, [topics.NORMALISED.name], from_beginning=True) as subscriber:
        subscriber.seek(since)
        for consumed in subscriber.standing():
            at = reached[consumed.partition] = max(consumed.timestamp, reached.get(consumed.partition, 0.0))
            event = headers.value_of(consumed.headers, "ce_id")
            if event is not None:
                order.setdefault(event.rpartition("#")[0], (at, consumed.partition, consumed.offset))
    return order


class Shadow:
    """The agents' functions over raw messages in order, state in memory; :meth:`run` gives what each story becomes."""

    def __init__(self, tools: pipeline.Toolbox, windows: identity.IdentitySettings, now: datetime) -> None:
        self._tools = tools
        self._windows = windows
        self._now = now
        self._states: dict[str, tuple[identity.IdentityState, pipeline.MemoryStore]] = {}
        self._told: dict[Key, Told] = {}

    def run(self, messages: Iterable[RawMessage], tick: Callable[[int], None] = lambda count: None) -> dict[Key, Told]:
        """Return what became of every story; *tick* gets the count of messages. Raises nothing for bad copy."""
        for count, message in enumerate(messages, 1):
            self._message(message)
            tick(count)
        self._release(self._now)
        return self._told

    def _message(self, message: RawMessage) -> None:
        try:
            stories = pipeline.normalise(message, self._tools)
        except Rejected as error:
            self._told[str(message.origin), 0] = Told("rejected", error.reason.value)
            return
        for story in stories:
            arrived = min(message.arrived or self._now, self._now)
            self._release(arrived)
            if story.shard not in self._states:
                store = pipeline.MemoryStore()
                self._states[story.shard] = identity.IdentityState(self._windows, store), store
            state, store = self._states[story.shard]
            try:
                decided = pipeline.identify(story, state, arrived, self._now, self._tools)
            except Rejected as error:
                key = str(message.origin), story.provenance.index
                self._told[key] = Told("rejected", error.reason.value)
                continue
            self._take(decided, store)

    def _release(self, due: datetime) -> None:
        for state, store in self._states.values():
            first = identity.next_release(state)
            if first is not None and first <= due:
                self._take(pipeline.release(state, due, self._now, self._tools), store)

    def _take(self, decided: pipeline.Identified, store: pipeline.MemoryStore) -> None:
        store.write(decided.writes)
        for outcome, record, story in decided.records:
            if record.restates is None:
                key = str(story.provenance.origin), story.provenance.index
                self._told[key] = Told(outcome, None, codec.loads(pipeline.encoded(record)))


def shadow(
    settings: Settings,
    tools: pipeline.Toolbox,
    windows: identity.IdentitySettings,
    since: float,
    until: float,
    warm: float = 0.0,
    tick: Callable[[int], None] = lambda count: None,
    clock: Callable[[], float] = time.time,
) -> Compared:
    """Compare what would be published of the raw copy from *since* to *until* with what was; *warm* seconds before are
    read in without being compared. Raises as :class:`Subscriber` does."""
    was = published(settings, since)
    messages = raw_since(settings, since - warm, until)
    compared = {str(message.origin) for message in messages if _stamp(message) >= since}
    told = Shadow(tools, windows, datetime.fromtimestamp(clock(), UTC)).run(messages, tick)
    return compare(_of(was, compared), _of(told, compared))


def _stamp(message: RawMessage) -> float:
    return message.arrived.timestamp() if message.arrived is not None else 0.0


def _of(told: Mapping[Key, Told], inputs: set[str]) -> dict[Key, Told]:
    return {key: one for key, one in told.items() if key[0] in inputs}


def kinds(differences: Iterable[Difference]) -> Iterator[tuple[str, int]]:
    """Yield (what to what, how often), the commonest first: ``published new → duplicate``."""
    counts: dict[str, int] = {}
    for one in differences:
        was, would = (told.words if told is not None else "nothing" for told in (one.was, one.would))
        name = f"{was}, other fields" if was == would else f"{was} → {would}"
        counts[name] = counts.get(name, 0) + 1
    yield from sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
