"""A story and what it was matched with → a copy of it, or the next version of its family; searches nothing."""

from __future__ import annotations

from datetime import datetime

from streams.contracts.story import NormalisedStory
from streams.identity.answers import Answer, beginning, copy_of, version_of
from streams.identity.entry import Entry
from streams.identity.evidence import gather, likeness
from streams.identity.families import newest_record
from streams.identity.marks import version_number
from streams.identity.matching import Match, distributors_of
from streams.identity.order import made_earlier
from streams.identity.profile import Profile
from streams.identity.state import IdentityState

REPRINT_SHARE = 0.4
"""Share of an outlet's copy that must be the agency's for it to be a reprint rather than a further version."""
NOTHING_NEW = 0.75
"""Share of an alert's words found at the top of a later version that came before it, for it to tell nothing new."""


def related(story: NormalisedStory, marks: Profile, match: Match, state: IdentityState, now: datetime | None) -> Answer:
    """What a story is to the entry it was matched with: a copy of it, or the next version of its family."""
    entry = match.entry
    family = entry.identity.story
    if _revises(story, match):
        return version_of(story, marks, match, state)
    if entry.identity.relation == "kill":
        return copy_of(story, entry, "killed", None, marks, state)
    if entry.killed and not _replaces(story, entry):
        return _killed_copy(story, marks, match, state)
    if match.exact:
        if entry.held is not None and not embargoed(story.embargoed_until, now) and not distributors_of(story):
            return version_of(story, marks, match, state)
        return copy_of(story, entry, match.method, 1.0, marks, state)
    if story.signals.corrects and not marks.reprint:
        return version_of(story, marks, match, state)
    if _reprint(story, marks, match, state):
        return copy_of(story, entry, match.method, match.similarity, marks, state)
    newest = newest_record(family, state, entry)
    if newest is not None and _late(story, newest, entry, marks, state):
        return copy_of(story, newest, "superseded", likeness(marks, state.profile_of(newest)), marks, state)
    return version_of(story, marks, match, state)


def embargoed(until: datetime | None, now: datetime | None) -> bool:
    """Whether an embargo still holds at ``now``; with no time known it does."""
    return until is not None and (now is None or until > now)


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

    The agency's own send that comes after an outlet's copy of it is no reprint: it is the version to publish; so is
    what says that it carries on earlier copy, for no outlet prints that.
    """
    own = story.provenance.source == match.entry.source or match.entry.distributors or marks.continues
    if own and not marks.reprint:
        return False
    common = marks.shingles.shared(state.profile_of(match.entry).shingles)
    return common >= REPRINT_SHARE * max(1, len(marks.shingles))


def _late(story: NormalisedStory, newest: Entry, matched: Entry, marks: Profile, state: IdentityState) -> bool:
    """Whether a newer version was here first: by the agency's number under one id, else by what both say of
    themselves. An alert that tells something new is never late: it must reach the desk. One whose words are in the
    newest version or in the copy that it was matched with tells nothing new."""
    if story.uri == newest.uri and story.agency_version and newest.agency_version:
        return version_number(story.agency_version) < version_number(newest.agency_version)
    if newest.slim:
        return False
    latest = state.profile_of(newest)
    if not made_earlier(marks, latest):
        return False
    if marks.created is not None and latest.created is not None:
        return True
    if not marks.alert:
        return True
    here = [gather(latest, marks), *([] if matched.slim else [gather(state.profile_of(matched), marks)])]
    return any(evidence.told >= NOTHING_NEW and not evidence.swapped_figures for evidence in here)


def _replaces(story: NormalisedStory, entry: Entry) -> bool:
    """Whether a send after a kill says that it takes the killed story's place: a correction by the same provider."""
    return story.signals.corrects and story.provenance.source == entry.source and not distributors_of(story)


def _killed_copy(story: NormalisedStory, marks: Profile, match: Match, state: IdentityState) -> Answer:
    """A copy of killed text is kept back; a story that only shares slug or subject with it begins a family."""
    close = match.exact or match.method in ("id", "reference")
    if match.evidence is not None and match.evidence.contained >= 0.35:
        close = True
    if close or match.evidence is None:
        return copy_of(story, match.entry, "killed", match.similarity, marks, state)
    return beginning(story, state)
