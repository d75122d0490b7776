"""Hub, vitals and what a browser gets of them."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from streams.contracts import codec
from streams.desk.following import received_of
from streams.desk.hub import Hub, Received
from streams.desk.vitals import MOST_AGENCIES, Vitals
from streams.feeds.subscribing import Consumed
from tests.unit.desk.desk_support import arrival, record


def told(data: bytes) -> list[dict[str, Any]]:
    frames = [
        dict(line.split(": ", 1) for line in frame.splitlines()) for frame in data.decode().split("\n\n") if frame
    ]
    return [{**frame, "data": json.loads(frame["data"])} for frame in frames]


def snapshot(hub: Hub) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(b"".join(hub.snapshot(1000)))
    return value


def test_a_snapshot_and_what_follows_it_leave_no_gap() -> None:
    async def run() -> None:
        hub = Hub(10, "r")
        hub.take([Received(arrival(1, "urn:a", "1", "A"), None)])
        stands = snapshot(hub)
        assert [family["story"] for family in stands["families"]] == ["A"]
        hub.take([Received(arrival(2, "urn:b", "1", "B"), None)])
        listening = hub.listen(stands["at"])
        assert listening is not None
        hub.take([Received(arrival(3, "urn:a", "2", "A", "update"), None)])
        got = told(await listening.next() or b"") + told(await listening.next() or b"")
        assert [frame["data"]["family"]["story"] for frame in got] == ["B", "A"]
        assert got[-1]["id"] == snapshot(hub)["at"]
        assert [family["story"] for family in snapshot(hub)["families"]] == ["A", "B"]
        hub.close()
        assert await listening.next() is None

    asyncio.run(run())


def test_who_cannot_keep_up_is_let_go() -> None:
    async def run() -> None:
        hub = Hub(10, "r")
        listening = hub.listen("r-0")
        assert listening is not None
        for number in range(5001):
            hub.pulse(number)
        assert hub.listeners == 0
        assert await listening.next() is None

    asyncio.run(run())


def test_an_unknown_id_gets_no_stream() -> None:
    assert Hub(10, "r").listen("other-5") is None


def test_what_was_pushed_out_is_gone_from_the_snapshot_and_said_so() -> None:
    async def run() -> None:
        hub = Hub(1, "r")
        listening = hub.listen("r-0")
        assert listening is not None
        hub.take([Received(arrival(n, f"urn:{n}", "1", str(n)), None) for n in (1, 2)])
        assert [frame["data"]["gone"] for frame in told(await listening.next() or b"")] == [[], ["1"]]
        assert [family["story"] for family in snapshot(hub)["families"]] == ["2"]
        assert hub._summaries.keys() == {"2"}, "what is gone takes no memory"

    asyncio.run(run())


def test_feed_health_counts_by_agency() -> None:
    vitals = Vitals()
    hour = 3_600_000
    vitals.note("AFP", 0, None)
    vitals.note("AFP", hour, 100)
    vitals.note("Reuters", hour - 120_000, 300)
    health = vitals.told(hour + 1000, 4, True)
    assert health["agencies"] == [
        {"name": "AFP", "last": hour, "hour": 1},
        {"name": "Reuters", "last": hour - 120_000, "hour": 1},
    ]
    assert (health["minute"], health["delay"], health["behind"], health["reachable"]) == (1, 300, 4, True)
    assert Vitals().told(5, None, False)["delay"] is None


def test_invented_agencies_do_not_grow_the_table() -> None:
    vitals = Vitals()
    for number in range(500):
        vitals.note(f"agency {number}", number, None)
    assert len(vitals.told(500, None, True)["agencies"]) == MOST_AGENCIES + 1


def consumed(value: bytes | None, timestamp: float = 100.0, seen: float = 100.25) -> Consumed:
    return Consumed("wire.stories.v1", 0, 7, timestamp, seen, None, value, [])


def test_a_record_read_at_once_tells_how_late_the_wire_is() -> None:
    value = codec.encode(record(provenance={"arrived": "1970-01-01T00:01:40Z"}))
    received = received_of(consumed(value))
    assert received is not None
    assert received.delay == 250
    assert received.arrival.entry.seen == 100_000
    old = received_of(consumed(value, seen=5000.0))
    assert old is not None
    assert old.delay is None, "one of yesterday says nothing"


def test_what_is_no_record_is_passed_over_with_a_word(caplog: Any) -> None:
    assert received_of(consumed(b"\x00")) is None
    assert received_of(consumed(None)) is None
    assert "wire.stories.v1/0/7" in caplog.text
