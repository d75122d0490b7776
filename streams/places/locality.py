"""Tells what a local story leaves unsaid: the state, or at least the country, of its towns; it settles no name.

A local paper names no state: "Paris", "Reno" and "Lamar County" are all in Texas, and only there do all three meet. And
American local news has words of its own (sheriff, township, school board), which make its Athens no capital of Greece.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

import ahocorasick_rs

from streams.places.expressions import Spot
from streams.places.gazetteer import Meaning, Reading

SHARED = 0.5
"""The least part of the other names that makes a division the story's own."""
CUES = 2
"""Different words of American local news that make a story one."""
LOCAL_HINT, NAMED_ABROAD = 3.5, 3.0
"""Powers of ten of population that a town gains in the story's own division; and one of a country that the copy names
by another name too."""
_CUES = (
    "sheriff", "township", "twp.", "selectmen", "aldermen", "trooper", "high school", "school board", "school district",
    "county commission", "police department", "fire department", "grand jury", "district attorney", "state police",
    "interstate ", "state route", " ave.", " blvd.", " rd.",
)  # fmt: skip
"""Words of American local news: its offices, schools and roads. None that British or Irish copy has as often."""
_CUE_FINDER = ahocorasick_rs.AhoCorasick(_CUES)
"""All of them in one pass."""
_COUNTIES = (" County,", " County.", " County's", " County’s", " County Sheriff")
"""A county's name ends so in America; elsewhere "County" comes first or a council follows."""


class Locality:
    """What the names and words of one story say together of where it plays, read when first asked.

    ``home``: the dateline's country. ``likeliest``: what was found to be the likeliest meaning of a name, for the next
    time the story has it."""

    __slots__ = ("_american", "_held", "_meeting", "home", "likeliest", "spots")

    def __init__(self, spots: Sequence[Spot], home: str | None) -> None:
        self.spots, self.home = spots, home
        self.likeliest: dict[Reading, Meaning] = {}
        self._held: dict[tuple[str, str], float] | None = None
        self._meeting: dict[Reading, Mapping[tuple[str, str], float]] = {}
        self._american: bool | None = None

    def hint(self, reading: Reading, meaning: Meaning) -> float:
        """How much likelier the story makes one meaning of a name, in powers of ten of population."""
        if not meaning.admin or self.home not in {None, meaning.country}:
            return 0.0
        here = self.holds(reading, meaning) or (meaning.country == "US" and self._is_american())
        return LOCAL_HINT if here else 0.0

    def holds(self, reading: Reading, meaning: Meaning) -> bool:
        """Do the story's other names meet in the division of ``meaning``, and in none abroad as many of them?"""
        if not meaning.admin or self.home not in {None, meaning.country}:
            return False
        met = self._met(reading)
        mine = met.get((meaning.country, meaning.admin), 0.0)
        return mine >= SHARED and all(share < mine for (country, _), share in met.items() if country != meaning.country)

    def _met(self, reading: Reading) -> Mapping[tuple[str, str], float]:
        """How many of the other names each division that ``reading`` may be in holds; none when all hold too few."""
        if self._held is None:
            self._held = self._shares()
        met = self._meeting.get(reading)
        if met is None:
            held, own = self._held, _share(reading)
            divisions = {(m.country, m.admin) for m in reading.meanings if m.admin} if held else ()
            met = {division: held.get(division, 0.0) - own.get(division, 0.0) for division in divisions}
            self._meeting[reading] = met
        return met

    def _shares(self) -> dict[tuple[str, str], float]:
        held: dict[tuple[str, str], float] = defaultdict(float)
        seen: set[str] = set()
        for spot in self.spots:
            if spot.reading.pattern not in seen:
                seen.add(spot.reading.pattern)
                for division, share in _share(spot.reading).items():
                    held[division] += share
        return held if any(share >= SHARED for share in held.values()) else {}

    def _is_american(self) -> bool:
        if self._american is None:
            text = next((spot.copy for spot in self.spots if spot.field == "body"), "")
            cues = len({cue for cue, _, _ in _CUE_FINDER.find_matches_as_indexes(text.lower(), overlapping=True)})
            county = " County" in text and any(cue in text for cue in _COUNTIES)
            self._american = cues + county >= CUES
        return self._american


@lru_cache(maxsize=1 << 15)
def _share(reading: Reading) -> Mapping[tuple[str, str], float]:
    """The part of one name that each division holds: one that several places have counts a part for each; a given name
    or a word none."""
    flags = reading.name.flags
    if reading.meanings[0].kind not in "cCP" or "g" in flags or "w" in flags:
        return {}
    places = {(m.country, m.admin) for m in reading.meanings if m.kind in "cCP"}
    return {place: 1.0 / len(places) for place in places if place[1]}
