"""A normalised story + state → the records that it causes, and what to keep. Publishes and persists nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from time import perf_counter

from streams import identity
from streams.contracts.record import Outcome, StoryRecord
from streams.contracts.retag import Retag
from streams.contracts.story import NormalisedStory
from streams.errors import NewswireError, Reason, Rejected
from streams.pipeline.records import to_record
from streams.pipeline.toolbox import Observe, Toolbox, ignore


@dataclass(frozen=True, slots=True)
class Identified:
    """What one input to ``identify`` causes: records with their outcome, and state to persist after them.

    ``writes`` are (key, entry); an entry of None deletes. ``replayed``: decided before, the same records again.
    """

    records: tuple[tuple[Outcome, StoryRecord, NormalisedStory], ...]
    writes: tuple[identity.Write, ...]
    replayed: bool = False


def identify(
    story: NormalisedStory,
    state: identity.IdentityState,
    now: datetime | None,
    processed: datetime,
    toolbox: Toolbox,
    observe: Observe = ignore,
) -> Identified:
    """Decide what *story* is and give the records to publish. ``now`` is the clock that embargoes are held to.

    Updates *state*'s index at once; persisting ``writes`` is the caller's, after its outputs are durable.
    Any failure of ours is raised as :class:`Rejected` (``internal``); trouble with the state goes on as it is.
    """
    began = perf_counter()
    try:
        outcome = identity.decide(story, state, now)
        decided = perf_counter()
        observe("identify", decided - began)
        identified = _identified(outcome, processed, toolbox)
        observe("record", perf_counter() - decided)
        return identified
    except NewswireError:
        raise
    except Exception as error:
        raise Rejected(Reason.INTERNAL, f"{type(error).__name__}: {error}") from error


def release(state: identity.IdentityState, now: datetime, processed: datetime, toolbox: Toolbox) -> Identified:
    """Give the held stories whose embargo ended at *now* or before, as published records."""
    return _identified(identity.release(state, now), processed, toolbox)


def retag(asked: Retag, state: identity.IdentityState, processed: datetime) -> identity.Retagged:
    """Give a published story its next version with the tags *asked* for; see :func:`streams.identity.retag`.

    Any failure is raised as :class:`Rejected`.
    """
    try:
        return identity.retag(asked, state, processed)
    except NewswireError:
        raise
    except Exception as error:
        raise Rejected(Reason.INTERNAL, f"{type(error).__name__}: {error}") from error


def _identified(outcome: identity.Outcome, processed: datetime, toolbox: Toolbox) -> Identified:
    records = tuple(
        (result.outcome, to_record(result.story, result.identity, processed, toolbox.desks), result.story)
        for result in outcome.results
    )
    return Identified(records, outcome.writes, outcome.replayed)
