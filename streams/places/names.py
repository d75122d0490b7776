"""What a name may mean, and how copy in one language reads it; it knows no text and no other name."""

from __future__ import annotations

import math
from dataclasses import dataclass

LOWER_CASE_DEMONYMS = frozenset({"fr", "es", "pt", "de"})
"""Languages that write nationalities in lower case."""
KNOWN_CITY = 100_000
"""Inhabitants above which a city is tagged without any other hint."""
CAPITAL_FAME = 1.0
"""Powers of ten of population that a capital is better known for."""
ARTICLES = ("al ", "el ", "ad ", "ar ", "as ", "ash ", "az ", "an ", "at ")
"""Arabic articles, folded, that copy in Latin letters puts before the names of cities and of families."""
NEVER = 9999
"""The year that a state ended which has not."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing a name may mean. ``kind`` as in tools/gazetteer/entries.py; ``population`` 0 when unknown;
    ``fame``: its population in powers of ten, 3 at least, and one more for a capital."""

    kind: str
    languages: frozenset[str]
    country: str
    admin: str
    population: int
    fame: float = 3.0


@dataclass(frozen=True, slots=True)
class Name:
    """One folded spelling with all it may mean, best known first. ``flags``: w an ordinary English word too,
    g also a given name, s also a surname, p (in English) only where copy makes it a place or names its country, h only
    before a hyphen, t begins with an article that is no part of it."""

    pattern: str
    shape: str
    case: str
    flags: str
    meanings: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A name as copy in one language reads it: what can be known of it before any copy is seen.

    ``kind``: that of the best known meaning. ``alone``: one word that is no region or institution, so maybe a person's.
    ``articled``: a city with the Arabic article, so maybe one too. ``placed``: flag p, in English.
    ``plain``: those that are a country, nationality or division, ``agreed`` when they are of one country.
    ``countries``: of all meanings. ``capital``: one of them is. ``certain``: the meaning it has in every story that
    does not settle it by the words after it, or None. ``saint``: a town named after one. ``era``: "B.C.". ``ended``:
    the year its state ended, or NEVER; ``successor``: the country that it is read as, or "".

    ``pattern``: the name's. ``vote``: what it says to the story's other names where nothing around settles it, or None.

    ``lasting``: of a name that is no saint's and of no state that ended: nothing but the words around can unmask it.

    ``easy``: wherever it is found it is one, none of the rest holds. ``exact``: the one form it must have, or "".
    ``hyphened``: only before a hyphen. ``shift``: code points of an article that is no part of it. ``dotted``: of
    several words, so maybe spelled with full stops.
    """

    name: Name
    pattern: str
    meanings: tuple[Meaning, ...]
    kind: str
    plain: tuple[Meaning, ...]
    agreed: bool
    countries: frozenset[str]
    capital: bool
    certain: Meaning | None
    alone: bool
    saint: bool
    articled: bool
    placed: bool
    era: bool
    ended: int
    successor: str
    vote: Meaning | None
    lasting: bool
    easy: bool
    exact: str
    hyphened: bool
    shift: int
    dotted: bool


def parse(line: str) -> Name:
    """A name from its line in the compiled file: pattern, shape (none: each word opens with a capital), case, flags,
    meanings."""
    pattern, shape, case, flags, meanings = line.split("\t")
    parsed = []
    for meaning in meanings.split("|"):
        kind, languages, country, admin, population = meaning.split(":")
        people = int(population or 0)
        spoken = frozenset(languages.split(","))
        fame = math.log10(max(people, 1_000)) + (CAPITAL_FAME if kind == "C" else 0.0)
        parsed.append(Meaning(kind, spoken, country, admin, people, fame))
    return Name(pattern, shape or pattern.title(), case, flags, tuple(parsed))


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
    agreed = len({m.country for m in plain}) == 1
    placed = "p" in flags and language == "en"
    certain = None
    if kind == "R" or (kind == "I" and len({m.country for m in meanings}) == 1) or (len(meanings) == 1 and plain):
        certain = meanings[0]
    elif agreed and plain[0].kind != "S" and not _hometown(kind, meanings):
        certain = plain[0]
    saint = kind == "c" and pattern.startswith(("st ", "saint "))
    exact, hyphened, shift = name.case == "u", "h" in flags, 4 if "t" in flags and kind != "R" else 0
    return Reading(
        name=name,
        pattern=pattern,
        meanings=meanings,
        kind=kind,
        plain=plain,
        agreed=agreed,
        countries=frozenset(m.country for m in meanings),
        capital=any(m.kind == "C" for m in meanings),
        certain=None if placed else certain,
        alone=kind not in "RI" and " " not in pattern,
        era=pattern == "b c",
        saint=saint,
        articled=kind in "cC" and pattern.startswith(ARTICLES),
        ended=ended,
        successor=successor,
        placed=placed,
        vote=None if placed else _vote(kind, flags, meanings),
        lasting=ended == NEVER and not saint,
        easy=not (exact or hyphened or shift or " " in pattern),
        exact=name.shape if exact else "",
        hyphened=hyphened,
        shift=shift,
        dotted=" " in pattern,
    )


def _hometown(kind: str, meanings: tuple[Meaning, ...]) -> bool:
    """A country that American towns are called after: ``Lebanon``."""
    return kind == "N" and meanings[0].country != "US" and any(m.country == "US" and m.kind == "c" for m in meanings)


def _vote(kind: str, flags: str, meanings: tuple[Meaning, ...]) -> Meaning | None:
    """The best known meaning, unless it is a region, of several countries or too small to be told by itself."""
    first = meanings[0]
    if kind == "R" or (len(meanings) > 1 and not _one_country(meanings)):
        return None
    if kind in "cP" and (flags or first.population < KNOWN_CITY):
        return None
    return first


def _one_country(meanings: tuple[Meaning, ...]) -> bool:
    """Are all well-known places of that name in one country?"""
    known = {m.country for m in meanings if m.population >= KNOWN_CITY or m.kind not in "cP"}
    return len(known) == 1
