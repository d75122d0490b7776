"""A re-tag's answer → records on the topics they belong to; judges nothing, wakes no desk twice."""

from __future__ import annotations

import logging
from collections.abc import Container

from streams import pipeline
from streams.agents.ports import Output
from streams.contracts import headers
from streams.contracts.envelope import moment
from streams.contracts.record import StoryRecord
from streams.contracts.topics import LATEST, STORIES, desk_name
from streams.identity import Retagged, lost_desks

log = logging.getLogger(__name__)


def topics_of(record: StoryRecord, desks: Container[str]) -> tuple[str, ...]:
    """Return the topics that a re-tagged *record* goes to: the feed, its desks, and the desks that it has left.

    Never the alerts or the retractions: who was woken by the words needs not wake for a tag. A desk that it has left
    gets it once more, so that it can let go of it: its own name is not in ``desks`` then. *desks* are those that have
    a topic; a name that is none of them stays on the record alone.
    """
    concerned = dict.fromkeys((*record.desks, *lost_desks(record)))
    unknown = [desk for desk in concerned if desk not in desks]
    if unknown:
        log.warning("re-tagged %s names desks unknown to this worker: %s", record.item["uri"], ", ".join(unknown))
    return (STORIES.name, LATEST.name, *(desk_name(desk) for desk in concerned if desk in desks))


def outputs_of(answer: Retagged, desks: Container[str], trace: headers.Headers) -> list[Output]:
    """Return what a re-tag publishes: the same bytes on each topic, or nothing.

    Raises :class:`streams.errors.Rejected` (``internal``) for what JSON cannot hold.
    """
    record = answer.record
    if record is None:
        return []
    value = pipeline.encoded(record)
    sent = headers.for_record(record, moment(record.provenance.get("received")), trace)
    key = str(record.item["uri"]).encode()
    return [Output(topic, key, value, sent) for topic in topics_of(record, desks)]
