"""Decides which of its meanings each name has in one story; a name it cannot decide is no place expression.

A name next to its state or country is settled by that (``adjacency``); then what the story names elsewhere, then
population decides. Small towns count only where the copy names their state or country too.
"""

from __future__ import annotations

from streams.places import adjacency, context, firms, words
from streams.places.candidates import candidates, located
from streams.places.expressions import FieldName, Found, Spot
from streams.places.gazetteer import Gazetteer, Meaning, Reading
from streams.places.locality import NAMED_ABROAD, Locality
from streams.places.names import KNOWN_CITY
from streams.places.votes import count, own

WORD_CITY = 500_000
"""What KNOWN_CITY is for others, for a city whose name is a surname or an ordinary word too."""
SURE_CITY = 1_000_000
"""The same for one right before another capitalised word, as a given name would be."""
_FAINT_HINT, _HINT, _ADMIN_HINT, _NEIGHBOUR_HINT = 1.0, 1.2, 4.0, 0.4


KINDS = {
    "N": "country", "D": "demonym", "C": "capital", "c": "city", "S": "state", "P": "county", "I": "institution",
    "R": "region",
}  # fmt: skip
WEIGHTS = {"N": 1.0, "D": 0.9, "C": 0.8, "c": 0.7, "S": 0.8, "P": 0.6, "I": 0.8, "R": 0.0}
SUPRANATIONAL = frozenset({"eu", "nato"})
_AMERICAN = frozenset({None, "US"})
"""Where copy is filed from that may be American local news."""
_UNION_SEAT, _AS_UNION = "BE", 0.2
"""The country whose capital stands for the European Union and NATO, and what its name then weighs for the country."""


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
    spots = candidates(headline, body, language, gazetteer, year)
    adjacency.settle(spots, gazetteer, home)
    extra = _abbreviations("headline", headline, gazetteer) + _abbreviations("body", body, gazetteer)
    filed, base = home or (None, None)
    votes, local, admins = count(spots, [(item.country, item.weight) for item in extra if item.country], base)
    locality = Locality(spots, base)
    found: list[Found] = []
    add = found.append
    seats: list[Found] = []
    bearing: set[str] = set()
    union = belgian = False
    for spot in spots:
        reading = spot.reading
        meaning = spot.settled or reading.certain or _choose(spot, votes, local, admins, gazetteer, locality)
        if meaning is None:
            continue
        # From here on the spot is what was found; its voice stays, since others go by it.
        letter, country = meaning.kind, meaning.country
        spot.text = spot.copy[spot.start : spot.end]
        spot.weight = WEIGHTS[letter] * spot.voice
        spot.former = reading.successor == country
        add(spot)
        if letter == "R":
            _named_region(spot, country)
            union = union or spot.slug in SUPRANATIONAL
            continue
        if country == _UNION_SEAT:
            if reading.capital:
                seats.append(spot)
            else:
                belgian = True
        spot.kind, spot.country, spot.slug = KINDS[letter], country, None
        if (not spot.plain or letter == "I") and base and country != base and firms.is_incorporated(spot, letter):
            bearing.add(reading.pattern)
        # A capital, also one with a division of its own (Berlin, Madrid), or an institution may speak.
        speaks = (letter in "CI" or (letter == "S" and reading.capital)) and context.is_speaker(spot)
        spot.telling = speaks or reading.pattern == filed
    if union and not belgian:
        for seat in seats:  # "Brussels fines …" in copy that names the union and no Belgian thing is the union
            seat.weight *= _AS_UNION
    if bearing:
        firms.unweigh(found, bearing)
    if not extra:
        return found
    taken = {(f.field, f.end) for f in found}
    found += [f for f in extra if (f.field, f.end) not in taken]
    return sorted(found, key=lambda f: (f.field != "headline", f.start))


def _abbreviations(field: FieldName, text: str, gazetteer: Gazetteer) -> list[Found]:
    return [
        Found(field, start, end, text[start:end], "state", country, weight)
        for start, end, country, weight in adjacency.abbreviated(text, gazetteer)
    ]


def _choose(
    spot: Spot,
    votes: dict[str, float],
    local: dict[str, float],
    admins: set[tuple[str, str]],
    gazetteer: Gazetteer,
    locality: Locality,
) -> Meaning | None:
    """The meaning that the story supports best, for a name that has no certain one; None: it is no mention."""
    first, plain = spot.reading.meanings[0], spot.reading.plain
    if first.kind == "I":
        return max((m for m in spot.reading.meanings if m.kind == "I"), key=lambda m: votes.get(m.country, 0.0))
    if len(spot.reading.meanings) == 1:
        return first if _stands(spot, first, votes, admins) else None
    if plain:
        if spot.reading.agreed:
            if plain[0].kind == "S":
                return _rival(spot, plain[0], votes, locality.home) or plain[0]
            return (locality.home in _AMERICAN and locality.hometown(spot.reading, votes)) or plain[0]
        return max(plain, key=lambda m: _support(m, votes, local, gazetteer, locality) - 0.01 * plain.index(m))
    best = _likeliest(spot.reading, votes, local, admins, locality)
    if _stands(spot, best, votes, admins):
        return best
    if locality.holds(spot.reading, best) and _stands(spot, best, votes, admins | {(best.country, best.admin)}):
        return best
    if not locality.hint(spot.reading, best):
        return None
    # The town that the locals mean may be too small to be told by itself, but its country is.
    largest = max((m for m in spot.reading.meanings if m.country == best.country), key=lambda m: m.population)
    bare = located(spot) or not (spot.reading.name.flags or context.names_someone(spot))
    if bare and locality.press == best.country:
        return best
    return best if _stands(spot, largest, votes, admins) else None


def _rival(spot: Spot, division: Meaning, votes: dict[str, float], home: str | None) -> Meaning | None:
    """A known city abroad of a division's name (Córdoba, Norfolk, Surrey), where the copy names the city's country and
    not the division's; any town of that name where the copy is filed from its country."""
    if votes.get(division.country, 0.0) > 0.0:
        return None
    rivals = [
        m
        for m in spot.reading.meanings
        if m.kind in "cC" and (m.country == home or (m.population >= KNOWN_CITY and votes.get(m.country, 0.0) >= 1.0))
    ]
    return max(rivals, key=lambda m: (votes.get(m.country, 0.0), m.population)) if rivals else None


def _likeliest(
    reading: Reading,
    votes: dict[str, float],
    local: dict[str, float],
    admins: set[tuple[str, str]],
    locality: Locality,
) -> Meaning:
    """The likeliest of a town's meanings in this story, wherever in it the name stands."""
    best = locality.likeliest.get(reading)
    if best is None:
        best, most, home = reading.meanings[0], -1.0, locality.home
        for meaning in reading.meanings:
            country = meaning.country
            if country in votes:
                likelihood = _likelihood(reading, meaning, votes, local, admins, locality)
            elif meaning.admin and (home is None or home == country):
                likelihood = meaning.fame + locality.hint(reading, meaning)
            else:
                likelihood = meaning.fame
            if likelihood > most:
                best, most = meaning, likelihood
        locality.likeliest[reading] = best
    return best


def _likelihood(
    reading: Reading,
    meaning: Meaning,
    votes: dict[str, float],
    local: dict[str, float],
    admins: set[tuple[str, str]],
    locality: Locality,
) -> float:
    """Of towns with one name: its fame, and what the story names elsewhere."""
    named = votes.get(meaning.country, 0.0)
    mine = own(reading, meaning, locality.spots) if named and meaning is reading.meanings[0] else 0.0
    if (meaning.country, meaning.admin) in admins:
        hint = _ADMIN_HINT
    elif named > mine:
        hint = _HINT if local.get(meaning.country, 0.0) > mine else _FAINT_HINT
    else:
        hint = 0.0
    if meaning.admin:
        hint = max(hint, locality.hint(reading, meaning))
    witnessed = meaning.population >= KNOWN_CITY and named - mine > 0.5
    return meaning.fame + hint + (NAMED_ABROAD if witnessed else 0.0)


def _stands(spot: Spot, best: Meaning, votes: dict[str, float], admins: set[tuple[str, str]]) -> bool:
    """Is it a place expression at all? Known cities are; a small town needs its state or country in the copy, a name
    that is a word or a person's too needs more."""
    flags = spot.reading.name.flags
    if best.kind == "P":
        return True
    if spot.reading.placed:
        placed = located(spot) and spot.before.word != "a"  # the English article, a preposition elsewhere
        return placed or spot.after.text in words.DIVISIONS or votes.get(best.country, 0.0) >= 1.0
    named = votes.get(best.country, 0.0) >= 1.0
    hinted = (best.country, best.admin) in admins if best.admin else named
    if best.kind == "C" and (not flags or best.population >= WORD_CITY or named):
        return True
    placed = located(spot)
    if not placed and best.population < SURE_CITY and context.names_someone(spot):
        return False
    if "w" in flags:
        return placed and (hinted or best.population >= WORD_CITY // 3)
    if "g" in flags and best.population < SURE_CITY:
        return placed and (hinted or best.population >= KNOWN_CITY)
    if flags:
        floor = KNOWN_CITY if placed or named else WORD_CITY
        return best.population >= floor or (hinted and placed)
    return best.population >= KNOWN_CITY or hinted or (named and placed)


def _support(
    meaning: Meaning, votes: dict[str, float], local: dict[str, float], gazetteer: Gazetteer, locality: Locality
) -> float:
    """How much the story speaks of a country, for a name that a country and another country's state share."""
    if meaning.kind == "S":
        hint = _HINT if meaning.country == locality.press else 0.0
        return local.get(meaning.country, 0.0) + 0.3 * min(votes.get(meaning.country, 0.0), 1.0) + hint
    around = gazetteer.neighbours.get(meaning.country, frozenset())
    near = sum(votes.get(code, 0.0) for code in around)
    return votes.get(meaning.country, 0.0) + _NEIGHBOUR_HINT * near


def _named_region(spot: Spot, slug: str) -> None:
    """Settle the name of a region or union: it is above countries."""
    spot.kind = "supranational" if slug in SUPRANATIONAL else "region"
    spot.country, spot.slug, spot.telling = None, slug, False
