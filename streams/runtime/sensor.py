"""A Faust sensor over our own metrics: commits, rebalances, recovery. Faust's own monitor measures wrongly."""

from __future__ import annotations

from time import perf_counter, time
from typing import Any

from faust.sensors import Sensor
from faust.types import AppT
from faust.types.transports import ConsumerT

from streams.metrics import Metrics


class WireSensor(Sensor):
    """Counts what only Faust knows; everything about stories is counted where it is decided."""

    def __init__(self, metrics: Metrics, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._metrics = metrics

    def on_commit_initiated(self, consumer: ConsumerT) -> Any:
        """Start the clock of a commit."""
        return perf_counter()

    def on_commit_completed(self, consumer: ConsumerT, state: Any) -> None:
        """Observe how long the commit took, and when it was."""
        self._metrics.histogram("newswire_commit_seconds").observe(perf_counter() - state)
        self._metrics.gauge("newswire_last_commit_timestamp_seconds").set(time())

    def on_rebalance_start(self, app: AppT) -> dict[str, Any]:
        """Count a rebalance."""
        self._metrics.counter("newswire_rebalances").inc()
        return {"began": perf_counter()}

    def on_rebalance_end(self, app: AppT, state: dict[str, Any]) -> None:
        """Called once the assignment is settled and the tables are recovered."""
        self._metrics.gauge("newswire_recovery_seconds").set(perf_counter() - state["began"])
