"""The transport that the app is given: batches, or record by record as Faust does it. Sends and decodes nothing."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from faust.transport.drivers import aiokafka as driver

from streams.runtime.batches import BatchConductor, BatchConsumer
from streams.runtime.faults import MendedConsumer


class RecordTransport(driver.Transport):
    """Faust's own, an event a record, with its faults mended.

    ``fetch_wait_ms``: how long a fetch may stay open; ``fetch_idle_ms``: how long if all that is wanted is in it.
    """

    Consumer = MendedConsumer

    def __init__(self, *args: Any, fetch_wait_ms: int, fetch_idle_ms: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fetch_wait_ms = fetch_wait_ms
        self.fetch_idle_ms = fetch_idle_ms


class BatchTransport(RecordTransport):
    """An event a partition and poll, of ``batch_records`` at most, for the topics in ``batched``."""

    Consumer = BatchConsumer
    Conductor = BatchConductor

    def __init__(self, *args: Any, batched: Collection[str], batch_records: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.batched = frozenset(batched)
        self.batch_records = batch_records


__all__ = ["BatchTransport", "RecordTransport"]
