"""Durable, in-order delivery: outputs, then state, then the acknowledgement. Decides nothing about news, loses nothing.

For each input: its outputs are produced at once; when the broker has acknowledged them all, and the state of everything
before it on the same partition is written, its own state is written; when its changelog is durable too, and everything
before it is acknowledged, so is the input. Many inputs are on the way at once: none waits for another's round trip,
only for its turn. So an offset is never committed ahead of what it caused, and what is found in the state after a crash
was published. Inputs on the way are bounded. The producer retries in place, in order, for a bounded time;
past it the whole worker ends with the input unacknowledged, and the next one reads it again.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

from streams.agents.ports import Message, Output, Write
from streams.errors import NewswireError
from streams.metrics import Metrics

log = logging.getLogger(__name__)


Send = Callable[[Sequence[Output]], Awaitable[Awaitable[object]]]
"""Starts producing; the awaitable that it ends with ends when the broker has acknowledged them all."""
Persist = Callable[[Sequence[Write]], Awaitable[Awaitable[object]]]
"""Sends state to its changelog; the awaitable that it ends with, awaited in order, ends when that is durable and the
table is written: what the table has, the changelog has."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """What the next input of a partition waits for: ours being written to the state, and being done. False: failed."""

    written: asyncio.Future[bool]
    done: asyncio.Task[bool]


class OrderedDelivery:
    """One agent's delivery; see the module. ``crash`` ends the worker."""

    def __init__(
        self,
        agent: str,
        send: Send,
        persist: Persist,
        crash: Callable[[BaseException], Awaitable[None]],
        metrics: Metrics,
        in_flight: int,
    ) -> None:
        self._agent = agent
        self._send = send
        self._persist = persist
        self._crash = crash
        self._metrics = metrics
        self._room = asyncio.Semaphore(in_flight)
        self._tails: dict[tuple[str, int], _Turn] = {}
        self._failed = False
        self._in_flight = metrics.gauge("newswire_in_flight", agent=agent)
        self._seconds = metrics.histogram("newswire_delivery_seconds", agent=agent)

    async def submit(
        self,
        place: Message,
        acknowledge: Callable[[], None],
        outputs: Sequence[Output],
        writes: Sequence[Write] = (),
        on_durable: Callable[[], None] | None = None,
    ) -> None:
        """Start sending what the records up to *place* caused; see :class:`streams.agents.ports.Delivery`."""
        await self._room.acquire()
        self._in_flight.inc()
        began = perf_counter()
        try:
            sent = await self._send(outputs) if outputs else None
        except BaseException:
            self._in_flight.dec()
            self._room.release()
            raise
        tp = (place.topic, place.partition)
        # The task copies this context, so that Faust's tables know which event, hence which partition, they change for.
        written = asyncio.get_running_loop().create_future()
        done = asyncio.create_task(
            self._complete(acknowledge, outputs, sent, writes, on_durable, self._tails.get(tp), written, began),
            name=f"deliver {self._agent} {tp[0]}/{tp[1]}/{place.offset}",
        )
        self._tails[tp] = _Turn(written, done)

    async def _complete(
        self,
        acknowledge: Callable[[], None],
        outputs: Sequence[Output],
        sent: Awaitable[object] | None,
        writes: Sequence[Write],
        on_durable: Callable[[], None] | None,
        before: _Turn | None,
        written: asyncio.Future[bool],
        began: float,
    ) -> bool:
        try:
            if sent is not None:
                await sent
                for topic, count in Counter(output.topic for output in outputs).items():
                    self._metrics.counter("newswire_records_sent", topic=topic).inc(count)
            if before is not None and not await asyncio.shield(before.written):
                return False
            changelog = await self._persist(writes)
            written.set_result(True)
            if before is not None and not await asyncio.shield(before.done):
                return False
            await changelog
            if on_durable is not None:
                on_durable()
            acknowledge()
            self._seconds.observe(perf_counter() - began)
            return True
        except Exception as error:  # noqa: BLE001 - ends the worker, whatever it was
            await self._fail(error)
            return False
        finally:
            if not written.done():
                written.set_result(False)
            self._in_flight.dec()
            self._room.release()

    async def _fail(self, error: Exception) -> None:
        """End the worker, for the first failure: those that follow from it need not be told one by one."""
        if not self._failed:
            self._failed = True
            foreseen = isinstance(error, NewswireError)
            log.critical("stopping: %s", error if foreseen else "delivery failed", exc_info=None if foreseen else error)
            await self._crash(error)

    def waiting(self) -> list[str]:
        """Name what is being delivered at the moment, the newest of each partition."""
        return [turn.done.get_name() for turn in list(self._tails.values()) if not turn.done.done()]

    async def drain(self) -> None:
        """Wait until everything submitted is delivered or has failed."""
        await asyncio.gather(*(turn.done for turn in self._tails.values()), return_exceptions=True)
