"""Where a story is: places found in it, the countries and regions it is about. No behaviour beyond their shape."""

from __future__ import annotations

from typing import Literal

import msgspec


class Mention(msgspec.Struct, frozen=True, gc=False):
    """One place expression. ``kind``: country, demonym, city, capital, region, institution, supranational …

    ``country`` is ISO 3166-1 alpha-2, None for a place above countries or one left ambiguous.
    """

    field: Literal["headline", "body"]
    start: int
    end: int
    text: str
    kind: str
    country: str | None


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """A span that caused a tag, in the headline's or the body's value."""

    field: Literal["headline", "body"]
    start: int
    end: int


class CountryTag(msgspec.Struct, frozen=True, gc=False):
    """A country the story is about. ``score`` 0 to 1; ``roles`` among dateline, focus, actor, mention, agency."""

    code: str
    score: float
    roles: tuple[str, ...]
    evidence: tuple[Evidence, ...]


class RegionTag(msgspec.Struct, frozen=True, gc=False):
    """``scheme`` is ``m49`` (``code`` three digits) or ``named`` (``code`` a slug such as ``middle-east``).

    ``countries``: those that a named region implies, ISO 3166-1 alpha-2, sorted; the story need not name any of them.
    None of an M49 region: that one is there because the story's own countries lie in it.
    """

    code: str
    scheme: Literal["m49", "named"]
    name: str
    score: float
    countries: tuple[str, ...] = ()


class Located(msgspec.Struct, frozen=True, gc=False):
    """What the places stage says of a story."""

    mentions: tuple[Mention, ...]
    countries: tuple[CountryTag, ...]
    regions: tuple[RegionTag, ...]
    dateline_country: str | None = None
    warnings: tuple[str, ...] = ()
