"""Finds the country of a dateline's place; an unknown place stays unknown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from streams.contracts.story import AgencyPlace, Dateline
from streams.places.folding import key
from streams.places.gazetteer import Gazetteer, Meaning

SEATS = {
    "brussels": "BE", "strasbourg": "FR", "luxembourg": "LU", "geneva": "CH", "vienna": "AT", "the hague": "NL",
    "united nations": "US", "washington": "US", "new york": "US", "davos": "CH", "lausanne": "CH", "addis ababa": "ET",
    "bruxelles": "BE", "geneve": "CH", "vienne": "AT", "la haye": "NL", "ginebra": "CH", "bruselas": "BE",
    "viena": "AT", "la haya": "NL", "nations unies": "US", "naciones unidas": "US", "nueva york": "US",
    "bruxelas": "BE", "genebra": "CH", "haia": "NL", "estrasburgo": "FR", "nova york": "US", "nova iorque": "US",
    "nacoes unidas": "US", "brussel": "BE", "genf": "CH", "wien": "AT", "den haag": "NL", "straßburg": "FR",
    "luxemburg": "LU", "luxemburgo": "LU", "lausana": "CH", "addis abeba": "ET", "adis abeba": "ET",
    "vereinte nationen": "US", "بروكسل": "BE", "جنيف": "CH", "فيينا": "AT", "لاهاي": "NL", "واشنطن": "US",
    "نيويورك": "US", "الامم المتحدة": "US",
}  # fmt: skip
"""Places that other countries' news is filed from: seats of international bodies and of the press that covers them."""
_SEEN = 1 << 12
"""Places as datelines print them whose reading is remembered."""
_PARTS = re.compile(r"[,/(•–—]|--|\s-")
_ENDS = re.compile(r"\(|--| [-–—•]|[-–—•] |:")
_MONTH = re.compile(
    r"^\W*(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|janv|fév|avr|mai|juin|juil|ao|ene|abr|ago|dic)", re.I
)


def dateline_city(dateline: Dateline | None) -> str | None:
    """The place as the dateline prints it, without date and sign-off: ``MOSCOW, Aug 29 (AFP) -`` → ``MOSCOW``."""
    if dateline is None:
        return None
    city = dateline.city or _PARTS.split(dateline.text, maxsplit=1)[0]
    return city.strip() or None


def place_and_seat(dateline: Dateline | None) -> tuple[str | None, bool]:
    """The place as names are matched, without what wider place it lies in, ``TROY, N.C. (AP) --`` → ``troy``; and is it
    one that news of other countries is filed from?"""
    city = dateline_city(dateline)
    return _printed(city) if city else (None, False)


@lru_cache(maxsize=_SEEN)
def _printed(city: str) -> tuple[str, bool]:
    """(the folded place, is it a seat) of one that a dateline prints."""
    return key(city.split(",")[0]), key(city) in SEATS


def dateline_country(
    dateline: Dateline | None, located: str | None, agency: Sequence[AgencyPlace], gazetteer: Gazetteer
) -> str | None:
    """ISO alpha-2 of the dateline's place. The state or country that follows the town decides (``TROY, N.C.`` is US);
    else a capital, else the most populous city of that name; for a town not known, what the agency coded as the
    story's origin or wrote into ``located`` ("Strelsau, Ruritania")."""
    city = dateline_city(dateline)
    if dateline is None or city is None:
        return None
    for part in (*_wider(dateline.text), *(_wider(located) if located else ())):
        code = _wider_country(part, gazetteer)
        if code:
            return code
    for place in agency:
        if place.rel == "origin" and place.country:
            return place.country
    folded, _ = _printed(city)
    if folded in SEATS:
        return SEATS[folded]
    best = _best(gazetteer.look_up(folded))
    if best is None and "/" in city:
        return _common([key(part) for part in city.split("/")], gazetteer)
    return best


def _common(towns: list[str], gazetteer: Gazetteer) -> str | None:
    """The one country that the towns of a dateline lie in, as far as they are known: ``ATHENS/HERAKLION``; none for
    ``PARIS/BERLIN``."""
    found = {SEATS.get(town) or _best(gazetteer.look_up(town)) for town in towns} - {None}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=_SEEN)  # a bureau's dateline is the same all day
def _wider(text: str) -> tuple[str, ...]:
    """What stands after the town's comma, up to the date: ``TROY, N.C., Oct 3`` → ``("N.C.",)``."""
    out: list[str] = []
    for part in text.split(",")[1:4]:
        if _MONTH.match(part):
            break
        part = _ENDS.split(part, maxsplit=1)[0].strip()
        if not part:
            break
        out.append(part)
    return tuple(out)


def _wider_country(part: str, gazetteer: Gazetteer) -> str | None:
    spelled = part.title().replace(" ", "")
    for form in (part, spelled, f"{spelled}."):  # "N.C.", "MICH.", and the full stop may be left out: "Mass", "N.H"
        target = gazetteer.abbreviations.get(form)
        if target:
            return target[0]
    return next((m.country for m in gazetteer.look_up(key(part)) if m.kind in "NS"), None)


def _best(meanings: tuple[Meaning, ...]) -> str | None:
    """A capital first, then the country or state of that name, then the largest city."""
    order = {"C": 0, "N": 1, "S": 2, "c": 3}
    places = [m for m in meanings if m.kind in order]
    return min(places, key=lambda m: (order[m.kind], -m.population)).country if places else None
