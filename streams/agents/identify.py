"""The identify agent: normalised story + state → enriched records on every topic they belong to. Judges nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import get_args

from streams import pipeline
from streams.agents.dead_letters import check_size, dead_letter
from streams.agents.ports import Batches, Breaker, Delivery, Message, Output, States
from streams.agents.slices import Caused, work_off
from streams.contracts import codec, headers
from streams.contracts.record import Outcome, Relation, StoryRecord
from streams.contracts.story import NormalisedStory
from streams.contracts.topics import ALERTS, DUPLICATES, LATEST, RETRACTIONS, STORIES, desk_topic
from streams.contracts.wake import Wake
from streams.errors import Rejected
from streams.metrics import Metrics

log = logging.getLogger(__name__)
NAME = "identify"
ALERT_KINDS = ("flash", "alert", "urgent")


def topics_of(outcome: Outcome, record: StoryRecord) -> tuple[str, ...]:
    """Return the topics that *record* goes to, alerts first: an alert must not queue behind its own copies."""
    if outcome == "duplicate":
        return (DUPLICATES.name,)
    if outcome != "published":
        return ()
    alerts = (ALERTS.name,) if record.kind in ALERT_KINDS else ()
    retractions = (RETRACTIONS.name,) if record.relation in ("correction", "kill") else ()
    return (*alerts, *retractions, STORIES.name, LATEST.name, *(desk_topic(desk).name for desk in record.desks))


class Identify:
    """The agent's work, one record at a time, apart from Faust. ``clock`` gives the time for ``processed``."""

    def __init__(
        self,
        toolbox: pipeline.Toolbox,
        metrics: Metrics,
        delivery: Delivery,
        states: States,
        breaker: Breaker,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.toolbox = toolbox
        self.metrics = metrics
        self.delivery = delivery
        self.states = states
        self.breaker = breaker
        self.clock = clock
        self._introduced: set[str] = set()

    async def run(self, batches: Batches) -> None:
        """Work off *batches*; acknowledgement is the delivery's."""
        await work_off(batches, self.handle, self.delivery, self.breaker.record)

    def handle(self, message: Message) -> Caused:
        """Decide one record, or release what is due; return what that causes."""
        try:
            decisions = self._decisions(message)
            prepared = [self._outputs(message, identified) for _, identified in decisions]
        except Rejected as error:
            self.metrics.counter("newswire_rejected", reason=error.reason.value, source="unknown").inc()
            log.error(
                "identify rejected %s/%s/%s: %s",
                message.topic,
                message.partition,
                message.offset,
                error,
                exc_info=error,
            )
            return Caused([dead_letter(message, error)], rejected=True)

        def counted() -> None:
            for _, identified in decisions:
                self._count(identified)

        writes = [
            write
            for shard, identified in decisions
            for write in self.states.stage(message.partition, shard, identified.writes)
        ]
        return Caused([output for outputs in prepared for output in outputs], writes, counted)

    def _decisions(self, message: Message) -> list[tuple[str, pipeline.Identified]]:
        """Return (shard, decision): one for a story, one per shard for a wake record."""
        value = message.value or b""
        if headers.value_of(message.headers or (), headers.RECORD_KIND) == headers.WAKE.decode():
            due = codec.decode(value, Wake).due
            return [
                (shard, pipeline.release(self.states.state(message.partition, shard), due, self.clock(), self.toolbox))
                for shard in self.states.shards(message.partition)
            ]
        story = codec.decode(value, NormalisedStory)
        state = self.states.state(message.partition, story.shard)
        self.metrics.counter("newswire_messages", agent=NAME, source=self.metrics.source(story.provenance.source)).inc()
        now = self.clock()
        arrived = story.provenance.arrived or now
        return [(story.shard, pipeline.identify(story, state, arrived, now, self.toolbox, self._observe))]

    def _outputs(self, message: Message, identified: pipeline.Identified) -> list[Output]:
        """Return the records of a decision on every topic they belong to.

        State is persisted only after its outputs are durable, so what is found in the state was published:
        a replayed input is acknowledged, not sent again.
        """
        if identified.replayed:
            return []
        outputs: list[Output] = []
        trace = headers.carried(message.headers or ())
        for outcome, record, story in identified.records:
            topics = topics_of(outcome, record)
            if not topics:
                continue
            value = pipeline.encoded(record)
            sent = headers.for_record(record, story.provenance.received, trace)
            key = str(record.item["uri"]).encode()
            outputs += [Output(topic, key, value, sent) for topic in topics]
        for output in outputs:
            check_size(output)
        return outputs

    def _count(self, identified: pipeline.Identified) -> None:
        if identified.replayed:
            self.metrics.counter("newswire_replayed").inc()
            return
        now = self.clock()
        for outcome, record, story in identified.records:
            source = self.metrics.source(story.provenance.source)
            self._introduce(source)
            self.metrics.counter("newswire_outcomes", outcome=outcome, relation=record.relation, source=source).inc()
            if outcome != "published":
                continue
            for desk in record.desks:
                self.metrics.counter("newswire_desk_stories", desk=desk).inc()
            arrived = story.provenance.arrived
            # A released story waited on purpose: its latency would say nothing of ours.
            if arrived is not None and (story.embargoed_until is None or story.embargoed_until <= arrived):
                urgency = "none" if story.urgency is None else str(story.urgency)
                self.metrics.histogram("newswire_end_to_end_seconds", urgency=urgency).observe(
                    max(0.0, (now - arrived).total_seconds())
                )

    def _introduce(self, source: str) -> None:
        """Export a new source's rare outcomes as 0: a rate sees a first kill only if there was a 0 before it."""
        if source not in self._introduced:
            self._introduced.add(source)
            for relation in get_args(Relation):
                outcome = "duplicate" if relation == "duplicate" else "published"
                self.metrics.counter("newswire_outcomes", outcome=outcome, relation=relation, source=source)

    def _observe(self, stage: str, seconds: float) -> None:
        self.metrics.histogram("newswire_stage_seconds", stage=stage).observe(seconds)
