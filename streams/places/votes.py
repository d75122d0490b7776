"""What the names of one story say for each other: votes for countries; it settles no name and reads no text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from streams.places.expressions import Spot
from streams.places.gazetteer import Meaning, Reading


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
        meaning = spot.settled or spot.reading.vote
        if meaning is None:
            continue
        country, voice = meaning.country, spot.voice
        countries[country] += voice
        if meaning.kind in "cCSP":
            local[country] += voice
        if meaning.admin and (meaning.kind in "SP" or spot.adjacent):
            admins.add((country, meaning.admin))
    for country, weight in further:
        countries[country] += weight
        local[country] += weight
    if home:
        countries[home] += 0.5
    return countries, local, admins


def own(reading: Reading, meaning: Meaning, spots: Sequence[Spot]) -> float:
    """What the story's uses of this very name gave to the votes for a country: a name is no witness for itself."""
    said = reading.vote
    if said is None or said.country != meaning.country:
        return 0.0
    return sum(other.voice for other in spots if other.reading.name is reading.name)
