"""Where the logs end, asked of the broker on a connection of its own. Reads no record, knows nothing of Faust.

What the worker's consumer says of the end is as old as its last fetch: when fetching itself stands still, so does that
figure, and nothing seems to wait. So it is asked apart from the consumer, by librdkafka, on its own threads.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection

from confluent_kafka import KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient
from confluent_kafka.admin._listoffsets import OffsetSpec

from streams.config import Settings
from streams.runtime.credentials import for_librdkafka
from streams.runtime.stall import Place

log = logging.getLogger(__name__)
PATIENCE_SECONDS = 5.0


class LogEnds:
    """The newest answer for each partition; connects when it is first asked."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._client: AdminClient | None = None
        self._ends: dict[Place, int] = {}
        self._begins: dict[Place, int] = {}

    async def ask(self, places: Collection[Place]) -> dict[Place, int]:
        """Return the end of each of *places*: what the broker says, or said last if it does not answer in time."""
        self._ends |= await self._fresh(places, OffsetSpec.latest())  # type: ignore[no-untyped-call]
        return {place: self._ends[place] for place in places if place in self._ends}

    async def begins(self, places: Collection[Place]) -> dict[Place, int]:
        """Return the oldest offset that is kept in each of *places*, as :meth:`ask` does."""
        self._begins |= await self._fresh(places, OffsetSpec.earliest())  # type: ignore[no-untyped-call]
        return {place: self._begins[place] for place in places if place in self._begins}

    async def answered(self, places: Collection[Place]) -> bool:
        """Whether the broker tells, now, where each of *places* ends: then it can be read. False for none at all."""
        fresh = await self._fresh(places, OffsetSpec.latest())  # type: ignore[no-untyped-call]
        return bool(places) and len(fresh) == len(set(places))

    async def _fresh(self, places: Collection[Place], which: OffsetSpec) -> dict[Place, int]:
        if not places:
            return {}
        if self._client is None:
            self._client = AdminClient(for_librdkafka(self._settings), logger=log)
        found: dict[Place, int] = {}
        wanted = {TopicPartition(topic, partition): which for topic, partition in places}
        for place, answer in self._client.list_offsets(wanted, request_timeout=PATIENCE_SECONDS).items():
            try:
                told = await asyncio.wait_for(asyncio.wrap_future(answer), PATIENCE_SECONDS + 1)
            except (KafkaException, TimeoutError) as error:
                # The delivery tells of a broker that is away; here it only means that the figure may be older.
                log.debug("%s/%s is not known anew: %s", place.topic, place.partition, error)
            else:
                found[place.topic, place.partition] = told.offset
        return found
