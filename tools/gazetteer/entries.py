"""The two values that the generator's sources yield; no behaviour."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name may mean. ``kind`` is one letter: N country, D demonym, C capital, c city, S first-level division,
    P second-level division, I institution, R named region (``country`` is its slug), X nothing (masked).
    ``rank`` orders the countries of a shared name."""

    kind: str
    country: str
    admin: str = ""
    population: int = 0
    rank: int = 0
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One spelling with one meaning. ``case``: p proper, u exact, i any. ``prefix``: counts only before a hyphen.
    ``placed``: counts only where the copy makes it a place, or names its country."""

    form: str
    case: str
    languages: tuple[str, ...]
    meaning: Meaning
    prefix: bool = False
    placed: bool = False
