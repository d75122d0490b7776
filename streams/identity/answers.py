"""A story and the entry it belongs with → the answer: version, copy or kill, under which uri; looks nothing up."""

from __future__ import annotations

from dataclasses import dataclass, replace

from streams.contracts.record import Change, Related, Relation, Sent
from streams.contracts.story import NormalisedStory
from streams.identity.changes import changes_between
from streams.identity.entry import Entry
from streams.identity.evidence import likeness
from streams.identity.families import first_version, newest_record, next_version
from streams.identity.kills import killed_by
from streams.identity.matching import Match
from streams.identity.profile import Profile
from streams.identity.retractions import NOTHING, Retractions, retracted_by_correction, retracted_by_kill
from streams.identity.state import IdentityState


@dataclass(slots=True)
class Answer:
    """What was decided of a story, before it is put in words. ``extra``: other entries that change with it. Nobody
    writes to one once made."""

    relation: Relation
    uri: str
    version: str
    story: str
    of: Entry | None
    method: str
    similarity: float | None
    changes: tuple[Change, ...] = ()
    copies: Entry | None = None
    extra: tuple[Entry, ...] = ()
    retracts: Retractions = NOTHING
    printed: Entry | None = None

    @property
    def related(self) -> Related | None:
        """The earlier record, as the record names it."""
        if self.of is None:
            return None
        to = self.of.identity
        return Related(to.uri, to.version, self.similarity, self.method)


def beginning(story: NormalisedStory, state: IdentityState, relation: Relation = "new") -> Answer:
    """A story that begins a family, or a kill that names nothing yet."""
    uri, version, family = first_version(story, state)
    return Answer(relation, uri, version, family, None, "", None)


def version_of(story: NormalisedStory, marks: Profile, match: Match, state: IdentityState) -> Answer:
    """The next version of the family: of its newest record, under its uri."""
    family = match.entry.identity.story
    parent = newest_record(family, state, match.entry) or match.entry
    uri, version = next_version(story, parent, state)
    relation: Relation = "correction" if story.signals.corrects else "update"
    similarity = None if parent.slim else round(likeness(marks, state.profile_of(parent)), 4)
    changes = changes_from(parent, marks, state)
    retracts = NOTHING
    if relation == "correction":
        retracts = retracted_by_correction(state.families.members(family), changes, story.signals.paragraphs, state)
    printed = match.entry if match.entry.distributors and not marks.reprint else None
    return Answer(
        relation,
        uri,
        version,
        parent.identity.story,
        parent,
        match.method,
        similarity,
        changes,
        retracts=retracts,
        printed=printed,
    )


def copy_of(
    story: NormalisedStory, of: Entry, method: str, similarity: float | None, marks: Profile, state: IdentityState
) -> Answer:
    """A duplicate: it keeps its own uri and version, unless the uri is the original's, whose version it then has."""
    own = story.uri == of.identity.uri
    same = similarity is None or method in ("bytes", "text")
    return Answer(
        "duplicate",
        story.uri,
        of.identity.version if own else story.agency_version or "1",
        of.identity.story,
        of,
        method,
        None if similarity is None else round(similarity, 4),
        () if same else changes_from(of, marks, state),
        copies=of,
    )


def changes_from(old: Entry, marks: Profile, state: IdentityState) -> tuple[Change, ...]:
    """What moved since an entry; nothing can be told once its words were let go."""
    if old.slim:
        return ()
    return changes_between(old.headline, old.paragraphs, marks.headline, marks.paragraphs, state.settings.max_changes)


def kill_of(story: NormalisedStory, marks: Profile, state: IdentityState) -> Answer:
    """A kill is published under the uri of what it kills, which stays killed; one that matches nothing waits."""
    for sequence in state.by_print("exact", story.fingerprint.exact):
        earlier = state.entry(sequence)
        same = earlier is not None and earlier.sha256 == story.provenance.sha256
        if earlier is not None and same and earlier.identity.relation == "kill":
            return copy_of(story, earlier, "bytes", 1.0, marks, state)
    target = killed_by(story, marks, state)
    if target is None:
        return beginning(story, state, "kill")
    family = target.identity.story
    parent = newest_record(family, state) or target
    uri, version = next_version(story, parent, state)
    members = state.families.members(family)
    withdrawn = tuple(
        replace(entry, killed=True, held=None)
        for member in members
        if (entry := state.entry(member)) is not None and not entry.killed and entry.identity.relation != "kill"
    )
    return Answer(
        "kill",
        uri,
        version,
        parent.identity.story,
        parent,
        "kill",
        None,
        extra=withdrawn,
        retracts=retracted_by_kill(members, state),
    )


def sent(entry: Entry | None) -> Sent | None:
    """Where an entry came from, for the provenance of another send of the same copy."""
    if entry is None:
        return None
    to = entry.identity
    return Sent(entry.origin, entry.sha256, entry.source, to.uri, to.version)
