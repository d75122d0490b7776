"""The metrics of one process on a registry of their own: found by name, counted, scraped. Decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from prometheus_client import CollectorRegistry, ProcessCollector

from streams.metrics.declared import METRICS, Process
from streams.metrics.series import Series, Spread, Tally

MOST_SOURCES = 64
"""Sources counted by name; a feeder that invents names cannot grow the series without end: the rest are ``other``."""

_BY_NAME = {metric.name: metric for metric in METRICS}


class Metrics:
    """The metrics of one *process* (None: of every one), on a registry of their own.

    >>> m = Metrics("worker"); m.counter("newswire_rejected", reason="empty", source="afp").inc()
    """

    def __init__(self, process: Process | None = None) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._made = {metric.name: Series(metric) for metric in METRICS if process is None or process in metric.of}
        for series in self._made.values():
            self.registry.register(series)
        self._sources: set[str] = set()

    def _get(self, name: str, labels: dict[str, str]) -> Tally | Spread:
        values = tuple([labels[label] for label in _BY_NAME[name].labels])
        return self._made[name].child(values)

    def counter(self, name: str, **labels: str) -> Tally:
        """Return the counter *name* with *labels*. Raises ``KeyError`` for one that this process has not."""
        return self._tally("counter", name, labels)

    def gauge(self, name: str, **labels: str) -> Tally:
        """Return the gauge *name* with *labels*. Raises ``KeyError`` for one that this process has not."""
        return self._tally("gauge", name, labels)

    def _tally(self, kind: str, name: str, labels: dict[str, str]) -> Tally:
        found = self._get(name, labels)
        assert isinstance(found, Tally)
        assert _BY_NAME[name].kind == kind
        return found

    def histogram(self, name: str, **labels: str) -> Spread:
        """Return the histogram *name* with *labels*. Raises ``KeyError`` for one that this process has not."""
        found = self._get(name, labels)
        assert isinstance(found, Spread)
        return found

    def counters(self, name: str) -> Callable[..., Tally]:
        """Return what gives the counter *name* with these labels' values, in the order of the declaration.

        For what is counted of every story: a third of the time of :meth:`counter`.
        """
        series = self._made[name]
        assert series.metric.kind == "counter"
        return lambda *values: cast(Tally, series.child(values))

    def histograms(self, name: str) -> Callable[..., Spread]:
        """Return what gives the histogram *name* with these labels' values; see :meth:`counters`."""
        series = self._made[name]
        assert series.metric.kind == "histogram"
        return lambda *values: cast(Spread, series.child(values))

    def forget(self, name: str, **labels: str) -> None:
        """Stop exporting one series, such as the lag of a partition that went to another worker."""
        self._made[name].children.pop(tuple(labels[label] for label in _BY_NAME[name].labels), None)

    def source(self, name: str | None) -> str:
        """Return *name* as a label value: ``unknown`` if None, ``other`` past the first 64 names."""
        if not name:
            return "unknown"
        if name in self._sources or len(self._sources) < MOST_SOURCES:
            self._sources.add(name)
            return name
        return "other"
