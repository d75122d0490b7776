"""One metric's series as they are counted and as Prometheus asks for them; knows none by name.

Written from one thread, read from any, without a lock: counting a story costs a tenth of what it otherwise would.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString

from streams.metrics.declared import Metric

Family = CounterMetricFamily | GaugeMetricFamily | HistogramMetricFamily


class Tally:
    """One series of a counter or a gauge."""

    __slots__ = ("value",)

    def __init__(self) -> None:
        self.value = 0.0

    def inc(self, amount: float = 1) -> None:
        """Add *amount*."""
        self.value += amount

    def dec(self, amount: float = 1) -> None:
        """Take *amount* away; for gauges."""
        self.value -= amount

    def set(self, value: float) -> None:
        """Make it *value*; for gauges."""
        self.value = float(value)


class Spread:
    """One series of a histogram; a value on a bucket's bound is in it."""

    __slots__ = ("bounds", "counts", "total")

    def __init__(self, bounds: tuple[float, ...]) -> None:
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        self.total = 0.0

    def observe(self, value: float) -> None:
        """Count *value*."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value

    def buckets(self) -> list[tuple[str, float]]:
        """Return (upper bound as scraped, values up to it), the last for all."""
        bounds = [*map(floatToGoString, self.bounds), "+Inf"]
        return list(zip(bounds, accumulate(self.counts), strict=True))


class Series(Collector):
    """The series of one metric by their labels' values, as Prometheus asks for them."""

    def __init__(self, metric: Metric) -> None:
        self.metric = metric
        self.children: dict[tuple[str, ...], Tally | Spread] = {}
        if not metric.labels:
            self.child(())  # it is there, and 0, from the start

    def child(self, values: tuple[str, ...]) -> Tally | Spread:
        """Return the series with these labels' values, made when it is first asked for."""
        child = self.children.get(values)
        if child is None:
            if len(values) != len(self.metric.labels):
                raise KeyError(f"{self.metric.name} has the labels {self.metric.labels}")
            child = Spread(self.metric.buckets) if self.metric.kind == "histogram" else Tally()
            self.children[values] = child
        return child

    def _family(self) -> Family:
        metric = self.metric
        if metric.kind == "histogram":
            return HistogramMetricFamily(metric.name, metric.help, labels=metric.labels)
        kind = CounterMetricFamily if metric.kind == "counter" else GaugeMetricFamily
        return kind(metric.name, metric.help, labels=metric.labels)

    def describe(self) -> Iterator[Family]:
        """Yield the metric without its series, as a registry asks when it takes one in."""
        yield self._family()

    def collect(self) -> Iterator[Family]:
        """Yield the metric with all its series as they stand."""
        family = self._family()
        for values, child in list(self.children.items()):
            if isinstance(child, Spread):
                assert isinstance(family, HistogramMetricFamily)
                family.add_metric(values, child.buckets(), child.total)
            else:
                assert not isinstance(family, HistogramMetricFamily)
                family.add_metric(values, child.value)
        yield family
