"""Faust's app as the settings have it: broker, transport, monitor, and an end that comes. Hangs no agent on it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from typing import Any

import faust
from yarl import URL

from streams.config import Settings
from streams.contracts import topics
from streams.metrics import Metrics
from streams.runtime import collector
from streams.runtime.credentials import for_faust
from streams.runtime.health import HealthServer
from streams.runtime.lastresort import LastResort
from streams.runtime.producing import Producing
from streams.runtime.sensor import WireSensor
from streams.runtime.tables import unreadable
from streams.runtime.transport import BatchTransport, RecordTransport

log = logging.getLogger(__name__)
END_SECONDS = 15.0
"""How long a worker that has failed may take to end, in good order if it can; nothing more is acknowledged anyway."""


class WireApp(faust.App):
    """Faust's app with the health server up from first to last: recovery is when people ask how it goes."""

    health: HealthServer
    producing: Producing
    last_resort: LastResort
    waiting: Callable[[], str] = staticmethod(lambda: "its services")
    """Says what the worker is still at, when it does not end."""
    stop_seconds: float
    _failed = False

    async def on_start(self) -> None:
        """Listen before the consumer joins its group."""
        port = await self.health.start()
        log.info("metrics and health on http://%s:%s", self.health.host, port)
        await self.producing.start()
        await super().on_start()
        collector.settle()

    async def on_shutdown(self) -> None:
        """Stop listening last."""
        await super().on_shutdown()
        await self.producing.stop()
        await self.health.stop()
        self.last_resort.disarm()

    async def stop(self) -> None:
        """Stop in good order, for so long as it may take: Faust's own waiting for what is in flight has no limit."""
        if not self.should_stop:
            self.last_resort.arm(self.stop_seconds, "of being told to stop")
        await super().stop()

    async def crash(self, reason: BaseException) -> None:
        """End the worker, at once if Faust does not bring it about: it waits for an answer from a broker that hangs."""
        if not self._failed:
            self._failed = True
            self.last_resort.arm(END_SECONDS, "of its failure")
            # RocksDB's own words, raised in Faust's recovery where nobody of ours could say what to do.
            if str(reason).startswith("Corruption"):
                log.critical("stopping: %s", unreadable(reason))
            await super().crash(reason)


def make_app(settings: Settings, metrics: Metrics, batched: Collection[str]) -> WireApp:
    """Return an app that talks to the broker as *settings* say, nothing hung on it; *batched* are topics.

    Its ``health`` and ``producing`` are for the caller to set before it starts.
    """
    broker = ";".join(f"kafka://{server}" for server in settings.brokers)
    extra: dict[str, Any] = {}
    credentials = for_faust(settings)
    if credentials is not None:
        extra["broker_credentials"] = credentials
    app = WireApp(
        settings.app_id,
        broker=broker,
        store="rocksdb://" if settings.store == "rocksdb" else "memory://",
        datadir=str(settings.data_dir),
        web_enabled=False,
        topic_partitions=settings.partitions,
        topic_replication_factor=settings.replication,
        # Topics are provisioned from the catalogue. Faust would make a missing changelog, not as the catalogue has it,
        # and would need the permission to: a worker may not create topics.
        topic_disable_leader=True,
        topic_allow_declare=False,
        broker_commit_interval=settings.commit_seconds,
        broker_session_timeout=settings.session_seconds,
        broker_heartbeat_interval=settings.session_seconds / 3,
        broker_rebalance_timeout=settings.rebalance_seconds,
        broker_max_poll_records=settings.batch_records,
        consumer_auto_offset_reset="earliest",
        consumer_max_fetch_size=4 * 1024 * 1024,
        producer_linger=settings.linger_ms / 1000,
        producer_max_request_size=topics.MAX_RECORD_BYTES + 2 * topics.HEADER_ROOM,
        producer_request_timeout=max(1.0, settings.retry_seconds),
        producer_max_batch_size=256 * 1024,
        stream_wait_empty=True,
        recovery_consistency_check=settings.strict_recovery,
        stream_buffer_maxsize=1024,
        worker_redirect_stdouts=False,
        **extra,
    )
    app.stop_seconds = settings.stop_seconds
    app.last_resort = LastResort(lambda: app.waiting())
    app.monitor = app.monitor  # made now: sensors added before the app starts
    app.sensors.add(WireSensor(metrics))
    urls = [URL(f"kafka://{server}") for server in settings.brokers]
    waits = {"fetch_wait_ms": settings.fetch_wait_ms, "fetch_idle_ms": settings.fetch_idle_ms}
    if settings.transport == "batch":
        app.transport = BatchTransport(urls, app, **waits, batched=batched, batch_records=settings.batch_records)
    else:
        app.transport = RecordTransport(urls, app, **waits)
    return app
