"""Tells what a local story leaves unsaid: the state, or at least the country, of its towns; it settles no name.

A local paper names no state: "Paris", "Reno" and "Lamar County" are all in Texas, and only there do all three meet. And
American local news has words of its own (sheriff, township, school board), which make its Athens no capital of Greece
and its Lebanon a town; so has British.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

import ahocorasick_rs

from streams.places import words
from streams.places.expressions import Spot
from streams.places.gazetteer import Meaning, Reading

SHARED = 0.5
"""The least part of the other names that makes a division the story's own."""
CUES = 2
"""Different words of one country's local news that make a story its."""
LOCAL_HINT, NAMED_ABROAD = 3.5, 3.0
"""Powers of ten of population that a town gains in the story's own division; and one of a country that the copy names
by another name too."""
_CUES = {
    "US": (
        "sheriff", "township", "twp.", "selectmen", "aldermen", "trooper", "high school", "school board",
        "school district", "county commission", "police department", "fire department", "grand jury",
        "district attorney", "state police", "interstate ", "state route", " ave.", " blvd.", " rd.",
        "elementary school", "middle school", "board of education", "community college", "superior court",
        "circuit court", "county jail", "county courthouse", "city manager", "councilman", "felony", "misdemeanor",
        "zoning", "funeral home", "interment", "fire chief", "sophomore", "911 call", "911 dispatch",
    ),
    "GB": (
        "£", "crown court", "borough council", "parish council", "constabulary", "detective constable", "det con",
        "det sgt", "det insp", " nhs ", " a-level", " tory ", "metropolitan police", " tfl ",
    ),
}  # fmt: skip
"""Words of a country's local news, by country: its offices, schools and roads. None that another's has as often."""
_SPOKEN_IN = [country for country, cues in _CUES.items() for _ in cues]
_CUE_FINDER = ahocorasick_rs.AhoCorasick([cue for cues in _CUES.values() for cue in cues])
"""All of them in one pass, and the country of each by its number."""
_COUNTY = re.compile(
    r" County\b(?<=[a-z] County)(?<! [Tt]he County)(?! (?:[Cc]ouncil|[Hh]all|Cricket|Court\b|Champ|FC|F\.C\.))"
)
"""A county's name ends so in America; elsewhere "County" comes first or what a county has and plays in follows."""
_TELEPHONE = re.compile(r"-\d{4}\b(?<=[) -]\d{3}-\d{4})")
"""As American numbers end. Both open with a sign of their own, for which text is searched fast."""


class Locality:
    """What the names and words of one story say together of where it plays, read when first asked.

    ``home``: the dateline's country. ``likeliest``: what was found to be the likeliest meaning of a name, for the next
    time the story has it."""

    __slots__ = ("_held", "_meeting", "_press", "_towns", "home", "likeliest", "spots")

    def __init__(self, spots: Sequence[Spot], home: str | None) -> None:
        self.spots, self.home = spots, home
        self.likeliest: dict[Reading, Meaning] = {}
        self._held: dict[tuple[str, str], float] | None = None
        self._meeting: dict[Reading, Mapping[tuple[str, str], float]] = {}
        self._press: str | None = None
        self._towns: dict[Reading, Meaning | None] = {}

    def hint(self, reading: Reading, meaning: Meaning) -> float:
        """How much likelier the story makes one meaning of a name, in powers of ten of population."""
        if not meaning.admin or self.home not in {None, meaning.country}:
            return 0.0
        local = meaning.country in _CUES and meaning.country == self.press
        return LOCAL_HINT if local or self.holds(reading, meaning) else 0.0

    def hometown(self, reading: Reading, votes: Mapping[str, float]) -> Meaning | None:
        """The American town of a country's name, where American local news speaks of its people or offices ("Lebanon
        Police") and nothing else of the country."""
        if reading not in self._towns:
            self._towns[reading] = self._town(reading, votes)
        return self._towns[reading]

    def _town(self, reading: Reading, votes: Mapping[str, float]) -> Meaning | None:
        town = next((m for m in reading.meanings if m.country == "US" and m.kind == "c"), None)
        if town is None:
            return None
        named = [spot for spot in self.spots if spot.reading is reading]
        alone = votes.get(reading.plain[0].country, 0.0) <= sum(spot.voice for spot in named)
        local = alone and any(spot.after.bare.lower() in words.TOWNSPEOPLE for spot in named)
        return town if local and self.press == "US" else None

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

    @property
    def press(self) -> str | None:
        """The country whose local news the story is, by its words; None when they do not say."""
        if self._press is None:
            text = next((spot.copy for spot in self.spots if spot.field == "body"), "")
            self._press = _press(text)
        return self._press or None


def _press(text: str) -> str:
    """The one country that the most words of local news speak for, ``CUES`` at least; "" for none."""
    matches = _CUE_FINDER.find_matches_as_indexes(text.lower(), overlapping=True)
    said = {cue: _SPOKEN_IN[cue] for cue, _, _ in matches}
    county = " County" in text and _COUNTY.search(text) is not None
    american = sum(country == "US" for country in said.values())
    british = len(said) - american
    american += county
    if american == CUES - 1 and _TELEPHONE.search(text):
        american += 1
    if max(american, british) < CUES or american == british:
        return ""
    return "US" if american > british else "GB"


@lru_cache(maxsize=1 << 15)
def _share(reading: Reading) -> Mapping[tuple[str, str], float]:
    """The part of one name that each division holds: one that several places have counts a part for each; a given name
    or a word none."""
    flags = reading.name.flags
    if reading.meanings[0].kind not in "cCP" or "g" in flags or "w" in flags:
        return {}
    places = {(m.country, m.admin) for m in reading.meanings if m.kind in "cCP"}
    return {place: 1.0 / len(places) for place in places if place[1]}
