"""Settles a town by the state or country that the copy puts right after it; it weighs no other evidence.

"Paris, Texas", "London, Ont.", "Troy, N.C.", and the same name wherever else the story uses it.
"""

from __future__ import annotations

import re
from itertools import zip_longest

from streams.places.candidates import ATTRIBUTE
from streams.places.expressions import Spot
from streams.places.gazetteer import Gazetteer, Meaning

APPOSED = 14
APPOSITIONS = frozenset(
    {"", "capital", "capital city", "city of", "town of", "port of", "president", "capitale", "capital de"}
)
"""What may stand between two expressions that name one place ("the Ruritanian capital Strelsau"): they count once."""
LISTED = 0.4
"""What a country counts as one of ``ROLL`` or more in a row: who voted, who came, where a firm has offices."""
ROLL = 7
_JOINTS = frozenset({"", "and", "and the", "the", "et", "y", "e", "und", "la", "le", "les"})
_TOWN_OF = 48
_TOWN = re.compile(
    r",?[ \n](?:[\w’'-]+[ \n]){0,4}?"
    r"(?:city|town|port|village|capital|ville|ciudad|localidad|puerto|cidade|Stadt|Hafenstadt)"
    r"[ \n](?:(?:of|in|de|du|des|del|da|do|en|em)[ \n])?(?:the[ \n]|la[ \n]|l['’])?"
)
"""Between a town and its country, either first: ``, the second city of ``, `` port of ``."""
_PARTY = re.compile(r"-(?<=[ (][RDI]-)([A-Z][A-Za-z.]{1,6})")
_STATE_AFTER_TOWN = re.compile(r", ?(?=[A-Z])((?:[A-Z]\.[ ]?){2,4}|[A-Z][a-z]{1,4}\.|W\. ?Va\.)")
_COMMA = re.compile(r", ?((?:[A-Z]\.[ ]?){1,4}|[A-Z][A-Za-z]{1,4}\.?(?:[ ]?[A-Z][a-z]*\.)?)")


def settle(spots: list[Spot], gazetteer: Gazetteer, home: tuple[str, str] | None) -> None:
    """Settle each name that its state or country follows after a comma, and the same name wherever else it stands."""
    told: dict[str, Meaning] = {}
    roll: list[Spot] = []
    for spot, following in zip_longest(spots, spots[1:]):
        end = spot.end
        if spot.sign == ",":
            meaning = _told_by_comma(spot, following, gazetteer)
            if meaning:
                spot.settled, spot.adjacent = meaning, True
                told.setdefault(spot.reading.pattern, meaning)
        if following and following.start - end <= _TOWN_OF and following.field == spot.field:
            _settle_town(spot, following, told)
        if following and following.start - end <= APPOSED and following.field == spot.field:
            between = spot.copy[end : following.start].strip(" ,\n")
            if between in _JOINTS and spot.reading.kind == following.reading.kind == "N":
                roll.append(spot)
                continue
            if between in APPOSITIONS and _same_country(spot, following) and following.voice > ATTRIBUTE:
                following.voice = ATTRIBUTE
        if roll:
            _listed(roll, spot)
    if not told and not home:
        return
    place, country = home or ("", "")
    for spot in spots:
        if spot.settled is None:
            pattern = spot.reading.pattern
            if pattern in told:
                spot.settled = told[pattern]
            elif pattern == place:
                spot.settled = within(spot.reading.meanings, country, "")


def _settle_town(spot: Spot, following: Spot, told: dict[str, Meaning]) -> None:
    """Settle the town of ``Ruritanian port of Trenby`` and ``Trenby, the second city of Ruritania``."""
    one, other = spot.reading.kind, following.reading.kind
    if one in "DN" and other in "cC":
        town, state = following, spot
    elif one in "cC" and other == "N" and spot.sign == ",":
        town, state = spot, following
    else:
        return
    country = state.reading.meanings[0].country
    if town.reading.countries != {country} and _TOWN.fullmatch(spot.copy, spot.end, following.start):
        known = within(town.reading.meanings, country, "")
        town.settled = told[town.reading.pattern] = known or Meaning("c", frozenset("*"), country, "", 0)


def _listed(roll: list[Spot], last: Spot) -> None:
    """Weigh down the countries of a list, and begin another one."""
    if len(roll) + 1 >= ROLL:
        for spot in (*roll, last):
            spot.voice = min(spot.voice, LISTED)
    roll.clear()


def _same_country(spot: Spot, following: Spot) -> bool:
    one = (spot.settled or spot.reading.meanings[0]).country
    return one in following.reading.countries


def _told_by_comma(spot: Spot, following: Spot | None, gazetteer: Gazetteer) -> Meaning | None:
    """What the words after its comma make of a town: ``Paris, Texas``, ``London, Ont.``; None when they say nothing."""
    kind = spot.reading.kind
    if kind not in "CcNSP":
        return None
    if following and 1 <= following.start - spot.end <= 2 and following.field == spot.field:
        for wider in following.reading.meanings:
            if wider.kind not in "NS":
                continue
            inside = within(spot.reading.meanings, wider.country, wider.admin)
            if inside is None and wider.kind == "S" and kind in "Cc":
                inside = Meaning("c", wider.languages, wider.country, wider.admin, 0)
            if inside:
                following.settled, following.adjacent = wider, True
                return inside
        return None
    found = _COMMA.match(spot.copy, spot.end, spot.end + 12)
    target = gazetteer.abbreviations.get(found[1].strip()) if found else None
    if target is None:
        return None
    country, admin = target
    return within(spot.reading.meanings, country, admin) or Meaning("c", frozenset("*"), country, admin, 0)


def within(meanings: tuple[Meaning, ...], country: str, admin: str) -> Meaning | None:
    """The best known meaning inside a country and, if given, its division."""
    for meaning in meanings:
        if meaning.kind in "cCP" and meaning.country == country and (not admin or meaning.admin in {admin, ""}):
            return meaning
    return None


def abbreviated(text: str, gazetteer: Gazetteer) -> list[tuple[int, int, str, float]]:
    """(start, end, country, weight) of abbreviated states: ``Wexley, Ky.``, also of a town not known, ``R-Ohio``."""
    states = []
    if "," in text:
        for match in _STATE_AFTER_TOWN.finditer(text):
            form = match[1].strip()
            target = gazetteer.abbreviations.get(form)
            if target and text[match.start() - 1 : match.start()].islower():
                states.append((match.start(1), match.start(1) + len(form), target[0], 0.6))
    # Looked for once more only where it can be: a search for one character is a tenth of one for the pattern.
    if "-" in text:
        for match in _PARTY.finditer(text):
            target = gazetteer.abbreviations.get(match[1]) or gazetteer.abbreviations.get(match[1].rstrip("."))
            if target:
                states.append((match.start(1), match.end(1), target[0], 0.4))
    return states
