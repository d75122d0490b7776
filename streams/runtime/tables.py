"""The identity table and the states built from it, one per partition and shard. Knows bytes and keys, no news.

The table is the durable image: key ``<partition>/<shard>/<state key>``, value the entry's JSON, or that of a story
kept beside its entry for minutes. The state (index and maps) lives in memory, is built from the table after recovery,
and dropped when its partition goes elsewhere.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Generator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from time import perf_counter
from types import SimpleNamespace
from typing import Any, TypeVar

import faust
from faust.types import TP

from streams import identity
from streams.agents.ports import Output, ReadStory, Write
from streams.contracts import codec
from streams.contracts.story import NormalisedStory
from streams.errors import StateTrouble
from streams.identity import Entry, Filed, IdentitySettings, IdentityState, Kept, Numbered, entry_key
from streams.metrics import Metrics
from streams.runtime.producing import Offsets, Producing

T = TypeVar("T")

log = logging.getLogger(__name__)


class DurableTable(faust.Table[bytes, bytes]):
    """A Faust table whose changelog is sent by us, before the table is written.

    Faust writes the table first, and sends through a buffer whose flush before a commit gives up after 100 ms. A worker
    that was killed in between found what it had on its disk, took its input for done, and the changelog never had it.
    """

    def send_changelog(self, partition: int | None, key: Any, value: Any, *args: Any, **kwargs: Any) -> Any:
        """Send nothing, for the changelog has it already; return what Faust asks of a future message, its partition."""
        return SimpleNamespace(message=SimpleNamespace(partition=partition))

    @cached_property
    def changelog_name(self) -> str:
        """The topic of the changelog."""
        return str(self.changelog_topic.get_topic_name())

    def reached(self, offsets: Mapping[tuple[str, int], int]) -> None:
        """Remember how far the changelog on the broker holds what is on this disk: recovery begins there."""
        for (topic, partition), offset in offsets.items():
            self.data.set_persisted_offset(TP(topic, partition), offset)


class PartitionStates:
    """The identity states of this worker's partitions; see :class:`streams.agents.ports.States`."""

    def __init__(self, settings: IdentitySettings, metrics: Metrics) -> None:
        self._settings = settings
        self._metrics = metrics
        self._table: DurableTable | None = None
        self._producing: Producing | None = None
        self._states: dict[int, dict[str, IdentityState]] = {}
        self._staged: dict[bytes, tuple[Kept | None, bytes | None]] = {}
        self._parts: set[str] = set()

    def bind(self, table: DurableTable, producing: Producing) -> None:
        """Use *table*, its changelog sent by *producing*; the app makes both after the settings are known."""
        self._table = table
        self._producing = producing

    @property
    def producing(self) -> Producing:
        """What sends the changelog. Raises :class:`StateTrouble` before :meth:`bind`."""
        if self._producing is None:
            raise StateTrouble("the identity table is not set up yet")
        return self._producing

    @property
    def table(self) -> DurableTable:
        """The table. Raises :class:`StateTrouble` before :meth:`bind`."""
        if self._table is None:
            raise StateTrouble("the identity table is not set up yet")
        return self._table

    def state(self, partition: int, shard: str) -> IdentityState:
        """Return the state of *shard* in *partition*, building the partition's from the table on first use."""
        states = self._partition(partition)
        if shard not in states:
            states[shard] = IdentityState(self._settings, _Reader(self, f"{partition}/{shard}/"))
        return states[shard]

    def shards(self, partition: int) -> Sequence[str]:
        """Return the shards that *partition* holds anything of, in order."""
        return sorted(self._partition(partition))

    def states(self, partition: int) -> Sequence[IdentityState]:
        """Return the states of every shard in *partition*."""
        return list(self._partition(partition).values())

    def _partition(self, partition: int) -> dict[str, IdentityState]:
        if partition in self._states:
            return self._states[partition]
        began = perf_counter()
        known: dict[str, list[tuple[int, str]]] = {}
        unsettled: dict[str, set[str]] = {}
        prefix = f"{partition}/".encode()
        try:
            for key, value in self.table.items():
                if key.startswith(prefix):
                    shard, name = key[len(prefix) :].decode().split("/", 1)
                    published = entry_key(name)
                    if published is None:
                        known.setdefault(shard, []).append((codec.decode(value, Numbered).sequence, name))
                    else:
                        unsettled.setdefault(shard, set()).add(published)
        except Exception as error:
            raise unreadable(error) from error
        states = self._states[partition] = {}
        for shard, entries in known.items():
            self.state(partition, shard).load(entries, unsettled.get(shard, ()))
        if known:
            count = sum(map(len, known.values()))
            log.info("partition %s: state of %s entries built in %.2f s", partition, count, perf_counter() - began)
        return states

    def drop(self) -> None:
        """Forget every state: partitions may move to another worker, and are loaded again if they stay."""
        self._states.clear()
        self._staged.clear()

    def stage(
        self, partition: int, shard: str, writes: Sequence[identity.Write], read: ReadStory | None = None
    ) -> Sequence[Write]:
        """Make *writes* readable before they are persisted; see :class:`streams.agents.ports.States`."""
        prefix = f"{partition}/{shard}/"
        keyed: list[Write] = []
        for name, kept in writes:
            key = (prefix + name).encode()
            if kept is None:
                value = None
            elif read is not None and kept is read.story:
                value = read.value
            else:
                value = codec.encode(kept)
            self._staged[key] = kept, value
            keyed.append((key, value))
        return keyed

    async def persist(self, writes: Sequence[Write]) -> Awaitable[object]:
        """Send *writes* to the changelog; return what to await, in order, until they are durable and in the table.

        Must be awaited in the context of an event of the writes' partition, as Faust's tables ask.
        """
        name = self.table.changelog_name
        sent = await self.producing.send(
            [Output(name, key, value, [], int(key.split(b"/", 1)[0])) for key, value in writes]
        )
        return _Written(self, writes, sent)

    async def write(self, writes: Sequence[Write], sent: Awaitable[Offsets]) -> None:
        """Write to the table what the changelog has taken; until then it is read as it was staged."""
        offsets = await sent
        table = self.table
        try:
            for key, value in writes:
                if value is not None:
                    table[key] = value
                elif key in table:
                    del table[key]
                if self._staged.get(key, _ABSENT)[1] is value:
                    del self._staged[key]
        except Exception as error:
            raise StateTrouble(f"the state store refused a write ({type(error).__name__}: {error})") from error
        table.reached(offsets)

    def read(self, key: str, kind: type[T]) -> T | Kept | None:
        """Return what is under *key* in the table: as it was staged, else decoded as *kind*.

        Raises :class:`StateTrouble` when it cannot be read: the fault is the disk's, not the story's that asked.
        """
        raw = key.encode()
        staged = self._staged.get(raw)
        if staged is not None:
            return staged[0]
        try:
            value = self.table.get(raw)
            return None if value is None else codec.decode(value, kind)
        except Exception as error:
            raise unreadable(error) from error

    def measure(self) -> None:
        """Set the size gauges."""
        totals: dict[str, int] = dict.fromkeys(self._parts, 0)
        for states in self._states.values():
            for state in states.values():
                for part, size in state.sizes().items():
                    totals[part] = totals.get(part, 0) + size
        self._parts = set(totals)
        for part, size in totals.items():
            self._metrics.gauge("newswire_index_entries", part=part).set(size)
        self._metrics.gauge("newswire_held_stories").set(totals.get("held", 0))
        self._metrics.gauge("newswire_table_entries", table="identity").set(totals.get("entries", 0))


@dataclass(frozen=True, slots=True)
class _Written:
    """Awaits :meth:`PartitionStates.write`, which begins when this is awaited and not before."""

    states: PartitionStates
    writes: Sequence[Write]
    sent: Awaitable[Offsets]

    def __await__(self) -> Generator[Any, None, None]:
        return self.states.write(self.writes, self.sent).__await__()


def unreadable(error: BaseException) -> StateTrouble:
    """Return what to raise, or say, when the state store fails with *error*."""
    return StateTrouble(
        f"the state cannot be read ({type(error).__name__}: {error}): if its directory is damaged, stop the worker, "
        "delete NEWSWIRE_DATA_DIR and start again; it is read back from the changelog"
    )


_ABSENT: tuple[None, object] = (None, object())


class _Reader:
    """The store of one shard as the identity state reads it."""

    def __init__(self, states: PartitionStates, prefix: str) -> None:
        self._read = states.read
        self._prefix = prefix

    def get(self, key: str) -> Entry | None:
        """Return the entry under *key*, None if there is none."""
        kept = self._read(self._prefix + key, Entry)
        return kept if isinstance(kept, Entry) else None

    def filed(self, key: str) -> Entry | Filed | None:
        """Return what the index needs of the entry under *key*, None if there is none."""
        kept = self._read(self._prefix + key, Filed)
        return kept if isinstance(kept, Entry | Filed) else None

    def story(self, key: str) -> NormalisedStory | None:
        """Return the story kept under *key*, None if there is none."""
        kept = self._read(self._prefix + key, NormalisedStory)
        return kept if isinstance(kept, NormalisedStory) else None
