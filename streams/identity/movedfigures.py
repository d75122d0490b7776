"""Old and new wording of one passage → the figures that took others' places, and what they count; judges none."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from difflib import SequenceMatcher

from streams.contracts.record import Change
from streams.text.daynames import ANY_WEEKDAY
from streams.text.numberwords import MAGNITUDES, NUMBER_WORDS

_DAYS = frozenset(name.removesuffix("-feira") for name in ANY_WEEKDAY) | ANY_WEEKDAY.keys()
"""Weekdays, the Portuguese as ``sexta`` too."""
_BETWEEN = (
    "other others more further new additional confirmed at least about some around nearly almost autres nouveaux otros"
    " otras más nuevos outros outras mais novos weitere mehr neue de des d the of les los las der die das"
)
_NO_NOUN = (
    "was were is are has have had and or but who which that to as for with when while than he she it they a an et"
    " ou qui que pour avec a été est sont y o con para el la fue son e do da com foi são und oder mit von zu ist"
    " sind wurde wurden als rose rises rising climbs climbed stands stood reached reaches passes passed jumped now"
    " to monte passe s'élève atteint sube asciende alcanza llega sobe chega steigt stieg gestiegen liegt إلى عن"
)
_WHERE = (
    "in on at from by after before off near over dans sur à au aux par après devant en tras por ante sobre em no na"
    " após im am auf nach bei vor في من على بعد قبل"
)
_OPENING = "the a an le la l' les un une el los las una o os as um uma der die das"
_PLACING = frozenset(_WHERE.split())
_ARTICLES = frozenset(_OPENING.split())
_TELLING = frozenset(("said", "says", "told", "dit", "dijo", "disse", "sagte"))
_SKIPPED = MAGNITUDES | frozenset(_BETWEEN.split())
_STOPS = frozenset(f"{_NO_NOUN} {_WHERE}".split())
_PIECE = re.compile(r"\d+(?:[.,:/-]\d+)*|[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_BREAK = re.compile(r"[.;:!?()\"“”«»\n,]")
_MOST = 400
_AHEAD, _BACK = 4, 14


def moved_figures(old: str, new: str, index: int | None, was: int | None) -> list[Change]:
    """A ``figure`` change for each number, number word or weekday that took another's place, with its noun."""
    left, right = _pieces(old), _pieces(new)
    words_left, words_right = [p.group().casefold() for p in left], [p.group().casefold() for p in right]
    told_left, told_right = _told(words_left), _told(words_right)
    if not told_left or not told_right:
        return []
    moved: list[tuple[int, int]] = []
    lost: list[int] = []
    found: list[int] = []
    for a1, a2, b1, b2 in _replaced(words_left, words_right, told_left, told_right):
        for kind in (_is_day, _is_number):
            gone = [n for n in range(a1, a2) if kind(words_left[n])]
            come = [n for n in range(b1, b2) if kind(words_right[n])]
            both = min(len(gone), len(come))
            moved.extend(zip(gone[:both], come[:both], strict=True))
            if kind is _is_number:
                lost += gone[both:]
                found += come[both:]
    # A sentence turned round: what counts the same thing on both sides is the same figure.
    for n in lost:
        noun = _noun(old, left, n)
        same = [m for m in found if noun is not None and _noun(new, right, m) == noun]
        if same and words_left[n] != words_right[same[0]]:
            moved.append((n, same[0]))
            found.remove(same[0])
    return [
        Change("figure", index, left[a].group(), right[b].group(), was, _noun(new, right, b))
        for a, b in sorted(moved, key=lambda pair: pair[1])
    ]


def _told(pieces: list[str]) -> list[int]:
    """Where the figures stand."""
    return [n for n, piece in enumerate(pieces) if counts(piece)]


def _replaced(
    left: list[str], right: list[str], told_left: list[int], told_right: list[int]
) -> Iterator[tuple[int, int, int, int]]:
    """Where words took others' place: ``left[a1:a2]`` became ``right[b1:b2]``, in order.

    The ``replace`` opcodes of :class:`difflib.SequenceMatcher`, but that a stretch without a figure on either side is
    not compared any further: most of a paragraph is none, and comparing is what an update costs most by.
    """
    longest = SequenceMatcher(None, left, right, autojunk=False).find_longest_match
    stretches = [(0, len(left), 0, len(right))]
    while stretches:
        a1, a2, b1, b2 = stretches.pop()
        if a1 == a2 or b1 == b2 or not (_any_from(told_left, a1, a2) or _any_from(told_right, b1, b2)):
            continue
        a, b, size = longest(a1, a2, b1, b2)
        if size:
            stretches += [(a + size, a2, b + size, b2), (a1, a, b1, b)]
        else:
            yield a1, a2, b1, b2


def _any_from(places: list[int], start: int, end: int) -> bool:
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end


def counts(piece: str) -> bool:
    """Whether a casefolded word is a number, a number word or a weekday."""
    return _is_day(piece) or _is_number(piece)


def _is_day(piece: str) -> bool:
    return piece in _DAYS


def _is_number(piece: str) -> bool:
    if piece[0].isdigit() or piece in NUMBER_WORDS:
        return True
    return "-" in piece and any(p in NUMBER_WORDS for p in piece.split("-"))


def _pieces(text: str) -> list[re.Match[str]]:
    return list(_PIECE.finditer(text))[:_MOST]


def _noun(text: str, pieces: list[re.Match[str]], at: int) -> str | None:
    """What a figure counts: the next word that can be counted (``174 other passengers``), else the last one before it
    (``toll rises to 174``), of the same clause. None for a weekday and a figure that stands alone (``Brandt, 41,``)."""
    if pieces[at].group().casefold() in _DAYS:
        return None
    after = text[pieces[at].end() : pieces[at].end() + 2].lstrip()
    if after[:1] in ("%", "€", "$", "£"):
        return after[0]
    for n in range(at + 1, min(len(pieces), at + 1 + _AHEAD)):
        if _BREAK.search(text, pieces[n - 1].end(), pieces[n].start()) or counts(pieces[n].group().casefold()):
            if pieces[n].group().casefold() in _SKIPPED:
                continue
            break
        word = pieces[n].group()
        if word.casefold() in _STOPS:
            break
        if word.casefold() not in _SKIPPED:
            return word
    return _subject(text, pieces, at)


def _subject(text: str, pieces: list[re.Match[str]], at: int) -> str | None:
    """The last word of what rose or fell to a figure, without where: ``Toll in ferry sinking rises to 14`` → Toll.

    Read backwards to the end of the clause, or to the article that opens the subject (``officials said the toll``).
    """
    found: str | None = None
    for n in range(at - 1, max(-1, at - 1 - _BACK), -1):
        if _BREAK.search(text, pieces[n].end(), pieces[n + 1].start()):
            break
        word = pieces[n].group()
        plain = word.casefold()
        before = pieces[n - 1].group().casefold() if n else ""
        if plain in _TELLING or (found and plain in _ARTICLES and before not in _PLACING and before not in _SKIPPED):
            break
        if plain in _PLACING and found and _is_noun(before):
            found = None  # what stood behind it only says where: "toll in the ferry sinking"
        elif found is None and _is_noun(plain):
            found = word
    return found


def _is_noun(plain: str) -> bool:
    """Whether a casefolded word may be what is counted."""
    return bool(plain) and plain not in _STOPS and plain not in _SKIPPED and not counts(plain)
