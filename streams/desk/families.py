"""Versions → one entry per story, folded: what stands, what is struck and why, what is pinned. Joins nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from streams.desk.copies import Copy, carried, gathered, sent_again
from streams.desk.entries import Entry
from streams.showing.family import version_order

PINNED_AS_ALERT = ("flash", "alert")
"""Kinds that the page pins as an alert; an urgent is pinned as what it is."""
MOST_VERSIONS = 100
"""Versions of one story that are kept; the oldest go first."""
Pin = Literal["alert", "urgent", "kill"]


@dataclass(frozen=True, slots=True)
class Family:
    """One story. ``versions`` oldest first, never empty; ``copies`` of any of them, as they came."""

    story: str
    versions: tuple[Entry, ...]
    copies: tuple[Copy, ...] = ()

    @property
    def order(self) -> int:
        """What the list is sorted by, the highest first: when its words last moved, in milliseconds. A re-tag or a copy
        leaves a story where it is."""
        return max((v.seen for v in self.versions if v.relation != "retag"), default=self.versions[0].seen)

    @property
    def newest(self) -> Entry:
        """The version in force."""
        return self.versions[-1]


def folded(story: str, versions: tuple[Entry, ...], copies: tuple[Copy, ...] = ()) -> Family:
    """Return the family of *versions* and *copies* in any order, those beyond what is kept of each let go."""
    ordered = sorted(versions, key=lambda v: (v.processed, version_order(v.version)))
    return Family(story, tuple(ordered[-MOST_VERSIONS:]), gathered(copies))


def killed_by(family: Family) -> Entry | None:
    """The kill that withdrew the story, None where it stands: a story moved again after its kill stands."""
    for entry in reversed(family.versions):
        if entry.relation == "kill":
            return entry
        if entry.relation != "retag":
            return None
    return None


def struck(family: Family) -> dict[tuple[str, str], Entry]:
    """The versions that must not be used any more, each with the kill or correction that says so.

    A correction strikes what it names as retracted and what it follows; a kill everything before it.
    """
    out: dict[tuple[str, str], Entry] = {}
    for place, entry in enumerate(family.versions):
        if entry.relation == "kill":
            out.update((earlier.key, entry) for earlier in family.versions[:place])
        elif entry.relation == "correction":
            wrong = {*entry.retracts, *([entry.of] if entry.of else [])}
            out.update((earlier.key, entry) for earlier in family.versions[:place] if earlier.key in wrong)
    return out


def shown(family: Family) -> Entry:
    """The version whose words stand for the story: the newest, or of a killed one the last before its kill."""
    if killed_by(family) is None:
        return family.newest
    before = [entry for entry in family.versions if entry.relation != "kill"]
    return before[-1] if before else family.newest


def pinned(family: Family) -> Pin | None:
    """Why the story is held at the top: an alert or urgent that no lead has followed yet, or a kill."""
    if killed_by(family) is not None:
        return "kill"
    if family.newest.kind in PINNED_AS_ALERT:
        return "alert"
    return "urgent" if family.newest.kind == "urgent" else None


def summary(family: Family) -> dict[str, Any]:
    """What the page's list needs of a story, as JSON values."""
    top, newest, kill, wrong = shown(family), family.newest, killed_by(family), struck(family)
    corrected = newest if newest.relation == "correction" else None
    said = kill or corrected
    return {
        "story": family.story,
        "order": family.order,
        "uri": newest.uri,
        "headline": top.headline,
        "kind": top.kind,
        "relation": newest.relation,
        "urgency": newest.urgency if newest.urgency is not None else top.urgency,
        "language": top.language,
        "slugline": top.slugline,
        "agency": top.agency,
        "at": newest.at,
        "seen": newest.seen,
        "first": family.versions[0].seen,
        "desks": list(dict.fromkeys((*top.desks, *newest.desks))),
        "countries": [{"code": t.code, "words": t.words, "roles": t.roles} for t in top.countries],
        "regions": [{"code": t.code, "name": t.name, "words": t.words} for t in top.regions],
        "pin": pinned(family),
        "killed": kill is not None,
        "why": said.note if said else None,
        "carried": carried(family.versions, family.copies, top.agency),
        "again": sent_again(family.copies, top.agency),
        "versions": [
            {
                "uri": entry.uri,
                "version": entry.version,
                "relation": entry.relation,
                "kind": entry.kind,
                "headline": entry.headline,
                "language": entry.language,
                "at": entry.at,
                "seen": entry.seen,
                "outlet": entry.outlet,
                "note": entry.note,
                "struck": wrong[entry.key].relation if entry.key in wrong else None,
            }
            for entry in family.versions
        ],
    }
