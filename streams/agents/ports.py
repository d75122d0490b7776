"""What the agents ask of the machinery around them, as protocols; implements nothing.

The agents know no Faust: they iterate events, and hand each one's outputs to a :class:`Delivery`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from typing import NamedTuple, Protocol

from streams import identity
from streams.contracts.headers import Headers
from streams.contracts.story import NormalisedStory
from streams.identity import IdentityState

Write = tuple[bytes, bytes | None]
"""State to persist: a key in the table and what to keep under it; None deletes."""


class Output(NamedTuple):
    """One record to produce. ``partition`` None lets the key choose. A tuple: a story causes six, made in no time."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers
    partition: int | None = None


class ReadStory(NamedTuple):
    """A story and the record's value that it was read from."""

    story: NormalisedStory
    value: bytes


class Message(Protocol):
    """The Kafka record under an event; ``timestamp`` in seconds since the epoch."""

    topic: str
    partition: int
    offset: int
    timestamp: float
    headers: Sequence[tuple[str, bytes]] | None
    key: bytes | None
    value: bytes | None


class Batch(Protocol):
    """What one poll found in one partition, in order: one record or many."""

    @property
    def messages(self) -> Sequence[Message]:
        """The records, at least one."""
        ...

    def acknowledge(self, message: Message) -> None:
        """Mark everything up to *message*, which is one of these, as safe to commit."""
        ...


Batches = AsyncIterator[Batch]
"""An agent's input; two batches of one partition never overlap."""


class Delivery(Protocol):
    """Sends what an input caused and acknowledges the input, in order per partition, once all of it is durable."""

    async def submit(
        self,
        place: Message,
        acknowledge: Callable[[], None],
        outputs: Sequence[Output],
        writes: Sequence[Write] = (),
        on_durable: Callable[[], None] | None = None,
    ) -> None:
        """Start sending what the records up to *place* caused; returns as soon as there is room for more.

        Outputs first, then state, then ``on_durable`` and the acknowledgement; in order per partition.
        """
        ...


class States(Protocol):
    """The identity states of the partitions that this worker holds, one per shard."""

    def state(self, partition: int, shard: str) -> IdentityState:
        """Return the state of *shard* in *partition*, loaded from the recovered table on first use."""
        ...

    def shards(self, partition: int) -> Sequence[str]:
        """Return the shards that *partition* holds anything of."""
        ...

    def stage(
        self, partition: int, shard: str, writes: Sequence[identity.Write], read: ReadStory | None = None
    ) -> Sequence[Write]:
        """Make *writes* readable at once, before they are persisted; return them as the table keeps them.

        *read*: the story that was decided and the bytes it was read from, which serve again where it is kept whole.
        """
        ...


class Breaker(Protocol):
    """Watches the share of rejected input."""

    def record(self, rejected: bool) -> None:
        """Count one message. Raises :class:`streams.errors.BreakerOpen` past the limit."""
        ...
