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
import re
from collections.abc import Sequence

from streams.contracts.story import AgencyPlace, CountryTag, Evidence
from streams.places.calibration import along, probability
from streams.places.expressions import Found, Spot
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
ENOUGH = 1.21
"""But no passing mention is a country of as many points, more than one name in the lead makes, whatever the leading
one has: a story may be all about Peru and for that reason about its quarrel with Chile too."""
FOCUS = 0.5
"""Share of the leading country's points that makes a country of headline or lead a focus too."""
SUBJECT = 1.5
"""Prominence of the country that headline or lead open with."""
TOLD_FROM = 0.5
"""Share of the dateline's points that its country keeps when another one is the subject."""
TELLING = 0.5
"""Share of its weight that an expression keeps that only says where or by whom the story is told."""
_EVENT = re.compile(
    r"(?:(?:At (?:least|most)|More than|Up to|An?|Some|\d+) [a-z]|[A-Z][a-z]+ing (?:by|in|near|between)\b"
    r"|([A-Z][a-z]+(?:s|men|women)) [a-z])"
)
"""How a lead opens that tells what happened: with no name, but a number, an article, an action or people."""
_ROLES = ("focus", "actor", "dateline", "agency", "mention")
_FOCUS, _ACTOR, _DATELINE, _AGENCY, _MENTION = (1 << place for place in range(5))
_NAMED = tuple(tuple(role for place, role in enumerate(_ROLES) if roles >> place & 1) for roles in range(32))
"""The names of each set of roles."""
_ACTING = frozenset({"demonym", "institution"})
_WITHIN = frozenset({"city", "capital", "state", "county"})
LEAD_LIMIT = 350
"""Code points of the lead at most: copy without paragraph breaks has one too."""


class Tally:
    """What speaks for one country: its expressions in reading order, their points for what is kept (``points``) and for
    the order (``prominence``). ``opens``: one is in headline or lead. ``first``: where its first one stands, the
    headline before the body. ``roles``: a bit each. No dataclass: default factories take three times as long."""

    __slots__ = ("first", "items", "opens", "points", "prominence", "roles")

    def __init__(self) -> None:
        self.items: list[Found] = []
        self.opens = False
        self.points = 0.0
        self.prominence = 0.0
        self.first = 1 << 30
        self.roles = 0


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
    size = max(len(body), 1)
    tallies: dict[str, Tally] = {}
    for item in found:
        country = item.country
        if country is not None:
            tally = tallies.get(country)
            if tally is None:
                tally = tallies[country] = Tally()
            tally.items.append(item)
    for tally in tallies.values():
        _count(tally, lead_end, size)
    opening = subject(found, headline, body, lead_end)
    if opening:
        tallies[opening].prominence += SUBJECT
    if home:
        _add_dateline(tallies, home, seat, opening, body)
    for place in agency:
        if place.country and place.rel == "about":
            tally = _tally(tallies, place.country)
            tally.points += AGENCY
            tally.prominence += AGENCY
            tally.roles |= _AGENCY
    return tallies


def _tally(tallies: dict[str, Tally], country: str) -> Tally:
    tally = tallies.get(country)
    if tally is None:
        tally = tallies[country] = Tally()
    return tally


def _count(tally: Tally, lead_end: int, size: int) -> None:
    """The points of the expressions; ``size``: the body's length."""
    items = tally.items
    first = items[0]
    tally.first = first.start if first.field == "body" else first.start - 1_000_000
    headline: list[float] = []
    lead: list[float] = []
    rest: list[float] = []
    told = False
    for item in items:
        start = item.start
        if item.field == "headline":
            headline.append(item.weight)
        else:
            if start < lead_end:
                lead.append(item.weight)
            else:
                rest.append(item.weight * (1.0 - 0.5 * start / size))
            if item.telling:
                told = True
        if item.kind in _ACTING:
            tally.roles = _ACTOR
    opened = 0.0
    if headline or lead:
        tally.opens = True
        opened = _opened(headline, lead)
    tally.points = opened + BODY * _sum(rest, REPEAT_BODY)
    if told:
        body = [item for item in items if item.field == "body"]
        lead = [_prominence(item) for item in body if item.start < lead_end]
        rest = [_prominence(item) * (1.0 - 0.5 * item.start / size) for item in body if item.start >= lead_end]
        opened = _opened(headline, lead) if headline or lead else 0.0
    tally.prominence = opened + BODY * _sum(rest, REPEAT_ORDER)


def _opened(headline: list[float], lead: list[float]) -> float:
    """The points of the weights in headline and lead."""
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


def _prominence(item: Found) -> float:
    return item.weight * TELLING if item.telling else item.weight


def _scene(tallies: dict[str, Tally], body: str) -> str | None:
    """The country that tells most where the lead opens with what happened, not with a name or a firm: "At least ten
    people died …", "A bomb …", "Fishermen in Trenby …"."""
    event = _EVENT.match(body) if tallies else None
    if event is None or (event[1] and body.find(event[1], event.end()) > 0):  # a firm's name comes again: "Siemens"
        return None
    leading = max(tallies, key=lambda code: tallies[code].points)
    return leading if tallies[leading].opens else None


def _add_dateline(tallies: dict[str, Tally], home: str, seat: bool, opening: str | None, body: str) -> None:
    others = 0.0
    for code, tally in tallies.items():
        if code != home:
            others += tally.points
    if opening != home and _is_bureau(tallies, home, opening, body):
        points = SEAT_WITH
    else:
        weak = SEAT_WITH if seat else DATELINE_WITH
        points = weak + (DATELINE_ALONE - weak) * math.exp(-others / 2.0)
    tally = _tally(tallies, home)
    tally.points += points
    tally.prominence += points if opening in {None, home} else TOLD_FROM * points
    tally.roles |= _DATELINE


def _is_bureau(tallies: dict[str, Tally], home: str, opening: str | None, body: str) -> bool:
    """Is the dateline only where the reporter sits? So it is when the copy opens with another country, or with what
    happened there, tells of a place in it ("in Trenby"), and names the dateline's by no more than its own place again
    ("a diplomat in Strelsau")."""
    if home in tallies and not all(item.telling for item in tallies[home].items):
        return False
    scene = opening or _scene(tallies, body)
    return scene not in {None, home} and any(
        item.kind in _WITHIN and not item.telling and isinstance(item, Spot) and item.before.locative
        for item in tallies[scene].items
    )


def _tags(tallies: dict[str, Tally]) -> tuple[CountryTag, ...]:
    if not tallies:
        return ()
    leading = min(tallies, key=lambda code: (-tallies[code].points, tallies[code].first, code))
    top, total = tallies[leading].points, 0.0
    least = min(SHARE * top, ENOUGH)
    kept: list[tuple[float, int, str, Tally]] = []
    for code, tally in tallies.items():
        points = tally.points
        total += points
        if points < max(least, KEEP_FIRST if code == leading else KEEP) and not tally.roles & _AGENCY:
            continue
        if points >= FOCUS * top and tally.opens:
            tally.roles |= _FOCUS
        elif tally.items:
            tally.roles |= _MENTION
        kept.append((-tally.prominence, tally.first, code, tally))
    kept.sort()
    scores = along([probability(tally.points, tally.points / total) for _, _, _, tally in kept])
    return tuple(
        [
            CountryTag(
                code,
                round(score, 4),
                _NAMED[tally.roles],
                tuple([Evidence(item.field, item.start, item.end) for item in tally.items]),
            )
            for (_, _, code, tally), score in zip(kept, scores, strict=True)
        ]
    )
