"""Two ids → why their records are one story or two, as the records themselves say; says so when they do not."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from streams.showing.family import Family, of_id
from streams.showing.told import Told

NEAREST_ONLY = (
    "A record tells what it was joined with, and else the nearest story that it was kept apart from, no other: what "
    "these two weigh against each other is not in the records."
)


@dataclass(frozen=True, slots=True)
class Saying:
    """What one record (``uri#version``) says of the other: its relation, its paragraph of evidence."""

    record: str
    headline: str
    relation: str
    method: str | None
    similarity: float | None
    why: str


@dataclass(frozen=True, slots=True)
class Pair:
    """The answer. ``joined``: one family. ``known``: a record of one mentions the other in its evidence (``sayings``).

    ``chain``: where none does but they are of one family, the records that lead from one to the other, each with
    what joined it. ``summary`` is a sentence for a person.
    """

    a: str
    b: str
    joined: bool
    known: bool
    summary: str
    sayings: tuple[Saying, ...]
    chain: tuple[Saying, ...]


def between(a: str, b: str, families: Sequence[Family]) -> Pair:
    """Why the records of ids *a* and *b*, which *families* must hold both, are together or apart."""
    sides = [
        [(place, record) for place, family in enumerate(families) for record in of_id(family, one)] for one in (a, b)
    ]
    left, right = ([record for _, record in side] for side in sides)
    joined = not {place for place, _ in sides[0]}.isdisjoint(place for place, _ in sides[1])
    sayings = _sayings(left, right, joined)
    chain: tuple[Saying, ...] = ()
    if sayings:
        summary = "One story: the records say so themselves." if joined else "Two stories, kept apart on the evidence."
    elif joined:
        family = next(f for f in families if of_id(f, a) and of_id(f, b))
        chain = _chain(left, right, family)
        how = "they are joined through the records below" if chain else "what joined them is not among the records read"
        summary = f"One story, but neither record mentions the other: {how}. {NEAREST_ONLY}"
    else:
        summary = f"Two stories, and neither record mentions the other. {NEAREST_ONLY}"
    return Pair(a, b, joined, bool(sayings), summary, sayings, chain)


def _sayings(left: list[Told], right: list[Told], joined: bool) -> tuple[Saying, ...]:
    """What a record of either side says of the other: by its ``of`` where they are one story, else its paragraph."""
    said: dict[str, Saying] = {}
    for ours, theirs in ((left, right), (right, left)):
        names, uris = {record.name for record in theirs}, {record.uri for record in theirs}
        for record in ours:
            of = record.of
            points = of is not None and f"{of.uri}#{of.version}" in names and record.name not in names
            mentions = not joined and any(uri != record.uri and _mentions(record.why, uri) for uri in uris)
            if points or mentions:
                said[record.name] = _saying(record)
    return tuple(said.values())


def _mentions(text: str, uri: str) -> bool:
    """Does *text* name *uri*, and not only a longer one that begins with it?"""
    return re.search(rf"(?<![\w:.-]){re.escape(uri)}(?![\w:-]|\.\w)", text) is not None


def _saying(record: Told) -> Saying:
    of = record.of
    return Saying(
        record.name,
        record.headline,
        record.relation,
        of.method if of else None,
        of.similarity if of else None,
        record.why,
    )


def _chain(left: list[Told], right: list[Told], family: Family) -> tuple[Saying, ...]:
    """The shortest way from one side to the other along ``of``, in either direction; empty when there is none."""
    by_name: dict[str, list[Told]] = {}
    beside: dict[tuple[str, str, str, str | None, int], list[Told]] = {r.key: [] for r in family.records}
    for record in family.records:
        by_name.setdefault(record.name, []).append(record)
    for record in family.records:
        for parent in by_name.get(f"{record.of.uri}#{record.of.version}", ()) if record.of else ():
            if parent.key != record.key:
                beside[record.key].append(parent)
                beside[parent.key].append(record)
    goal = {record.key for record in right}
    came: dict[tuple[str, str, str, str | None, int], Told | None] = {r.key: None for r in left if r.key in beside}
    queue = deque(record for record in left if record.key in beside)
    while queue:
        record = queue.popleft()
        if record.key in goal:
            way: list[Told] = []
            at: Told | None = record
            while at is not None:
                way.append(at)
                at = came[at.key]
            return tuple(_saying(step) for step in reversed(way))
        for other in beside[record.key]:
            if other.key not in came:
                came[other.key] = record
                queue.append(other)
    return ()
