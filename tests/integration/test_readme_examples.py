"""What the README tells a reader to type does what it says: the subscriber in Python, over a live wire."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from streams.contracts import topics
from streams.contracts.story import Origin, RawMessage
from tests.examples import ROOT, example, shown
from tests.integration.conftest import Wire

# The embedded broker lets a group wait for half of the client's limits; Kafka's is asked for no such patience.
PATIENCE = (
    "import kafka\nkafka.KafkaConsumer.DEFAULT_CONFIG.update(max_poll_interval_ms=6000, session_timeout_ms=6000)\n"
)
LINES = [
    "new 1 Ferry sinks off Zanzibar, at least nine dead: police",
    "update 2 Toll in Zanzibar ferry sinking rises to 14",
]


@pytest.mark.broker
def test_the_subscriber_in_python_prints_what_is_published(wire: Wire, tmp_path: Path) -> None:
    for name in ("alert", "lead"):
        body = (ROOT / "docs" / "example" / f"{name}.txt").read_bytes()
        wire.feed(RawMessage(body, Origin(name), source="afp"))
    wire.wait(topics.desk_topic("africa").name, 2)
    code = PATIENCE + example("python", wire.stage.settings.broker)
    assert shown([sys.executable, "-u", "-c", code], 2, 120.0, tmp_path) == LINES
