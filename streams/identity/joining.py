"""A story that comes after its own updates → those published again as what they are; joins nothing that has settled.

An update that overtook its parent went out as ``new``. When the parent comes, the update is published again under the
same uri with the next version, now related to its parent. The same when the parent shows that a family begun by its
update is a part of another: the family that the parent belongs to takes it over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from streams.contracts.record import Related, Relation
from streams.contracts.story import NormalisedStory
from streams.identity.answers import changes_from
from streams.identity.claims import claims_of
from streams.identity.entry import Corrected, Entry, Result
from streams.identity.evidence import likeness
from streams.identity.explain import restated
from streams.identity.families import newest_record
from streams.identity.marks import version_number
from streams.identity.matching import Match, Search
from streams.identity.order import made_earlier
from streams.identity.profile import Profile
from streams.identity.retractions import NOTHING, retracted_by_correction
from streams.identity.state import IdentityState


@dataclass(frozen=True, slots=True)
class Joined:
    """``results``: the records to publish again. ``changed``: their entries and their families', to be persisted."""

    results: tuple[Result, ...] = ()
    changed: tuple[Entry, ...] = ()
    corrected: tuple[Corrected, ...] = ()


_NOBODY = Joined()


def between(found: Search, marks: Profile, state: IdentityState) -> Match | None:
    """The match to go by: where a story was made before the one that it is most like, and after a story of another
    family, the latter, for that is what it carries on; the former family is then taken over."""
    match = found.match
    if match is None or len(found.links) < 2:
        return match
    family = match.entry.identity.story
    if not made_earlier(marks, state.profile_of(match.entry)) or _open(family, marks, state) is None:
        return match
    before = [
        link
        for link in found.links
        if link.entry.identity.story != family and not made_earlier(marks, state.profile_of(link.entry))
    ]
    return max(before, key=_rank, default=match)


def join_later(entry: Entry, marks: Profile, found: Search, state: IdentityState) -> Joined:
    """Publish again what came before its parent ``entry``, a story just remembered that was not held or kept back."""
    of = entry.identity.of
    if not found.links and (of is None or of.method != "superseded"):
        return _NOBODY
    copy = entry.outcome == "duplicate" and (of is None or of.method != "superseded")
    if entry.outcome == "held" or copy or entry.killed or entry.distributors:
        return _NOBODY
    results: list[Result] = []
    changed: list[Entry] = []
    corrected: list[Corrected] = []
    for family, link in _families(entry, found):
        if link is not None and not made_earlier(marks, state.profile_of(link.entry)):
            continue
        newest = _open(family, marks, state)
        story = state.story(newest) if newest is not None else None
        own = family == entry.identity.story
        if newest is None or story is None or (own and newest.identity.relation != "new") or newest.uri == entry.uri:
            continue
        ahead = newest if own else newest_record(entry.identity.story, state)
        done = _restated(newest, story, entry, marks, link, ahead, state)
        family_too = [] if own else [e for n in state.families.members(family) if (e := state.entry(n)) is not None]
        for other in family_too:
            if other.key != done.key:
                identity = replace(other.identity, story=entry.identity.story)
                changed.append(replace(other, identity=identity, first=other.answered))
        changed.append(done)
        for other in changed:
            state.change(other)
        results.append(Result("published", story, done.identity))
        corrected.append(Corrected(done.key, done.identity))
    return Joined(tuple(results), tuple(changed), tuple(corrected))


def again(entry: Entry, state: IdentityState) -> Iterable[Result]:
    """What a story set right when it first came, for a replay of it; nothing of what has settled since."""
    for one in entry.corrected:
        other = state.find(one.key)
        story = state.story(other) if other is not None else None
        if story is not None:
            yield Result("published", story, one.identity)


def _families(entry: Entry, found: Search) -> list[tuple[str, Match | None]]:
    """The families that may have to be set right, each once: the story's own where it came late, then the others."""
    of = entry.identity.of
    families: dict[str, Match | None] = {}
    if of is not None and of.method == "superseded":
        families[entry.identity.story] = None
    for link in sorted(found.links, key=_rank, reverse=True):
        if link.entry.identity.story != entry.identity.story:
            families.setdefault(link.entry.identity.story, link)
    return list(families.items())


def _open(family: str, marks: Profile, state: IdentityState) -> Entry | None:
    """The newest record of a family that was begun, moments ago, by copy made after this story; else None."""
    first, soon = state.families.first(family), timedelta(minutes=state.settings.settle_minutes)
    root = state.entry(first) if first is not None else None
    newest = newest_record(family, state)
    for one in (root, newest):
        if one is None or not state.unsettled(one):
            return None
        if one.at is not None and marks.at is not None and abs(one.at - marks.at) > soon:
            return None
    if root is None or root.identity.relation != "new" or not made_earlier(marks, state.profile_of(root)):
        return None
    return newest


def _restated(
    newest: Entry,
    story: NormalisedStory,
    parent: Entry,
    marks: Profile,
    link: Match | None,
    ahead: Entry | None,
    state: IdentityState,
) -> Entry:
    """The newest record of a family as it is published again: a version of its parent, or of what it was before."""
    profile = state.profile_of(newest)
    was = newest.identity
    version = str((state.latest_version(was.uri) or version_number(was.version)) + 1)
    now = replace(was, version=version, story=parent.identity.story, restates=was.version)
    if was.relation == "new":
        relation: Relation = "correction" if newest.signals.corrects else "update"
        changes = changes_from(parent, profile, state)
        retracts = NOTHING
        if relation == "correction":
            members = [n for n in state.families.members(parent.identity.story) if n != newest.sequence]
            retracts = retracted_by_correction(members, changes, newest.signals.paragraphs, state)
        to, similarity = parent.identity, round(likeness(profile, marks), 4)
        now = replace(
            now,
            relation=relation,
            of=Related(to.uri, to.version, similarity, "late-parent"),
            changes=changes,
            claims=claims_of(newest.signals, story.ed_note, changes),
            retracts=retracts.listed,
            retracted=retracts.total,
        )
    now = replace(now, explanation=restated(now, was, parent, link))
    return replace(newest, identity=now, first=newest.answered, placed=_place(newest, profile, ahead, state))


def _place(newest: Entry, profile: Profile, ahead: Entry | None, state: IdentityState) -> int | None:
    """Where a record comes in the family that it joins, among those whose times do not tell: next to its newest."""
    if ahead is None or ahead.key == newest.key:
        return newest.placed
    at = ahead.placed or ahead.sequence
    return at - 1 if made_earlier(profile, state.profile_of(ahead)) else at + 1


def _rank(link: Match) -> tuple[bool, float, int]:
    """A story that carries on an earlier one and answers an alert of its own stays with the earlier one."""
    evidence, verdict = link.evidence, link.verdict
    return evidence is not None and not evidence.short, verdict.score if verdict else 0.0, link.entry.sequence
