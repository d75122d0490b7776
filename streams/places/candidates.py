"""Turns a story's text into place expressions that may be settled; what the words around unmask is left out here.

It decides no meaning: each expression keeps all that its name may mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from streams.places import context, words
from streams.places.gazetteer import Gazetteer, Hit, Meaning

FieldName = Literal["headline", "body"]

STILL_NEWS = 5
"""Years after its end that a state's name still is news."""
SOURCE = 0.4
"""Weight of a country in the name of who says it, or of its money."""
ATTRIBUTE = 0.2
"""Weight of a country as a mere attribute, in an organisation's name, or named twice in one breath."""


@dataclass(slots=True)
class Spot:
    """A hit under way: its field's text, what it may mean, and what was said of it."""

    field: FieldName
    text: str
    hit: Hit
    around: context.Around
    meanings: tuple[Meaning, ...]
    weight: float
    settled: Meaning | None = None
    adjacent: bool = False


def candidates(headline: str, body: str, language: str, gazetteer: Gazetteer, year: int | None) -> list[Spot]:
    """The place expressions of headline and body in reading order, without persons, papers, tongues and labels.

    A name that is a person's in full once ("Wendell Jordan") is one wherever it stands alone, unless a word such as
    "in" or "to" makes it a place. ``year``: the story's, to tell news of a state from memories of it.
    """
    spots: list[Spot] = []
    persons: set[str] = set()
    fields: tuple[tuple[FieldName, str], ...] = (("headline", headline), ("body", body))
    for field, text in fields:
        prose = field == "body" or _is_prose(text)
        for hit in gazetteer.find(text, language):
            kind = hit.meanings[0].kind
            if kind == "X":
                continue
            around = context.around(text, hit)
            if kind not in "RI" and context.is_person(around, gazetteer, prose):
                persons.add(hit.name.pattern)
            elif kind == "c" and context.is_dedication(around):
                persons.add(hit.name.pattern)
            elif not _is_other(around, kind, gazetteer):
                weight = _weight(around, kind)
                if year and year > gazetteer.historic.get(hit.name.pattern, year) + STILL_NEWS:
                    weight = min(weight, ATTRIBUTE)
                spots.append(Spot(field, text, hit, around, hit.meanings, weight))
    if not persons:
        return spots
    return [spot for spot in spots if spot.hit.name.pattern not in persons or (located(spot) and not context.is_owner(spot.around))]


def located(spot: Spot) -> bool:
    """Does the word before make it a place: in, at, from, near …?"""
    return spot.around.previous.lower() in words.LOCATIVE


def _is_other(around: context.Around, kind: str, gazetteer: Gazetteer) -> bool:
    """A paper, a label, a tongue, or a region's name that goes on to something else."""
    if context.is_media(around, gazetteer) or context.is_label(around):
        return True
    if kind == "R":
        return around.hit.name.pattern.startswith("the ") and context.goes_on(around)
    return kind == "D" and (context.is_language(around) or context.is_breed(around))


def _weight(around: context.Around, kind: str) -> float:
    """How much the words around leave of an expression's weight, 0 to 1."""
    if not around.following:
        return ATTRIBUTE if context.is_aside(around) else 1.0
    if context.is_organisation(around):
        return ATTRIBUTE
    if context.is_source(around) or (kind in "ND" and context.is_currency(around)):
        return SOURCE
    return 1.0


def _is_prose(text: str) -> bool:
    """False where most words of four letters and more are capitalised: a headline in title case or capitals."""
    words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return 2 * sum(word[0].isupper() for word in words) <= len(words)
