"""An embargoed story is held in state, survives a restart, and is released on time."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from streams.contracts import codec, topics
from streams.contracts.story import Origin, RawMessage
from tests.integration.conftest import StartWire


def _embargoed(until: datetime) -> RawMessage:
    item = {
        "uri": "urn:example:harbour-study",
        "type": "text",
        "version": "1",
        "language": "en",
        "headlines": [{"value": "Harbour seals recover along the northern coast, study finds"}],
        "bodies": [
            {
                "contentType": "text/plain",
                "value": "OSLO, March 10 (AFP) - Seal colonies along the northern coast of Norway have doubled in ten "
                "years, researchers said in a study on Tuesday.\n\nThe team counted pups on ninety skerries.",
            }
        ],
        "embargoedUntil": until.isoformat(),
    }
    return RawMessage(codec.encode(item), Origin("test"), source="afp", content_type="application/json")


@pytest.mark.broker
@pytest.mark.parametrize("store", ["memory", "rocksdb"])
def test_held_through_a_restart_and_released_on_time(start_wire: StartWire, store: str) -> None:
    wire = start_wire(store=store)
    until = datetime.now(UTC) + timedelta(seconds=28)
    wire.feed(_embargoed(until))
    deadline = time.monotonic() + 15
    while wire.stage.worker.metrics().get("newswire_held_stories", 0) < 1:
        assert time.monotonic() < deadline, "never held"
        time.sleep(0.2)
    assert wire.stage.worker.stop() == 0
    wire.stage.worker.start()
    wire.stage.worker.wait_ready()
    assert datetime.now(UTC) < until, "the restart took too long to tell"
    assert not wire.read(topics.STORIES.name, quiet=0.5), "published before its time"
    [released] = wire.wait(topics.STORIES.name, 1)
    late = released.timestamp - until.timestamp()
    assert 0 <= late < 5, f"released {late:.1f} s after the embargo"
    record = codec.loads(released.value or b"")
    assert record["item"]["uri"] == "urn:example:harbour-study"
    assert record["item"]["version"] == "1"
    time.sleep(1.5)
    assert len(wire.read(topics.STORIES.name, quiet=1.0)) == 1, "released once"
