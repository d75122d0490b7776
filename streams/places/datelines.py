"""Finds the country of a dateline's place; an unknown place stays unknown."""

from __future__ import annotations

import re

from streams.contracts.story import Dateline
from streams.places.folding import key
from streams.places.gazetteer import Gazetteer, Meaning

SEATS = {
    "brussels": "BE", "strasbourg": "FR", "luxembourg": "LU", "geneva": "CH", "vienna": "AT", "the hague": "NL",
    "united nations": "US", "washington": "US", "new york": "US", "davos": "CH", "lausanne": "CH", "addis ababa": "ET",
    "bruxelles": "BE", "geneve": "CH", "vienne": "AT", "la haye": "NL", "ginebra": "CH", "bruselas": "BE",
    "viena": "AT", "la haya": "NL", "nations unies": "US", "naciones unidas": "US", "nueva york": "US",
}  # fmt: skip
"""Places that other countries' news is filed from: seats of international bodies and of the press that covers them."""
_PARTS = re.compile(r"[,/(•–—-]")
_MONTH = re.compile(r"^\W*(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|janv|fév|avr|mai|juin|juil|ao|ene|abr|ago|dic)", re.I)


def dateline_city(dateline: Dateline | None) -> str | None:
    """The place as the dateline prints it, without date and sign-off: ``MOSCOW, Aug 29 (AFP) -`` → ``MOSCOW``."""
    if dateline is None:
        return None
    city = dateline.city or _PARTS.split(dateline.text, maxsplit=1)[0]
    return city.strip() or None


def is_seat(dateline: Dateline | None) -> bool:
    """Is it a place that news of other countries is filed from?"""
    city = dateline_city(dateline)
    return city is not None and key(city) in SEATS


def dateline_country(dateline: Dateline | None, language: str, gazetteer: Gazetteer) -> str | None:
    """ISO alpha-2 of the dateline's place. The state or country that follows the town decides (``TROY, N.C.`` is US);
    else a capital, else the most populous city of that name."""
    city = dateline_city(dateline)
    if dateline is None or city is None:
        return None
    for part in _wider(dateline.text):
        code = _wider_country(part, language, gazetteer)
        if code:
            return code
    folded = key(city.split(",")[0])
    if folded in SEATS:
        return SEATS[folded]
    meanings = gazetteer.look_up(folded, language) or gazetteer.look_up(folded, "en")
    return _best(meanings)


def _wider(text: str) -> list[str]:
    """What stands after the town's comma, up to the date: ``TROY, N.C., Oct 3`` → ``["N.C."]``."""
    out: list[str] = []
    for part in text.split(",")[1:4]:
        part = re.split(r"\(|--| [-–—•]|[-–—•] |:", part)[0].strip()
        if not part or _MONTH.match(part):
            break
        out.append(part)
    return out


def _wider_country(part: str, language: str, gazetteer: Gazetteer) -> str | None:
    target = gazetteer.abbreviations.get(part) or gazetteer.abbreviations.get(part.title().replace(" ", ""))
    if target:
        return target[0]
    for tongue in (language, "en"):
        for meaning in gazetteer.look_up(key(part), tongue):
            if meaning.kind in "NS":
                return meaning.country
    return None


def _best(meanings: tuple[Meaning, ...]) -> str | None:
    """A capital first, then the country or state of that name, then the largest city."""
    order = {"C": 0, "N": 1, "S": 2, "c": 3}
    places = [m for m in meanings if m.kind in order]
    return min(places, key=lambda m: (order[m.kind], -m.population)).country if places else None
