"""A kill or correction → the records that carried the killed or wrong text; withdraws nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from streams.contracts.record import Change, Retracted
from streams.identity.entry import Entry
from streams.identity.state import IdentityState
from streams.identity.words import words

MOST = 100
"""Records listed, the newest: a story has a dozen versions, and a hundred copies only when a feed runs wild."""


@dataclass(frozen=True, slots=True)
class Retractions:
    """``listed``: oldest first, the newest ``MOST``; ``total``: how many there are."""

    listed: tuple[Retracted, ...] = ()
    total: int = 0


NOTHING = Retractions()


def retracted_by_kill(members: Sequence[int], state: IdentityState) -> Retractions:
    """Every record of the family that went out, copies of it among them: a kill takes back the story, not a line."""
    return _listed([entry for n in members if (entry := state.entry(n)) is not None])


def retracted_by_correction(
    members: Sequence[int], changes: Sequence[Change], paragraphs: Sequence[int], state: IdentityState
) -> Retractions:
    """The records of the family whose copy has a headline, paragraph or figure that the correction took back.

    Where the correction names paragraphs and something moved there, only what moved there is wrong: it may add news
    elsewhere. A record whose words were let go is not listed, for nobody can tell.
    """
    wrong = [c for c in changes if c.before is not None and c.what != "paragraph_moved"]
    named = [c for c in wrong if c.index is not None and c.index + 1 in paragraphs]
    wrong = named or wrong
    lines = {tuple(words(c.before)) for c in wrong if c.before and c.what != "figure"}
    figures = {
        (tuple(words(c.before)), tuple(words(c.noun))) for c in wrong if c.before and c.what == "figure" and c.noun
    }
    return _listed(
        [
            entry
            for n in members
            if (entry := state.entry(n)) is not None and not entry.slim and _holds(entry, lines, figures)
        ]
    )


def _listed(entries: Sequence[Entry]) -> Retractions:
    """What went out of these: a story that is held, or was killed while it was, never did; kills withdraw too."""
    out = []
    for entry in entries:
        was, outcome = entry.identity, entry.released or entry.outcome
        if was.relation != "kill" and outcome != "held":
            out.append(Retracted(was.uri, was.version, was.relation, outcome, entry.origin))
    return Retractions(tuple(out[-MOST:]), len(out))


def _holds(entry: Entry, lines: set[tuple[str, ...]], figures: set[tuple[tuple[str, ...], tuple[str, ...]]]) -> bool:
    for text in (entry.headline, *entry.paragraphs):
        said = tuple(words(text))
        if said in lines or any(_counts(said, figure, noun) for figure, noun in figures):
            return True
    return False


def _counts(said: tuple[str, ...], figure: tuple[str, ...], noun: tuple[str, ...]) -> bool:
    """Whether a text has the figure with what it counts close by: ``14 people``, ``a toll of 14``."""
    if not set(figure) <= set(said) or not set(noun) <= set(said):
        return False
    size = len(figure)
    places = [n for n in range(len(said) - size + 1) if said[n : n + size] == figure]
    return any(set(noun) <= set(said[max(0, n - 4) : n + size + 4]) for n in places)
