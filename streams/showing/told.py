"""A record's JSON → what it says of itself and of others: relation, reason, changes, retractions. Judges nothing.

Read leniently, since a topic holds the records of earlier versions of this program too: what is absent is None or
empty, what is new is passed over.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from streams.errors import Reason, Rejected

MOVED = {
    "paragraph_added": "added",
    "paragraph_removed": "removed",
    "paragraph_edited": "edited",
    "paragraph_moved": "moved",
}
TAGS = ("country", "region", "desk")
"""What a re-tag moves."""
FIGURES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Pointer:
    """The earlier record that one relates to, as in ``of``."""

    uri: str
    version: str
    similarity: float | None
    method: str


@dataclass(frozen=True, slots=True)
class Moved:
    """One change as the record lists it; ``noun`` what a figure counts, where the record says so."""

    what: str
    index: int | None
    before: str | None
    after: str | None
    noun: str | None = None


@dataclass(frozen=True, slots=True)
class Retracted:
    """A published record that carried the killed or wrong text."""

    uri: str
    version: str
    relation: str | None
    outcome: str | None
    input: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """One record. ``at`` is when the copy was made or came in (RFC 3339), ``processed`` when it was decided.

    ``outcome`` published, duplicate or held; None where nothing says. ``restates``: the version of the same uri that
    it puts right, since its parent came late. ``changed`` is :func:`in_short` of the changes, ``claimed`` what the
    advisory says was done and whether the copy bears it out. ``retracted`` counts what carried the killed or wrong
    text, of which ``retracts`` lists the newest.
    """

    uri: str
    version: str
    story: str
    relation: str
    outcome: str | None
    at: str | None
    processed: str | None
    input: str | None
    index: int
    source: str | None
    kind: str | None
    headline: str
    of: Pointer | None
    restates: str | None
    why: str
    changes: tuple[Moved, ...]
    changed: tuple[str, ...]
    claimed: tuple[str, ...]
    retracts: tuple[Retracted, ...]
    retracted: int

    @property
    def key(self) -> tuple[str, str, str, str | None, int]:
        """What makes it this record: on several topics, or replayed, it is still one."""
        return self.uri, self.version, self.relation, self.input, self.index

    @property
    def name(self) -> str:
        """``uri#version``, the id under which it is published."""
        return f"{self.uri}#{self.version}"


def record_of(value: Any) -> tuple[dict[str, Any] | None, str | None]:
    """The record in *value*, a line of ``newswire process`` or a bare record, and the line's outcome.

    No record (None) for a rejected input. Raises :class:`Rejected` (``malformed``) for what is neither.
    """
    outcome = None
    if isinstance(value, dict) and "outcome" in value and "record" in value:
        value, outcome = value["record"], value["outcome"]
        if value is None:
            return None, outcome
    if not isinstance(value, dict) or not isinstance(value.get("item"), dict) or "uri" not in value["item"]:
        raise Rejected(Reason.MALFORMED, "neither an enriched record nor a line of newswire process")
    if not isinstance(value.get("story"), str) or not isinstance(value.get("relation"), str):
        raise Rejected(Reason.MALFORMED, "an enriched record without story or relation")
    return value, outcome


def told(record: dict[str, Any], outcome: str | None = None) -> Told:
    """What *record* (as :func:`record_of` gives it) says. Raises :class:`Rejected` (``malformed``) for a broken one."""
    try:
        return _told(record, outcome)
    except (KeyError, IndexError, TypeError, AttributeError, ValueError) as error:
        raise Rejected(Reason.MALFORMED, f"a broken record: {type(error).__name__}: {error}") from error


def _told(record: dict[str, Any], outcome: str | None) -> Told:
    item = record["item"]
    origin = record.get("provenance") or {}
    of = record.get("of")
    changes = tuple(
        Moved(c["what"], c.get("index"), c.get("before"), c.get("after"), c.get("noun"))
        for c in record.get("changes") or ()
    )
    retracts = tuple(
        Retracted(str(r["uri"]), str(r.get("version", "")), r.get("relation"), r.get("outcome"), r.get("input"))
        for r in record.get("retracts") or ()
    )
    return Told(
        uri=str(item["uri"]),
        version=str(item.get("version", "")),
        story=record["story"],
        relation=record["relation"],
        outcome=outcome,
        at=item.get("versionCreated") or origin.get("received") or origin.get("arrived"),
        processed=record.get("processed"),
        input=origin.get("input"),
        index=int(origin.get("index") or 0),
        source=origin.get("source"),
        kind=record.get("kind"),
        headline=str((item.get("headlines") or [{}])[0].get("value") or ""),
        of=Pointer(str(of["uri"]), str(of["version"]), of.get("similarity"), str(of["method"])) if of else None,
        restates=record.get("restates"),
        why=record.get("explanation") or "",
        changes=changes,
        changed=in_short(changes),
        claimed=tuple(_claim(claim) for claim in record.get("claims") or ()),
        retracts=retracts,
        retracted=int(record.get("retracted") or len(retracts)),
    )


def _claim(claim: dict[str, Any]) -> str:
    """``raises toll: borne out``; ``corrects Thursday, not Friday (paragraph 4): not borne out``."""
    what = f" {claim['what']}" if claim.get("what") else ""
    paragraph = f" (paragraph {claim['paragraph']})" if claim.get("paragraph") is not None else ""
    borne_out = {True: "borne out", False: "not borne out", None: "cannot be told"}[claim.get("agrees")]
    return f"{claim['verb']}{what}{paragraph}: {borne_out}"


def in_short(changes: tuple[Moved, ...]) -> tuple[str, ...]:
    """Changes as a desk would say them, a phrase each: headline, paragraphs counted, figures that moved.

    >>> in_short((Moved("paragraph_added", 2, None, "…"), Moved("figure", 0, "170", "174", "dead")))
    ('1 paragraph added', '170 → 174 dead (paragraph 1)')
    """
    said = [f"headline “{c.before}” → “{c.after}”" for c in changes if c.what == "headline"]
    counts = Counter(c.what for c in changes if c.what.startswith("paragraph_"))
    for what, count in counts.items():
        verb = MOVED.get(what, what.removeprefix("paragraph_"))
        said.append(f"{count} paragraph{'s' if count > 1 else ''} {verb}")
    figures = [c for c in changes if c.what == "figure"]
    for c in figures[:FIGURES_SHOWN]:
        where = "headline" if c.index is None else f"paragraph {c.index + 1}"
        noun = f" {c.noun}" if c.noun else ""
        said.append(f"{c.before or 'none'} → {c.after or 'none'}{noun} ({where})")
    if len(figures) > FIGURES_SHOWN:
        said.append(f"{len(figures) - FIGURES_SHOWN} more figures moved")
    tags = [c for c in changes if c.what in TAGS]
    said += [f"{c.what} {c.after} gained" if c.before is None else f"{c.what} {c.before} lost" for c in tags]
    known = {"headline", "figure", *TAGS, *counts}
    others = Counter(c.what for c in changes if c.what not in known)
    said += [f"{count} × {what.replace('_', ' ')}" for what, count in others.items()]
    return tuple(said)
