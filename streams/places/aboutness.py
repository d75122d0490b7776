"""Ranks the countries that a story is about, each with its score, roles and evidence; a passing mention is left out.

Points come from where a country is named (headline, first paragraph, then less and less down the copy), from how
often, from the dateline and from the agency's own codes. They decide which countries are kept. The order of those
kept goes by prominence: the same points, more for the country that headline or lead open with, fewer for where and by
whom the story is told (the dateline, its place named again, capitals and institutions that speak). The score is how
likely the tag is right (``calibration``); it follows the order.
No provider has a default country: a tag without evidence in the story is never made.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from streams.contracts.story import AgencyPlace, CountryTag, Evidence
from streams.places.calibration import along, probability
from streams.places.resolve import Found
from streams.places.subject import subject

HEADLINE = 2.0
LEAD = 1.2
BODY = 0.55
"""Points of a full-weight expression in the headline, in the lead, and further down (there falling with depth)."""
REPEAT, REPEAT_BODY, REPEAT_ORDER = 0.45, 0.85, 0.6
"""Each further expression counts this share of the one before: in headline or lead; further down, for what is kept;
and there for the order, which goes by who leads the story rather than by who is named most."""
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
SUBJECT = 1.5
"""Prominence of the country that headline or lead open with."""
TOLD_FROM = 0.5
"""Share of the dateline's points that its country keeps when another one is the subject."""
TELLING = 0.5
"""Share of its weight that an expression keeps that only says where or by whom the story is told."""
_ROLES = ("focus", "actor", "dateline", "agency", "mention")
_ACTING = frozenset({"demonym", "institution"})
LEAD_LIMIT = 350
"""Code points of the lead at most: copy without paragraph breaks has one too."""


_Weights = tuple[list[float], list[float], list[float]]


class Tally:
    """What speaks for one country: its expressions, and their weights in headline, lead and body, once for what is
    kept (``points``) and once for the order (``prominence``); the same lists unless an expression only tells. No
    dataclass: default factories take three times as long as this."""

    __slots__ = ("first", "items", "points", "prominence", "prominent", "roles", "weights")

    def __init__(self) -> None:
        self.items: list[Found] = []
        self.weights: _Weights = ([], [], [])
        self.prominent: _Weights = self.weights
        self.roles: set[str] = set()
        self.points = 0.0
        self.prominence = 0.0
        self.first = 1 << 30


def rank(
    found: Sequence[Found],
    headline: str,
    body: str,
    home: str | None,
    seat: bool,
    agency: Sequence[AgencyPlace],
) -> tuple[CountryTag, ...]:
    """The countries the story is about, most prominent first; ``score`` is the probability, 0 to 1, that a human
    indexer would give the tag too, and never rises along the order.

    ``home`` is the dateline's country, ``seat`` whether the dateline is a place others' news is filed from.
    """
    return _tags(weigh(found, headline, body, home, seat, agency))


def weigh(
    found: Sequence[Found],
    headline: str,
    body: str,
    home: str | None,
    seat: bool,
    agency: Sequence[AgencyPlace],
) -> dict[str, Tally]:
    """What speaks for each country that the story names, kept or not; arguments as of ``rank``."""
    lead_end = body.find("\n\n")
    lead_end = min(lead_end if lead_end > 0 else len(body), LEAD_LIMIT)
    tallies = _count(found, lead_end, max(len(body), 1))
    for tally in tallies.values():
        opened = _opened(tally.weights)
        tally.points = opened + BODY * _sum(tally.weights[2], REPEAT_BODY)
        if tally.prominent is not tally.weights:
            opened = _opened(tally.prominent)
        tally.prominence = opened + BODY * _sum(tally.prominent[2], REPEAT_ORDER)
    opening = subject(found, headline, body, lead_end)
    if opening:
        tallies[opening].prominence += SUBJECT
    _add_dateline(tallies, home, seat, opening)
    for place in agency:
        if place.country and place.rel == "about":
            tally = tallies[place.country]
            tally.points += AGENCY
            tally.prominence += AGENCY
            tally.roles.add("agency")
    return tallies


def _count(found: Sequence[Found], lead_end: int, size: int) -> dict[str, Tally]:
    """The expressions by country; ``found`` in reading order, ``size`` the body's length."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for item in found:
        weight, start = item.weight, item.start
        if item.country is None or weight <= 0:
            continue
        tally = tallies[item.country]
        if item.field == "headline":
            part, place = 0, start - 1_000_000
        elif start < lead_end:
            part, place = 1, start
        else:
            part, place = 2, start
            weight *= 1.0 - 0.5 * start / size
        if place < tally.first:
            tally.first = place
        if part and item.telling and tally.prominent is tally.weights:
            one, two, three = tally.weights
            tally.prominent = (one[:], two[:], three[:])
        tally.weights[part].append(weight)
        if tally.prominent is not tally.weights:
            tally.prominent[part].append(weight * TELLING if part and item.telling else weight)
        tally.items.append(item)
        if item.kind in _ACTING:
            tally.roles.add("actor")
    return tallies


def _opened(weights: _Weights) -> float:
    """The points of headline and lead."""
    headline, lead, _ = weights
    return HEADLINE * _sum(headline, REPEAT) + LEAD * _sum(lead, REPEAT)


def _sum(weights: list[float], repeat: float) -> float:
    """The weights, largest first, each further one counting less."""
    if len(weights) < 2:
        return weights[0] if weights else 0.0
    total, share = 0.0, 1.0
    for weight in sorted(weights, reverse=True):
        total += weight * share
        share *= repeat
    return total


def _add_dateline(tallies: dict[str, Tally], home: str | None, seat: bool, opening: str | None) -> None:
    if home is None:
        return
    others = sum(tally.points for code, tally in tallies.items() if code != home)
    weak = SEAT_WITH if seat else DATELINE_WITH
    share = math.exp(-others / 2.0)
    points = weak + (DATELINE_ALONE - weak) * share
    tallies[home].points += points
    tallies[home].prominence += points if opening in {None, home} else TOLD_FROM * points
    tallies[home].roles.add("dateline")


def _tags(tallies: dict[str, Tally]) -> tuple[CountryTag, ...]:
    if not tallies:
        return ()
    leading, best = min(tallies.items(), key=lambda row: (-row[1].points, row[1].first, row[0]))
    top = best.points
    total = sum(tally.points for tally in tallies.values())
    kept: list[tuple[str, Tally]] = []
    for code, tally in sorted(tallies.items(), key=lambda row: (-row[1].prominence, row[1].first, row[0])):
        least = max(SHARE * top, KEEP_FIRST if code == leading else KEEP)
        if "agency" not in tally.roles and tally.points < least:
            continue
        if tally.points >= FOCUS * top and (tally.weights[0] or tally.weights[1]):
            tally.roles.add("focus")
        elif tally.items:
            tally.roles.add("mention")
        kept.append((code, tally))
    scores = along([probability(tally.points, tally.points / total) for _, tally in kept])
    return tuple(
        [
            CountryTag(
                code,
                round(score, 4),
                tuple([role for role in _ROLES if role in tally.roles]),
                tuple([Evidence(item.field, item.start, item.end) for item in tally.items]),
            )
            for (code, tally), score in zip(kept, scores, strict=True)
        ]
    )
