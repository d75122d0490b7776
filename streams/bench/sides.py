"""Who is measured over a broker: a worker of the wire, or the peer. How each is run, and where its records come out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from streams.config import Settings
from streams.contracts import topics
from streams.demo.stage import COMMAND, WorkerProcess
from streams.errors import UsageError
from streams.feeds.subscribing import Consumed

PEER_TOPIC = "bench.peer.v1"
PEER_MODULES = ("quixstreams", "ftfy", "datasketch", "flashgeotext")


@dataclass(frozen=True, slots=True)
class Side:
    """One who takes raw stories and gives one record for each, on ``out`` together.

    ``command`` runs it with the settings given; ``arrived`` and ``sent``: when the story of a record was fed, and when
    the record was sent, seconds since the epoch; ``counts``: whether a record is its story's one.
    """

    name: str
    out: tuple[str, ...]
    extra_topics: tuple[str, ...]
    command: Callable[[Settings], Sequence[str]]
    arrived: Callable[[Any], float]
    sent: Callable[[Any, Consumed], float]
    counts: Callable[[Any], bool]

    def process(self, settings: Settings, folder: Path) -> WorkerProcess:
        """Return the process, not started."""
        return WorkerProcess(settings, folder / f"{self.name}.log", self.command(settings))


def _arrived(record: Any) -> float:
    return datetime.fromisoformat(record["provenance"]["arrived"]).timestamp()


def wire() -> Side:
    """Return ours: ``newswire worker``. A story comes out on the topic of stories or on that of duplicates."""
    return Side(
        "newswire",
        (topics.STORIES.name, topics.DUPLICATES.name),
        (),
        lambda settings: COMMAND,
        _arrived,
        lambda record, consumed: consumed.timestamp,
        # A story published again because its parent came late is no second story.
        lambda record: record.get("restates") is None,
    )


def peer() -> Side:
    """Return the peer; see :mod:`streams.bench.peer`. Raises :class:`UsageError` when the extra is not installed."""
    missing = [name for name in PEER_MODULES if find_spec(name) is None]
    if missing:
        raise UsageError(
            f"the peer wants {', '.join(missing)}: pip install 'newswire-streams[bench]' "
            "(in a checkout: pip install -e '.[bench]')"
        )
    return Side(
        "peer",
        (PEER_TOPIC,),
        (PEER_TOPIC,),
        _peer_command,
        lambda record: float(record["arrived"]) / 1000,
        # Quix Streams stamps what it sends with the time of what it read.
        lambda record, consumed: float(record["processed"]) / 1000,
        lambda record: True,
    )


def _peer_command(settings: Settings) -> Sequence[str]:
    places = ("--broker", settings.broker, "--raw", topics.RAW.name, "--out", PEER_TOPIC)
    return (sys.executable, "-m", "streams.bench.peer", *places, "--partitions", str(settings.partitions))
