"""Two profiles → whether they are one form filled in twice: a template's words with other facts in its blanks.

Decides nothing, and looks nothing up. Notices of companies and observatories are forms: the net asset value of a fund's
ordinary and of its preference shares, two firms' dividends, two quakes. So are snaps on two firms.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import zip_longest

from streams.identity.profile import Profile
from streams.identity.telling import counted

FORM_SHARE = 0.55
"""Share of the shorter copy's runs of words that the other has, where both are one form."""
FACTS_SHARE = 0.75
"""Share of the words that only one has which are facts, names and figures. A recast or an addition has other words."""
BLANKS = 2
"""Facts that each has of its own, where the names in the headlines are the same. One may have been put right: a toll, a
name's spelling."""
SPELLING = 3
"""Letters at the beginning that two forms of one name share: ``Freedonia``, ``Freedonian``."""
SPELLED = 0.8
"""Likeness of two spellings of one name: ``Smith``, ``Smyth``."""
NAMES = 24
"""So many names of its own on a side are a table, not one name put right: their spellings are not compared, each with
each."""
SNAP_SHARE = 0.7
"""Share of the words of two snaps that stand in the same places, where both are one form."""
_DIGIT = re.compile(r"\d")
_DECIMAL = re.compile(r"\d+\.(?:\d{1,2}|\d{4,})")


def filled_in(new: Profile, old: Profile, contained: float, slugged: bool) -> bool:
    """Whether two stories of one provider are one form with other facts: all that tells them apart are names and
    figures, some of them at the top, and neither says that it carries on or mends the other.

    ``contained``: of their runs of words, as in the evidence. ``slugged``: both have one slug. Other names at the top
    are another event, whatever the slug; figures alone move as an event goes on (``12 dead``, ``15 dead``), and tell
    two stories apart only where they are quotations under one title: ``Net Asset Value``, 412.70 and 413.10 pence.
    """
    if contained < FORM_SHARE or new.continues or new.short or old.short or new.source != old.source:
        return False
    if new.reprint or old.reprint or new.text.isupper() or old.text.isupper():  # in capitals every word looks a name
        return False
    ours, theirs = new.vocabulary - old.vocabulary, old.vocabulary - new.vocabulary
    ours_told, theirs_told = _facts(ours, new), _facts(theirs, old)
    if not ours_told or not theirs_told:
        return False
    if _worded(ours, ours_told) or _worded(theirs, theirs_told):
        return False
    if _named_apart(ours_told & new.head, theirs_told & old.head):
        return True
    if min(len(ours_told), len(theirs_told)) < BLANKS:
        return False
    ours_on_top, theirs_on_top = ours_told & (new.head | new.lead), theirs_told & (old.head | old.lead)
    if _named_apart(ours_on_top, theirs_on_top):
        # Under a title that names what both are about, other names below it may be whoever spoke last; a notice of two
        # directors' purchases has one title and a figure for each.
        titled = not new.head.isdisjoint(old.head & old.names)
        if not titled or (new.head_words == old.head_words and _figured(ours_on_top) and _figured(theirs_on_top)):
            return True
    # A toll that rises is whole numbers, and so is what was counted anew under the same title; a quake whose size was
    # put right is still the one of 09:51.
    untold = slugged or new.head_words != old.head_words or not new.hours.isdisjoint(old.hours)
    return not untold and _quoted(ours_on_top) and _quoted(theirs_on_top)


def same_snap(new: Profile, old: Profile) -> bool:
    """Whether two one-line alerts are one form on two firms: they open with other words, a number apart, and go on in
    the same: ``ACME MILLS SAYS CHIEF TO STEP DOWN``, ``ACME MINES SAYS CHIEF TO STEP DOWN``. What a firm reports comes
    in one form too, and is one story: ``ACME MILLS Q2 SALES …``, ``ACME MILLS Q2 PROFIT …``."""
    pairs = list(zip_longest(new.head_words, old.head_words, fillvalue=""))
    who = [pair for pair in pairs[:2] if pair[0] != pair[1] and not any(_number(word) for word in pair)]
    return bool(who) and sum([a == b for a, b in pairs]) >= SNAP_SHARE * len(pairs)


def _worded(own: frozenset[str], told: frozenset[str]) -> bool:
    """Whether a side has more words of its own than a form has: ``region`` behind one place and not the other."""
    return len(own) - len(told) > max(1.0, (1.0 - FACTS_SHARE) * len(own))


def _facts(some: frozenset[str], story: Profile) -> frozenset[str]:
    """The names, figures, codes (an ISIN) and letters (a class of shares) among some words of a story."""
    names = story.names
    return frozenset([word for word in some if word in names or len(word) == 1 or _DIGIT.search(word)])


def _named_apart(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether both sides name somebody, and no name is another form or spelling of one on the other side."""
    named, others = ([word for word in some if not word[0].isdigit()] for some in (ours, theirs))
    if not (named and others) or not {word[:SPELLING] for word in named}.isdisjoint([one[:SPELLING] for one in others]):
        return False
    if max(len(named), len(others)) > NAMES:
        return True
    return not any(_spelled_anew(word, other) for word in named for other in others)


def _spelled_anew(word: str, other: str) -> bool:
    return word[0] == other[0] and SequenceMatcher(None, word, other).ratio() >= SPELLED


def _figured(some: frozenset[str]) -> bool:
    return any(word[0].isdigit() for word in some)


def _quoted(some: frozenset[str]) -> bool:
    """Whether a price, a rate or a measure is among some words: a figure with decimals. Three of them are thousands."""
    return any(_DECIMAL.fullmatch(word) for word in some)


def _number(word: str) -> bool:
    return word[:1].isdigit() or bool(counted(frozenset((word,))))
