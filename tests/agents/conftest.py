"""Agents without a broker: batches, a delivery and states that remember what they were given."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from streams import config, identity, loading, pipeline
from streams.agents.ports import Batch, Message, Output, ReadStory, Write
from streams.contracts import codec
from streams.identity import IdentitySettings, IdentityState

ARRIVED = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


@dataclass
class FakeMessage:
    value: bytes | None
    topic: str = "wire.raw.v1"
    partition: int = 0
    offset: int = 0
    timestamp: float = ARRIVED.timestamp()
    headers: Sequence[tuple[str, bytes]] | None = ()
    key: bytes | None = None


class FakeBatch:
    """One batch: says what was acknowledged."""

    def __init__(self, messages: Sequence[FakeMessage]) -> None:
        self.messages: Sequence[Message] = messages
        self.acknowledged: list[int] = []

    def acknowledge(self, message: Message) -> None:
        self.acknowledged.append(message.offset)


async def batches_of(*batches: FakeBatch) -> AsyncIterator[Batch]:
    for batch in batches:
        yield batch


def one_by_one(messages: Sequence[FakeMessage]) -> AsyncIterator[Batch]:
    """Each message a batch of its own, so that each is a delivery of its own."""
    return batches_of(*(FakeBatch([message]) for message in messages))


@dataclass
class Delivered:
    place: Message
    outputs: Sequence[Output]
    writes: Sequence[Write]
    on_durable: Callable[[], None] | None
    acknowledge: Callable[[], None]


@dataclass
class FakeDelivery:
    delivered: list[Delivered] = field(default_factory=list)

    async def submit(
        self,
        place: Message,
        acknowledge: Callable[[], None],
        outputs: Sequence[Output],
        writes: Sequence[Write] = (),
        on_durable: Callable[[], None] | None = None,
    ) -> None:
        self.delivered.append(Delivered(place, list(outputs), list(writes), on_durable, acknowledge))
        if on_durable is not None:
            on_durable()


@dataclass
class FakeBreaker:
    recorded: list[bool] = field(default_factory=list)

    def record(self, rejected: bool) -> None:
        self.recorded.append(rejected)


class FakeStates:
    def __init__(self) -> None:
        self._states: dict[tuple[int, str], tuple[IdentityState, pipeline.MemoryStore]] = {}

    def _pair(self, partition: int, shard: str) -> tuple[IdentityState, pipeline.MemoryStore]:
        if (partition, shard) not in self._states:
            store = pipeline.MemoryStore()
            self._states[partition, shard] = IdentityState(IdentitySettings(), store), store
        return self._states[partition, shard]

    def state(self, partition: int, shard: str) -> IdentityState:
        return self._pair(partition, shard)[0]

    def shards(self, partition: int) -> Sequence[str]:
        return sorted(shard for p, shard in self._states if p == partition)

    def stage(
        self, partition: int, shard: str, writes: Sequence[identity.Write], read: ReadStory | None = None
    ) -> Sequence[Write]:
        self._pair(partition, shard)[1].write(writes)
        return [
            (f"{partition}/{shard}/{key}".encode(), None if kept is None else codec.encode(kept))
            for key, kept in writes
        ]


@pytest.fixture(scope="session")
def toolbox() -> pipeline.Toolbox:
    return loading.toolbox(config.Settings())
