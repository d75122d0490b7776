"""What the word before or after a name tells, whatever the name; it sees one word and knows no text.

Copy puts the same few thousand words next to its names, so each is looked at once, signs and all, and remembered.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from streams.places import words
from streams.places.folding import fold

REMEMBERED = 1 << 14
"""Words remembered on either side at most; a word is some hundred bytes. One more, and all are forgotten."""
_OPENING = '("“”‘—–'
_PAUSE = frozenset({",", ";", ":", "—", "–", "”"})
_WORD = re.compile(r"[^\s,;:)\"”—–]{1,24}")
_INITIAL = re.compile(r"^[A-Z]\.?$")
_ARTICLES = frozenset({"A", "E", "I", "O", "Y"})
"""Words of one capital letter that open a sentence in some language, so no initials: ``O Peru vota``."""
_TONGUES = ("language", "speak")
_TO_SPEAK = words.SAYING | words.SAYING_BETWEEN
_BEFORE = words.SPEECH | words.WATERS | {"and", "or"}
_TELLING = words.STREETS | words.CURRENCIES | words.BREEDS | {"and", "or", "of", "for", "the", "in", "coast"}
"""Small words after a name that one of the questions of ``context`` looks for."""
_PARTS = frozenset({"of", "for", "and"})


@dataclass(slots=True, eq=False)
class Before:
    """The word right before a name, ``text``; ``word`` in lower case without its full stop; ``""`` for none.

    ``given``: as a given name in the census's letters, ``Luís`` → ``luis``. ``title``: Mr, Prof. ``initial``: ``T.``
    ``locative``: in, at, from. ``source``: one that the name is the source of
    ("selon", "a déclaré"). ``plain``: it says nothing of a name that no word follows.
    """

    text: str
    word: str
    given: str
    capital: bool
    title: bool
    initial: bool
    locative: bool
    source: bool
    plain: bool


@dataclass(slots=True, eq=False)
class After:
    """The word right after a name, ``text``, up to the first sign that ends it.

    ``bare``: without full stop or apostrophe. ``family``: as a surname in the census's letters, ``Rusk’s`` → ``rusk``,
    ``O’Rusk`` → ``orusk``, ``Núñez`` → ``nunez``.
    ``initial``: ``T.`` ``someone``: capitalised and no part of a place's name. ``street``, ``breed``, ``money``: what
    the name is only a part of. ``says``: of one who speaks. ``office``: what a speaker's name may go on with, an office
    of state apart. ``plain``: it says nothing at all.
    """

    text: str
    bare: str
    family: str
    capital: bool
    initial: bool
    someone: bool
    street: bool
    breed: bool
    money: bool
    says: bool
    office: bool
    plain: bool


def before(raw: str) -> Before:
    """What the word before a name tells, signs and all as copy has it; ``""`` where none stands right before it. One
    that a comma or a dash parts from the name is none."""
    previous = "" if raw[-1:] in _PAUSE else raw.lstrip(_OPENING)
    word, lower, capital = previous.rstrip(".").lower(), previous.lower(), previous[:1].isupper()
    return Before(
        text=previous,
        word=word,
        given=fold(word),
        capital=capital,
        title=capital and word in words.HONORIFICS,
        initial=_INITIAL.match(previous) is not None and previous not in _ARTICLES,
        locative=lower in words.LOCATIVE,
        source=lower in words.ACCORDING or lower in words.SAYING_BEFORE,
        plain=lower not in _BEFORE,
    )


def after(raw: str) -> After:
    """What the word after a name tells, signs and all as copy has it; ``""`` where none stands right after it."""
    word = _WORD.match(raw)
    following = word[0] if word else ""
    lower, bare, capital = following.lower(), following.rstrip(".,"), following[:1].isupper()
    small = following.islower() and following.isalpha()
    return After(
        text=following,
        bare=following.rstrip(".,'’"),
        family=_family(following),
        capital=capital,
        initial=_INITIAL.match(following) is not None,
        someone=capital and lower.rstrip(".'’") not in words.OF_A_PLACE,
        street=bare.lower() in words.STREETS,
        breed=bare in words.BREEDS,
        money=lower.rstrip(".") in words.CURRENCIES,
        says=lower.rstrip(".?!") in _TO_SPEAK,
        office=(capital or following in _PARTS) and lower not in words.OFFICES,
        plain=small and following not in _TELLING and not following.startswith(_TONGUES),
    )


def _family(following: str) -> str:
    """A word as the census spells surnames: no accents, no apostrophes, and not as an owner."""
    name = following.rstrip(".'’").replace("’", "'").removesuffix("'s")
    return fold(name.replace("'", ""))


_Told = TypeVar("_Told", Before, After)


class _Remembered(dict[str, _Told], Generic[_Told]):
    """What each word tells, looked at once. A dict that fills itself: a look-up is half that of ``lru_cache``, which
    keeps order too."""

    def __init__(self, look: Callable[[str], _Told]) -> None:
        super().__init__()
        self._look: Callable[[str], _Told] = look

    def __missing__(self, raw: str) -> _Told:
        if len(self) >= REMEMBERED:
            self.clear()
        told: _Told = self._look(raw)
        self[raw] = told
        return told


BEFORE = _Remembered(before)
"""``before`` of each word."""
AFTER = _Remembered(after)
"""``after`` of each word."""
