"""Metrics: declared once, labels bounded."""

from __future__ import annotations

import pytest

from streams.metrics import METRICS, MOST_SOURCES, Metrics


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


def test_sources_cannot_grow_without_end() -> None:
    metrics = Metrics()
    names = {metrics.source(f"feeder-{number}") for number in range(MOST_SOURCES * 3)}
    assert len(names) == MOST_SOURCES + 1
    assert "other" in names
    assert metrics.source("feeder-0") == "feeder-0"
    assert metrics.source(None) == "unknown"
