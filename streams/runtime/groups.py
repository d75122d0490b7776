"""A consumer group against its topics: committed, end, lag, members; sets offsets back. Refuses while members are in.

kafka-python's administrator does the asking. A partition without a committed offset counts from its beginning, for
that is where the worker would begin (``auto.offset.reset=earliest``).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from kafka import KafkaAdminClient, TopicPartition
from kafka.admin import OffsetSpec
from kafka.errors import CoordinatorLoadInProgressError, CoordinatorNotAvailableError, NotCoordinatorError
from kafka.structs import OffsetAndMetadata

from streams.config import Settings
from streams.errors import BrokerTrouble, UsageError
from streams.runtime.provision import admin

T = TypeVar("T")
COORDINATOR_SECONDS = 10.0
"""How long a cluster may take to have a coordinator for a group."""
EMPTY_STATES = ("Empty", "Dead")


@dataclass(frozen=True, slots=True)
class Group:
    """A consumer group. ``state`` as Kafka words it (``Stable``, ``Empty`` …), ``members`` how many; None: the broker
    does not tell."""

    name: str
    state: str | None
    members: int | None


@dataclass(frozen=True, slots=True)
class Position:
    """Where a group stands in one partition. ``committed`` None: it has never committed there. ``first`` is the oldest
    record that is still kept, ``end`` the offset of the next record to come."""

    topic: str
    partition: int
    committed: int | None
    first: int
    end: int

    @property
    def next(self) -> int:
        """The offset that is read next: the committed one if that record is still there."""
        return self.first if self.committed is None else max(self.committed, self.first)

    @property
    def lag(self) -> int:
        """Records not yet acknowledged."""
        return max(0, self.end - self.next)


@dataclass(frozen=True, slots=True)
class Rewind:
    """One partition of a replay: the group is to go from ``position.next`` back to ``target``, never forward."""

    position: Position
    target: int

    @property
    def records(self) -> int:
        """How many records are read again."""
        return max(0, self.position.next - self.target)


def group_of(settings: Settings, name: str) -> Group:
    """Look at the group called *name*; one that does not exist is ``Dead`` with no members, as Kafka says it."""
    with admin(settings) as client:
        return _group(client, name)


def _settled(call: Callable[[], T]) -> T:
    """Return what *call* does once the cluster has a coordinator for the group: a new cluster makes it when asked."""
    until = time.monotonic() + COORDINATOR_SECONDS
    while True:
        try:
            return call()
        except (CoordinatorNotAvailableError, CoordinatorLoadInProgressError, NotCoordinatorError):
            if time.monotonic() > until:
                raise
            time.sleep(0.3)


def _group(client: KafkaAdminClient, name: str) -> Group:
    try:
        described: Any = _settled(lambda: client.describe_groups([name]))[name]
    except ValueError:
        # A broker that tells nothing of permissions in the way that kafka-python expects, the embedded one.
        return Group(name, None, None)
    error = str(described["error"] or "")
    if error and "GroupIdNotFound" in error:
        return Group(name, "Dead", 0)
    if error:
        raise BrokerTrouble(f"the group {name} cannot be looked at: {error}")
    return Group(name, described["group_state"], len(described["members"]))


def positions(settings: Settings, group: str, topics: Iterable[str] | None = None) -> tuple[Position, ...]:
    """Return where *group* stands in every partition of *topics*, by default of those it has committed to.

    Raises :class:`BrokerTrouble`, and :class:`UsageError` for a topic that is not there or a group without offsets.
    """
    with admin(settings) as client:
        committed: dict[TopicPartition, Any] = _settled(lambda: client.list_group_offsets(group)).get(group, {})
        names = sorted({place.topic for place in committed}) if topics is None else sorted(topics)
        if not names:
            raise UsageError(f"the group {group} has committed nothing on this cluster: is the name right?")
        places = _places(client, names)
        first = client.list_partition_offsets(dict.fromkeys(places, OffsetSpec.EARLIEST))
        end = client.list_partition_offsets(dict.fromkeys(places, OffsetSpec.LATEST))
    return tuple(
        Position(
            place.topic,
            place.partition,
            committed[place].offset if place in committed and committed[place].offset >= 0 else None,
            first[place].offset,
            end[place].offset,
        )
        for place in places
    )


def _places(client: KafkaAdminClient, names: Iterable[str]) -> list[TopicPartition]:
    known = set(client.list_topics())
    missing = [name for name in names if name not in known]
    if missing:
        raise UsageError(f"{', '.join(missing)}: no such topic on this cluster; see newswire topics plan")
    described: Any = client.describe_topics(list(names))
    return sorted(
        TopicPartition(topic["name"], one["partition_index"]) for topic in described for one in topic["partitions"]
    )


def rewinds(settings: Settings, group: str, topics: Iterable[str], since: float) -> tuple[Rewind, ...]:
    """Return what going back to *since* (seconds since the epoch) means in each partition; changes nothing.

    The target is the first record stamped *since* or later. A partition whose group has not come so far stays.
    """
    standing = positions(settings, group, topics)
    places = {TopicPartition(at.topic, at.partition): at for at in standing}
    with admin(settings) as client:
        found = client.list_partition_offsets({place: int(since * 1000) for place in places})
    return tuple(Rewind(at, _target(at, found[place])) for place, at in places.items())


def _target(at: Position, found: Any) -> int:
    # No record that young: the broker says -1, the embedded one an offset without a time.
    if found.offset < 0 or found.timestamp < 0:
        return at.next
    return min(at.next, max(at.first, int(found.offset)))


def refuse_members(group: Group) -> None:
    """Raise :class:`UsageError` when workers are in *group*: they would commit over what is set."""
    if group.members or (group.state is not None and group.state not in EMPTY_STATES):
        raise UsageError(
            f"the group {group.name} has {group.members} in it ({group.state}): stop every worker first, and wait for "
            "NEWSWIRE_SESSION_SECONDS after one that was killed"
        )


def set_back(settings: Settings, group: str, wanted: Iterable[Rewind]) -> int:
    """Commit the targets of *wanted* for *group*; return how many partitions went back.

    Raises :class:`UsageError` when members are in the group, also for one that came in at the last moment: the broker
    itself takes no such commit then.
    """
    offsets = {
        TopicPartition(one.position.topic, one.position.partition): OffsetAndMetadata(one.target, "", None)
        for one in wanted
        if one.records
    }
    with admin(settings) as client:
        refuse_members(_group(client, group))
        answers: Mapping[TopicPartition, Any] = client.alter_group_offsets(group, offsets) if offsets else {}
    refused = {place: error.__name__ for place, error in answers.items() if error.errno != 0}
    if refused:
        told = ", ".join(f"{place.topic}/{place.partition} {name}" for place, name in sorted(refused.items()))
        raise UsageError(f"the broker did not set the offsets of {group}: {told}; is a worker still running?")
    return len(offsets)
