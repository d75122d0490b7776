"""The Faust app: settings → agents, table, health, timers, wired together. Knows no news, starts nothing by itself."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import faust
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
from streams.runtime import collector
from streams.runtime.batches import batches
from streams.runtime.breaker import RejectionBreaker
from streams.runtime.credentials import for_faust
from streams.runtime.delivery import OrderedDelivery
from streams.runtime.durable import DurableTable
from streams.runtime.health import HealthServer
from streams.runtime.lastresort import LastResort
from streams.runtime.logends import LogEnds
from streams.runtime.producing import FaustProducing, Librdkafka, Producing
from streams.runtime.sensor import WireSensor
from streams.runtime.tables import PartitionStates, unreadable
from streams.runtime.transport import BatchTransport, RecordTransport
from streams.runtime.vitals import Vitals

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


class Worker:
    """One worker: the Faust app and everything hung on it. ``app`` is what ``faust -A`` runs."""

    def __init__(self, settings: Settings, tools: pipeline.Toolbox | None = None) -> None:
        self.settings = settings
        self.tools = tools or toolbox(settings)
        self.metrics = Metrics("worker")
        self.states = PartitionStates(windows(settings), self.metrics)
        self.app = make_app(settings, self.metrics, (topics.RAW.name, topics.NORMALISED.name))
        self._deliveries: list[OrderedDelivery] = []
        self.vitals = Vitals(
            self.app,
            self.metrics,
            self._deliveries,
            self.states.measure,
            settings.stall_seconds,
            LogEnds(settings),
            lambda: self.states.building,
        )
        self.app.health = HealthServer(
            settings.metrics_host,
            settings.metrics_port,
            self.metrics.registry,
            self.vitals.not_ready,
            self.vitals.measure,
            self.vitals.stalled,
        )
        self.app.waiting = self.vitals.waiting
        self.producing: Producing = (
            Librdkafka(settings, self.metrics)
            if settings.transport == "batch"
            else FaustProducing(self.app, self.metrics)
        )
        self.app.producing = self.producing
        self.table = self._table()
        self.states.bind(self.table, self.producing)
        self.table.recovered = self.states.build
        self._woken: dict[int, tuple[datetime, datetime]] = {}
        self._assigned: dict[int, datetime] = {}
        self._identify: identify.Identify | None = None
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
            # Events until they are written to the table: of a record each, or of a batch, which is enough.
            recovery_buffer_size=1 if self.settings.transport == "batch" else 1000,
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
        if self.vitals.every:

            async def watch() -> None:
                await self.vitals.watch(time.monotonic())

            app.timer(self.vitals.every, on_leader=False)(watch)

    async def _forget(self, app: Any, /, *args: Any, signal: Any = None, **kwargs: Any) -> None:
        self.states.drop()
        self._woken.clear()
        self._assigned.clear()
        if self._identify is not None:
            self._identify.forget()

    async def _guard(self, running: Any) -> None:
        """End the worker when an agent's loop fails, and wait for that end.

        Nothing is raised: Faust would start the agent again, on what comes after the message that it failed at, and
        what is acknowledged there is acknowledged for all before it.
        """
        try:
            await running
            return
        except asyncio.CancelledError:
            raise
        except BreakerOpen as error:
            log.critical("stopping: %s", error)
            await asyncio.sleep(BREAKER_SHOWN_SECONDS)
            await self.app.crash(error)
        except Exception as error:
            log.critical("stopping: %s", error, exc_info=error)
            await self.app.crash(error)
        await asyncio.Event().wait()

    def _catching_up(self, partition: int, now: datetime) -> bool:
        since = self._assigned.setdefault(partition, now)
        if now - since < identify.QUIET:
            return True
        return self._identify is not None and self._identify.catching_up(partition, now)

    async def wake(self, now: datetime) -> None:
        """Write a wake record to each of our partitions that holds a story due at *now*.

        Not while a backlog is read: its copy arrived before the stories were due, and must meet them held.
        """
        if self.vitals.not_ready() is not None:
            return
        for tp in self.vitals.positions():
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
