"""Old and new copy → what moved, by paragraph and figure; bounded, and never says why."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from itertools import pairwise

from streams.contracts.record import Change
from streams.identity.movedfigures import moved_figures
from streams.identity.words import words

ALIKE = 0.5
"""Share of words two paragraphs must have in common to be one paragraph edited."""


def changes_between(
    old_headline: str, old: tuple[str, ...], new_headline: str, new: tuple[str, ...], limit: int
) -> tuple[Change, ...]:
    """What a reader of the old copy would find moved in the new, headline first, then by paragraph; at most ``limit``.

    Paragraphs are matched by their words, so re-wrapping and quote marks are no change. An edited paragraph comes
    with a ``figure`` for each number, number word or weekday that another took the place of (``three`` → ``five``
    people, ``Friday`` → ``Thursday``). Removed paragraphs follow, then those that only changed their place: the fewest
    that account for the new order, not all that slid down under a new lead.
    """
    found: list[Change] = []
    if old_headline != new_headline and words(old_headline) != words(new_headline):
        found.append(Change("headline", None, old_headline, new_headline))
        found.extend(moved_figures(old_headline, new_headline, None, None))
    verbatim = frozenset(old) & frozenset(new)
    before = {i: tuple(words(p)) for i, p in enumerate(old) if p not in verbatim}
    after = {j: tuple(words(p)) for j, p in enumerate(new) if p not in verbatim}
    same = frozenset(before.values()) & frozenset(after.values())
    gone = [i for i, w in before.items() if w and w not in same]
    come = [j for j, w in after.items() if w and w not in same]
    edited = _pair_up([before[i] for i in gone], [after[j] for j in come])
    partner = {come[b]: gone[a] for a, b in edited}
    paired = set(partner.values())
    for j in come:
        i = partner.get(j)
        if i is None:
            found.append(Change("paragraph_added", j, None, new[j]))
        else:
            found.append(Change("paragraph_edited", j, old[i], new[j], i))
            found.extend(moved_figures(old[i], new[j], j, i))
    found.extend(Change("paragraph_removed", i, old[i], None, i) for i in gone if i not in paired)
    left: list[Hashable] = [before.get(i, p) for i, p in enumerate(old)]
    right: list[Hashable] = [after.get(j, p) for j, p in enumerate(new)]
    found.extend(Change("paragraph_moved", j, None, None, i) for i, j in _moved(left, right, partner))
    return tuple(found[:limit])


def _moved(old: Sequence[Hashable], new: Sequence[Hashable], partner: dict[int, int]) -> list[tuple[int, int]]:
    """(old place, new place) of the paragraphs to be lifted out for all others to stand in their old order."""
    places: dict[Hashable, list[int]] = {}
    for i, paragraph in enumerate(old):
        places.setdefault(paragraph, []).append(i)
    kept: list[tuple[int, int]] = []
    for j, paragraph in enumerate(new):
        if j in partner:
            kept.append((partner[j], j))
        elif places.get(paragraph):
            kept.append((places[paragraph].pop(0), j))
    if all(a < b for (a, _), (b, _) in pairwise(kept)):
        return []
    # The longest run of old places that only grows stays; patience sorting finds it.
    tops: list[int] = []
    top_of: list[int] = []
    back: list[int] = []
    for n, (i, _) in enumerate(kept):
        at = bisect_left(tops, i)
        back.append(top_of[at - 1] if at else -1)
        if at == len(tops):
            tops.append(i)
            top_of.append(n)
        else:
            tops[at], top_of[at] = i, n
    stays: set[int] = set()
    n = top_of[-1]
    while n >= 0:
        stays.add(n)
        n = back[n]
    return [pair for n, pair in enumerate(kept) if n not in stays and pair[1] not in partner]


def _pair_up(old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]]) -> list[tuple[int, int]]:
    """Which lost paragraph became which new one: the most alike first, each once. Bounded by taking 60 of each."""
    scored = []
    bags_new = [frozenset(p) for p in new[:60]]
    for a, paragraph in enumerate(old[:60]):
        bag = frozenset(paragraph)
        for b, other in enumerate(bags_new):
            share = len(bag & other) / max(1, min(len(bag), len(other)))
            if share >= ALIKE and len(bag & other) / max(1, len(bag | other)) >= ALIKE / 2:
                scored.append((-share, abs(a - b), a, b))
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    pairs = []
    for _, _, a, b in sorted(scored):
        if a not in taken_a and b not in taken_b:
            taken_a.add(a)
            taken_b.add(b)
            pairs.append((a, b))
    return pairs
