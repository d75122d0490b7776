"""Times the hop alone: raw bytes from one topic to another, Faust's own way against batches, turn about. No news.

The records are in the topic before anyone reads; each turn is a process of its own in a group of its own. Say what
broker it was: the embedded one is slower than the batches, so that the ratio over it is a lower bound.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import median

from kafka import KafkaAdminClient, KafkaProducer
from kafka.admin import NewTopic
from kafka.errors import KafkaError

from streams import config
from streams.bench.hop_worker import IN, OUT, WAYS, Through
from streams.config import Settings
from streams.contracts import codec
from streams.errors import BrokerTrouble, NewswireError
from streams.runtime.credentials import for_kafka_python
from streams.runtime.embedded import die_with_parent

RECORD_BYTES = 1000
ROUNDS = 3
TURN_SECONDS = 120.0


def fill(settings: Settings, number: int) -> None:
    """Make both topics afresh and put *number* records of a kilobyte into the first, spread over its partitions."""
    try:
        with closing(KafkaAdminClient(**for_kafka_python(settings))) as admin:
            if stale := sorted({IN, OUT} & set(admin.list_topics())):
                admin.delete_topics(stale)
                while {IN, OUT} & set(admin.list_topics()):
                    time.sleep(0.1)
            admin.create_topics([NewTopic(name, settings.partitions, settings.replication) for name in (IN, OUT)])
        with closing(KafkaProducer(**for_kafka_python(settings), acks="all", linger_ms=20)) as producer:
            for count in range(number):
                body = str(count).encode().ljust(RECORD_BYTES, b".")
                producer.send(IN, value=body, partition=count % settings.partitions)
            producer.flush(timeout=60)
    except KafkaError as error:
        raise BrokerTrouble(f"{settings.broker} did not take the records of the hop: {error}") from error


def turn(settings: Settings, way: str, number: int) -> Through:
    """Run one side over all *number* records. Raises :class:`NewswireError` with its last words if it fails."""
    with tempfile.TemporaryDirectory(prefix="newswire-hop-") as folder:
        file = Path(folder) / "through.json"
        group = f"bench-hop-{time.time_ns()}"
        own = replace(settings, app_id=group, data_dir=Path(folder) / "data", metrics_port=0)
        try:
            done = subprocess.run(  # noqa: S603 - this very program
                [sys.executable, "-m", "streams.bench.hop_worker", way, str(number), str(file)],
                env=config.for_child(own),
                capture_output=True,
                timeout=TURN_SECONDS,
                preexec_fn=die_with_parent,
            )
        except subprocess.TimeoutExpired as error:
            raise NewswireError(f"{way}: not through within {TURN_SECONDS:.0f} s") from error
        if not file.exists():
            raise NewswireError(f"{way}: ended early:\n{done.stderr.decode(errors='replace')[-2000:]}")
        return codec.decode(file.read_bytes(), Through)


def run(settings: Settings, number: int, say: Callable[[Through], None], rounds: int = ROUNDS) -> list[Through]:
    """Take turns, *rounds* times through every way; *say* is told of each turn. Returns the medians by rate."""
    fill(settings, number)
    turns: list[Through] = []
    for _ in range(rounds):
        for way in WAYS:
            turns.append(turn(settings, way, number))
            say(turns[-1])
    return [_median([one for one in turns if one.way == way]) for way in WAYS]


def _median(turns: Sequence[Through]) -> Through:
    return replace(turns[0], rate=median(t.rate for t in turns), cpu_us=median(t.cpu_us for t in turns))


def ratios(rows: Sequence[Through]) -> dict[str, float]:
    """Return how many times Faust's own rate batches reach, ``hop``, and by how much they spare the processor."""
    by_way = {row.way: row for row in rows}
    theirs, ours = by_way[WAYS[0]], by_way[WAYS[-1]]
    return {"hop": ours.rate / theirs.rate, "hop_cpu": theirs.cpu_us / ours.cpu_us}
