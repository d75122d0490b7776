"""What the identify agent counts of its decisions: outcomes, retractions, desks, latency. Decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import get_args

from streams import pipeline
from streams.agents.destinations import ON_ALERTS_TOPIC, RETRACTING
from streams.contracts.record import Relation
from streams.metrics import Metrics

URGENT = ("1", "2", "3")
"""Urgencies that agencies give alerts."""


class Counting:
    """The counts of one agent. ``clock`` gives the time that latency is taken at."""

    def __init__(self, metrics: Metrics, clock: Callable[[], datetime]) -> None:
        self._metrics = metrics
        self._clock = clock
        self._outcome = metrics.counters("newswire_outcomes")
        self._desk = metrics.counters("newswire_desk_stories")
        self._end_to_end = metrics.histograms("newswire_end_to_end_seconds")
        self._introduced: set[str] = set()
        self._retracting: set[tuple[int, int]] = set()
        self._begin()

    def _begin(self) -> None:
        """Export what is rare as 0 from the start: a rate sees the first kill, or alert, only after a 0 before it."""
        for relation in RETRACTING:
            for met in ("story", "nothing"):
                self._metrics.counter("newswire_retractions", relation=relation, of=met)
        for lane in ("alert", "story"):
            for urgency in ("none", *URGENT):
                self._end_to_end(lane, urgency)

    def begun(self, place: tuple[int, int], decisions: Iterable[pipeline.Identified]) -> None:
        """*decisions*, of the record at *place* (partition, offset), are on their way."""
        if any(record.relation in RETRACTING for decided in decisions for _, record, _ in decided.records):
            self._retracting.add(place)
            self._tell_retracting()

    def durable(self, place: tuple[int, int], decisions: Iterable[pipeline.Identified]) -> None:
        """Every output of them is with the broker."""
        for decided in decisions:
            self._count(decided)
        if place in self._retracting:
            self._retracting.remove(place)
            self._tell_retracting()

    def forget(self) -> None:
        """Partitions went elsewhere: whoever has them now reads again what was not acknowledged."""
        self._retracting.clear()
        self._tell_retracting()

    def _tell_retracting(self) -> None:
        self._metrics.gauge("newswire_retractions_in_flight").set(len(self._retracting))

    def _count(self, identified: pipeline.Identified) -> None:
        if identified.replayed:
            self._metrics.counter("newswire_replayed").inc()
            return
        now = self._clock()
        for outcome, record, story in identified.records:
            if record.restates is not None:
                self._metrics.counter("newswire_restated").inc()
                continue  # counted when it came in
            source = self._metrics.source(story.provenance.source)
            self._introduce(source)
            self._outcome(outcome, record.relation, source).inc()
            if outcome != "published":
                continue
            if record.relation in RETRACTING:
                met = "nothing" if record.of is None else "story"
                self._metrics.counter("newswire_retractions", relation=record.relation, of=met).inc()
            for desk in record.desks:
                self._desk(desk).inc()
            arrived = story.provenance.arrived
            # A released story waited on purpose: its latency would say nothing of ours.
            if arrived is not None and (story.embargoed_until is None or story.embargoed_until <= arrived):
                urgency = "none" if story.urgency is None else str(story.urgency)
                lane = "alert" if record.kind in ON_ALERTS_TOPIC else "story"
                self._end_to_end(lane, urgency).observe(max(0.0, (now - arrived).total_seconds()))

    def _introduce(self, source: str) -> None:
        """Export a new source's rare outcomes as 0, as :meth:`_begin` does."""
        if source not in self._introduced:
            self._introduced.add(source)
            for relation in get_args(Relation):
                if relation == "retag":
                    continue  # counted apart: a re-tag is no story that came in
                outcome = "duplicate" if relation == "duplicate" else "published"
                self._metrics.counter("newswire_outcomes", outcome=outcome, relation=relation, source=source)
