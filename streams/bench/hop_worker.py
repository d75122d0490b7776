"""One side of the hop: an agent of raw bytes in, raw bytes out, on the worker's own app. Ends when all is through.

``python -m streams.bench.hop_worker WAY NUMBER FILE`` writes :class:`Through` to FILE; its settings come from the
environment. Knows no news and keeps nothing.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import faust
from mode.loop import use

from streams import config
from streams.agents.ports import Message, Output, Write
from streams.agents.slices import Caused, work_off
from streams.config import Settings
from streams.contracts import codec
from streams.metrics import Metrics
from streams.runtime.batches import batches
from streams.runtime.delivery import OrderedDelivery
from streams.runtime.health import HealthServer
from streams.runtime.producing import FaustProducing, Librdkafka
from streams.runtime.wireapp import WireApp, make_app

IN, OUT = "bench.hop.in", "bench.hop.out"
WAYS = ("faust", "batch, Faust's producer", "batch")
"""An agent as Faust's users write it; batches in with Faust's producer; batches in with librdkafka's."""


@dataclass(frozen=True, slots=True)
class Through:
    """``rate``: records a second from the first read to the last acknowledged by the broker. ``cpu_us``: a record."""

    way: str
    records: int
    rate: float
    cpu_us: float


class _Clock:
    """Runs from the first record to the last; then writes the figures and ends the process."""

    def __init__(self, way: str, number: int, file: Path) -> None:
        self._way, self._number, self._file = way, number, file
        self._began: tuple[float, float] | None = None
        self._through = 0

    def start(self) -> None:
        if self._began is None:
            self._began = perf_counter(), process_time()

    def through(self, count: int = 1) -> None:
        self._through += count
        if self._through < self._number or self._began is None:
            return
        seconds, busy = perf_counter() - self._began[0], process_time() - self._began[1]
        figures = Through(self._way, self._number, self._number / seconds, 1e6 * busy / self._number)
        self._file.write_bytes(codec.encode(asdict(figures)))
        os._exit(0)


def build(way: str, settings: Settings, clock: _Clock) -> WireApp:
    """Return the app of *way*, its agent attached."""
    metrics = Metrics("worker")
    app = make_app(replace(settings, transport="faust" if way == "faust" else "batch"), metrics, (IN,))
    app.health = HealthServer("127.0.0.1", 0, metrics.registry, lambda: None, lambda: None)
    app.producing = Librdkafka(settings, metrics) if way == "batch" else FaustProducing(app, metrics)
    raw: dict[str, Any] = {"value_type": bytes, "value_serializer": "raw", "partitions": settings.partitions}
    source, sink = app.topic(IN, **raw), app.topic(OUT, **raw)
    (_one_by_one if way == "faust" else _in_batches)(app, source, sink, clock, settings, metrics)
    return app


def _one_by_one(app: WireApp, source: Any, sink: Any, clock: _Clock, settings: Settings, metrics: Metrics) -> None:
    @app.agent(source, name="hop")
    async def hop(stream: Any) -> None:
        async for value in stream:
            clock.start()
            sent = await sink.send(value=value)
            asyncio.ensure_future(sent).add_done_callback(arrived)

    def arrived(sent: asyncio.Future[Any]) -> None:
        sent.result()
        clock.through()


def _in_batches(app: WireApp, source: Any, sink: Any, clock: _Clock, settings: Settings, metrics: Metrics) -> None:
    async def nothing(writes: Sequence[Write]) -> Awaitable[object]:
        return asyncio.sleep(0)

    def handle(message: Message) -> Caused:
        clock.start()
        return Caused([Output(OUT, message.key, message.value, [])], on_durable=clock.through)

    @app.agent(source, name="hop")
    async def hop(stream: Any) -> None:
        delivery = OrderedDelivery("hop", app.producing.send, nothing, app.crash, metrics, settings.in_flight)
        await work_off(batches(stream, app), handle, delivery, lambda rejected: None)


def main() -> None:
    """Run one side."""
    way, number, file = sys.argv[1:]
    if sys.platform != "win32":
        use("uvloop")
    app = build(way, config.load(), _Clock(way, int(number), Path(file)))
    faust.Worker(app, loglevel="warning", redirect_stdouts=False, quiet=True).execute_from_commandline()


if __name__ == "__main__":
    main()
