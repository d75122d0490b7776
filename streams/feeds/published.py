"""What the topics have of a time: what was published, and the raw copy behind it, in order. Publishes nothing."""

from __future__ import annotations

from typing import cast

from streams.agents.normalise import raw_message
from streams.agents.ports import Message
from streams.config import Settings
from streams.contracts import codec, headers, topics
from streams.contracts.story import NormalisedStory, RawMessage
from streams.errors import Rejected
from streams.feeds.comparing import Key, Told
from streams.feeds.subscribing import Consumed, Subscriber


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
