"""Tells a place that is only in a firm's name: its founder's, where it was begun, what it was called after.

It looks at the words around, and, for a firm that is not its founder's, at what else the story names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from streams.places import words
from streams.places.expressions import Found, Spot

_KINDS = frozenset("cCSPI")
"""Kinds of names that firms have. A nation in one ("British Airways") is theirs."""
_OPENING_A_TICKER = frozenset({"<", "("})
_INITIALS = re.compile(r"[A-Z]{2,5}$")
_SHARE = re.compile(r"\b(?:stakes?|shares?|stock|interests?|holdings?|investments?|price|control)[ \n]in[ \n]$")
_INCORPORATED = re.compile(
    r"(?:[ \n](?:[A-Z][\w.&'/-]*|and|of)){0,4}?"
    r"(?:[ \n]?<[A-Z]|[ \n](?:Inc|INC|Corp|CORP|Co|CO|Ltd|LTD|Plc|PLC|AG|NV|SA)\b|[ \n]\([A-Z]+(?:: ?|\.)[A-Z]+\))"
)


def is_founders(spot: Spot) -> bool:
    """A firm that bears its founder's name, where the name is a country's too: ``Holland Systems``."""
    flags = spot.reading.name.flags
    founder = ("s" in flags or "g" in flags) and all(meaning.kind == "N" for meaning in spot.reading.plain)
    return founder and spot.reading.kind == "N" and spot.after.bare.lower() in words.FIRMS


def founders(spots: Sequence[Spot], firms: set[str]) -> set[str]:
    """The names of firms that name no country: none where the story names the country in other words too."""
    named = {spot.reading.vote.country for spot in spots if spot.reading.vote and spot.reading.pattern not in firms}
    return {
        spot.reading.pattern
        for spot in spots
        if spot.reading.pattern in firms and spot.reading.plain[0].country not in named
    }


def is_inside(spot: Spot) -> bool:
    """What is in it is in a place, not in a firm of that name: ``in Norfolk``, unlike ``a stake in Norfolk``."""
    if spot.before.word not in {"in", "near", "dans", "en", "em", "bei"}:
        return False
    return _SHARE.search(spot.copy, max(0, spot.start - 24), spot.start) is None


def is_incorporated(spot: Spot, kind: str) -> bool:
    """In a firm's name, as what it ends in or its ticker tells: ``PIEDMONT <PIE>``, ``Essex Chemical Corp``, ``Norfolk
    Freight (NYSE: NFF)``; initials after a name are its own too: ``Wexley Savings Bank FSB``."""
    if kind not in _KINDS:
        return False
    after = spot.after
    if kind == "I" and spot.before.capital and spot.before.word != "the" and _INITIALS.match(spot.text):
        return True
    if not (after.capital or after.text[:1] in _OPENING_A_TICKER or spot.sign == "<"):
        return False
    return _INCORPORATED.match(spot.copy, spot.end) is not None


def unweigh(found: Sequence[Found], firms: set[str]) -> None:
    """Take all weight from the names that are firms', where they are all that the story has of a country: ``PIEDMONT
    <PIE>`` is no news of Italy. Copy about the country names it in other words too, or says "in"."""
    told = {
        item.country
        for item in found
        if not isinstance(item, Spot)
        or item.reading.pattern not in firms
        or (is_inside(item) and not is_incorporated(item, item.reading.kind))
    }
    for item in found:
        if item.country not in told:
            item.weight = 0.0
