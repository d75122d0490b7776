"""A place expression: as it is found, with what stands around it, and as it is settled. Values; it decides nothing.

A story has dozens and each is made once: a spot becomes what was found of it, so neither is frozen.
"""

from __future__ import annotations

from typing import Literal

from streams.places.around import After, Before
from streams.places.names import Meaning, Reading

FieldName = Literal["headline", "body"]


class Found:
    """One place expression, settled. ``country`` None: above countries or undecided. ``weight``: how much the
    expression says that the story is about the country, 0 to 1. ``telling``: it only says where or by whom the story is
    told, the dateline's place named again or a capital or institution that speaks. ``former``: a state that is no more,
    read as one that succeeded it. ``slug``: of a region, else None."""

    __slots__ = ("country", "end", "field", "former", "kind", "slug", "start", "telling", "text", "weight")

    def __init__(
        self, field: FieldName, start: int, end: int, text: str, kind: str, country: str | None, weight: float
    ) -> None:
        self.field: FieldName = field
        self.start = start
        self.end = end
        self.text = text
        self.kind = kind
        self.country = country
        self.weight = weight
        self.slug: str | None = None
        self.telling = False
        self.former = False


class Spot(Found):
    """A hit under way: where its field's text, ``copy``, has it, what the words right before and right after it tell
    (one space or line break between), all it may mean, and what was said of it so far. What ``Found`` has beyond its
    place is there once it is settled.

    ``sign``: the character right after it, a space for a line break and at the end. ``plain``: the words around say
    nothing at all. So it is for most hits: then none of the questions of ``context`` that are not about persons or
    dedications need be asked, since all their answers are no. ``voice``: how much the words around leave of its weight,
    0 to 1. ``settled``: what it means by the words after it; ``adjacent``: and those were its state or country.
    """

    __slots__ = ("adjacent", "after", "before", "copy", "plain", "reading", "settled", "sign", "voice")

    # No call of Found's: half of what it sets is not known yet, and a story has dozens.
    def __init__(
        self,
        field: FieldName,
        copy: str,
        start: int,
        end: int,
        reading: Reading,
        before: Before,
        after: After,
        sign: str,
        plain: bool,
    ) -> None:
        self.field = field
        self.copy = copy
        self.start = start
        self.end = end
        self.reading = reading
        self.before = before
        self.after = after
        self.sign = sign
        self.plain = plain
        self.voice = 1.0
        self.settled: Meaning | None = None
        self.adjacent = False
