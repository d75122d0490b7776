"""The batch consumer on a Faust that fetches what a test gives it; asserts nothing."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

from faust.types import TP

from streams.runtime.batches import OPEN, BatchConductor, BatchConsumer, batches

RAW, NORMALISED, LOG = TP("wire.raw.v1", 0), TP("wire.normalised.v1", 0), TP("newswire-identity-changelog", 0)
OTHER = TP("not.batched", 0)


def record(tp: TP, offset: int, value: bytes = b"v") -> Any:
    return SimpleNamespace(
        topic=tp.topic, partition=tp.partition, offset=offset, timestamp=1_700_000_000_000 + offset, timestamp_type=0,
        headers=[("h", b"1")], key=b"k", value=value,
    )  # fmt: skip


class Rig(BatchConsumer):
    """Our consumer on a Faust that fetches what the test gives it, ``fetches`` in turn."""

    def __init__(self) -> None:
        self.app: Any = SimpleNamespace(
            consumer_generation_id=1,
            rebalancing_count=1,
            client_only=False,
            monitor=SimpleNamespace(track_tp_end_offset=lambda tp, offset: None),
            topics=SimpleNamespace(acks_enabled_for=lambda topic: True),
            tables=SimpleNamespace(changelog_topics={LOG.topic}, changelog_queue=asyncio.Queue()),
            should_stop=False,
            flow_control=SimpleNamespace(acquire=self._nothing),
            create_event=lambda key, value, headers, message: SimpleNamespace(
                message=message, value=value, ack=lambda: self.ack(message)
            ),
            consumer=self,
            transport=SimpleNamespace(batched=frozenset({RAW.topic, NORMALISED.topic}), batch_records=1),
        )
        self.log: Any = SimpleNamespace(dev=lambda *a: None, warning=lambda *a: None)
        self.flow_active = True
        self.stopping = False
        self.fetches: list[dict[TP, list[Any]]] = []
        self.asked: list[tuple[set[TP], float]] = []
        self.seeks = 0
        self._active_partitions = {RAW, NORMALISED, LOG, OTHER}
        self._buffered_partitions = set()
        self._unacked_messages: Any = set()
        self._waiting_for_ack = None
        self._acked: Any = {}
        self._committed_offset: Any = {}
        self._batched = self.app.transport.batched
        self._most = OPEN * self.app.transport.batch_records
        self._begin()

    async def _nothing(self) -> None:
        return None

    @property
    def should_stop(self) -> bool:
        return self.stopping

    def highwater(self, tp: TP) -> int:
        return 0

    def _to_message(self, tp: TP, record: Any) -> Any:
        return record

    async def perform_seek(self) -> None:
        self.seeks += 1

    async def _wait_next_records(self, timeout: float) -> Any:
        return await self._getmany(self._active_partitions, timeout), self._active_partitions

    async def poll(self) -> list[tuple[TP, Any]]:
        return [found async for found in self.getmany(1.0)]

    async def hand_on(self, message: Any, channels: set[Any]) -> None:
        conductor: Any = SimpleNamespace(app=self.app)
        await BatchConductor._build_handler(conductor, message.tp, channels)(message)


class Channel:
    def __init__(self) -> None:
        self.events: list[Any] = []

    async def put(self, event: Any) -> None:
        self.events.append(event)


def committable(rig: Rig) -> dict[TP, int | None]:
    return {tp: rig._new_offset(tp) for tp in rig._filter_tps_with_pending_acks()}


async def handed_on(rig: Rig, tp: TP, *offsets: int) -> Any:
    """Poll one batch and put it on a channel; the batch as the agent gets it."""
    rig.fetches.append({tp: [record(tp, offset) for offset in offsets]})
    [(_, message)] = await rig.poll()
    channel = Channel()
    await rig.hand_on(message, {channel})

    async def events() -> Any:
        yield channel.events[0]

    stream = SimpleNamespace(noack=lambda: SimpleNamespace(events=events))
    async for batch in batches(stream, rig.app):
        return batch
