"""Raw messages → the raw topic, each awaited until the broker has it: for what must tell its sender. Alters no byte.

The record's key is the source, so that one agency's copy stays in order; without a source it is one key for all.
"""

from __future__ import annotations

from collections.abc import Awaitable

from streams.agents.ports import Output
from streams.contracts.headers import is_source
from streams.contracts.story import RawMessage
from streams.contracts.topics import MAX_RECORD_BYTES, RAW
from streams.errors import BrokerTrouble
from streams.feeds.publishing import headers_of
from streams.runtime.producing import Offsets, Producing

LARGEST = MAX_RECORD_BYTES - 4096
"""Bytes of a message that the raw topic takes, with room for its headers."""
UNNAMED = b"unnamed"
"""The key of messages without a source."""


def record_of(message: RawMessage) -> Output:
    """Return the record of the raw topic that *message* becomes. Raises ``ValueError`` for what it must not be."""
    if len(message.body) > LARGEST:
        raise ValueError(f"{len(message.body)} bytes are more than the raw topic takes ({LARGEST})")
    if message.source is not None and not is_source(message.source):
        raise ValueError(f"{message.source!r} is no name of a source")
    key = message.source.encode() if message.source else UNNAMED
    return Output(RAW.name, key, message.body, headers_of(message))


class Handing:
    """Hands messages to the broker in the order of the calls; ``away`` is why the last one failed, None if it did not.

    *producing* is started and stopped by the caller.
    """

    def __init__(self, producing: Producing) -> None:
        self._producing = producing
        self.away: str | None = None

    async def begin(self, message: RawMessage) -> Awaitable[tuple[int, int]]:
        """Start sending; the awaitable gives partition and offset, or raises :class:`BrokerTrouble`.

        Order is that of the calls to this. Raises ``ValueError`` as :func:`record_of` does.
        """
        record = record_of(message)
        return self._ended(await self._producing.send([record]))

    async def hand(self, message: RawMessage) -> tuple[int, int]:
        """Send, and return partition and offset once the broker has it (``acks=all``); raises as :meth:`begin`."""
        return await (await self.begin(message))

    async def _ended(self, sent: Awaitable[Offsets]) -> tuple[int, int]:
        try:
            [((_, partition), offset)] = (await sent).items()
        except BrokerTrouble as error:
            self.away = str(error)
            raise
        self.away = None
        return partition, offset
