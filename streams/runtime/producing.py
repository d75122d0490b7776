"""Records out: a list of them produced, and one awaitable that ends when the broker has them all. Knows no news.

Two ways. :class:`Librdkafka` sends from its own threads; its delivery reports are fetched from the event loop, so that
no callback runs beside the agents. It has two producers: a story goes out at once, its copies wait for company.
:class:`FaustProducing` is Faust's own producer, for ``transport=faust``. Both put a key in the partition that the Java
client would. A record that the broker does not take within ``retry_seconds`` raises :class:`BrokerTrouble`: trouble is
retried by the producer until then, in order.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol

from confluent_kafka import KafkaError, KafkaException, Producer

from streams.agents.ports import Output
from streams.config import Settings
from streams.contracts import topics
from streams.errors import BrokerTrouble
from streams.metrics import Metrics
from streams.runtime.credentials import for_librdkafka

log = logging.getLogger(__name__)
REPORTS_SECONDS = 0.002
"""How often delivery reports are fetched while records are on the way: it adds to a story's latency twice."""
IDLE_SECONDS = 1.0
AT_ONCE = frozenset(
    topic.name
    for topic in (topics.RAW, topics.NORMALISED, topics.STORIES, topics.ALERTS, topics.RETRACTIONS, topics.DUPLICATES)
)
"""What somebody waits for. The rest (a story's copies for desks and for the latest version, the changelog) is spread
over the partitions of a dozen topics, and librdkafka makes a request of each partition: sent off with the story, they
stand in its way. Dead letters wait with them: nobody prints one, and a feed that breaks sends a flood of them. That
they come a moment later delays only the commit of their input."""
Offsets = Mapping[tuple[str, int], int]
"""(topic, partition) → the highest offset that a list of records got there; of those sent to a given partition."""


class Producing(Protocol):
    """Sends lists of records."""

    async def start(self) -> None:
        """Begin; nothing can be sent before."""
        ...

    async def stop(self) -> None:
        """Let what is on the way arrive, for a bounded time, and end."""
        ...

    async def send(self, outputs: Sequence[Output]) -> Awaitable[Offsets]:
        """Start producing; the awaitable ends when the broker has all, or raises :class:`BrokerTrouble`."""
        ...


def trouble(metrics: Metrics, topic: str, error: object) -> BrokerTrouble:
    """Count a record that the broker did not take, and say so."""
    metrics.counter("newswire_send_errors", topic=topic).inc()
    return BrokerTrouble(
        f"{topic} did not take a record ({error}); nothing is acknowledged, the input will be read again"
    )


class FaustProducing:
    """Faust's aiokafka producer, record by record."""

    def __init__(self, app: Any, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def start(self) -> None:
        """Do nothing: Faust starts its producer."""

    async def stop(self) -> None:
        """Do nothing: Faust stops its producer."""

    async def send(self, outputs: Sequence[Output]) -> Awaitable[Offsets]:
        """Start producing each."""
        sent = [(output.topic, await self._started(output)) for output in outputs]
        return self._all(sent)

    async def _started(self, output: Output) -> Awaitable[Any]:
        try:
            started: Awaitable[Any] = await self._app.producer.send(
                output.topic, output.key, output.value, output.partition, None, output.headers
            )
        except Exception as error:  # noqa: BLE001 - re-raised where it is awaited, in order
            failed: asyncio.Future[object] = asyncio.get_running_loop().create_future()
            failed.set_exception(error)
            return failed
        return started

    async def _all(self, sent: Sequence[tuple[str, Awaitable[Any]]]) -> Offsets:
        offsets: dict[tuple[str, int], int] = {}
        for topic, acknowledged in sent:
            try:
                got = await acknowledged
            except Exception as error:
                raise trouble(self._metrics, topic, f"{type(error).__name__}: {error}") from error
            place = (topic, got.partition)
            offsets[place] = max(got.offset, offsets.get(place, 0))
        return offsets


class _Pending:
    """One list of records on the way; called back once a record, by ``placed`` where its offset is of interest."""

    __slots__ = ("done", "error", "left", "offsets")

    def __init__(self, count: int, done: asyncio.Future[Offsets]) -> None:
        self.left = count
        self.done = done
        self.error: tuple[str, object] | None = None
        self.offsets: dict[tuple[str, int], int] = {}

    def __call__(self, error: KafkaError | None, message: Any) -> None:
        if error is not None:
            self.error = (message.topic(), error)
        self.left -= 1

    def placed(self, error: KafkaError | None, message: Any) -> None:
        if error is None:
            place = (message.topic(), message.partition())
            self.offsets[place] = max(message.offset(), self.offsets.get(place, 0))
        self(error, message)


class Librdkafka:
    """confluent-kafka's producers; see the module. ``placed``: give the offsets of every record."""

    def __init__(self, settings: Settings, metrics: Metrics, placed: bool = False) -> None:
        self._placed = placed
        longest = max(settings.linger_ms, settings.copies_linger_ms)
        self._options: dict[str, Any] = for_librdkafka(settings) | {
            "enable.idempotence": True,
            "partitioner": "murmur2_random",
            "message.max.bytes": topics.MAX_RECORD_BYTES + 2 * topics.HEADER_ROOM,
            # librdkafka wants a record to live longer than it may wait for company.
            "message.timeout.ms": max(longest + 1, int(settings.retry_seconds * 1000)),
            "compression.type": settings.compression,
            "queue.buffering.max.kbytes": 128 * 1024,
        }
        self._linger_ms = settings.linger_ms, settings.copies_linger_ms
        self._patience = max(1.0, settings.retry_seconds)
        self._metrics = metrics
        self._producers: tuple[Producer, ...] = ()
        self._waiting: list[_Pending] = []
        self._some = asyncio.Event()
        self._reports: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Make the producers; each connects when it is first used."""
        self._producers = tuple(Producer(self._options | {"linger.ms": ms}, logger=log) for ms in self._linger_ms)
        self._reports = asyncio.create_task(self._fetch_reports(), name="delivery reports")

    async def stop(self) -> None:
        """Wait for what is on the way, as long as a record may be retried."""
        if self._reports is None:
            return
        _, late = await asyncio.wait([p.done for p in self._waiting] or [_ended()], timeout=self._patience)
        if late:
            log.warning("%s lists of records were not acknowledged in time; their input will be read again", len(late))
        self._reports.cancel()
        await asyncio.gather(self._reports, return_exceptions=True)
        self._producers, self._reports = (), None

    async def send(self, outputs: Sequence[Output]) -> Awaitable[Offsets]:
        """Start producing; waits only while the producer's own buffer is full."""
        if not self._producers:
            raise BrokerTrouble("the producer is not running")
        at_once: Callable[..., None] = self._producers[0].produce
        with_company: Callable[..., None] = self._producers[1].produce
        if not outputs:
            return _ended()
        done: asyncio.Future[Offsets] = asyncio.get_running_loop().create_future()
        pending = _Pending(len(outputs), done)
        self._waiting.append(pending)
        report = pending.placed if self._placed else pending
        for topic, key, value, headers, partition in outputs:
            produce = at_once if topic in AT_ONCE else with_company
            while True:
                try:
                    if partition is None:
                        produce(topic, value, key, -1, report, headers=headers)
                    else:
                        produce(topic, value, key, partition, pending.placed, headers=headers)
                except BufferError:
                    self._settle()
                    try:
                        await asyncio.sleep(REPORTS_SECONDS)
                    except asyncio.CancelledError:
                        # What is left of the list will never go: nobody is to wait for its reports, at the end least.
                        self._waiting = [other for other in self._waiting if other is not pending]
                        raise
                    continue
                except KafkaException as error:
                    pending.error = (topic, error.args[0] if error.args else error)
                    pending.left -= 1
                break
        self._some.set()
        return done

    async def _fetch_reports(self) -> None:
        while True:
            # Now and then when nothing is on the way too: librdkafka's log lines come this way.
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._some.wait(), IDLE_SECONDS)
            self._some.clear()
            self._settle()
            while self._waiting:
                await asyncio.sleep(REPORTS_SECONDS)
                self._settle()

    def _settle(self) -> None:
        try:
            for producer in self._producers:
                producer.poll(0)
        except Exception as error:  # noqa: BLE001 - re-raised to everyone who waits: no report would ever come
            for pending in self._waiting:
                pending.error, pending.left = ("a topic", error), 0
        still: list[_Pending] = []
        for pending in self._waiting:
            if pending.left > 0:
                still.append(pending)
            elif pending.done.done():
                continue
            elif pending.error is not None:
                pending.done.set_exception(trouble(self._metrics, *pending.error))
            else:
                pending.done.set_result(pending.offsets)
        self._waiting = still


def _ended() -> asyncio.Future[Offsets]:
    ended: asyncio.Future[Offsets] = asyncio.get_running_loop().create_future()
    ended.set_result({})
    return ended
