"""A crash between two writes of one decision: the input is read again and must be answered the same.

The changelog takes the writes of a decision one after the other. What is durable when a worker dies can end between any
two of them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from streams import identity, pipeline
from streams.config import Settings
from streams.contracts import structs
from streams.contracts.story import NormalisedStory, Origin
from streams.identity import entry_key
from streams.loading import toolbox, windows
from tests.integration.replay_copy import chain, embargoed
from tests.kafka.chains import items, wire

NOW = datetime(2026, 3, 10, 6, tzinfo=UTC)


def _stories() -> list[NormalisedStory]:
    """Chains one after the other, as a raw partition has them."""
    tools = toolbox(Settings())
    messages = [message for number in (1, 3) for message in chain(number)] + embargoed()
    made = [story for message in messages for story in pipeline.normalise(message, tools)]
    for send in (*wire(1), *wire(5), *items(2)):
        raw = replace(messages[0], body=send.body, source=send.source, content_type=send.content_type)
        at = NOW + timedelta(seconds=len(made))
        made += pipeline.normalise(replace(raw, received=at, arrived=at), tools)
    return [
        structs.replace(
            story, shard="en", provenance=replace(story.provenance, origin=Origin("wire.raw.v1", 0, offset))
        )
        for offset, story in enumerate(made)
    ]


def _loaded(kept: pipeline.MemoryStore) -> identity.IdentityState:
    """A state as a worker that starts builds it."""
    state = identity.IdentityState(windows(Settings()), kept)
    entries = [(entry.sequence, key) for key, entry in kept.entries.items()]
    unsettled = {key for name in kept.stories if (key := entry_key(name)) is not None}
    state.load(entries, unsettled)
    return state


def _copy(kept: pipeline.MemoryStore) -> pipeline.MemoryStore:
    made = pipeline.MemoryStore()
    made.entries, made.stories = dict(kept.entries), dict(kept.stories)
    return made


def test_a_decision_torn_anywhere_is_made_again_the_same() -> None:
    kept, torn, of_others = pipeline.MemoryStore(), 0, 0
    for story in _stories():
        now = story.provenance.arrived
        before, state = _copy(kept), _loaded(kept)
        decided = identity.decide(story, state, now)
        for durable in range(len(decided.writes)):
            part = _copy(before)
            part.write(decided.writes[:durable])
            again = identity.decide(story, _loaded(part), now)
            assert again.results == decided.results, (story.provenance.origin, durable, decided.writes[:durable])
            whole = _copy(part)
            whole.write(again.writes)
            expected = _copy(before)
            expected.write(decided.writes)
            assert whole.entries == expected.entries, (story.provenance.origin, durable)
            assert whole.stories == expected.stories, (story.provenance.origin, durable)
            torn += durable > 0
        own = f"{story.provenance.origin}#"
        of_others += any(not key.startswith(own) for key, _ in decided.writes)
        kept.write(decided.writes)
        assert identity.decide(story, _loaded(kept), now).replayed
    assert torn > 20, "hardly any decision has more than one write: the test shows nothing"
    assert of_others > 2, "hardly any decision changes another story's entry: the test shows little"
