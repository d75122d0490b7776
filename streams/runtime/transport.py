"""Faust's aiokafka transport with the settings that it hard-codes made ours. Alters no delivery rule.

Faust 0.15.3 fixes the consumer's ``fetch_max_wait_ms`` at 1,500. A broker that answers a quiet topic only after
that wait adds most of a second to a story at low rates; the setting has no public way in, so it is put on the
consumer between its making and its start. ``tests/contracts/test_faust_internals.py`` pins what this leans on.
"""

from __future__ import annotations

import asyncio
from typing import Any, cast

import aiokafka
from faust.transport.consumer import ConsumerThread
from faust.transport.drivers import aiokafka as driver

FETCH_WAIT_ATTRIBUTE = "_fetch_max_wait_ms"


class WireConsumerThread(driver.AIOKafkaConsumerThread):
    """Makes the consumer with our fetch wait."""

    def _create_consumer(self, loop: asyncio.AbstractEventLoop) -> aiokafka.AIOKafkaConsumer:
        consumer = super()._create_consumer(loop)
        if not hasattr(consumer, FETCH_WAIT_ATTRIBUTE):
            raise RuntimeError(f"aiokafka's consumer has no {FETCH_WAIT_ATTRIBUTE}: see streams/runtime/transport.py")
        setattr(consumer, FETCH_WAIT_ATTRIBUTE, cast(WireTransport, self.transport).fetch_wait_ms)
        return consumer


class WireConsumer(driver.Consumer):
    """Faust's consumer on :class:`WireConsumerThread`."""

    def _new_consumer_thread(self) -> ConsumerThread:  # type: ignore[override]
        return WireConsumerThread(self, loop=self.loop, beacon=self.beacon)


class WireTransport(driver.Transport):
    """The transport to give to ``app.transport``. ``fetch_wait_ms``: how long the broker may hold a fetch open."""

    Consumer = WireConsumer

    def __init__(self, *args: Any, fetch_wait_ms: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fetch_wait_ms = fetch_wait_ms
