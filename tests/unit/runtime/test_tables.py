"""The states over a table: what is staged is found at once, and a worker that starts has what another had."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from streams import identity, pipeline
from streams.agents.ports import Output, ReadStory, Write
from streams.config import Settings
from streams.contracts import codec
from streams.contracts.story import NormalisedStory
from streams.errors import StateTrouble
from streams.identity import Outcome
from streams.loading import toolbox
from streams.metrics import Metrics
from streams.runtime import tables
from streams.runtime.producing import Offsets
from streams.runtime.tables import PartitionStates
from tests.unit.identity.identity_support import make

TOOLS = toolbox(Settings())


class Table(dict[bytes, bytes]):
    """What the states ask of Faust's table."""

    changelog_name = "wire-identity-changelog"

    def reached(self, offsets: Offsets) -> None:
        """Nothing is remembered of a changelog that is not there."""

    def entries(self) -> list[tuple[bytes, bytes]]:
        """What is in it."""
        return list(self.items())


class Nowhere:
    """What sends no changelog."""

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def send(self, outputs: Sequence[Output]) -> Awaitable[Offsets]:
        done: asyncio.Future[Offsets] = asyncio.get_running_loop().create_future()
        done.set_result({})
        return done


def over(table: Any) -> PartitionStates:
    states = PartitionStates(identity.IdentitySettings(), Metrics())
    states.bind(table, Nowhere())
    return states


def ferry(number: int, more: str = "") -> NormalisedStory:
    body = (
        f"Ferry {number} with {number * 7} aboard ran aground off Velka at dusk and was towed free by two tugs.{more}"
    )
    return make(f"Ferry {number} towed free off Velka", body, minutes=number, key=f"wire/3/{number}")


def send(states: PartitionStates, story: NormalisedStory, partition: int = 3, *, persist: bool = True) -> Outcome:
    outcome = identity.decide(story, states.state(partition, "en"), None)
    writes = states.stage(partition, "en", outcome.writes)
    if persist:
        asyncio.run(persisted(states, writes))
    return outcome


async def persisted(states: PartitionStates, writes: Sequence[Write]) -> None:
    await (await states.persist(writes))


def test_a_worker_that_starts_has_what_the_table_holds() -> None:
    table = Table()
    before = over(table)
    for number in range(1, 21):
        send(before, ferry(number))
    send(before, ferry(40), partition=4)
    after = over(table)
    state = after.state(3, "en")
    assert state.sizes() == before.state(3, "en").sizes()
    assert after.shards(3) == ["en"]
    entry = state.find("wire/3/20#0")
    assert entry is not None
    assert state.story(entry) == ferry(20), "it has not settled, and may be published again"
    again, more = send(after, ferry(7)), ferry(20, "\n\nNobody was hurt, the harbour said.")
    assert again.replayed
    assert send(after, make(more.headline, more.body, minutes=25)).results == (
        send(before, make(more.headline, more.body, minutes=25)).results
    )


def test_states_are_built_before_copy_comes_while_others_are_seen_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "GIVE_WAY_SECONDS", 0.0)
    table = Table()
    before, after = over(table), over(table)
    for number in range(1, 21):
        send(before, ferry(number))
    send(before, ferry(40), partition=4)
    seen: list[bool] = []

    async def run() -> None:
        building = asyncio.ensure_future(after.build({3, 5}))
        while not building.done():
            await asyncio.sleep(0)
            seen.append(after.building)
        await building

    asyncio.run(run())
    assert seen.count(True) > 20, "health is answered meanwhile"
    assert not after.building
    assert after.steps > 20, "and sees that it gets further"
    table.clear()
    assert after.state(3, "en").sizes() == before.state(3, "en").sizes(), "all of it, without another look at the table"
    assert list(after.shards(5)) == []


def test_building_is_given_up_when_the_partitions_go_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "GIVE_WAY_SECONDS", 0.0)
    table = Table()
    for number in range(1, 6):
        send(over(table), ferry(number))
    states = over(table)
    asked: list[int] = []

    def ours() -> bool:
        asked.append(1)
        table.clear()
        return False

    asyncio.run(states.build({3}, ours))
    assert (len(asked), states.building) == (1, False)
    assert list(states.shards(3)) == [], "nothing of it was kept"


def test_what_is_staged_is_read_though_it_is_not_written_yet() -> None:
    table = Table()
    states = over(table)
    send(states, ferry(1), persist=False)
    assert not table
    again = send(states, ferry(1))
    assert again.replayed
    assert again.results[0].story == ferry(1)


def test_the_bytes_that_a_story_was_read_from_are_kept_for_it_and_for_nothing_else() -> None:
    table = Table()
    states = over(table)
    story = ferry(1)
    outcome = identity.decide(story, states.state(3, "en"), None)
    spaced = b" " + codec.encode(story)
    writes = dict(states.stage(3, "en", outcome.writes, ReadStory(story, spaced)))
    kept = {key: value for key, value in writes.items() if value == spaced}
    assert list(kept) == [b"3/en/wire/3/1#0~"], "the story's own, not its entry's"
    assert len(writes) == 2
    asyncio.run(persisted(states, list(writes.items())))
    entry = over(table).state(3, "en").find("wire/3/1#0")
    assert entry is not None
    assert over(table).state(3, "en").story(entry) == story
    assert all(value != spaced for _, value in over(Table()).stage(3, "en", outcome.writes))


class Full(Table):
    """A table on a full disk."""

    def __setitem__(self, key: bytes, value: bytes) -> None:
        raise OSError("no space left on device")


def test_a_table_that_refuses_or_is_not_there_is_trouble() -> None:
    with pytest.raises(StateTrouble, match="no space left"):
        send(over(Full()), ferry(1))
    with pytest.raises(StateTrouble, match="not set up"):
        send(over(None), ferry(1))


class Damaged(Table):
    """A table on a disk that gives some of it back no more."""

    broken = False

    def get(self, key: bytes, default: Any = None) -> Any:
        if self.broken and key in self:
            raise OSError("Corruption: block checksum mismatch")
        return super().get(key, default)

    def items(self) -> Any:
        if self.broken:
            raise OSError("Corruption: block checksum mismatch")
        return super().items()


def test_a_state_that_cannot_be_read_is_the_disks_trouble_and_no_storys() -> None:
    table = Damaged()
    send(over(table), ferry(1))
    states = over(table)
    states.state(3, "en")
    table.broken = True
    with pytest.raises(StateTrouble, match="delete NEWSWIRE_DATA_DIR"):
        pipeline.identify(ferry(1), states.state(3, "en"), None, datetime(2026, 3, 10, tzinfo=UTC), TOOLS)
    with pytest.raises(StateTrouble, match="checksum mismatch"):
        over(table).state(3, "en")
    with pytest.raises(StateTrouble, match="checksum mismatch"):
        asyncio.run(over(table).build({3}))


def test_an_entry_that_is_not_ours_any_more_is_trouble_too() -> None:
    table = Table()
    send(over(table), ferry(1))
    states = over(table)
    states.state(3, "en")
    for key in table:
        table[key] = b"\x00" * 40
    with pytest.raises(StateTrouble):
        pipeline.identify(ferry(1), states.state(3, "en"), None, datetime(2026, 3, 10, tzinfo=UTC), TOOLS)


class Slow(Nowhere):
    """A broker that has not answered yet."""

    def __init__(self) -> None:
        self.sent: list[Output] = []
        self.answer: asyncio.Future[Offsets] | None = None

    async def send(self, outputs: Sequence[Output]) -> Awaitable[Offsets]:
        self.sent += outputs
        self.answer = asyncio.get_running_loop().create_future()
        return self.answer


def test_the_table_is_written_only_when_the_changelog_has_it() -> None:
    """A worker killed in between reads its input again: found in the table, it would be done, and never sent."""

    async def run() -> None:
        table, broker = Table(), Slow()
        states = PartitionStates(identity.IdentitySettings(), Metrics())
        states.bind(table, broker)  # type: ignore[arg-type]
        outcome = identity.decide(ferry(1), states.state(3, "en"), None)
        writing = asyncio.ensure_future(await states.persist(states.stage(3, "en", outcome.writes)))
        await asyncio.sleep(0)
        assert {(o.topic, o.partition) for o in broker.sent} == {("wire-identity-changelog", 3)}
        assert not table
        assert not identity.decide(ferry(1), over(table).state(3, "en"), None).replayed, "what a new worker sees"
        assert broker.answer is not None
        broker.answer.set_result({("wire-identity-changelog", 3): 1})
        await writing
        assert {o.key: o.value for o in broker.sent} == table
        assert identity.decide(ferry(1), over(table).state(3, "en"), None).replayed

    asyncio.run(run())
