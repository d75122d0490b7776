"""What became of each story, then and now, beside each other: what differs, field by field. Reads no topic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

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


def kinds(differences: Iterable[Difference]) -> Iterator[tuple[str, int]]:
    """Yield (what to what, how often), the commonest first: ``published new → duplicate``."""
    counts: dict[str, int] = {}
    for one in differences:
        was, would = (told.words if told is not None else "nothing" for told in (one.was, one.would))
        name = f"{was}, other fields" if was == would else f"{was} → {would}"
        counts[name] = counts.get(name, 0) + 1
    yield from sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
