"""What the names of one story say for each other: votes for countries; it settles no name and reads no text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from streams.places.context import Spot
from streams.places.gazetteer import Meaning, Reading

KNOWN_CITY = 100_000
"""Inhabitants above which a city is tagged without any other hint."""


def count(
    spots: Sequence[Spot], further: Iterable[tuple[str, float]], home: str | None
) -> tuple[dict[str, float], dict[str, float], set[tuple[str, str]]]:
    """What the plain names say: votes by country, votes by places inside countries, and the divisions named.

    ``further``: (country, weight) of abbreviated states. ``home``: the dateline's country.
    """
    countries: dict[str, float] = defaultdict(float)
    local: dict[str, float] = defaultdict(float)
    admins: set[tuple[str, str]] = set()
    for spot in spots:
        meaning = spot.settled or vote(spot.reading)
        if meaning is None:
            continue
        kind, country = meaning.kind, meaning.country
        countries[country] += spot.weight
        if kind in "cCSP":
            local[country] += spot.weight
        if meaning.admin and (kind in "SP" or spot.adjacent):
            admins.add((country, meaning.admin))
    for country, weight in further:
        countries[country] += weight
        local[country] += weight
    if home:
        countries[home] += 0.5
    return countries, local, admins


@lru_cache(maxsize=1 << 15)
def vote(reading: Reading) -> Meaning | None:
    """What a name that nothing around it settles says to all the others; the same in every story."""
    meaning = reading.meanings[0]
    if reading.kind == "R" or (len(reading.meanings) > 1 and not _one_country(reading.meanings)):
        return None
    if reading.kind in "cP" and (reading.name.flags or meaning.population < KNOWN_CITY):
        return None
    return meaning


def _one_country(meanings: tuple[Meaning, ...]) -> bool:
    """Are all well-known places of that name in one country?"""
    one = None
    for meaning in meanings:
        if meaning.population >= KNOWN_CITY or meaning.kind not in "cP":
            if one is None:
                one = meaning.country
            elif one != meaning.country:
                return False
    return one is not None


def own(reading: Reading, meaning: Meaning, spots: Sequence[Spot]) -> float:
    """What the story's uses of this very name gave to the votes for a country: a name is no witness for itself."""
    said = vote(reading)
    if said is None or said.country != meaning.country:
        return 0.0
    return sum(other.weight for other in spots if other.reading.name is reading.name)
