"""Metrics: declared once, labels bounded, and scraped as Prometheus's own client would write them."""

from __future__ import annotations

import prometheus_client
import pytest

from streams.metrics import METRICS, Metrics, Spread
from streams.metrics.declared import LATENCY_BUCKETS
from streams.metrics.exported import MOST_SOURCES


def test_every_metric_is_made_with_its_labels() -> None:
    metrics = Metrics()
    for metric in METRICS:
        labels = dict.fromkeys(metric.labels, "x")
        getattr(metrics, metric.kind)(metric.name, **labels)


def test_names_follow_the_conventions() -> None:
    for metric in METRICS:
        assert metric.name.startswith("newswire_")
        assert not metric.name.endswith("_total"), "Prometheus adds it"
        assert metric.help.endswith(".")
        assert (metric.kind == "histogram") == bool(metric.buckets)


def test_an_undeclared_metric_is_refused() -> None:
    with pytest.raises(KeyError):
        Metrics().counter("newswire_invented")


def test_a_process_has_its_own_metrics_and_no_others() -> None:
    feeder = Metrics("watch")
    feeder.counter("newswire_send_errors", topic="wire.raw.v1").inc()
    assert feeder.registry.get_sample_value("newswire_watch_waiting") == 0
    assert feeder.registry.get_sample_value("newswire_ready") is None, "it would look like a worker that is not ready"
    with pytest.raises(KeyError):
        feeder.gauge("newswire_ready")
    assert all(metric.of for metric in METRICS)


def test_sources_cannot_grow_without_end() -> None:
    metrics = Metrics()
    names = {metrics.source(f"feeder-{number}") for number in range(MOST_SOURCES * 3)}
    assert len(names) == MOST_SOURCES + 1
    assert "other" in names
    assert metrics.source("feeder-0") == "feeder-0"
    assert metrics.source(None) == "unknown"


def test_a_label_too_few_or_too_many_is_refused() -> None:
    metrics = Metrics()
    with pytest.raises(KeyError):
        metrics.counter("newswire_messages", agent="normalise")
    with pytest.raises(KeyError):
        metrics.counters("newswire_messages")("normalise")


def test_a_series_is_one_however_it_is_asked_for() -> None:
    metrics = Metrics()
    metrics.counters("newswire_messages")("normalise", "afp").inc(2)
    metrics.counter("newswire_messages", source="afp", agent="normalise").inc()
    labels = {"agent": "normalise", "source": "afp"}
    assert metrics.registry.get_sample_value("newswire_messages_total", labels) == 3


def test_a_forgotten_series_is_gone_and_begins_anew() -> None:
    metrics = Metrics()
    labels = {"topic": "wire.raw.v1", "partition": "0"}
    metrics.gauge("newswire_lag_records", **labels).set(5)
    metrics.forget("newswire_lag_records", **labels)
    assert metrics.registry.get_sample_value("newswire_lag_records", labels) is None
    metrics.gauge("newswire_lag_records", **labels).inc()
    metrics.gauge("newswire_lag_records", **labels).dec()
    assert metrics.registry.get_sample_value("newswire_lag_records", labels) == 0


def test_what_has_no_labels_is_there_before_it_happens() -> None:
    assert Metrics().registry.get_sample_value("newswire_replayed_total") == 0


@pytest.mark.parametrize("bounds", [LATENCY_BUCKETS, (25e-6, 1.0)])
def test_a_histogram_is_scraped_as_prometheus_would_write_it(bounds: tuple[float, ...]) -> None:
    ours, registry = Spread(bounds), prometheus_client.CollectorRegistry()
    theirs = prometheus_client.Histogram("h", "A histogram.", buckets=bounds, registry=registry)
    for value in (0.0, *bounds, bounds[0] * 1.01, 1e9):
        ours.observe(value)
        theirs.observe(value)
    for bound, count in ours.buckets():
        assert registry.get_sample_value("h_bucket", {"le": bound}) == count
    assert registry.get_sample_value("h_count") == ours.buckets()[-1][1]
    assert registry.get_sample_value("h_sum") == ours.total
