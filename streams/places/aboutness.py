"""Ranks the countries that a story is about, each with its score, roles and evidence; a passing mention is left out.

Points come from where a country is named (headline, first paragraph, then less and less down the copy), from how
often, from the dateline and from the agency's own codes. No provider has a default country: a tag without evidence
in the story is never made.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from streams.contracts.story import AgencyPlace, CountryTag, Evidence
from streams.places.resolve import Found

HEADLINE = 2.0
LEAD = 1.2
BODY = 0.55
"""Points of a full-weight expression in the headline, in the lead, and further down (there falling with depth)."""
REPEAT = 0.45
"""Each further expression in the same part of the story counts this share of the one before."""
DATELINE_ALONE, DATELINE_WITH, SEAT_WITH = 2.8, 1.1, 0.25
"""Points of the dateline's country: when the copy names no other country; when it does; from a seat of others' news."""
AGENCY = 2.0
KEEP = 0.9
KEEP_FIRST = 0.5
"""Fewer points than this are a passing mention; the leading country needs fewer."""
SHARE = 0.28
"""So is less than this share of the leading country's points."""
FOCUS = 0.5
"""Share of the leading country's points that makes a country of headline or lead a focus too."""
SCALE = 3.0
LEAD_LIMIT = 350
"""Code points of the lead at most: copy without paragraph breaks has one too."""


@dataclass(slots=True)
class _Tally:
    headline: list[float] = field(default_factory=list)
    lead: list[float] = field(default_factory=list)
    body: list[float] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    evidence: list[Evidence] = field(default_factory=list)
    points: float = 0.0
    first: int = 1 << 30


def rank(
    found: Sequence[Found],
    body: str,
    home: str | None,
    seat: bool,
    agency: Sequence[AgencyPlace],
) -> tuple[CountryTag, ...]:
    """The countries the story is about, best first; ``score`` is 0 to 1, ``1 - exp(-points / 3)``.

    ``home`` is the dateline's country, ``seat`` whether the dateline is a place others' news is filed from.
    """
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    lead_end = body.find("\n\n")
    lead_end = min(lead_end if lead_end > 0 else len(body), LEAD_LIMIT)
    size = max(len(body), 1)
    for item in found:
        if item.country is None or item.weight <= 0:
            continue
        tally = tallies[item.country]
        tally.evidence.append(Evidence(item.field, item.start, item.end))
        if item.field == "headline":
            tally.headline.append(item.weight)
            tally.first = min(tally.first, item.start - 1_000_000)
        else:
            depth = item.start / size
            (tally.lead if item.start < lead_end else tally.body).append(
                item.weight * (1.0 if item.start < lead_end else 1.0 - 0.5 * depth)
            )
            tally.first = min(tally.first, item.start)
        if item.kind in {"demonym", "institution"}:
            tally.roles.add("actor")
    for tally in tallies.values():
        tally.points = HEADLINE * _sum(tally.headline) + LEAD * _sum(tally.lead) + BODY * _sum(tally.body, 0.85)
    _add_dateline(tallies, home, seat)
    for place in agency:
        if place.country and place.rel == "about":
            tallies[place.country].points += AGENCY
            tallies[place.country].roles.add("agency")
    return _tags(tallies)


def _sum(weights: list[float], repeat: float = REPEAT) -> float:
    """The weights, largest first, each further one counting less."""
    total, share = 0.0, 1.0
    for weight in sorted(weights, reverse=True):
        total += weight * share
        share *= repeat
    return total


def _add_dateline(tallies: dict[str, _Tally], home: str | None, seat: bool) -> None:
    if home is None:
        return
    others = sum(tally.points for code, tally in tallies.items() if code != home)
    weak = SEAT_WITH if seat else DATELINE_WITH
    share = math.exp(-others / 2.0)
    tallies[home].points += weak + (DATELINE_ALONE - weak) * share
    tallies[home].roles.add("dateline")


def _tags(tallies: dict[str, _Tally]) -> tuple[CountryTag, ...]:
    order = sorted(tallies.items(), key=lambda row: (-row[1].points, row[1].first, row[0]))
    if not order:
        return ()
    top = order[0][1].points
    tags: list[CountryTag] = []
    for code, tally in order:
        if "agency" not in tally.roles and tally.points < max(SHARE * top, KEEP if tags else KEEP_FIRST):
            continue
        roles = set(tally.roles)
        roles.add("focus" if tally.points >= FOCUS * top and (tally.headline or tally.lead) else "mention")
        if "focus" in roles or not tally.evidence:
            roles.discard("mention")
        score = round(1.0 - math.exp(-tally.points / SCALE), 4)
        ranked = tuple(role for role in ("focus", "actor", "dateline", "agency", "mention") if role in roles)
        tags.append(CountryTag(code, score, ranked or ("dateline",), tuple(tally.evidence)))
    return tuple(tags)
