"""What stands around a feeder that runs until it is told to stop: producer, metrics, health, signals. Feeds nothing."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from streams.config import Settings
from streams.contracts.topics import RAW
from streams.feeds.handing import Handing
from streams.metrics import Metrics
from streams.runtime import reaching
from streams.runtime.health import HealthServer
from streams.runtime.producing import Librdkafka

log = logging.getLogger(__name__)


def prepare(settings: Settings) -> None:
    """Set logging up and see that the raw topic can be reached.

    Raises :class:`streams.errors.UsageError` for what a setting can put right, :class:`streams.errors.BrokerTrouble`
    when nothing answers.
    """
    logging.basicConfig(
        stream=sys.stderr,
        level=settings.log_level.upper(),
        format="[%(asctime)s] [%(process)d] [%(levelname)s] %(message)s",
    )
    reaching.check(settings, [RAW.name])


@asynccontextmanager
async def around(settings: Settings, metrics: Metrics) -> AsyncIterator[Handing]:
    """Give a way to hand messages to the broker, with ``/metrics`` and ``/health/*`` up; what is on its way is waited
    for at the end. Ready while the last message was taken."""
    producing = Librdkafka(settings, metrics, placed=True)
    handing = Handing(producing)
    health = HealthServer(
        settings.metrics_host, settings.metrics_port, metrics.registry, lambda: handing.away, lambda: None
    )
    port = await health.start()
    log.info("metrics and health on http://%s:%s", settings.metrics_host, port)
    try:
        await producing.start()
        yield handing
    finally:
        await producing.stop()
        await health.stop()


def stopping() -> asyncio.Event:
    """Return an event that SIGTERM and SIGINT set; for the main thread's running loop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop
