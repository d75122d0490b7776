"""A worker that fetches nothing any more, some seconds after it was ready: a stall, as a race in a consumer would be.

``python -m tests.kafka.standing_worker`` runs ``newswire worker``. Its process, its loop and its membership live on.
"""

from __future__ import annotations

import asyncio
import sys
import time

from faust.transport.consumer import RecordMap
from faust.types import TP

from streams import cli
from streams.contracts.topics import RAW
from streams.runtime.batches import BatchConsumer

WORKS_SECONDS = 6.0
_getmany = BatchConsumer._getmany
_began: list[float] = []


async def _standing(self: BatchConsumer, active_partitions: set[TP] | None, timeout: float) -> RecordMap:
    if active_partitions and any(tp.topic == RAW.name for tp in active_partitions):
        _began.append(time.monotonic())
        if time.monotonic() - _began[0] > WORKS_SECONDS:
            await asyncio.sleep(timeout)
            return {}
    return await _getmany(self, active_partitions, timeout)


if __name__ == "__main__":
    BatchConsumer._getmany = _standing  # type: ignore[method-assign]
    sys.argv = ["newswire", "worker"]
    cli.main()
