"""Every Prometheus metric, declared once with unit and labels; counts, and decides nothing.

:data:`METRICS` is the one list: dashboards' queries, alert rules and the docs are checked against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.metrics import MetricWrapperBase

STAGE_BUCKETS = (25e-6, 5e-5, 1e-4, 2e-4, 4e-4, 8e-4, 1.6e-3, 3.2e-3, 6.4e-3, 0.025, 0.1, 0.5, 2.5)
LATENCY_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0, 60.0)
MOST_SOURCES = 64
"""Sources counted by name; a feeder that invents names cannot grow the series without end: the rest are ``other``."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric. ``name`` as scraped, without the ``_total`` that Prometheus adds to counters."""

    name: str
    kind: Literal["counter", "gauge", "histogram"]
    help: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()


METRICS: tuple[Metric, ...] = (
    Metric("newswire_messages", "counter", "Records read, by agent and source.", ("agent", "source")),
    Metric("newswire_outcomes", "counter", "Stories by outcome and relation.", ("outcome", "relation", "source")),
    Metric("newswire_rejected", "counter", "Messages sent to the dead-letter topic.", ("reason", "source")),
    Metric("newswire_records_sent", "counter", "Records that the broker acknowledged, by topic.", ("topic",)),
    Metric("newswire_desk_stories", "counter", "Stories routed to each desk.", ("desk",)),
    Metric("newswire_replayed", "counter", "Inputs that identity had already decided and published; not sent again."),
    Metric("newswire_restated", "counter", "Records published again with their words, for their parent came late."),
    Metric("newswire_retags", "counter", "Re-tags asked for, by what became of them.", ("verdict",)),
    Metric(
        "newswire_stage_seconds",
        "histogram",
        "Processor time of each stage, per story.",
        ("stage",),
        STAGE_BUCKETS,
    ),
    Metric(
        "newswire_end_to_end_seconds",
        "histogram",
        "From the raw topic's timestamp to the broker's acknowledgement of the story.",
        ("urgency",),
        LATENCY_BUCKETS,
    ),
    Metric(
        "newswire_delivery_seconds",
        "histogram",
        "From reading an input to every output of it being durable.",
        ("agent",),
        LATENCY_BUCKETS,
    ),
    Metric(
        "newswire_commit_seconds",
        "histogram",
        "Time of an offset commit.",
        (),
        LATENCY_BUCKETS,
    ),
    Metric(
        "newswire_in_flight",
        "gauge",
        "Slices, a story each at low rates, whose outputs are not all durable yet.",
        ("agent",),
    ),
    Metric("newswire_lag_records", "gauge", "Records not yet acknowledged.", ("topic", "partition")),
    Metric("newswire_acknowledged_offset", "gauge", "Next offset to acknowledge.", ("topic", "partition")),
    Metric("newswire_assigned_partitions", "gauge", "Partitions assigned to this worker."),
    Metric("newswire_rebalances", "counter", "Rebalances this worker went through."),
    Metric("newswire_recovery_seconds", "gauge", "How long the last recovery of the state took."),
    Metric("newswire_table_entries", "gauge", "Entries in a table on this worker.", ("table",)),
    Metric("newswire_index_entries", "gauge", "Entries in the identity index, by part.", ("part",)),
    Metric("newswire_held_stories", "gauge", "Embargoed stories waiting for their time."),
    Metric("newswire_send_errors", "counter", "Sends that the broker did not acknowledge in time.", ("topic",)),
    Metric("newswire_breaker_open", "gauge", "1 once too large a share of input was rejected and the worker stops."),
    Metric("newswire_rejected_share", "gauge", "Share of the recent input that was rejected."),
    Metric("newswire_ready", "gauge", "1 while assigned, recovered and not rebalancing."),
    Metric("newswire_last_message_timestamp_seconds", "gauge", "When a source last sent anything.", ("source",)),
    Metric(
        "newswire_build_info", "gauge", "Always 1; the labels tell the versions.", ("version", "rules", "gazetteer")
    ),
)

# Each counter and histogram would carry a second series with the time it was made; nobody plots those.
disable_created_metrics()  # type: ignore[no-untyped-call]

_BY_NAME = {metric.name: metric for metric in METRICS}


class Metrics:
    """The metrics of one process, on a registry of their own.

    >>> m = Metrics(); m.counter("newswire_rejected", reason="empty", source="afp").inc()
    """

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._made: dict[str, MetricWrapperBase] = {m.name: self._make(m) for m in METRICS}
        self._sources: set[str] = set()
        self._bound: dict[tuple[str, tuple[str, ...]], MetricWrapperBase] = {}

    def _make(self, metric: Metric) -> MetricWrapperBase:
        if metric.kind == "histogram":
            return Histogram(metric.name, metric.help, metric.labels, buckets=metric.buckets, registry=self.registry)
        kind = Counter if metric.kind == "counter" else Gauge
        return kind(metric.name, metric.help, metric.labels, registry=self.registry)

    def _get(self, name: str, labels: dict[str, str]) -> MetricWrapperBase:
        declared = _BY_NAME[name].labels
        values = tuple(labels[label] for label in declared)
        bound = self._bound.get((name, values))
        if bound is None:
            made = self._made[name]
            bound = made.labels(*values) if values else made
            self._bound[name, values] = bound
        return bound

    def counter(self, name: str, **labels: str) -> Counter:
        """Return the counter *name* with *labels*. Raises ``KeyError`` for one that is not declared."""
        metric = self._get(name, labels)
        assert isinstance(metric, Counter)
        return metric

    def gauge(self, name: str, **labels: str) -> Gauge:
        """Return the gauge *name* with *labels*. Raises ``KeyError`` for one that is not declared."""
        metric = self._get(name, labels)
        assert isinstance(metric, Gauge)
        return metric

    def histogram(self, name: str, **labels: str) -> Histogram:
        """Return the histogram *name* with *labels*. Raises ``KeyError`` for one that is not declared."""
        metric = self._get(name, labels)
        assert isinstance(metric, Histogram)
        return metric

    def forget(self, name: str, **labels: str) -> None:
        """Stop exporting one series, such as the lag of a partition that went to another worker."""
        values = tuple(labels[label] for label in _BY_NAME[name].labels)
        if self._bound.pop((name, values), None) is not None:
            self._made[name].remove(*values)

    def source(self, name: str | None) -> str:
        """Return *name* as a label value: ``unknown`` if None, ``other`` past the first 64 names."""
        if not name:
            return "unknown"
        if name in self._sources or len(self._sources) < MOST_SOURCES:
            self._sources.add(name)
            return name
        return "other"
