"""Held stories → released when their embargo has passed; lifts nothing early and reads no clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from streams.contracts.record import Related
from streams.contracts.story import NormalisedStory
from streams.identity.entry import Entry, Outcome, Result
from streams.identity.families import newest_record
from streams.identity.state import IdentityState


def next_release(state: IdentityState) -> datetime | None:
    """When the next held story is due, None when nothing is held."""
    return min(state.held.values(), default=None)


def release(state: IdentityState, now: datetime) -> Outcome:
    """Publish what is due, in the order it came, under the uri, version and relation it was given then.

    A held story of which a newer version has been published meanwhile comes out as a duplicate of that one
    (``superseded``): the older words must not take the newer ones' place. Killed stories are held no more.
    """
    results: list[Result] = []
    writes: list[tuple[str, Entry | None]] = []
    for sequence in sorted(s for s, until in state.held.items() if until <= now):
        entry = state.entry(sequence)
        if entry is None or entry.held is None:
            del state.held[sequence]
            continue
        result = _released(entry, entry.held, state)
        results.append(result)
        done = replace(entry, held=None, released=result.outcome)
        state.change(done)
        writes.append((done.key, done))
    return Outcome(tuple(results), tuple(writes))


def _released(entry: Entry, story: NormalisedStory, state: IdentityState) -> Result:
    newest = newest_record(entry.identity.story, state)
    identity = entry.identity
    if newest is not None and newest.sequence > entry.sequence and newest.held is None:
        return Result(
            "duplicate",
            story,
            replace(
                identity,
                relation="duplicate",
                of=Related(newest.identity.uri, newest.identity.version, None, "superseded"),
                explanation=f"Its embargo passed after version {newest.identity.version} had been published.",
            ),
        )
    return Result("published", story, replace(identity, explanation=f"{identity.explanation} The embargo passed."))
