"""The states over a table: what is staged is found at once, and a worker that starts has what another had."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from typing import Any

import pytest

from streams import identity
from streams.agents.ports import Output, Write
from streams.contracts.story import NormalisedStory
from streams.errors import StateTrouble
from streams.identity import Outcome
from streams.metrics import Metrics
from streams.runtime.producing import Offsets
from streams.runtime.tables import PartitionStates
from tests.unit.identity.identity_support import make


class Table(dict[bytes, bytes]):
    """What the states ask of Faust's table."""

    def take_unsent(self) -> Sequence[Output]:
        """Nothing is sent here."""
        return ()

    def reached(self, offsets: Offsets) -> None:
        """Nothing is remembered of a changelog that is not there."""


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


def test_what_is_staged_is_read_though_it_is_not_written_yet() -> None:
    table = Table()
    states = over(table)
    send(states, ferry(1), persist=False)
    assert not table
    again = send(states, ferry(1))
    assert again.replayed
    assert again.results[0].story == ferry(1)


class Full(Table):
    """A table on a full disk."""

    def __setitem__(self, key: bytes, value: bytes) -> None:
        raise OSError("no space left on device")


def test_a_table_that_refuses_or_is_not_there_is_trouble() -> None:
    with pytest.raises(StateTrouble, match="no space left"):
        send(over(Full()), ferry(1))
    with pytest.raises(StateTrouble, match="not set up"):
        send(over(None), ferry(1))
