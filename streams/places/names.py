"""What a name may mean, and how copy in one language reads it; it knows no text and no other name."""

from __future__ import annotations

import math
from dataclasses import dataclass

from streams.places.spellings import LOWER_CASE_DEMONYMS

NEVER = 9999
"""The year that a state ended which has not."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing a name may mean. ``kind`` as in tools/gazetteer/entries.py; ``population`` 0 when unknown;
    ``magnitude``: its population in powers of ten, 3 at least."""

    kind: str
    languages: frozenset[str]
    country: str
    admin: str
    population: int
    magnitude: float = 3.0


@dataclass(frozen=True, slots=True)
class Name:
    """One folded spelling with all it may mean, best known first. ``flags``: w an ordinary English word too,
    g also a given name, s also a surname, h only before a hyphen, t begins with an article that is no part of it."""

    pattern: str
    shape: str
    case: str
    flags: str
    meanings: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A name as copy in one language reads it: what can be known of it before any copy is seen.

    ``kind``: that of the best known meaning. ``alone``: one word that is no region or institution, so maybe a person's.
    ``plain``: those that are a country, nationality or division, ``agreed`` when they are of one country. ``capital``:
    one of them is. ``saint``: a town named after one. ``era``: "B.C.". ``ended``: the year its state ended, or NEVER;
    ``successor``: the country that it is read as, or "".

    ``bound``: one of the rest holds. ``exact``: the one form it must have, or "". ``hyphened``: only before a hyphen.
    ``shift``: code points of an article that is no part of it.
    """

    name: Name
    meanings: tuple[Meaning, ...]
    kind: str
    plain: tuple[Meaning, ...]
    agreed: bool
    capital: bool
    alone: bool
    saint: bool
    era: bool
    ended: int
    successor: str
    bound: bool
    exact: str
    hyphened: bool
    shift: int


def parse(line: str) -> Name:
    """A name from its line in the compiled file: pattern, shape, case, flags, meanings."""
    pattern, shape, case, flags, meanings = line.split("\t")
    parsed = []
    for meaning in meanings.split("|"):
        kind, languages, country, admin, population = meaning.split(":")
        people = int(population or 0)
        spoken = frozenset(languages.split(","))
        parsed.append(Meaning(kind, spoken, country, admin, people, math.log10(max(people, 1_000))))
    return Name(pattern, shape, case, flags, tuple(parsed))


def read(name: Name, language: str, small: bool, ended: int, successor: str) -> Reading | None:
    """The name with its meanings in a language, ``small`` where copy has it in lower case; None when it means nothing
    there or is masked. ``ended``, ``successor``: as in Reading."""
    meanings = tuple(m for m in name.meanings if "*" in m.languages or language in m.languages)
    if small and name.case != "i":
        # A proper name with the letters of a nationality, where nationalities are written so: "un chinois".
        written_so = language in LOWER_CASE_DEMONYMS or name.shape == name.shape.lower()
        meanings = tuple(m for m in meanings if m.kind == "D" and written_so)
    if not meanings or meanings[0].kind == "X":
        return None
    kind, pattern, flags = meanings[0].kind, name.pattern, name.flags
    plain = tuple(m for m in meanings if m.kind in "NDS")
    exact, hyphened, shift = name.case == "u", "h" in flags, 4 if "t" in flags and kind != "R" else 0
    return Reading(
        name=name,
        meanings=meanings,
        kind=kind,
        plain=plain,
        agreed=len({m.country for m in plain}) == 1,
        capital=any(m.kind == "C" for m in meanings),
        alone=kind not in "RI" and " " not in pattern,
        era=pattern == "b c",
        saint=kind == "c" and pattern.startswith(("st ", "saint ")),
        ended=ended,
        successor=successor,
        bound=exact or hyphened or shift > 0,
        exact=name.shape if exact else "",
        hyphened=hyphened,
        shift=shift,
    )
