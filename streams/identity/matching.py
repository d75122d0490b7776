"""One story against what is remembered: the earlier entry it belongs with, and why; publishes and changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from streams.contracts.story import NormalisedStory
from streams.identity.entry import Entry
from streams.identity.evidence import Evidence
from streams.identity.gathering import gather, hopeless, likeness
from streams.identity.index import Marks
from streams.identity.judge import Verdict, judge
from streams.identity.marks import BODY_ALONE, telling_id
from streams.identity.neighbours import answered, evidence_of, only_one, score, weighed
from streams.identity.order import made_earlier
from streams.identity.profile import Profile, continues, other_language, story_slug
from streams.identity.settings import HOUR
from streams.identity.state import IdentityState

Method = Literal["bytes", "text", "body", "id", "reference", "near-text", "slug", "alert", "evidence"]
OWN_URI = "urn:newswire:"
"""What begins the ids made here from content; they say nothing beyond the content."""
_NONE: frozenset[str] = frozenset()
_SENT_AGAIN = "refiles"
"""The advisory verb of copy that is sent again as it was."""
NOTICE_WORDS = 150
"""Up to this long, the same words on another day may be a standing notice; longer copy is sent again, not re-issued."""
PARAGRAPHS = 400
VERSIONS = 6
"""How many versions of a story are looked at for the one that an outlet printed."""


@dataclass(slots=True)
class Match:
    """The earlier entry a story belongs with. ``similarity`` 0 to 1 of the two texts; ``exact``: the same copy."""

    entry: Entry
    method: Method
    similarity: float
    exact: bool
    evidence: Evidence | None = None
    verdict: Verdict | None = None


@dataclass(slots=True)
class Search:
    """What was found: the match, or None, and the nearest story that was kept apart, for the explanation. ``links``:
    every entry that the evidence says is the same story, the match among them. Nobody writes to one once made."""

    match: Match | None
    apart: Match | None = None
    links: tuple[Match, ...] = ()


def story_profile(story: NormalisedStory) -> Profile:
    """The comparable parts of a story that has no entry yet."""
    provenance, dateline, slugline = story.provenance, story.dateline, story.slugline
    return Profile(
        headline=story.headline,
        paragraphs=paragraphs_of(story.body),
        at=provenance.received or story.version_created,
        kind=story.kind,
        source=provenance.source,
        distributors=distributors_of(story),
        agencies=agencies_of(story),
        slug=story_slug(slugline, story.keywords) if slugline else None,
        dated=dateline.date if dateline else None,
        day_marks=day_marks(story),
        signals=story.signals,
        continues=continues(story.signals, slugline),
        created=story.version_created,
        countries=tuple([tag.code for tag in story.countries]),
        city=dateline.city if dateline else None,
    )


def day_marks(story: NormalisedStory) -> tuple[date, ...]:
    """The days that headline and body speak of, in order, at most 40; an outlet's print date is not among them."""
    if not story.dates:
        return ()
    return tuple(sorted({d.date for d in story.dates if d.field != "raw"}))[:40]


def paragraphs_of(body: str) -> tuple[str, ...]:
    """The body's paragraphs, at most 400: what is longer is a table, and its first 400 lines tell it."""
    return tuple([p for p in body.split("\n\n") if p and not p.isspace()][:PARAGRAPHS])


def distributors_of(story: NormalisedStory) -> tuple[str, ...]:
    """The outlets that republished the copy, by name."""
    return tuple([source.name for source in story.info_sources if source.role == "distributor"])


def agencies_of(story: NormalisedStory) -> tuple[str, ...]:
    """The agencies whose copy it is, by name."""
    return tuple([source.name for source in story.info_sources if source.role == "agency"])


def search(story: NormalisedStory, marks: Profile, filing: Marks, state: IdentityState) -> Search:
    """Find the entry that a story copies, continues or corrects: the same copy, the same id, then by evidence."""
    same, standing = _same_copy(story, marks, state)
    if same is not None:
        return Search(same)
    named = _same_id(story, marks, state)
    if named is not None:
        return Search(named)
    return _by_evidence(story, marks, filing, state, standing)


def _same_copy(story: NormalisedStory, marks: Profile, state: IdentityState) -> tuple[Match | None, frozenset[str]]:
    """The same copy, and the families of which this is another issue, which no evidence joins it with."""
    print_ = story.fingerprint
    prints: list[tuple[Method, str, str]] = [("text", "exact", print_.exact)]
    if print_.shingles + 2 >= BODY_ALONE:
        if not state.by_print("body", print_.body):
            return None, _NONE  # whatever has the same text has the same body
        prints.append(("body", "body", print_.body))
    standing: set[str] = set()
    raw, at = (story.provenance.sha256, story.provenance.index), marks.seconds
    for method, kind, value in prints:
        # The newest first: of a notice that is issued daily, a re-send copies today's.
        for sequence in reversed(state.by_print(kind, value)):
            row = state.rows[sequence]
            entry = state.entry(sequence)
            if entry is None:
                continue
            how: Method = "bytes" if (entry.sha256, entry.index) == raw else method
            if how != "bytes" and not (row.at is None or at is None or state.near(row, at)):
                continue
            if other_language(entry.language, story.language):
                continue
            if reissued(story, entry, state):
                standing.add(entry.identity.story)
                continue
            return Match(_first_copy(entry, state), how, 1.0, True), frozenset()
    return None, frozenset(standing) if standing else _NONE


def reissued(story: NormalisedStory, entry: Entry, state: IdentityState) -> bool:
    """Whether the same words are a new issue of a standing text rather than a re-send.

    A daily notice ("Clients are reminded that …") comes every midnight with the same words under a new id and date.
    It is a new issue when ``reissue_hours`` lie between and nothing in the copy fixes its day: another dateline date,
    another creation time, or no date at all in copy of a notice's length. Copy that says it is sent again
    (``REPEATS feature sent on Sunday``) is no new issue.
    """
    received = story.provenance.received
    if _SENT_AGAIN in story.signals.verbs:
        return False
    if story.uri == entry.uri and not story.uri.startswith(OWN_URI):
        return False
    dated = story.dateline.date if story.dateline else None
    if dated and entry.dated and dated != entry.dated:
        hours = 0.0 if not (received and entry.received) else (received - entry.received).total_seconds() / HOUR
        return abs(hours) >= state.settings.reissue_hours or not received
    at = received or story.version_created
    if at is None or entry.at is None or abs((at - entry.at).total_seconds()) < state.settings.reissue_hours * HOUR:
        return False
    if dated and entry.dated:
        return False
    if story.version_created and entry.version_created:
        gap = abs((story.version_created - entry.version_created).total_seconds())
        return gap >= state.settings.reissue_hours * HOUR
    marks = day_marks(story)
    if marks and marks == entry.day_marks:
        return False
    return not distributors_of(story) and entry.fingerprint.shingles <= NOTICE_WORDS


def _original(entry: Entry, state: IdentityState) -> Entry:
    """The record that a duplicate copies; any other entry is its own original."""
    copied = state.find(entry.copies) if entry.copies else None
    return copied or entry


def _first_copy(entry: Entry, state: IdentityState) -> Entry:
    """The first of several sends of the very same words: what a repeated re-send copies. An outlet's own version of
    the agency's copy is where it stops, for its words are other words."""
    for _ in range(64):
        copied = state.find(entry.copies) if entry.copies else None
        if copied is None or copied.fingerprint.exact != entry.fingerprint.exact:
            break
        entry = copied
    return entry


def _same_id(story: NormalisedStory, marks: Profile, state: IdentityState) -> Match | None:
    """The newest entry with the same agency id, or with an id that the story names as its earlier version."""
    if not story.alt_ids and story.uri.startswith(OWN_URI):
        return None
    ids = [] if story.uri.startswith(OWN_URI) else [story.uri]
    ids += [alt.value for alt in story.alt_ids if alt.role != "ref" and telling_id(alt.value)]
    named = [alt.value for alt in story.alt_ids if alt.role == "ref" and telling_id(alt.value)]
    for method, values in (("id", ids), ("reference", named)):
        for sequence in reversed(state.by_id(values)):
            entry = state.entry(sequence)
            if entry is not None:
                entry = _original(entry, state)
                alike = likeness(marks, state.profile_of(entry))
                exact = entry.fingerprint.exact == story.fingerprint.exact
                return Match(entry, "id" if method == "id" else "reference", alike, exact)
    return None


def _by_evidence(
    story: NormalisedStory, marks: Profile, filing: Marks, state: IdentityState, standing: frozenset[str]
) -> Search:
    at = marks.seconds
    compared: list[Match] = []
    limit = state.settings.candidates
    for sequence in state.texts.candidates(filing, limit):
        if not state.near(state.rows[sequence], at):
            continue
        entry = state.entry(sequence)
        if (
            entry is None
            or entry.slim
            or entry.identity.story in standing
            or other_language(entry.language, story.language)
        ):
            continue
        other = state.profile_of(entry)
        if hopeless(marks, other):
            continue
        evidence = gather(other, marks) if made_earlier(marks, other) else gather(marks, other)
        verdict = judge(evidence, state.settings.same_threshold)
        method: Method = "alert" if evidence.short else "near-text" if evidence.contained >= 0.5 else "evidence"
        compared.append(Match(entry, method, evidence.jaccard, False, evidence, verdict))
    if not compared:
        return Search(None)
    compared = answered(compared, marks, state.settings.same_threshold)
    links = tuple([match for match in compared if weighed(match).same])
    apart = max([match for match in compared if not weighed(match).same], key=score, default=None)
    if not links and apart is not None:
        alone = only_one(compared, marks, state)
        links = (alone,) if alone is not None else ()
    # A story that carries on an earlier one and answers an alert of its own stays with the earlier one.
    best = max(links, key=_rank, default=None)
    if best is not None and (marks.reprint or not (best.entry.distributors or marks.source == best.entry.source)):
        best = _printed_from(best, marks, state)
    return Search(best, apart, links)


def _printed_from(best: Match, marks: Profile, state: IdentityState) -> Match:
    """The version that an outlet printed: of the newest of the story that it was found to belong to, the one that has
    most of the outlet's words, be it one that the index did not find. Shares of the shorter copy do not tell: the first
    lead is in the second whole."""
    most, printed = marks.shingles.shared(state.profile_of(best.entry).shingles), best
    for sequence in reversed(state.families.records(best.entry.identity.story)[-VERSIONS:]):
        entry = state.entry(sequence)
        if entry is None or entry.slim or entry.key == best.entry.key:
            continue
        other = state.profile_of(entry)
        common = marks.shingles.shared(other.shingles)
        if common > most or (common == most and printed.entry.distributors):
            evidence = gather(marks, other)
            most, printed = common, Match(entry, best.method, evidence.jaccard, False, evidence, judge(evidence))
    return printed


def _rank(match: Match) -> tuple[bool, float, int]:
    return not evidence_of(match).short, score(match), match.entry.sequence
