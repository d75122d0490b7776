"""One worker: settings → agents, table, health, timers, wired together. Knows no news, starts nothing by itself."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import UTC, datetime
from typing import Any, cast

from streams import __version__, copydesk, pipeline
from streams.agents import identify, normalise
from streams.config import Settings
from streams.contracts import topics
from streams.errors import BreakerOpen
from streams.loading import toolbox, windows
from streams.metrics import Metrics
from streams.runtime.batches import batches
from streams.runtime.breaker import RejectionBreaker
from streams.runtime.delivery import OrderedDelivery
from streams.runtime.durable import DurableTable
from streams.runtime.health import HealthServer
from streams.runtime.logends import LogEnds
from streams.runtime.producing import FaustProducing, Librdkafka, Producing
from streams.runtime.tables import PartitionStates
from streams.runtime.vitals import Vitals
from streams.runtime.waking import Waker
from streams.runtime.wireapp import make_app

log = logging.getLogger(__name__)
WAKE_SECONDS = 0.5
BREAKER_SHOWN_SECONDS = 12.0
"""How long an open breaker stays on /metrics, reading nothing, before the worker ends: two scrapes must see it."""


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
            self.states,
            settings.stall_seconds,
            LogEnds(settings),
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
        self._identify: identify.Identify | None = None
        self.waker = Waker(self.states, self.vitals, self.producing, self._catching_up)
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
            await self.waker.wake(datetime.now(UTC))

        app.timer(WAKE_SECONDS, on_leader=False)(wake)
        if self.vitals.every:

            async def watch() -> None:
                await self.vitals.watch(time.monotonic())

            app.timer(self.vitals.every, on_leader=False)(watch)

    async def _forget(self, app: Any, /, *args: Any, signal: Any = None, **kwargs: Any) -> None:
        self.states.drop()
        self.waker.forget()
        if self._identify is not None:
            self._identify.forget()

    def _catching_up(self, partition: int, now: datetime) -> bool:
        return self._identify is not None and self._identify.catching_up(partition, now)

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
