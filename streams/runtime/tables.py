"""The identity table and the states built from it, one per partition and shard. Knows bytes and keys, no news.

The table is the durable image: key ``<partition>/<shard>/<state key>``, value the entry's JSON, or that of a story
kept beside its entry for minutes. The state (index and maps) lives in memory, is built from the table at the end of
recovery, and dropped when its partition goes elsewhere.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Generator, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, TypeVar

from streams import identity
from streams.agents.ports import Output, ReadStory, Write
from streams.contracts import codec
from streams.errors import StateTrouble
from streams.identity import IdentitySettings, IdentityState, Kept, Numbered, entry_key
from streams.metrics import Metrics
from streams.runtime.durable import DurableTable
from streams.runtime.producing import Offsets, Producing
from streams.runtime.shardstore import ShardStore

T = TypeVar("T")

log = logging.getLogger(__name__)
GIVE_WAY_SECONDS = 0.05
"""How long states are built at a stretch: health is answered in between, and a rebalance is heard of."""


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
        self.building = False
        """Whether states are being built, before copy is read."""
        self.steps = 0
        """Grows while they are: who looks on sees that it goes on."""

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
            states[shard] = self._empty(partition, shard)
        return states[shard]

    def shards(self, partition: int) -> Sequence[str]:
        """Return the shards that *partition* holds anything of, in order."""
        return sorted(self._partition(partition))

    def states(self, partition: int) -> Sequence[IdentityState]:
        """Return the states of every shard in *partition*."""
        return list(self._partition(partition).values())

    def _partition(self, partition: int) -> dict[str, IdentityState]:
        if partition not in self._states:
            made: dict[int, dict[str, IdentityState]] = {partition: {}}
            for _ in self._building(made):
                pass
            self._states.update(made)
        return self._states[partition]

    async def build(self, partitions: Collection[int], ours: Callable[[], bool] = lambda: True) -> None:
        """Build the states of *partitions* from the table, giving way to other tasks; none once *ours* says no.

        Raises :class:`StateTrouble` when the table cannot be read.
        """
        began = since = perf_counter()
        made: dict[int, dict[str, IdentityState]] = {partition: {} for partition in partitions}
        self.building = True
        try:
            for _ in self._building(made):
                if perf_counter() - since > GIVE_WAY_SECONDS:
                    self.steps += 1
                    await asyncio.sleep(0)
                    if not ours():
                        return
                    since = perf_counter()
        finally:
            self.building = False
        self._states.update(made)
        if count := sum(len(state.rows) for states in made.values() for state in states.values()):
            log.info("states of %s entries built in %.2f s", count, perf_counter() - began)

    def _building(self, made: dict[int, dict[str, IdentityState]]) -> Iterator[None]:
        """Fill *made*, whose keys are the partitions, an entry at a step."""
        known: dict[tuple[int, str], list[tuple[int, str]]] = {}
        unsettled: dict[tuple[int, str], set[str]] = {}
        try:
            for key, value in self.table.entries():
                first, shard, name = key.decode().split("/", 2)
                partition = int(first)
                if partition not in made:
                    continue
                published = entry_key(name)
                if published is None:
                    known.setdefault((partition, shard), []).append((codec.decode(value, Numbered).sequence, name))
                else:
                    unsettled.setdefault((partition, shard), set()).add(published)
                yield
        except Exception as error:
            raise unreadable(error) from error
        for (partition, shard), entries in known.items():
            state = made[partition][shard] = self._empty(partition, shard)
            yield from state.loading(entries, unsettled.get((partition, shard), ()))

    def _empty(self, partition: int, shard: str) -> IdentityState:
        return IdentityState(self._settings, ShardStore(self.read, f"{partition}/{shard}/"))

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
