"""What Prometheus is told of the live page."""

from __future__ import annotations

import asyncio
import math

from streams.desk.hub import Hub, Received
from streams.desk.measuring import scraped
from streams.metrics import METRICS
from tests.unit.desk.desk_support import arrival, samples


def test_pages_are_counted_by_how_they_came_and_what_they_were_sent() -> None:
    async def run() -> None:
        hub = Hub(10, "r")
        hub.take([Received(arrival(1_700_000_000_000, "urn:a", "1", "A"), None)])
        first = hub.listen("r-1")
        assert first is not None
        hub.take([Received(arrival(1_700_000_001_500, "urn:b", "1", "B"), None)])
        hub.pulse(0)
        told = samples(scraped(hub).decode())
        assert told["newswire_desk_viewers"] == 1
        assert told["newswire_desk_entries"] == 2
        assert told["newswire_desk_last_story_timestamp_seconds"] == 1_700_000_001.5
        assert told['newswire_desk_events_total{kind="story"}'] == 1
        assert told['newswire_desk_events_total{kind="health"}'] == 1
        assert told['newswire_desk_connections_total{how="opened"}'] == 1
        assert told['newswire_desk_connections_total{how="resumed"}'] == 0, "there before it happens"
        hub.leave(first)
        assert hub.listen("r-0", again=True) is not None
        assert hub.listen("earlier-7", again=True) is None
        told = samples(scraped(hub).decode())
        assert told['newswire_desk_connections_total{how="resumed"}'] == 1
        assert told['newswire_desk_connections_total{how="gap"}'] == 1
        assert told['newswire_desk_events_total{kind="story"}'] == 3, "what was missed is sent too"

    asyncio.run(run())


def test_what_is_not_known_is_no_figure() -> None:
    hub = Hub(10, "r")
    assert math.isnan(samples(scraped(hub).decode())["newswire_desk_behind_records"])
    hub.behind = 7
    assert samples(scraped(hub).decode())["newswire_desk_behind_records"] == 7
    hub.reachable = False
    assert math.isnan(samples(scraped(hub).decode())["newswire_desk_behind_records"])
    assert samples(scraped(hub).decode())["newswire_desk_last_story_timestamp_seconds"] == 0


def test_the_desk_tells_of_itself_alone() -> None:
    told = {name.partition("{")[0] for name in samples(scraped(Hub(10, "r")).decode())}
    ours = {metric.name + ("_total" if metric.kind == "counter" else "") for metric in METRICS if "desk" in metric.of}
    assert {name for name in told if not name.endswith("_created")} == ours
