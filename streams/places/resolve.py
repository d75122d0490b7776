"""Decides which of its meanings each name has in one story; a name it cannot decide gets no country.

A name next to its state or country ("Troy, N.C.", "Paris, Texas") is settled by it; then what the story names
elsewhere, then population decides. Small towns count only where the copy names their state or country too.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from streams.places import context
from streams.places.gazetteer import Gazetteer, Hit, Meaning

APPOSED = 14
APPOSITIONS = frozenset({"", "capital", "capital city", "city of", "town of", "port of", "president", "capitale", "capital de"})
"""What may stand between two expressions that name one place ("the Ruritanian capital Strelsau"): they count once."""
FieldName = Literal["headline", "body"]

KNOWN_CITY = 100_000
"""Inhabitants above which a city is tagged without any other hint."""
WORD_CITY = 500_000
"""The same for a city whose name is a surname or an ordinary word too."""
SURE_CITY = 1_000_000
"""The same for one right before another capitalised word, as a given name would be."""
STILL_NEWS = 5
"""Years after its end that a state's name still is news."""
SOURCE = 0.4
"""Weight of a country in the name of who says it, or of its money."""
ATTRIBUTE = 0.2
"""Weight of a country as a mere attribute, in an organisation's name, or named twice in one breath."""
_FAINT_HINT, _HINT, _ADMIN_HINT, _CAPITAL_HINT, _NEIGHBOUR_HINT = 0.4, 0.8, 2.2, 1.0, 0.4
_PARTY = re.compile(r"(?<=[ (])[RDI]-([A-Z][A-Za-z.]{1,6})")
_STATE_AFTER_TOWN = re.compile(r", ?((?:[A-Z]\.[ ]?){2,4}|[A-Z][a-z]{1,4}\.|W\. ?Va\.)")
_COMMA = re.compile(r"^, ?((?:[A-Z]\.[ ]?){1,4}|[A-Z][A-Za-z]{1,4}\.?(?:[ ]?[A-Z][a-z]*\.)?)")


@dataclass(slots=True)
class Found:
    """One place expression, settled. ``country`` None: above countries or undecided. ``weight``: how much the
    expression says that the story is about the country, 0 to 1."""

    field: FieldName
    start: int
    end: int
    text: str
    kind: str
    country: str | None
    weight: float
    slug: str | None = None


KINDS = {
    "N": "country", "D": "demonym", "C": "capital", "c": "city", "S": "state", "P": "county", "I": "institution",
    "R": "region",
}  # fmt: skip
WEIGHTS = {"N": 1.0, "D": 0.9, "C": 0.8, "c": 0.7, "S": 0.8, "P": 0.6, "I": 0.8, "R": 0.0}
SUPRANATIONAL = frozenset({"eu", "nato"})


@dataclass(slots=True)
class _Spot:
    """A hit under way: its field's text, what it may mean, and what was said of it."""

    field: FieldName
    text: str
    hit: Hit
    around: context.Around
    meanings: tuple[Meaning, ...]
    weight: float
    settled: Meaning | None = None
    adjacent: bool = False


def resolve(
    headline: str,
    body: str,
    language: str,
    gazetteer: Gazetteer,
    home: tuple[str, str] | None = None,
    year: int | None = None,
) -> list[Found]:
    """Every place expression of the story in reading order. ``home`` is the dateline's (folded place,
    country): a hint, and what the same name means further down. ``year``: the story's, to tell news of a state
    from memories of it."""
    spots: list[_Spot] = []
    extra: list[Found] = []
    for field, text in (("headline", headline), ("body", body)):
        spots += _candidates(field, text, language, gazetteer, year)  # type: ignore[arg-type]
        extra += _abbreviations(field, text, gazetteer)  # type: ignore[arg-type]
    _settle_by_neighbour(spots, gazetteer, home)
    votes, local, admins = _votes(spots, extra, home[1] if home else None)
    for spot in spots:
        if spot.settled is None:
            spot.settled = _choose(spot, votes, local, admins, gazetteer)
    found = [_found(spot) for spot in spots if spot.settled is not None]
    taken = {(f.field, f.end) for f in found}
    found += [f for f in extra if (f.field, f.end) not in taken]
    return sorted(found, key=lambda f: (f.field != "headline", f.start))


def _candidates(
    field: FieldName, text: str, language: str, gazetteer: Gazetteer, year: int | None
) -> list[_Spot]:
    """The hits of one field without those that the words around show to be no place."""
    prose = _is_prose(text) if field == "headline" else True
    spots: list[_Spot] = []
    persons: set[str] = set()
    for hit in gazetteer.find(text, language):
        kind = hit.meanings[0].kind
        if kind == "X":
            continue
        around = context.around(text, hit)
        if context.is_media(around, gazetteer) or context.is_label(around):
            continue
        if kind not in "RI" and context.is_person(around, gazetteer, prose):
            persons.add(hit.name.pattern)
            continue
        if kind == "R" and hit.name.pattern.startswith("the ") and context.goes_on(around):
            continue
        if kind == "D" and context.is_language(around):
            continue
        weight = _weight(around, kind)
        if year and year > gazetteer.historic.get(hit.name.pattern, year) + STILL_NEWS:
            weight = min(weight, ATTRIBUTE)
        spots.append(_Spot(field, text, hit, around, hit.meanings, weight))
    if persons:
        spots = [s for s in spots if s.hit.name.pattern not in persons or _located(s)]
    return spots


def _weight(around: context.Around, kind: str) -> float:
    """How much the words around leave of an expression's weight, 0 to 1."""
    if context.is_organisation(around) or context.is_aside(around):
        return ATTRIBUTE
    if context.is_source(around) or (kind in "ND" and context.is_currency(around)):
        return SOURCE
    return 1.0


def _is_prose(text: str) -> bool:
    """False where most words of four letters and more are capitalised: a headline in title case or capitals."""
    words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return 2 * sum(word[0].isupper() for word in words) <= len(words)


def _located(spot: _Spot) -> bool:
    return spot.around.previous.lower() in context.LOCATIVE


def _abbreviations(field: FieldName, text: str, gazetteer: Gazetteer) -> list[Found]:
    """States abbreviated after a comma or a party letter: ``Wexley, Ky.``, ``R-Ohio``, with no town known before."""
    found = []
    for match in _STATE_AFTER_TOWN.finditer(text):
        form = match[1].strip()
        target = gazetteer.abbreviations.get(form)
        if target and text[match.start() - 1 : match.start()].islower():
            start = match.start(1)
            found.append(Found(field, start, start + len(form), form, "state", target[0], 0.6))
    for match in _PARTY.finditer(text) if "R-" in text or "D-" in text else ():
        target = gazetteer.abbreviations.get(match[1]) or gazetteer.abbreviations.get(match[1].rstrip("."))
        if target:
            found.append(Found(field, match.start(1), match.end(1), match[1], "state", target[0], 0.4))
    return found


def _settle_by_neighbour(spots: list[_Spot], gazetteer: Gazetteer, home: tuple[str, str] | None) -> None:
    """Settle each name that its state or country follows after a comma, and the same name wherever else it stands."""
    told: dict[str, Meaning] = {}
    for spot, following in zip_longest(spots, spots[1:]):
        meaning = _told_by_comma(spot, following, gazetteer)
        if meaning:
            spot.settled, spot.adjacent = meaning, True
            told.setdefault(spot.hit.name.pattern, meaning)
        if following and following.field == spot.field and following.hit.start - spot.hit.end <= APPOSED:
            between = spot.text[spot.hit.end : following.hit.start].strip(" ,\n")
            if between in APPOSITIONS and _same_country(spot, following):
                following.weight = min(following.weight, ATTRIBUTE)
    for spot in spots:
        pattern = spot.hit.name.pattern
        if spot.settled is None and pattern in told:
            spot.settled = told[pattern]
        elif spot.settled is None and home and pattern == home[0]:
            spot.settled = _within(spot.meanings, home[1], "")


def _same_country(spot: _Spot, following: _Spot) -> bool:
    one = (spot.settled or spot.meanings[0]).country
    return any(m.country == one for m in following.meanings)


def _told_by_comma(spot: _Spot, following: _Spot | None, gazetteer: Gazetteer) -> Meaning | None:
    """What the words after the comma make of a town: ``Paris, Texas``, ``London, Ont.``; None when they say nothing."""
    if spot.text[spot.hit.end : spot.hit.end + 1] != "," or spot.meanings[0].kind not in "CcNSP":
        return None
    if following and following.field == spot.field and 1 <= following.hit.start - spot.hit.end <= 2:
        for wider in following.meanings:
            if wider.kind not in "NS":
                continue
            inside = _within(spot.meanings, wider.country, wider.admin)
            if inside is None and wider.kind == "S" and spot.meanings[0].kind in "Cc":
                inside = Meaning("c", wider.languages, wider.country, wider.admin, 0)
            if inside:
                following.settled, following.adjacent = wider, True
                return inside
        return None
    found = _COMMA.match(spot.text[spot.hit.end : spot.hit.end + 12])
    target = gazetteer.abbreviations.get(found[1].strip()) if found else None
    if target is None:
        return None
    country, admin = target
    return _within(spot.meanings, country, admin) or Meaning("c", frozenset("*"), country, admin, 0)


def _within(meanings: tuple[Meaning, ...], country: str, admin: str) -> Meaning | None:
    """The best known meaning inside a country and, if given, its division."""
    for meaning in meanings:
        if meaning.kind in "cCP" and meaning.country == country and (not admin or meaning.admin in {admin, ""}):
            return meaning
    return None


def _votes(
    spots: list[_Spot], extra: list[Found], home: str | None
) -> tuple[dict[str, float], dict[str, float], set[tuple[str, str]]]:
    """What the plain names say: votes by country, votes by places inside countries, and the divisions named."""
    votes: dict[str, float] = defaultdict(float)
    local: dict[str, float] = defaultdict(float)
    admins: set[tuple[str, str]] = set()
    for spot in spots:
        meaning = spot.settled
        if meaning is None:
            countries = {m.country for m in spot.meanings if m.kind not in "cP" or m.population >= KNOWN_CITY}
            if len(countries) != 1 or spot.meanings[0].kind == "R":
                continue
            meaning = spot.meanings[0]
            if meaning.kind in "cP" and (spot.hit.name.flags or meaning.population < KNOWN_CITY):
                continue
        votes[meaning.country] += spot.weight
        if meaning.kind in "cCSP":
            local[meaning.country] += spot.weight
        if meaning.admin and (meaning.kind in "SP" or spot.adjacent):
            admins.add((meaning.country, meaning.admin))
    for found in extra:
        if found.country:
            votes[found.country] += found.weight
            local[found.country] += found.weight
    if home:
        votes[home] += 0.5
    return votes, local, admins


def _choose(
    spot: _Spot,
    votes: dict[str, float],
    local: dict[str, float],
    admins: set[tuple[str, str]],
    gazetteer: Gazetteer,
) -> Meaning | None:
    """The meaning that the story supports best, or None: then the expression is no mention."""
    first = spot.meanings[0]
    if first.kind in "RI":
        return first
    plain = [m for m in spot.meanings if m.kind in "NDS"]
    if plain:
        if len({m.country for m in plain}) == 1:
            return plain[0]
        return max(plain, key=lambda m: _support(m, votes, local, gazetteer) - 0.01 * plain.index(m))
    best = max(spot.meanings, key=lambda m: _likelihood(m, votes, local, admins))
    return best if _stands(spot, best, votes, admins) else None


def _likelihood(
    meaning: Meaning, votes: dict[str, float], local: dict[str, float], admins: set[tuple[str, str]]
) -> float:
    """Of towns with one name: population in powers of ten, a capital's fame, and what the story names elsewhere."""
    if (meaning.country, meaning.admin) in admins:
        hint = _ADMIN_HINT
    elif votes.get(meaning.country):
        hint = _HINT if local.get(meaning.country) else _FAINT_HINT
    else:
        hint = 0.0
    size = math.log10(max(meaning.population, 1_000))
    return size + hint + (_CAPITAL_HINT if meaning.kind == "C" else 0.0)


def _stands(spot: _Spot, best: Meaning, votes: dict[str, float], admins: set[tuple[str, str]]) -> bool:
    """Is it a place expression at all? Known cities are; a small town needs its state or country in the copy, a name
    that is a word or a person's too needs more."""
    flags = spot.hit.name.flags
    if best.kind == "P":
        return True
    named = votes.get(best.country, 0.0) >= 1.0
    hinted = (best.country, best.admin) in admins if best.admin else named
    located = _located(spot)
    if best.kind == "C" and (not flags or best.population >= WORD_CITY or named):
        return True
    if not located and best.population < SURE_CITY and context.names_someone(spot.around):
        return False
    if "w" in flags:
        return located and (hinted or best.population >= WORD_CITY // 3)
    if "g" in flags and best.population < SURE_CITY:
        return located and (hinted or best.population >= KNOWN_CITY)
    if flags:
        floor = KNOWN_CITY if located or named else WORD_CITY
        return best.population >= floor or (hinted and located)
    return best.population >= KNOWN_CITY or hinted or (named and located)


def _support(meaning: Meaning, votes: dict[str, float], local: dict[str, float], gazetteer: Gazetteer) -> float:
    """How much the story speaks of a country, for a name that a country and another country's state share."""
    if meaning.kind == "S":
        return local.get(meaning.country, 0.0) + 0.3 * min(votes.get(meaning.country, 0.0), 1.0)
    around = gazetteer.neighbours.get(meaning.country, frozenset())
    near = sum(votes.get(code, 0.0) for code in around)
    return votes.get(meaning.country, 0.0) + _NEIGHBOUR_HINT * near


def _found(spot: _Spot) -> Found:
    meaning = spot.settled
    assert meaning is not None
    hit, kind = spot.hit, KINDS[meaning.kind]
    slug = meaning.country if meaning.kind == "R" else None
    if slug in SUPRANATIONAL:
        kind = "supranational"
    country = None if slug else meaning.country
    weight = WEIGHTS[meaning.kind] * spot.weight
    return Found(spot.field, hit.start, hit.end, spot.text[hit.start : hit.end], kind, country, weight, slug)
