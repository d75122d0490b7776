"""What one language's rules for days are made of: the forms, and the words that tell which day; holds no language.

A word with a hyphen in front is an ending (``-ará``), two words are a pair (``set for``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ahocorasick_rs import AhoCorasick, MatchKind

from streams.text.daynames import MONTHS_OF, WEEKDAYS
from streams.text.words import word_set

Meaning = Literal["word", "month", "weekday"]
Turn = Literal["last", "next", "since", "until"]


@dataclass(frozen=True, slots=True)
class Telling:
    """Words, pairs of words and endings that tell one thing; ``but`` are words that only look like it.

    ``firsts`` are the first words of the pairs.
    """

    words: frozenset[str]
    pairs: frozenset[str]
    firsts: frozenset[str]
    endings: tuple[str, ...]
    but: frozenset[str]
    not_after: frozenset[str]

    def tells(self, word: str, after: str, before: str) -> bool:
        """``word`` tells it, alone, with the word ``after`` it, or by its ending; ``before`` may forbid the ending."""
        if word in self.words or (after and f"{word} {after}" in self.pairs):
            return True
        return len(word) > 3 and word.endswith(self.endings) and word not in self.but and before not in self.not_after

    def may_tell(self, word: str) -> bool:
        """Whether ``word`` tells it beside any words at all."""
        return word in self.words or word in self.firsts or (len(word) > 3 and word.endswith(self.endings))


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language. ``finder`` finds ``forms`` in one pass; a form means a weekday, a shift in days, or a month.

    ``says`` tells which: ``word`` and the days to shift, ``month`` and its number, or ``weekday`` and its number.
    ``turn``: what a phrase before a weekday makes of it, ``last``, ``next``, ``since`` or ``until``.

    ``may_tell``: a word that is not worth asking ``ahead``, ``surely_ahead`` and ``past`` about gives False. Most words
    of any clause are such, and come again, so the answers are kept. ``closing`` are the last words of the phrases in
    ``before`` and ``skip_before``, ``closing_two`` the last two of those that have as many.
    """

    finder: AhoCorasick
    forms: tuple[str, ...]
    says: tuple[tuple[Meaning, int], ...]
    turn: dict[str, Turn]
    numbered: frozenset[str]
    before: frozenset[str]
    ahead: Telling
    surely_ahead: Telling
    past: Telling
    may_tell: Callable[[str], bool]
    skip_before: frozenset[str]
    skip_after: re.Pattern[str] | None
    next_after: re.Pattern[str] | None
    last_after: re.Pattern[str] | None
    closing: frozenset[str]
    closing_two: frozenset[str]
    capitals: bool
    month_first: bool
    verb_within: int


def telling(words: str, pairs: tuple[str, ...] = (), but: str = "", not_after: str = "") -> Telling:
    """Words and endings in one string, pairs of words apart; see `Telling`."""
    listed = words.split()
    endings = tuple(word[1:] for word in listed if word.startswith("-"))
    return Telling(
        frozenset(word for word in listed if not word.startswith("-")),
        frozenset(pairs),
        frozenset(pair.split(" ", 1)[0] for pair in pairs),
        endings or ("\0",),
        word_set(but),
        word_set(not_after),
    )


def _phrases(listed: str) -> frozenset[str]:
    return frozenset(phrase.casefold() for phrase in listed.split("|") if phrase)


def _behind(pattern: str, end: str = "") -> re.Pattern[str] | None:
    """What may follow a day after a space; None where nothing does."""
    return re.compile(rf"\s(?:{pattern}){end}", re.IGNORECASE) if pattern else None


def _meaning(
    name: str, words: dict[str, int], months: dict[str, int], weekdays: dict[str, int]
) -> tuple[Meaning, int]:  # fmt: skip
    if name in words:
        return "word", words[name]
    return ("month", months[name]) if name in months else ("weekday", weekdays[name])


def tongue(
    lang: str, before: str, words: dict[str, int], *, ahead: Telling, surely: Telling, past: Telling,
    skip_before: str = "", skip_after: str = "", next_before: tuple[str, ...] = (), next_after: str = "",
    last_before: tuple[str, ...] = (), last_after: str = "", until: tuple[str, ...] = (),
    since: tuple[str, ...] = (), more_weekdays: dict[str, int] | None = None, numbered: dict[str, int] | None = None,
    capitals: bool = False, month_first: bool = False, verb_within: int = 12,
) -> Tongue:  # fmt: skip
    """One language's rules from its tables.

    ``capitals``: weekdays and months are written with a capital, so a small one (``may``) is another word.

    ``surely``: what looks ahead even behind the day. ``verb_within``: how many words behind a day its verb may stand.
    ``numbered``: weekday forms that are also other words, taken only with the day of the month: ``segunda (10)``.
    """
    weekdays = WEEKDAYS[lang] | (more_weekdays or {}) | (numbered or {})
    months = MONTHS_OF[lang]
    forms = {name.capitalize() for name in (*weekdays, *months)} | set(words) | {w.capitalize() for w in words}
    forms |= {word.replace("'", "’") for word in forms}
    if not capitals:
        forms |= {*weekdays, *months}
    ordered = tuple(sorted(forms))
    names = tuple(form.casefold().replace("’", "'") for form in ordered)
    turn: dict[str, Turn] = {}
    for phrase in _phrases(before):
        if phrase.endswith(last_before or ("\0",)):
            turn[phrase] = "last"
        elif phrase.endswith(next_before or ("\0",)):
            turn[phrase] = "next"
        elif since and phrase.startswith(since):
            turn[phrase] = "since"
        elif until and phrase.startswith(until):
            turn[phrase] = "until"
    phrases = [phrase.split(" ") for phrase in _phrases(before) | _phrases(skip_before)]
    return Tongue(
        finder=AhoCorasick(ordered, matchkind=MatchKind.LeftmostLongest),
        forms=names,
        says=tuple(_meaning(name, words, months, weekdays) for name in names),
        turn=turn,
        numbered=frozenset(numbered or ()),
        before=_phrases(before),
        ahead=ahead,
        surely_ahead=surely,
        past=past,
        may_tell=lru_cache(maxsize=4096)(lambda word: any(t.may_tell(word) for t in (ahead, surely, past))),
        skip_before=_phrases(skip_before),
        skip_after=_behind(skip_after),
        next_after=_behind(next_after, r"\b"),
        last_after=_behind(last_after, r"\b"),
        closing=frozenset(words[-1] for words in phrases),
        closing_two=frozenset(" ".join(words[-2:]) for words in phrases if len(words) > 1),
        capitals=capitals,
        month_first=month_first,
        verb_within=verb_within,
    )
