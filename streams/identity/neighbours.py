"""Comparisons of one story with several → what they say of one another; compares nothing itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from streams.identity.evidence import Evidence
from streams.identity.judge import ALONE, ANSWERED, Verdict
from streams.identity.profile import ONE_LINE_KINDS, Profile
from streams.identity.settings import HOUR
from streams.identity.slugs import slug_key
from streams.identity.state import IdentityState

if TYPE_CHECKING:
    from streams.identity.matching import Match

ALONE_HOURS = 36.0
"""Hours for which a slug belongs to the one story that has it."""
ANSWERED_HOURS = 2.0
"""Hours within which the stories that answer an alert come thick and fast, however unlike each other."""
ISSUE_OPENING = 0.6
"""The share of an opening that another day's issue of a standing report has in common with the last one."""


def answered(compared: list[Match], marks: Profile, threshold: float) -> list[Match]:
    """The comparisons, with alerts that are of another story weighed down: where the story that an alert announced has
    come and the newer copy is not like it, the same country and the same actors do not make the alert its own."""
    if marks.alert or len(compared) < 2:
        return compared
    told: dict[str, bool] = {}
    for match in compared:
        if match.entry.kind not in ONE_LINE_KINDS and evidence_of(match).hours > ANSWERED_HOURS:
            family = match.entry.identity.story
            told[family] = told.get(family, False) or weighed(match).same
    if all(told.values()):
        return compared
    return [
        replace(match, verdict=weighed(match).with_part("answered", ANSWERED, threshold))
        if match.entry.kind in ONE_LINE_KINDS and not told.get(match.entry.identity.story, True)
        else match
        for match in compared
    ]


def only_one(compared: list[Match], marks: Profile, state: IdentityState) -> Match | None:
    """The one story under a slug, for copy under it that says it carries a story on: ``RECASTS with strike called
    off``, the next day, has not much left of what it carries on. Of two stories it would be a guess."""
    if not marks.continues or not marks.slug or marks.reprint:
        return None
    former = slug_key(marks.signals.refers_to[0]) if marks.signals.refers_to else None
    slug = former if former and "-" in former and not state.texts.slugged(marks.slug) else marks.slug
    if "-" not in slug:
        return None
    likely = [match for match in compared if _under_its_slug(match, marks, slug)]
    if not likely:
        return None
    families = set()
    for sequence in state.texts.slugged(slug):
        row = state.rows[sequence]
        near = row.at is None or marks.seconds is None or abs(marks.seconds - row.at) <= ALONE_HOURS * HOUR
        entry = state.entry(sequence) if near else None
        if entry is not None:
            families.add(entry.identity.story)
    if len(families) != 1:
        return None
    best = max(likely, key=lambda match: (score(match), match.entry.sequence))
    verdict = weighed(best).with_part("only one", ALONE, state.settings.same_threshold)
    return replace(best, method="slug", verdict=verdict) if verdict.same else None


def _under_its_slug(match: Match, marks: Profile, slug: str) -> bool:
    """Whether a story was sent by the same provider under the same slug of late, and nothing speaks of two events."""
    evidence = evidence_of(match)
    if evidence.short or evidence.hours > ALONE_HOURS or match.entry.slug != slug:
        return False
    if (evidence.other_day or evidence.swapped_days) and max(evidence.headline, evidence.lead) >= ISSUE_OPENING:
        return False
    return match.entry.source == marks.source and not (evidence.elsewhere or evidence.beside or evidence.session)


def evidence_of(match: Match) -> Evidence:
    """What a comparison went by."""
    assert match.evidence is not None
    return match.evidence


def weighed(match: Match) -> Verdict:
    """What a comparison came to."""
    assert match.verdict is not None
    return match.verdict


def score(match: Match) -> float:
    """The log-odds of a comparison."""
    return weighed(match).score
