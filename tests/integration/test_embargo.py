"""An embargoed story is held in state, survives a restart, and is released on time."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from streams.contracts import codec, topics
from streams.contracts.story import Origin, RawMessage
from streams.feeds import generating
from tests.integration.conftest import StartWire

SPANS = (20, 60, 150)
"""Seconds that an embargo is to last, one after the other until a worker was started again before it ended."""
LATE_SECONDS = 20.0


def _embargoed(number: int, until: datetime) -> RawMessage:
    headline, *paragraphs, _ = generating.text(5950 + number, 120).strip().split("\n\n")
    item = {
        "uri": f"urn:example:embargoed-{number}",
        "type": "text",
        "version": "1",
        "language": "en",
        "headlines": [{"value": headline}],
        "bodies": [{"contentType": "text/plain", "value": "\n\n".join(paragraphs)}],
        "embargoedUntil": until.isoformat(),
    }
    return RawMessage(codec.encode(item), Origin("test"), source="afp", content_type="application/json")


@pytest.mark.broker
@pytest.mark.parametrize("store", ["memory", "rocksdb"])
def test_held_through_a_restart_and_released_on_time(start_wire: StartWire, store: str) -> None:
    wire = start_wire(store=store)
    for number, span in enumerate(SPANS):
        until = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=span)
        wire.feed(_embargoed(number, until))
        while wire.stage.worker.metrics().get("newswire_held_stories", 0) < 1 and datetime.now(UTC) < until:
            time.sleep(0.2)
        assert wire.stage.worker.stop() == 0
        wire.stage.worker.start()
        wire.stage.worker.wait_ready()
        if datetime.now(UTC) < until:
            break
    else:
        pytest.fail(f"not held and started again within {SPANS[-1]} s")
    wire.wait(topics.STORIES.name, number + 1)
    time.sleep(1.5)
    published = [(one.timestamp, codec.loads(one.value or b"")["item"]) for one in wire.read(topics.STORIES.name)]
    [(at, item)] = [one for one in published if one[1]["uri"] == f"urn:example:embargoed-{number}"]
    late = at - until.timestamp()
    assert 0 <= late < LATE_SECONDS, f"released {late:.1f} s after the embargo"
    assert item["version"] == "1"
