"""A re-tag asked for + state → the record's next version with its new tags, or why it is left alone. Touches no words.

Only what readers have in hand is tagged anew: the newest version of a uri, and exactly the version that was asked
about. So a re-tag that crosses an update loses to it, and one that is asked for twice, or read twice, is done once.
The answer is a function of the message and the state alone: read again after a crash it is the same record.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from streams.contracts.record import Change, Related, StoryRecord
from streams.contracts.retag import Retag, Tags
from streams.errors import Reason, Rejected
from streams.identity.entry import Entry
from streams.identity.fingerprint import fingerprint
from streams.identity.marks import version_number
from streams.identity.state import IdentityState

Verdict = Literal["retagged", "unknown", "duplicate", "killed", "held", "superseded", "other_text", "unchanged"]
"""``retagged``, or why not. ``unknown``: no such input, uri or version remembered here (another shard's, or past the
window). ``duplicate``: a copy; it has no place in the feed. ``killed``: withdrawn, or itself a kill. ``held``: its
embargo has not passed. ``superseded``: a later version has a number, be it an update's or an earlier re-tag's.
``other_text``: the words are not those published. ``unchanged``: the tags are those it has."""


@dataclass(frozen=True, slots=True)
class Retagged:
    """What became of a re-tag. ``record`` and ``writes`` only with the verdict ``retagged``; persist after sending."""

    verdict: Verdict
    record: StoryRecord | None = None
    writes: tuple[tuple[str, Entry | None], ...] = ()


def retag(asked: Retag, state: IdentityState, processed: datetime) -> Retagged:
    """Give the re-tagged record the next version of its uri, and remember it; every other case is left as it is.

    The item keeps its uri, words and times, ``versionCreated`` among them: a feed sorted by it keeps its order.
    Raises :class:`Rejected` (``malformed``) for a record without input, uri, version, headline or body.
    """
    record = asked.record
    uri, version = (_text(record.item, name) for name in ("uri", "version"))
    headline, body = (_first(record.item, name) for name in ("headlines", "bodies"))
    source, index = _text(record.provenance, "input"), record.provenance.get("index")
    entry = state.find(f"{source}#{index}")
    left = _left_alone(entry, uri, version, state)
    if entry is None or left is not None:
        return Retagged(left or "unknown")
    print_ = fingerprint(headline, body, record.item.get("language"))
    if print_.scheme == entry.fingerprint.scheme and print_.exact != entry.fingerprint.exact:
        return Retagged("other_text")
    changes = tag_changes(asked.before, tags_of(record))
    if not changes:
        return Retagged("unchanged")
    number = str((state.latest_version(uri) or version_number(version)) + 1)
    done = replace(
        entry,
        identity=replace(entry.identity, version=number),
        first_version=entry.first_version or version,
        countries=tuple(tag.code for tag in record.countries),
        whole=None,
    )
    state.change(done)
    published = replace(
        record,
        item={**record.item, "version": number},
        story=entry.identity.story,
        relation="retag",
        of=Related(uri, version, 1.0, "retag"),
        restates=None,
        changes=changes,
        claims=(),
        retracts=(),
        retracted=0,
        explanation=f"Version {version} tagged anew: {_said(changes)}. The words are the same.",
        processed=processed,
    )
    return Retagged("retagged", published, ((done.key, done),))


def tags_of(record: StoryRecord) -> Tags:
    """The tags of a record, codes and names alone."""
    return Tags(tuple(tag.code for tag in record.countries), tuple(tag.code for tag in record.regions), record.desks)


def tag_changes(before: Tags, after: Tags) -> tuple[Change, ...]:
    """Each tag lost and gained: desks first, then countries, then regions.

    The same countries with another one first is a change too, the one before and the one after together: the first
    is the country that the story is about most. Any other order, and a score, is not.
    """
    countries = _moved("country", before.countries, after.countries)
    if not countries and before.countries[:1] != after.countries[:1]:
        countries = [Change("country", None, before.countries[0], after.countries[0])]
    return (
        *_moved("desk", before.desks, after.desks),
        *countries,
        *_moved("region", before.regions, after.regions),
    )


def lost_desks(record: StoryRecord) -> tuple[str, ...]:
    """The desks that a re-tag takes a record from: they must hear of it once more."""
    return tuple(change.before for change in record.changes if change.what == "desk" and change.before is not None)


def _left_alone(entry: Entry | None, uri: str, version: str, state: IdentityState) -> Verdict | None:
    """Why a story must not be tagged anew, None when it may."""
    if entry is None or entry.sequence not in state.rows or entry.identity.uri != uri:
        return "unknown"
    if entry.outcome == "duplicate":
        return "duplicate"
    if entry.killed or entry.identity.relation == "kill":
        return "killed"
    if entry.held is not None:
        return "held"
    if max(state.latest_version(uri) or 0, version_number(entry.identity.version)) > version_number(version):
        return "superseded"
    return None if entry.identity.version == version else "unknown"


def _moved(what: Literal["desk", "country", "region"], before: Iterable[str], after: Iterable[str]) -> list[Change]:
    had, has = list(before), list(after)
    lost = [Change(what, None, name, None) for name in had if name not in has]
    return lost + [Change(what, None, None, name) for name in has if name not in had]


def _said(changes: tuple[Change, ...]) -> str:
    """``desk africa gained, country NE lost``."""
    return ", ".join(
        f"{change.what} {change.after} gained"
        if change.before is None
        else f"{change.what} {change.before} lost"
        if change.after is None
        else f"{change.what} {change.after} first, no longer {change.before}"
        for change in changes
    )


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value:
        raise Rejected(Reason.MALFORMED, f"a re-tag whose record has no {name}")
    return value


def _first(item: dict[str, Any], name: str) -> str:
    rows = item.get(name)
    value = rows[0].get("value") if isinstance(rows, list) and rows and isinstance(rows[0], dict) else None
    if not isinstance(value, str):
        raise Rejected(Reason.MALFORMED, f"a re-tag whose record has no {name}[0].value")
    return value
