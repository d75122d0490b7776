"""Which topics a record goes to. Sends nothing."""

from __future__ import annotations

from streams.contracts.record import Outcome, StoryRecord
from streams.contracts.topics import ALERTS, DUPLICATES, LATEST, RETRACTIONS, STORIES, desk_name

ON_ALERTS_TOPIC = ("flash", "alert", "urgent")
"""Kinds of copy that go out on the alerts topic, and are timed in its lane."""
RETRACTING = ("correction", "kill")


def topics_of(outcome: Outcome, record: StoryRecord) -> tuple[str, ...]:
    """Return the topics that *record* goes to, alerts first: an alert must not queue behind its own copies.

    One that restates an alert rings no bell: its words have been rung already.
    """
    if outcome == "duplicate":
        return (DUPLICATES.name,)
    if outcome != "published":
        return ()
    alerts = (ALERTS.name,) if record.kind in ON_ALERTS_TOPIC and record.restates is None else ()
    retractions = (RETRACTIONS.name,) if record.relation in RETRACTING else ()
    return (*alerts, *retractions, STORIES.name, LATEST.name, *map(desk_name, record.desks))
