"""Who else carried a story: copies folded onto it, that move nothing and ring no bell."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from streams.contracts import codec
from streams.desk import reading
from streams.desk.copies import MOST_COPIES, Copy, copy_of, gathered
from streams.desk.families import summary
from streams.desk.following import received_of
from streams.desk.hub import Hub, Received
from streams.desk.window import MOST_WAITING, Window, read
from streams.errors import Rejected
from streams.feeds.subscribing import Consumed
from tests.unit.desk.desk_support import arrival, record


def duplicate(outlet: str | None, raw: str, method: str = "near-text", **more: Any) -> dict[str, Any]:
    """A copy of version 1 of urn:a, sent by *outlet* (None: by the agency itself) as the raw message *raw*."""
    sources = [{"name": "AFP", "role": "agency"}]
    if outlet:
        sources.append({"name": outlet, "role": "distributor"})
    return record(
        **{
            "uri": f"urn:{raw}",
            "story": "A",
            "relation": "duplicate",
            "of": {"uri": "urn:a", "version": "1", "similarity": 0.91, "method": method},
            "item_infoSources": sources,
            "provenance": {
                "source": outlet or "afp",
                "input": raw,
                "sha256": raw * 2,
                "copies": {"source": "afp", "input": "raw/0/1", "sha256": "00"},
            },
            **more,
        }
    )


def copy(seen: int, *given: Any, **more: Any) -> Copy:
    return copy_of(duplicate(*given, **more), seen)


def test_an_entry_says_who_else_carried_it_and_stays_where_it_is() -> None:
    window = Window(10)
    window.take(arrival(1, "urn:a", "1", "A"))
    window.take(arrival(2, "urn:b", "1", "B"))
    for one in (copy(3, "gazette", "x"), copy(4, "gazette", "y"), copy(5, "herald", "z", "killed"), copy(6, None, "w")):
        assert window.carry(one) is not None
    family = window.family("A")
    assert family is not None
    told = summary(family)
    assert told["carried"] == [
        {"outlet": "gazette", "times": 2, "seen": 3, "after_kill": False},
        {"outlet": "herald", "times": 1, "seen": 5, "after_kill": True},
    ]
    assert told["again"] == 1, "the agency itself is no other outlet"
    assert [f.story for f in window.newest_first()] == ["B", "A"]
    assert window.carry(copy(9, "gazette", "x")) is None, "a record read again is still one"


def test_a_copy_waits_for_its_story_and_moves_over_with_it() -> None:
    window = Window(10)
    for _ in "twice":
        assert window.carry(copy(1, "gazette", "x")) is None
    window.take(arrival(2, "urn:a", "1", "A"))
    window.take(arrival(3, "urn:parent", "1", "P"))
    moved = window.take(arrival(4, "urn:a", "2", "P", "update"))
    assert moved is not None
    assert [one.outlet for one in moved.family.copies] == ["gazette"]
    assert window.carry(copy(5, "herald", "y")) is not None, "the id that the story had leads to it"


def test_copies_of_what_is_not_here_are_bounded() -> None:
    window = Window(10)
    for number in range(MOST_WAITING + 5):
        of = {"uri": f"urn:{number}", "version": "1", "similarity": 1.0, "method": "bytes"}
        window.carry(copy(number, "gazette", str(number), story=f"S{number}", of=of))
    assert len(window._waiting) == MOST_WAITING


def test_an_agency_that_sends_again_and_again_pushes_no_outlet_out() -> None:
    kept = gathered([copy(0, "gazette", "x"), *(copy(n, None, f"again {n}") for n in range(1, 3 * MOST_COPIES))])
    assert len(kept) == MOST_COPIES
    assert kept[0].outlet == "gazette"


def test_a_version_that_came_through_an_outlet_names_it() -> None:
    window = Window(10)
    sources = [{"name": "AFP", "role": "agency"}, {"name": "gazette", "role": "distributor"}]
    moved = window.take(arrival(1, "urn:a", "1", "A", item_infoSources=sources))
    assert moved is not None
    told = summary(moved.family)
    assert told["versions"][0]["outlet"] == "gazette"
    assert [one["outlet"] for one in told["carried"]] == ["gazette"]


def test_a_copy_rings_no_bell_but_after_a_kill() -> None:
    async def run() -> list[dict[str, Any]]:
        hub = Hub(10, "r")
        hub.take([Received(arrival(1, "urn:a", "1", "A", kind="alert"), None)])
        listening = hub.listen("r-1")
        assert listening is not None
        hub.take([Received(copy(2, "gazette", "x"), None), Received(copy(3, "herald", "y", "killed"), None)])
        assert json.loads(hub.health(4))["agencies"][0]["hour"] == 1, "a copy is no story of the agency's"
        frames = (await listening.next() or b"").decode().split("\n\n")
        return [json.loads(frame.rpartition("data: ")[2]) for frame in frames if frame]

    first, second = asyncio.run(run())
    assert (first["relation"], first["pin"], first["after_kill"]) == ("duplicate", None, None)
    assert first["family"]["pin"] == "alert", "the alert stays where it is"
    assert second["after_kill"] == "herald"


def test_the_story_tells_where_both_come_from_and_whom_an_outlet_copied() -> None:
    window = Window(10)
    moved = window.take(arrival(1, "urn:a", "1", "A"))
    assert moved is not None
    window.carry(copy(2, "gazette", "x", item_headlines=[{"value": "Lamps!"}], headline="Lamps!"))
    of = {"uri": "urn:x", "version": "1", "similarity": 0.7, "method": "near-text"}
    window.carry(copy(3, "herald", "y", of=of))
    family = window.family("A")
    assert family is not None
    direct, second_hand = json.loads(codec.encode(reading.story(family, window.record)))["copies"]
    assert (direct["came"]["input"], direct["original"]["input"], direct["of"]) == ("x", "raw/0/1", 1)
    assert (second_hand["of"], second_hand["through"]) == (None, "gazette")


def test_copies_come_from_their_topic_and_broken_ones_are_passed_over(caplog: Any) -> None:
    def consumed(value: bytes) -> Consumed:
        return Consumed("wire.duplicates.v1", 0, 7, 100.0, 100.2, None, value, [])

    received = received_of(consumed(codec.encode(duplicate("gazette", "x"))))
    assert received is not None
    assert isinstance(received.arrival, Copy)
    assert received.delay is None
    assert received_of(consumed(codec.encode({"relation": "duplicate", "item": {}}))) is None
    assert "wire.duplicates.v1/0/7" in caplog.text
    with pytest.raises(Rejected):
        read(codec.encode(duplicate("gazette", "x", item_infoSources=[7])), 1)
