"""The durable table of Faust's: its changelog goes first, and what is made of it comes before copy. Knows no states."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from functools import cached_property
from itertools import chain
from typing import Any, cast

import faust
from faust.stores.memory import Store as MemoryStore
from faust.types import TP

from streams.errors import NewswireError

log = logging.getLogger(__name__)


class DurableTable(faust.Table[bytes, bytes]):
    """A Faust table whose changelog is sent by us, before the table is written.

    Faust writes the table first, and sends through a buffer whose flush before a commit gives up after 100 ms. A worker
    that was killed in between found what it had on its disk, took its input for done, and the changelog never had it.
    ``recovered`` is called with the partitions once they are read back, and with what says whether they are still ours;
    copy is read when it has ended.
    """

    recovered: Callable[[Collection[int], Callable[[], bool]], Awaitable[None]]

    async def on_recovery_completed(self, active_tps: set[TP], standby_tps: set[TP]) -> None:
        """End recovery with what is made of the table; that it fails ends the worker."""
        await super().on_recovery_completed(active_tps, standby_tps)
        rebalances = self.app.rebalancing_count
        try:
            await self.recovered({tp.partition for tp in active_tps}, lambda: self.app.rebalancing_count == rebalances)
        except Exception as error:
            # Faust would only say that nobody took the exception, and wait for ever for a recovery to end.
            log.critical("stopping: %s", error, exc_info=None if isinstance(error, NewswireError) else error)
            await self.app.crash(error)

    def entries(self) -> Iterable[tuple[bytes, bytes]]:
        """What the table holds of our partitions, to be read bit by bit while others' (standbys) are written."""
        data: Any = self.data
        if isinstance(data, MemoryStore):
            return list(self.items())
        return chain.from_iterable(map(data._visible_items, list(data._dbs_for_actives())))

    def apply_changelog_batch(self, batch: Iterable[Any]) -> None:
        """Write what was read back to the store: events of a record each, or of a batch of them, in their order."""
        changes: list[Any] = []
        for event in batch:
            message = event.message
            if isinstance(message.value, list):
                changes += [_Change(message.tp, record) for record in message.value]
            else:
                changes.append(event)
        super().apply_changelog_batch(changes)

    def on_key_set(self, key: bytes, value: bytes) -> None:
        """Do nothing: the changelog has it already, no key has a time to live, and no sensor counts tables."""

    def on_key_del(self, key: bytes) -> None:
        """Do nothing; see :meth:`on_key_set`."""

    @cached_property
    def changelog_name(self) -> str:
        """The topic of the changelog."""
        return str(self.changelog_topic.get_topic_name())

    def reached(self, offsets: Mapping[tuple[str, int], int]) -> None:
        """Remember how far the table holds what the changelog does: the next recovery begins there.

        A store on disk keeps that itself; of one in memory Faust's recovery does, as long as the partition stays here.
        """
        recovery = cast(Any, self.app.tables).recovery
        for (topic, partition), offset in offsets.items():
            tp = TP(topic, partition)
            self.data.set_persisted_offset(tp, offset)
            if tp in recovery.active_tps and not recovery.in_recovery:
                recovery.active_offsets[tp] = max(offset, recovery.active_offsets[tp] or 0)


class _Change:
    """One record of a changelog, as the stores read an event."""

    __slots__ = ("key", "offset", "partition", "tp", "value")

    def __init__(self, tp: TP, record: Any) -> None:
        self.tp = tp
        self.partition = tp.partition
        self.offset: int = record.offset
        self.key: bytes = record.key
        self.value: bytes | None = record.value

    @property
    def message(self) -> _Change:
        """The stores ask some of it of the event, some of its message."""
        return self
