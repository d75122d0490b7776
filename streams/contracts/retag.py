"""The control record ``retag.v1`` on ``wire.normalised.v1``: a published record with other tags. Shapes only.

It is written beside the wire, from ``wire.latest.v1``; what becomes of it is decided inside the stream, by the worker
that holds the story's state, so that a re-tag and an update that cross each other never get one version number.
"""

from __future__ import annotations

from dataclasses import dataclass

from streams.contracts.record import StoryRecord


@dataclass(frozen=True, slots=True)
class Tags:
    """What a record's countries (ISO alpha-2), regions (M49 codes and slugs) and desks were, best first."""

    countries: tuple[str, ...]
    regions: tuple[str, ...]
    desks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retag:
    """Tag one published version anew.

    ``shard``: the identity shard that the story was decided in, and the record's key. ``before``: the tags it was
    published with. ``record``: the record as published, under its own uri and version, but with the new tags.
    """

    shard: str
    before: Tags
    record: StoryRecord
