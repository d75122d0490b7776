"""The decision on one story: new, copy, update, correction or kill, and of what; does no I/O and reads no clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from streams.contracts.record import Change, Identity, Related, Relation
from streams.contracts.story import NormalisedStory
from streams.identity.changes import changes_between
from streams.identity.entry import Decided, Entry, Outcome, Result
from streams.identity.evidence import gather
from streams.identity.explain import explain
from streams.identity.families import first_version, newest_record, next_version
from streams.identity.kills import awaited, is_kill, killed_by
from streams.identity.marks import version_number
from streams.identity.matching import Match, Search, day_marks, distributors_of, search, story_profile
from streams.identity.order import made_earlier
from streams.identity.profile import Profile
from streams.identity.state import IdentityState

REPRINT_SHARE = 0.4
"""Share of an outlet's copy that must be the agency's for it to be a reprint rather than a further version."""
NOTHING_NEW = 0.75
"""Share of an alert's words found at the top of a later version that came before it, for it to tell nothing new."""


@dataclass(frozen=True, slots=True)
class _Answer:
    relation: Relation
    uri: str
    version: str
    story: str
    of: Entry | None
    method: str
    similarity: float | None
    changes: tuple[Change, ...] = ()
    copies: Entry | None = None
    extra: tuple[tuple[str, Entry | None], ...] = ()
    search: Search | None = None


def decide(story: NormalisedStory, state: IdentityState, now: datetime | None) -> Outcome:
    """Decide one story against what the state remembers, and remember it.

    A story from an origin seen before is answered as it was then, with nothing to write. ``now`` is compared with
    the embargo alone; None means that the time is not known, and an embargoed story is then held. The caller
    persists ``writes`` once the results are durable.
    """
    key = f"{story.provenance.origin}#{story.provenance.index}"
    known = state.find(key)
    if known is not None:
        return Outcome((Result(known.outcome, story, known.identity),), (), replayed=True)
    writes = state.expire()
    marks = story_profile(story)
    if is_kill(story):
        answer = _kill(story, marks, state)
    else:
        found = search(story, marks, state)
        early = awaited(story, marks, state) if found.match is None else None
        if early is not None:
            answer = _copy(story, early, "killed", None, marks, state)
        elif found.match is None:
            uri, version, family = first_version(story, state)
            answer = _Answer("new", uri, version, family, None, "", None)
        else:
            answer = _related(story, marks, found.match, state, now)
        answer = replace(answer, search=found)
    outcome: Decided = "published"
    if answer.relation == "duplicate":
        outcome = "duplicate"
    elif answer.relation != "kill" and embargoed(story.embargoed_until, now):
        outcome = "held"
    identity = Identity(
        uri=answer.uri,
        version=answer.version,
        story=answer.story,
        relation=answer.relation,
        of=_related_to(answer),
        changes=answer.changes,
        explanation=explain(answer.relation, answer.of, answer.method, answer.search, outcome),
    )
    entry = _entry(story, marks, key, state.next_sequence(), outcome, identity, answer.copies)
    for changed_key, changed in answer.extra:
        if changed is not None:
            state.change(changed)
        writes.append((changed_key, changed))
    state.add(entry, marks)
    writes.append((key, entry))
    return Outcome((Result(outcome, story, identity),), tuple(writes))


def embargoed(until: datetime | None, now: datetime | None) -> bool:
    """Whether an embargo still holds at ``now``; with no time known it does."""
    return until is not None and (now is None or until > now)


def _related_to(answer: _Answer) -> Related | None:
    if answer.of is None:
        return None
    to = answer.of.identity
    return Related(to.uri, to.version, answer.similarity, answer.method)


def _related(
    story: NormalisedStory, marks: Profile, match: Match, state: IdentityState, now: datetime | None
) -> _Answer:
    """What a story is to the entry it was matched with: a copy of it, or the next version of its family."""
    entry = match.entry
    family = entry.identity.story
    if _revises(story, match):
        return _version(story, marks, match, state)
    if entry.identity.relation == "kill":
        return _copy(story, entry, "killed", None, marks, state)
    if entry.killed and not _replaces(story, entry):
        return _killed_copy(story, marks, match, state)
    if match.exact:
        if entry.held is not None and not embargoed(story.embargoed_until, now) and not distributors_of(story):
            return _version(story, marks, match, state)
        return _copy(story, entry, match.method, 1.0, marks, state)
    if story.signals.corrects and not marks.reprint:
        return _version(story, marks, match, state)
    if _reprint(story, marks, match, state):
        return _copy(story, entry, match.method, match.similarity, marks, state)
    newest = newest_record(family, state)
    if newest is not None and _late(story, newest, marks, state):
        return _copy(story, newest, "superseded", gather(marks, state.profile_of(newest)).jaccard, marks, state)
    return _version(story, marks, match, state)


def _version(story: NormalisedStory, marks: Profile, match: Match, state: IdentityState) -> _Answer:
    """The next version of the family: of its newest record, under its uri."""
    parent = newest_record(match.entry.identity.story, state) or match.entry
    uri, version = next_version(story, parent, state)
    relation: Relation = "correction" if story.signals.corrects else "update"
    similarity = None if parent.slim else round(gather(marks, state.profile_of(parent)).jaccard, 4)
    return _Answer(
        relation,
        uri,
        version,
        parent.identity.story,
        parent,
        match.method,
        similarity,
        _changes(marks, parent, state),
    )


def _copy(
    story: NormalisedStory, of: Entry, method: str, similarity: float | None, marks: Profile, state: IdentityState
) -> _Answer:
    """A duplicate: it keeps its own uri and version, unless the uri is the original's, whose version it then has."""
    own = story.uri == of.identity.uri
    return _Answer(
        "duplicate",
        story.uri,
        of.identity.version if own else story.agency_version or "1",
        of.identity.story,
        of,
        method,
        None if similarity is None else round(similarity, 4),
        () if similarity is None or similarity == 1.0 else _changes(marks, of, state),
        copies=of,
    )


def _changes(marks: Profile, old: Entry, state: IdentityState) -> tuple[Change, ...]:
    if old.slim:
        return ()
    return changes_between(old.headline, old.paragraphs, marks.headline, marks.paragraphs, state.settings.max_changes)


def _revises(story: NormalisedStory, match: Match) -> bool:
    """Whether the agency itself sends the next revision under the same id, be it with the same words."""
    entry = match.entry
    return (
        story.uri == entry.uri
        and match.method != "bytes"
        and version_number(story.agency_version) > version_number(entry.agency_version)
    )


def _reprint(story: NormalisedStory, marks: Profile, match: Match, state: IdentityState) -> bool:
    """Whether an outlet's copy is the agency's: another source than the entry's, and enough of it the same words.

    The agency's own send that comes after an outlet's copy of it is no reprint: it is the version to publish.
    """
    if not marks.reprint and (story.provenance.source == match.entry.source or match.entry.distributors):
        return False
    common = len(marks.shingles & state.profile_of(match.entry).shingles)
    return common >= REPRINT_SHARE * max(1, len(marks.shingles))


def _late(story: NormalisedStory, newest: Entry, marks: Profile, state: IdentityState) -> bool:
    """Whether a newer version was here first: by the agency's number under one id, else by what both say of
    themselves. An alert that tells something new is never late: it must reach the desk."""
    if story.uri == newest.uri and story.agency_version and newest.agency_version:
        return version_number(story.agency_version) < version_number(newest.agency_version)
    if newest.slim:
        return False
    latest = state.profile_of(newest)
    if not made_earlier(marks, latest):
        return False
    if marks.created is not None and latest.created is not None:
        return True
    evidence = gather(latest, marks)
    return not marks.alert or (evidence.told >= NOTHING_NEW and not evidence.swapped_figures)


def _replaces(story: NormalisedStory, entry: Entry) -> bool:
    """Whether a send after a kill says that it takes the killed story's place: a correction by the same provider."""
    return story.signals.corrects and story.provenance.source == entry.source and not distributors_of(story)


def _killed_copy(story: NormalisedStory, marks: Profile, match: Match, state: IdentityState) -> _Answer:
    """A copy of killed text is kept back; a story that only shares slug or subject with it begins a family."""
    close = match.exact or match.method in ("id", "reference")
    if match.evidence is not None and match.evidence.contained >= 0.35:
        close = True
    if close or match.evidence is None:
        return _copy(story, match.entry, "killed", match.similarity, marks, state)
    uri, version, family = first_version(story, state)
    return _Answer("new", uri, version, family, None, "", None)


def _kill(story: NormalisedStory, marks: Profile, state: IdentityState) -> _Answer:
    """A kill is published under the uri of what it kills, which stays killed; one that matches nothing waits."""
    for sequence in state.by_print("exact", story.fingerprint.exact):
        earlier = state.entry(sequence)
        same = earlier is not None and earlier.sha256 == story.provenance.sha256
        if earlier is not None and same and earlier.identity.relation == "kill":
            return _copy(story, earlier, "bytes", 1.0, marks, state)
    target = killed_by(story, marks, state)
    if target is None:
        uri, version, family = first_version(story, state)
        return _Answer("kill", uri, version, family, None, "", None)
    parent = newest_record(target.identity.story, state) or target
    uri, version = next_version(story, parent, state)
    extra = tuple(
        (entry.key, replace(entry, killed=True, held=None))
        for member in state.members(target.identity.story)
        if (entry := state.entry(member)) is not None and not entry.killed and entry.identity.relation != "kill"
    )
    return _Answer("kill", uri, version, parent.identity.story, parent, "kill", None, extra=extra)


def _entry(
    story: NormalisedStory,
    marks: Profile,
    key: str,
    sequence: int,
    outcome: Decided,
    identity: Identity,
    copies: Entry | None,
) -> Entry:
    received = story.provenance.received
    return Entry(
        key=key,
        sequence=sequence,
        origin=str(story.provenance.origin),
        index=story.provenance.index,
        source=story.provenance.source,
        at=received or story.version_created,
        received=received,
        version_created=story.version_created,
        uri=story.uri,
        agency_version=story.agency_version,
        alt_ids=story.alt_ids,
        sha256=story.provenance.sha256,
        fingerprint=story.fingerprint,
        kind=story.kind,
        language=story.language,
        slugline=story.slugline,
        keywords=story.keywords,
        headline=story.headline,
        paragraphs=marks.paragraphs,
        city=story.dateline.city if story.dateline else None,
        dated=story.dateline.date if story.dateline else None,
        countries=tuple(tag.code for tag in story.countries),
        distributors=distributors_of(story),
        pub_status=story.pub_status,
        signals=story.signals,
        day_marks=day_marks(story),
        embargoed_until=story.embargoed_until,
        outcome=outcome,
        identity=identity,
        copies=copies.key if copies else None,
        killed=identity.of is not None and identity.of.method == "killed",
        held=story if outcome == "held" else None,
    )
