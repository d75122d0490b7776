"""A record's countries, regions and desks → each with its reason in words and the very text behind it. Ranks nothing.

All from the record; which countries lie in a region is asked of the caller, since records carry codes alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from streams.contracts.record import StoryRecord
from streams.contracts.story import CountryTag, RegionTag

ROLES = {
    "focus": "headline or lead tell of it",
    "actor": "its people or institutions act",
    "dateline": "filed from there",
    "agency": "the agency coded it",
    "mention": "named further down",
}
"""What each role of a country means, in words."""


MOST_CODES = 12
"""Countries of a region that are shown; the record has all."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words behind a tag: ``where`` is headline, body, dateline or agency code; ``times`` how often they stand
    there."""

    where: str
    text: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class CountryReason:
    """One row of the ranking: ``code``, ``score`` and ``roles`` as in the record, ``why`` the roles in words."""

    code: str
    score: float
    roles: tuple[str, ...]
    why: tuple[str, ...]
    evidence: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class RegionReason:
    """One region of the record and what put it there."""

    code: str
    scheme: str
    name: str
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class DeskReason:
    """One desk that takes the record and what sent it there."""

    desk: str
    why: str


def ranking(record: StoryRecord) -> tuple[CountryReason, ...]:
    """The countries best first, as in the record, with roles in words and the evidence's text."""
    return tuple(
        CountryReason(
            tag.code, tag.score, tag.roles, tuple(ROLES.get(role, role) for role in tag.roles), _quotes(tag, record)
        )
        for tag in record.countries
    )


def _quotes(tag: CountryTag, record: StoryRecord) -> tuple[Quoted, ...]:
    """Dateline, agency code, then the spans in order; the same words twice are counted, not repeated."""
    quoted: list[Quoted] = []
    if "dateline" in tag.roles and record.dateline is not None and record.dateline.country == tag.code:
        quoted.append(Quoted("dateline", record.dateline.city or record.dateline.text))
    if "agency" in tag.roles:
        coded = [place for place in record.item.get("places", ()) if place.get("literal") == tag.code]
        quoted.extend(Quoted("agency code", place.get("name") or tag.code) for place in coded[:3])
    texts = {"headline": record.item["headlines"][0]["value"], "body": record.item["bodies"][0]["value"]}
    times: dict[tuple[str, str], int] = {}
    for span in tag.evidence:
        words = texts[span.field][span.start : span.end]
        times[span.field, words] = times.get((span.field, words), 0) + 1
    return (*quoted, *(Quoted(field, words, count) for (field, words), count in times.items()))


def passing(record: StoryRecord) -> tuple[str, ...]:
    """Codes of countries that the copy names and the record is not about, in order of appearance."""
    about = {tag.code for tag in record.countries}
    named = sorted(record.mentions, key=lambda m: (m.field != "headline", m.start))
    return tuple(dict.fromkeys(m.country for m in named if m.country and m.country not in about))


def regions(record: StoryRecord, within: Callable[[str], Iterable[str]]) -> tuple[RegionReason, ...]:
    """The regions with their reasons. ``within`` gives the M49 codes of the regions that hold a country."""
    holding = {tag.code: frozenset(within(tag.code)) for tag in record.countries}
    return tuple(
        RegionReason(tag.code, tag.scheme, tag.name, tag.score, _region_why(tag, holding, record))
        for tag in record.regions
    )


def _region_why(tag: RegionTag, holding: dict[str, frozenset[str]], record: StoryRecord) -> str:
    if tag.scheme == "m49":
        inside = [code for code, codes in holding.items() if tag.code in codes]
        return f"holds {', '.join(inside)}" if inside else "holds a country of the story"
    above = [mention.text for mention in record.mentions if mention.country is None]
    # The record does not say which mention named which region: a region's own name is its proof, and a lone
    # region of the story was named by whatever place above countries the copy names.
    own = [text for text in above if text.casefold() == tag.name.casefold()]
    alone = sum(region.scheme == "named" for region in record.regions) == 1
    said = list(dict.fromkeys(own or (above if alone else ())))
    why = f"the copy names it: {', '.join(f'“{text}”' for text in said)}" if said else "the copy names it"
    return f"{why}; stands for {_few(tag.countries)}" if tag.countries else why


def _few(codes: tuple[str, ...]) -> str:
    """The codes, of many the first and how many more."""
    shown = " ".join(codes[:MOST_CODES])
    return f"{shown} and {len(codes) - MOST_CODES} more" if len(codes) > MOST_CODES else shown


def desks(routed: Iterable[tuple[str, str]], record: StoryRecord) -> tuple[DeskReason, ...]:
    """The desks with the router's reason, an M49 code in it spelt out: ``SY in 145 (Western Asia)``."""
    names = {tag.code: tag.name for tag in record.regions}
    return tuple(DeskReason(desk, _spelt(why, names)) for desk, why in routed)


def _spelt(why: str, names: dict[str, str]) -> str:
    last = why.rpartition(" ")[2]
    return f"{why} ({names[last]})" if last.isdigit() and last in names else why
