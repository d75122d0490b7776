"""A batch in slices: what a few milliseconds of work caused, delivered and acknowledged together. Judges nothing.

Slices keep the worker's event loop free for heartbeats, the other agent and /metrics while a backlog is worked off, and
let the first stories of a batch out before its last are read. At low rates a slice is one story. Of a backlog several
are delivered together: nobody waits for its first story, and a produce request costs the broker by the partition that
it names, not by the record in it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from streams.agents.ports import Batch, Batches, Delivery, Message, Output, Write
from streams.errors import NewswireError

SLICE_SECONDS = 0.010
"""Work after which the loop gets its turn, and a slice is sent off."""
BACKLOG = 32
"""Records in a batch from which they are a backlog: 200 stories a second come two to four at a time."""
BACKLOG_SECONDS = 0.100
"""Work after which a slice of a backlog is sent off: half a batch or more. Larger ones spare the broker no more."""


@dataclass(slots=True)
class Caused:
    """What one record caused: outputs, state, and what to do once they are durable. ``rejected``: a dead letter."""

    outputs: Sequence[Output]
    writes: Sequence[Write] = ()
    on_durable: Callable[[], None] | None = None
    rejected: bool = False


@dataclass(slots=True)
class _Slice:
    outputs: list[Output] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    durable: list[Callable[[], None]] = field(default_factory=list)

    def add(self, caused: Caused) -> None:
        self.outputs += caused.outputs
        self.writes += caused.writes
        if caused.on_durable is not None:
            self.durable.append(caused.on_durable)

    def all_durable(self) -> None:
        for call in self.durable:
            call()


async def work_off(
    batches: Batches,
    handle: Callable[[Message], Caused],
    delivery: Delivery,
    record: Callable[[bool], None],
) -> None:
    """Handle every message of *batches*; *record* is told of each whether it was rejected.

    When *record* raises, what was handled is sent off first and nothing more is: a broken feed is not emptied into the
    dead-letter topic because a batch is long.
    """
    async for batch in batches:
        current, began = _Slice(), perf_counter()
        patience = SLICE_SECONDS if len(batch.messages) < BACKLOG else BACKLOG_SECONDS
        worked = 0.0
        last = batch.messages[-1]
        for message in batch.messages:
            caused = handle(message)
            current.add(caused)
            try:
                record(caused.rejected)
            except NewswireError:
                await _send_off(delivery, batch, message, current)
                raise
            spent = perf_counter() - began
            if message is not last and spent < SLICE_SECONDS:
                continue
            worked += spent
            if message is last or worked >= patience:
                await _send_off(delivery, batch, message, current)
                current, worked = _Slice(), 0.0
            await asyncio.sleep(0)
            began = perf_counter()


async def _send_off(delivery: Delivery, batch: Batch, upto: Message, current: _Slice) -> None:
    def acknowledge() -> None:
        batch.acknowledge(upto)

    await delivery.submit(upto, acknowledge, current.outputs, current.writes, current.all_durable)
