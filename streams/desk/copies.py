"""A duplicate's record → who carried which version of a story, and when. Keeps no body; judges no likeness.

A copy is no news: it moves no story up the list. But an editor asks who else has it, and after a kill who must be told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from streams.desk.entries import Entry, agency_of, headline_of, outlet_of
from streams.errors import Reason, Rejected
from streams.showing.told import told

MOST_COPIES = 60
"""Copies of one story that are kept: of the outlet with the most, the oldest go first."""
AFTER_KILL = "killed"
"""What ``of.method`` says of a copy that came when its story had been withdrawn."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a raw message came from, as in ``provenance``; None where the record does not say."""

    source: str | None
    input: str | None
    received: str | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy, published as ``name`` (``uri``, ``version``). ``outlet`` sent it: whoever republished it, else the
    agency again. ``of``: the ``name`` of what it copies, a version or another copy; ``original``: where that came from.
    ``similarity`` 0 to 1, None where nothing was compared. ``changed``: what the outlet did to it, in short. ``seen``:
    milliseconds since the epoch."""

    story: str
    name: tuple[str, str]
    outlet: str
    agency: str
    headline: str
    language: str | None
    at: str | None
    seen: int
    of: tuple[str, str] | None
    method: str
    similarity: float | None
    changed: tuple[str, ...]
    why: str
    came: Source
    original: Source | None
    index: int

    @property
    def key(self) -> tuple[str | None, int, str | None]:
        """What makes it this copy: a record read again is still one."""
        return self.came.input, self.index, self.came.sha256

    @property
    def after_kill(self) -> bool:
        """Whether what it copies had been withdrawn when it came."""
        return self.method == AFTER_KILL


def copy_of(record: Any, seen: int) -> Copy:
    """Return *record* (JSON of ``story.v1``, a duplicate) as a copy. Raises :class:`Rejected` (``malformed``)."""
    said = told(record)
    try:
        origin = record.get("provenance") or {}
        return Copy(
            story=said.story,
            name=(said.uri, said.version),
            outlet=outlet_of(record) or agency_of(record),
            agency=agency_of(record),
            headline=headline_of(record),
            language=record["item"].get("language"),
            at=said.at,
            seen=seen,
            of=(said.of.uri, said.of.version) if said.of else None,
            method=said.of.method if said.of else "",
            similarity=said.of.similarity if said.of else None,
            changed=said.changed,
            why=said.why,
            came=_source(origin),
            original=_source(origin["copies"]) if origin.get("copies") else None,
            index=said.index,
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise Rejected(Reason.MALFORMED, f"a broken record: {type(error).__name__}: {error}") from error


def _source(origin: dict[str, Any]) -> Source:
    return Source(origin.get("source"), origin.get("input"), origin.get("received"), origin.get("sha256"))


def gathered(copies: Iterable[Copy]) -> tuple[Copy, ...]:
    """*Copies* each once, in the order they came, those beyond :data:`MOST_COPIES` let go: an agency that sends one
    story again and again pushes no outlet out."""
    kept = sorted({copy.key: copy for copy in copies}.values(), key=lambda copy: copy.seen)
    while len(kept) > MOST_COPIES:
        busiest = Counter(copy.outlet for copy in kept).most_common(1)[0][0]
        kept.remove(next(copy for copy in kept if copy.outlet == busiest))
    return tuple(kept)


def carried(versions: Iterable[Entry], copies: Iterable[Copy], agency: str) -> list[dict[str, Any]]:
    """The outlets other than *agency* that carried a story, the first first, as JSON values: ``outlet``, ``times``,
    ``seen`` (the first of them) and ``after_kill``. A version that an outlet brought before the agency counts too."""
    rows = [(entry.seen, entry.outlet, False) for entry in versions if entry.outlet is not None]
    rows += [(copy.seen, copy.outlet, copy.after_kill) for copy in copies if not is_of(copy.outlet, agency)]
    out: dict[str, dict[str, Any]] = {}
    for seen, outlet, after_kill in sorted(rows):
        row = out.setdefault(outlet, {"outlet": outlet, "times": 0, "seen": seen, "after_kill": False})
        row["times"] += 1
        row["after_kill"] |= after_kill
    return list(out.values())


def sent_again(copies: Iterable[Copy], agency: str) -> int:
    """How often *agency* itself sent copy of the story again."""
    return sum(is_of(copy.outlet, agency) for copy in copies)


def is_of(outlet: str, agency: str) -> bool:
    """Whether *outlet* is *agency* itself: feeds and bylines write one name in different cases."""
    return outlet.casefold() == agency.casefold()
