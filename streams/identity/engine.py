"""The decision on one story: new, copy, update, correction or kill, and of what; does no I/O and reads no clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from streams.contracts.record import Claim, Identity
from streams.contracts.story import NormalisedStory
from streams.identity.answers import Answer, beginning, copy_of, kill_of, sent
from streams.identity.claims import claims_of
from streams.identity.entry import Decided, Outcome, Result, story_key
from streams.identity.expiry import expire
from streams.identity.explain import explain
from streams.identity.index import Marks
from streams.identity.joining import again, between, join_later
from streams.identity.kills import awaited, is_kill
from streams.identity.ledger import entry_of
from streams.identity.marks import index_marks
from streams.identity.matching import Search, search, story_profile
from streams.identity.profile import Profile
from streams.identity.relating import embargoed, related
from streams.identity.state import IdentityState


def decide(story: NormalisedStory, state: IdentityState, now: datetime | None) -> Outcome:
    """Decide one story against what the state remembers, and remember it.

    The first result is the story's own. More follow where its updates came before it: each is published again under
    its uri with the next version, now as an update of what came late. A story from an origin seen before is answered
    as it was then, with nothing to write. ``now`` is compared with the embargo alone; None means that the time is not
    known, and an embargoed story is then held. The caller persists ``writes`` once the results are durable.
    """
    key = f"{story.provenance.origin}#{story.provenance.index}"
    known = state.find(key)
    if known is not None:
        return Outcome((Result(known.outcome, story, known.answered), *again(known, state)), (), replayed=True)
    writes = expire(state)
    marks = story_profile(story)
    filing = index_marks(marks, story.fingerprint)
    answer, found = _answer(story, marks, filing, state, now)
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
        of=answer.related,
        changes=answer.changes,
        explanation=explain(answer.relation, answer.of, answer.method, found, outcome, answer.retracts.total),
        claims=_claims(story, answer, state),
        retracts=answer.retracts.listed,
        retracted=answer.retracts.total,
        copies=sent(answer.copies),
        printed=sent(answer.printed),
    )
    entry = entry_of(story, marks, filing, key, state.next_sequence(), outcome, identity, answer)
    for changed in answer.extra:
        state.change(changed)
        writes.append((changed.key, changed))
    settling = story if outcome == "published" and answer.relation != "kill" else None
    state.add(entry, marks, filing, settling)
    results = [Result(outcome, story, identity)]
    if found is not None:
        joined = join_later(entry, marks, found, state)
        if joined.results:
            results += joined.results
            writes += [(changed.key, changed) for changed in joined.changed]
            entry = replace(entry, corrected=joined.corrected)
            state.change(entry)
    if settling is not None:
        writes.append((story_key(key), settling))
    writes.append((key, entry))
    return Outcome(tuple(results), tuple(writes))


def _claims(story: NormalisedStory, answer: Answer, state: IdentityState) -> tuple[Claim, ...]:
    signals = story.signals
    if answer.relation == "duplicate" or not (signals.verbs or signals.corrects):
        return ()
    compared = answer.of is not None and not answer.of.slim
    whole = len(answer.changes) < state.settings.max_changes
    return claims_of(signals, story.ed_note, answer.changes, compared=compared, whole=whole)


def _answer(
    story: NormalisedStory, marks: Profile, filing: Marks, state: IdentityState, now: datetime | None
) -> tuple[Answer, Search | None]:
    if is_kill(story):
        return kill_of(story, marks, state), None
    found = search(story, marks, filing, state)
    match = between(found, marks, state)
    if match is not None:
        answer = related(story, marks, match, state, now)
    else:
        early = awaited(story, marks, state)
        answer = beginning(story, state) if early is None else copy_of(story, early, "killed", None, marks, state)
    return answer, found if match is found.match else replace(found, match=match)
