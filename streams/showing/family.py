"""Records → the families of an id, in the order they were decided. Joins nothing: it follows what the records say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from streams.showing.told import Told, told

Row = tuple[dict[str, Any], str | None]
"""A record as JSON, and its outcome where something says it."""
COPIES = frozenset({"duplicate"})
HELD = "held"


@dataclass(frozen=True, slots=True)
class Family:
    """One story's records, each once, as decided. ``stories``: its ids, the last in force first; more than one when
    a correcting record moved a story from one family to another. ``absent``: earlier records (``uri#version``) that
    these point at and that were not found."""

    stories: tuple[str, ...]
    records: tuple[Told, ...]
    absent: tuple[str, ...]


@dataclass(slots=True)
class _Wanted:
    """The ids that are looked for, growing as records are read; ``passed`` remembers (as hashes) the ids of what was
    passed over, so that ``again`` can say when one that was learnt later is among them."""

    ids: frozenset[str]
    stories: set[str] = field(default_factory=set)
    uris: set[str] = field(default_factory=set)
    passed: set[int] = field(default_factory=set)
    again: bool = False

    def takes(self, story: str, uri: str, version: str) -> bool:
        if story in self.stories or uri in self.uris or not self.ids.isdisjoint((story, uri, f"{uri}#{version}")):
            return True
        self.passed.update((hash(story), hash(uri)))
        return False

    def learn(self, family: Family) -> None:
        for story in set(family.stories) - self.stories:
            self.stories.add(story)
            self.again |= hash(story) in self.passed
        for record in family.records:
            if record.relation not in COPIES and record.uri not in self.uris:
                self.uris.add(record.uri)
                self.again |= hash(record.uri) in self.passed


def find(ids: Iterable[str], read: Callable[[], Iterable[Row]]) -> tuple[Family, ...]:
    """The families that hold *ids* (family ids, uris, or ``uri#version``); empty when nothing of them is there.

    *read* gives all records and is called again when the first reading showed that earlier ones belong too; only
    records of the families are kept in memory. Raises what *read* raises, and :class:`streams.errors.Rejected` for a
    broken record.
    """
    wanted = _Wanted(frozenset(ids))
    while True:
        wanted.again = False
        wanted.passed.clear()
        kept: dict[tuple[str, str, str, str | None, int], Told] = {}
        for record, outcome in read():
            uri, version = str(record["item"]["uri"]), str(record["item"].get("version", ""))
            if wanted.takes(record["story"], uri, version):
                one = told(record, outcome)
                known = kept.get(one.key)
                if known is None or (known.outcome == HELD and outcome != HELD):
                    kept[one.key] = one
        families = tuple(family for family in grouped(kept.values()) if any(of_id(family, one) for one in wanted.ids))
        for family in families:
            wanted.learn(family)
        if not wanted.again:
            return families


def of_id(family: Family, one: str) -> tuple[Told, ...]:
    """The records of *family* under one id: all of them for its own, else those of the uri or ``uri#version``."""
    if one in family.stories:
        return family.records
    return tuple(record for record in family.records if one in (record.uri, record.name))


def grouped(records: Iterable[Told]) -> tuple[Family, ...]:
    """The records by family, families and records in the order they were decided.

    Two family ids are one family when a version of a uri that is not ``new`` follows one that carries the other id:
    that is how a correcting record moves a story. A ``new`` version under the same uri is another day's issue.
    """
    ordered = sorted(records, key=lambda r: r.processed or "")
    leader: dict[str, str] = {}

    def lead(story: str) -> str:
        while leader.setdefault(story, story) != story:
            story = leader[story]
        return story

    versions: dict[str, list[Told]] = {}
    for record in ordered:
        lead(record.story)
        if record.relation not in COPIES:
            versions.setdefault(record.uri, []).append(record)
    for chain in versions.values():
        chain.sort(key=lambda r: version_order(r.version))
        for earlier, later in pairwise(chain):
            if later.relation != "new" and lead(earlier.story) != lead(later.story):
                leader[lead(earlier.story)] = lead(later.story)
    members: dict[str, list[Told]] = {}
    for record in ordered:
        members.setdefault(lead(record.story), []).append(record)
    return tuple(_family(tuple(group)) for group in members.values())


def _family(records: tuple[Told, ...]) -> Family:
    stories = dict.fromkeys(record.story for record in reversed(records))
    here = {record.name for record in records}
    pointed = dict.fromkeys(f"{r.of.uri}#{r.of.version}" for r in records if r.of is not None)
    return Family(tuple(stories), records, tuple(name for name in pointed if name not in here))


def version_order(version: str) -> tuple[int, str]:
    """Versions as numbers where they are numbers that a feed would count to: 10 comes after 9."""
    return (int(version), "") if version.isascii() and version.isdigit() and len(version) <= 18 else (0, version)
