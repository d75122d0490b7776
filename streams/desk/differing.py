"""What moved between two versions → lines of a comparison, word by word where a paragraph was edited. Finds no change
itself: the record lists them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

Mark = Literal["same", "added", "removed"]
_WORDS = re.compile(r"\s+|[^\s\w]|\w+")
_LONGEST = 4000
"""Words of a paragraph beyond which the two sides are shown whole: comparing takes their product."""

_ALIKE = 0.4
"""The share of words that must have stayed for a comparison word by word; with less, both sides are read whole."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words: as it was, added or removed."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of the comparison. ``what``: same, added, removed, edited, moved. ``number``: in the new body,
    1-based; in the old one for a removed one."""

    what: str
    number: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that moved: ``before`` or ``after`` None for one gained or lost; ``noun`` what it counts, if told."""

    before: str | None
    after: str | None
    noun: str | None
    number: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All of it. ``headline`` is None where it stayed; ``tags`` are what a re-tag gained and lost, in words."""

    headline: tuple[Run, ...] | None
    figures: tuple[Figure, ...]
    lines: tuple[Line, ...]
    tags: tuple[str, ...]


def compared(changes: list[dict[str, Any]], body: str) -> Comparison:
    """Lay out *changes* (of a record, as JSON) against its *body*: every paragraph in its place, those removed where
    they stood."""
    by_new = {c["index"]: c for c in changes if c["what"] in ("paragraph_added", "paragraph_edited", "paragraph_moved")}
    removed = sorted((c for c in changes if c["what"] == "paragraph_removed"), key=lambda c: c["index"])
    elsewhere = {c.get("was") for c in by_new.values() if c["what"] == "paragraph_moved"}
    lines: list[Line] = []
    was = -1
    for index, paragraph in enumerate(body.split("\n\n") if body else ()):
        change = by_new.get(index)
        stood = change.get("was") if change and change["what"] == "paragraph_edited" else None
        # What went stands before what came in its place; a paragraph that only moved says nothing of where we are.
        upto = _next(was, elsewhere) if stood is None else stood - 1
        while removed and removed[0]["index"] <= upto and not (change and change["what"] == "paragraph_moved"):
            was = removed[0]["index"]
            lines.append(_removed(removed.pop(0)))
            upto = _next(was, elsewhere) if stood is None else upto
        lines.append(_line(index, paragraph, change))
        if change is None:
            was = _next(was, elsewhere)
        elif stood is not None:
            was = stood
    lines.extend(_removed(change) for change in removed)
    headline = next((c for c in changes if c["what"] == "headline"), None)
    return Comparison(
        headline=words(headline["before"] or "", headline["after"] or "") if headline else None,
        figures=tuple(
            Figure(c["before"], c["after"], c.get("noun"), None if c.get("index") is None else c["index"] + 1)
            for c in changes
            if c["what"] == "figure"
        ),
        lines=tuple(lines),
        tags=tuple(_tag(c) for c in changes if c["what"] in ("country", "region", "desk")),
    )


def words(before: str, after: str) -> tuple[Run, ...]:
    """Compare two texts word by word: the runs marked ``same`` and ``added`` joined are *after*.

    >>> [(run.mark, run.text) for run in words("six killed", "14 killed")]
    [('removed', 'six'), ('added', '14'), ('same', ' killed')]
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) > _LONGEST or len(new) > _LONGEST:
        return tuple(run for run in (Run("removed", before), Run("added", after)) if run.text)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    kept = sum(token[:1].isalnum() for block in matcher.get_matching_blocks() for token in old[block.a :][: block.size])
    all_ = sum(token[:1].isalnum() for token in (old if len(old) > len(new) else new))
    if kept < _ALIKE * all_:
        return tuple(run for run in (Run("removed", before), Run("added", after)) if run.text)
    runs: list[Run] = []
    for verb, i, j, k, m in matcher.get_opcodes():
        if verb == "equal":
            runs.append(Run("same", "".join(new[k:m])))
            continue
        runs += [run for run in (Run("removed", "".join(old[i:j])), Run("added", "".join(new[k:m]))) if run.text]
    return tuple(runs)


def _next(was: int, elsewhere: set[int | None]) -> int:
    """The old paragraph after *was*, past those that moved elsewhere."""
    was += 1
    while was in elsewhere:
        was += 1
    return was


def _line(index: int, paragraph: str, change: dict[str, Any] | None) -> Line:
    what = change["what"].removeprefix("paragraph_") if change else "same"
    if change is not None and what == "edited":
        return Line(what, index + 1, words(change["before"] or "", change["after"] or paragraph))
    return Line(what, index + 1, (Run("added" if what == "added" else "same", paragraph),))


def _removed(change: dict[str, Any]) -> Line:
    return Line("removed", change["index"] + 1, (Run("removed", change["before"] or ""),))


def _tag(change: dict[str, Any]) -> str:
    gained = change["before"] is None
    return f"{change['what']} {change['after'] if gained else change['before']} {'gained' if gained else 'lost'}"
