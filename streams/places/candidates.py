"""Turns a story's text into place expressions that may be settled; what the words around unmask is left out here.

It decides no meaning: each expression keeps all that its name may mean.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from streams.places import context, firms, words
from streams.places.expressions import FieldName, Spot
from streams.places.gazetteer import Gazetteer

STILL_NEWS = 5
"""Years after its end that a state's name still is news."""
SOURCE = 0.4
"""Weight of a country in the name of who says it."""
ATTRIBUTE = 0.2
"""Weight of a country as a mere attribute, of its money, in an organisation's name, or named twice in one breath."""


def candidates(headline: str, body: str, language: str, gazetteer: Gazetteer, year: int | None) -> list[Spot]:
    """The place expressions of headline and body in reading order, without persons, papers, tongues and labels.

    A name that is a person's in full once ("Wendell Jordan") is one wherever it stands alone, unless a word such as
    "in" or "to" makes it a place. ``year``: the story's, to tell news of a state from memories of it.
    """
    spots: list[Spot] = []
    persons: set[str] = set()
    founded: set[str] = set()
    news = (year or 0) - STILL_NEWS
    fields: tuple[tuple[FieldName, str], ...] = (("headline", headline), ("body", body))
    for field, text in fields:
        if not text:
            continue
        named = context.spotted(field, text, gazetteer.find(text, language))
        if named and not named[0].start and named[0].reading.kind == "N" and _is_word(named[0], body):
            del named[0]
        for spot in named:
            reading = spot.reading
            if spot.before.capital and reading.articled and text[spot.start].islower():
                persons.add(reading.pattern)  # "Hassan al-Fasher"; a city would have a comma, a dash or a word between
                continue
            if spot.plain and reading.lasting and not (spot.before.capital and reading.alone):
                spots.append(spot)
                continue
            if (
                reading.alone
                and (spot.after.capital or spot.before.capital)
                and context.is_person(spot, gazetteer, field == "body" or _is_prose(text))
            ) or (reading.saint and context.is_dedication(spot)):
                persons.add(reading.pattern)
                continue
            if not spot.plain:
                if _is_other(spot, reading.kind, gazetteer):
                    continue
                spot.voice = _weight(spot, reading.kind)
                if spot.after.capital and firms.is_founders(spot):
                    founded.add(reading.pattern)
                    spot.voice = ATTRIBUTE
            if reading.ended < news:
                spot.voice = min(spot.voice, ATTRIBUTE)
            spots.append(spot)
    if language == "en":
        _own_peoples(spots)
    if founded:
        persons |= firms.founders(spots, founded)
    if not persons:
        return spots
    return [
        spot
        for spot in spots
        if spot.reading.pattern not in persons
        or (located(spot) and not context.is_owner(spot) and not firms.is_founders(spot))
    ]


def _own_peoples(spots: list[Spot]) -> None:
    """Two nationalities side by side name one people, of the state named first: ``Bosnian Serb``, ``Iranian Azeris``;
    of the second where people have come to it or share it: ``Chinese American``, ``Turkish Cypriots``. The other one
    is a mere attribute."""
    peoples = [spot for spot in spots if spot.reading.kind == "D"]
    for last, spot in pairwise(peoples):
        if spot.start == last.end + 1 and spot.field == last.field and last.after.text:
            settled = spot.reading.pattern.removesuffix("s") in words.SETTLED
            other = last if settled else spot
            other.voice = min(other.voice, ATTRIBUTE)


def _is_word(spot: Spot, body: str) -> bool:
    """A word that only its place at the beginning gave a capital, for the copy has it in small letters and the name
    nowhere: ``Turkey prices up``, of frozen turkeys."""
    word, name = spot.reading.pattern, spot.reading.name.shape
    if word not in body or name.isupper() or name in body[spot.end if spot.copy is body else 0 :]:
        return False
    return re.search(rf"(?<![\w-]){re.escape(word)}s?(?![\w-])", body) is not None


def located(spot: Spot) -> bool:
    """Does the word before make it a place: in, at, from, near …?"""
    return spot.before.locative


def _is_other(spot: Spot, kind: str, gazetteer: Gazetteer) -> bool:
    """A paper, a label, a tongue, or a region's name that goes on to something else."""
    if (spot.after.text and context.is_media(spot, gazetteer)) or context.is_label(spot):
        return True
    if kind == "R":
        return spot.reading.pattern.startswith("the ") and context.goes_on(spot)
    return kind == "D" and (context.is_language(spot) or context.is_breed(spot))


def _weight(spot: Spot, kind: str) -> float:
    """How much the words around leave of an expression's weight, 0 to 1."""
    before = spot.before
    if (before.water and kind == "N") or (not before.text and context.is_stance(spot)):
        return SOURCE
    if not spot.after.text:
        return ATTRIBUTE if context.is_aside(spot) else 1.0
    if context.is_organisation(spot):
        return ATTRIBUTE
    if kind in "ND" and context.is_currency(spot):
        return ATTRIBUTE
    if context.is_source(spot):
        return SOURCE
    return 1.0


@lru_cache(maxsize=4)  # asked once for each name in one headline: without it, time grows by the square
def _is_prose(text: str) -> bool:
    """False where most words of four letters and more are capitalised: a headline in title case or capitals."""
    words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return 2 * sum(word[0].isupper() for word in words) <= len(words)
