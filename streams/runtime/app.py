"""The Faust app: settings → agents, table, health, timers, wired together. Knows no news, starts nothing by itself."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import faust
from faust.types import TP
from yarl import URL

from streams import __version__, copydesk, pipeline
from streams.agents import identify, normalise
from streams.agents.ports import Output
from streams.config import Settings
from streams.contracts import codec, headers, topics
from streams.contracts.wake import Wake
from streams.errors import BreakerOpen
from streams.identity import next_release
from streams.loading import toolbox, windows
from streams.metrics import Metrics
from streams.runtime.batches import batches
from streams.runtime.breaker import RejectionBreaker
from streams.runtime.credentials import for_faust
from streams.runtime.delivery import OrderedDelivery
from streams.runtime.health import HealthServer
from streams.runtime.producing import FaustProducing, Librdkafka, Producing
from streams.runtime.sensor import WireSensor
from streams.runtime.tables import DurableTable, PartitionStates
from streams.runtime.transport import BatchTransport, RecordTransport

log = logging.getLogger(__name__)
WAKE_SECONDS = 0.5
BREAKER_SHOWN_SECONDS = 12.0
"""How long an open breaker stays on /metrics, reading nothing, before the worker ends: two scrapes must see it."""
END_SECONDS = 15.0
"""How long a worker that has failed may take to end, in good order if it can; nothing more is acknowledged anyway."""
WAKE_AGAIN = timedelta(seconds=30)
"""A wake record that had no effect (the worker died before reading it back) is written again after this long."""


class WireApp(faust.App):
    """Faust's app with the health server up from first to last: recovery is when people ask how it goes."""

    health: HealthServer
    producing: Producing
    _last_resort: threading.Timer | None = None

    async def on_start(self) -> None:
        """Listen before the consumer joins its group."""
        port = await self.health.start()
        log.info("metrics and health on http://%s:%s", self.health.host, port)
        await self.producing.start()
        await super().on_start()

    async def on_shutdown(self) -> None:
        """Stop listening last."""
        await super().on_shutdown()
        await self.producing.stop()
        await self.health.stop()
        if self._last_resort is not None:
            self._last_resort.cancel()

    async def crash(self, reason: BaseException) -> None:
        """End the worker, at once if Faust does not bring it about: it waits for an answer from a broker that hangs."""
        if self._last_resort is None:
            self._last_resort = threading.Timer(END_SECONDS, _end_now)
            self._last_resort.daemon = True
            self._last_resort.start()
            await super().crash(reason)


def _end_now() -> None:
    log.critical("the worker did not end within %.0f s of its failure; ending it", END_SECONDS)
    os._exit(1)


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
        # Topics are provisioned from the catalogue; only Faust's own leader topic is left to it.
        topic_disable_leader=True,
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
    app.monitor = app.monitor  # made now: sensors added before the app starts
    app.sensors.add(WireSensor(metrics))
    urls = [URL(f"kafka://{server}") for server in settings.brokers]
    if settings.transport == "batch":
        app.transport = BatchTransport(urls, app, fetch_wait_ms=settings.fetch_wait_ms, batched=batched)
    else:
        app.transport = RecordTransport(urls, app, fetch_wait_ms=settings.fetch_wait_ms)
    return app


class Worker:
    """One worker: the Faust app and everything hung on it. ``app`` is what ``faust -A`` runs."""

    def __init__(self, settings: Settings, tools: pipeline.Toolbox | None = None) -> None:
        self.settings = settings
        self.tools = tools or toolbox(settings)
        self.metrics = Metrics()
        self.states = PartitionStates(windows(settings), self.metrics)
        self.app = make_app(settings, self.metrics, (topics.RAW.name, topics.NORMALISED.name))
        self.app.health = HealthServer(
            settings.metrics_host, settings.metrics_port, self.metrics.registry, self.not_ready, self.measure
        )
        self.producing: Producing = (
            Librdkafka(settings, self.metrics)
            if settings.transport == "batch"
            else FaustProducing(self.app, self.metrics)
        )
        self.app.producing = self.producing
        self.table = self._table()
        self.states.bind(self.table, self.producing)
        self._woken: dict[int, tuple[datetime, datetime]] = {}
        self._assigned: dict[int, datetime] = {}
        self._identify: identify.Identify | None = None
        self._measured: set[TP] = set()
        self._attach()

    def _table(self) -> DurableTable:
        options: dict[str, Any] = {}
        if self.settings.store == "rocksdb":
            options = {
                "driver": "rocksdict",
                "block_cache_size": self.settings.rocksdb_cache_mb * 1024 * 1024,
                "write_buffer_size": self.settings.rocksdb_write_buffer_mb * 1024 * 1024,
            }
        table = DurableTable(
            self.app,
            name=topics.STATE_TABLE,
            key_type=bytes,
            value_type=bytes,
            partitions=self.settings.partitions,
            options=options,
        )
        return cast(DurableTable, self.app.tables.add(table))

    def _topic(self, name: str) -> Any:
        return self.app.topic(
            name,
            key_type=bytes,
            key_serializer="raw",
            value_type=bytes,
            value_serializer="raw",
            partitions=self.settings.partitions,
            allow_empty=True,
        )

    def _delivery(self, agent: str) -> OrderedDelivery:
        return OrderedDelivery(
            agent, self.producing.send, self.states.persist, self.app.crash, self.metrics, self.settings.in_flight
        )

    def _attach(self) -> None:
        app, settings = self.app, self.settings
        self._deliveries: list[OrderedDelivery] = []

        def delivery(agent: str) -> OrderedDelivery:
            made = self._delivery(agent)
            self._deliveries.append(made)
            return made

        breaker = RejectionBreaker(settings.breaker_share, settings.breaker_window, self.metrics)

        @app.agent(self._topic(topics.RAW.name), name=normalise.NAME)
        async def normalise_agent(stream: Any) -> None:
            work = normalise.Normalise(self.tools, self.metrics, delivery(normalise.NAME), breaker)
            await self._guard(work.run(batches(stream, self.app)))

        @app.agent(self._topic(topics.NORMALISED.name), name=identify.NAME)
        async def identify_agent(stream: Any) -> None:
            work = identify.Identify(self.tools, self.metrics, delivery(identify.NAME), self.states, breaker)
            self._identify = work
            await self._guard(work.run(batches(stream, self.app)))

        app.on_partitions_revoked.connect(self._forget)

        self.metrics.gauge(
            "newswire_build_info",
            version=__version__,
            rules=copydesk.RULES_VERSION,
            gazetteer=self.tools.gazetteer.version,
        ).set(1)

        async def wake() -> None:
            await self.wake(datetime.now(UTC))

        app.timer(WAKE_SECONDS, on_leader=False)(wake)

    async def _forget(self, app: Any, /, *args: Any, signal: Any = None, **kwargs: Any) -> None:
        self.states.drop()
        self._woken.clear()
        self._assigned.clear()

    async def _guard(self, running: Any) -> None:
        """End the worker when an agent's loop fails: Faust would restart the agent and skip the message."""
        try:
            await running
        except asyncio.CancelledError:
            raise
        except BreakerOpen as error:
            log.critical("stopping: %s", error)
            await asyncio.sleep(BREAKER_SHOWN_SECONDS)
            await self.app.crash(error)
            raise
        except Exception as error:
            log.critical("stopping: %s", error, exc_info=error)
            await self.app.crash(error)
            raise

    def not_ready(self) -> str | None:
        """Return why this worker is not ready, None when it is: assigned, recovered and not rebalancing."""
        app = self.app
        if app.crashed:
            return "crashed"
        if app.rebalancing:
            return "rebalancing"
        if not self._positions():
            return "no partitions assigned"
        tables: Any = app.tables
        if app.in_recovery or not tables.recovery.completed.is_set():
            return "recovering state"
        return None

    def _positions(self) -> set[TP]:
        consumer = self.app.consumer if self.app.started else None
        if consumer is None or not consumer.started:
            return set()
        ours = (topics.RAW.name, topics.NORMALISED.name)
        return {tp for tp in consumer.assignment() if tp.topic in ours}

    def measure(self) -> None:
        """Set the gauges that are read rather than counted; called at each scrape."""
        why = self.not_ready()
        self.metrics.gauge("newswire_ready").set(why is None)
        positions = self._positions()
        self.metrics.gauge("newswire_assigned_partitions").set(len(positions))
        for tp in self._measured - positions:
            for name in ("newswire_lag_records", "newswire_acknowledged_offset"):
                self.metrics.forget(name, topic=tp.topic, partition=str(tp.partition))
        self._measured = positions
        for tp in positions:
            consumer: Any = self.app.consumer
            committed = consumer._committed_offset.get(tp)
            high = consumer.highwater(tp)
            labels = {"topic": tp.topic, "partition": str(tp.partition)}
            if committed is not None:
                self.metrics.gauge("newswire_acknowledged_offset", **labels).set(committed)
            if high is not None:
                self.metrics.gauge("newswire_lag_records", **labels).set(max(0, high - (committed or 0)))
        self.states.measure()

    def _catching_up(self, partition: int, now: datetime) -> bool:
        since = self._assigned.setdefault(partition, now)
        if now - since < identify.QUIET:
            return True
        return self._identify is not None and self._identify.catching_up(partition, now)

    async def wake(self, now: datetime) -> None:
        """Write a wake record to each of our partitions that holds a story due at *now*.

        Not while a backlog is read: its copy arrived before the stories were due, and must meet them held.
        """
        if self.not_ready() is not None:
            return
        for tp in self._positions():
            if tp.topic != topics.NORMALISED.name or self._catching_up(tp.partition, now):
                continue
            dues = [due for state in self.states.states(tp.partition) if (due := next_release(state)) is not None]
            due = min(dues, default=None)
            if due is None or due > now:
                continue
            woken_for, woken_at = self._woken.get(tp.partition, (None, now))
            if woken_for == due and now < woken_at + WAKE_AGAIN:
                continue
            self._woken[tp.partition] = (due, now)
            record = Output(
                topics.NORMALISED.name,
                headers.WAKE,
                codec.encode(Wake(now)),
                [(headers.RECORD_KIND, headers.WAKE)],
                tp.partition,
            )
            await (await self.producing.send([record]))
