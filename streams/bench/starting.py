"""Times starts from cold: the command line, the first story of ``newswire process``, a worker on an empty wire."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from streams.bench.backlog import running
from streams.bench.ground import fresh
from streams.bench.sides import wire
from streams.config import Settings
from streams.errors import NewswireError
from streams.feeds.generating import text

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Starts:
    """Medians of three, in seconds from a process's start.

    ``version``: until ``newswire version`` has ended; ``process``: until ``newswire process`` of one story has, tables
    and gazetteer loaded; ``ready``: until a worker says that it is, joined and recovered, None without a broker.
    """

    version: float
    process: float
    ready: float | None


def run(settings: Settings, with_worker: bool, broker: str | None) -> Starts:
    """Return the times; *broker* as for :func:`streams.bench.ground.fresh`."""
    with TemporaryDirectory(prefix="newswire-bench-") as folder:
        story = Path(folder) / "story.txt"
        story.write_text(text(1), "utf-8")
        version = median(_command(["version"]) for _ in range(ROUNDS))
        process = median(_command(["process", str(story)]) for _ in range(ROUNDS))
    ready = median(_worker(settings, broker) for _ in range(ROUNDS)) if with_worker else None
    return Starts(version, process, ready)


def _command(arguments: Sequence[str]) -> float:
    began = time.perf_counter()
    ended = subprocess.run(  # noqa: S603 - this very program
        [sys.executable, "-m", "streams.cli", *arguments], stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    if ended.returncode:
        raise NewswireError(f"newswire {arguments[0]} ended with {ended.returncode}:\n{ended.stderr.decode()}")
    return time.perf_counter() - began


def _worker(settings: Settings, broker: str | None) -> float:
    with fresh(settings, broker) as (own, folder):
        began = time.perf_counter()
        with running(wire().process(own, folder)) as worker:
            worker.wait_ready()
            return time.perf_counter() - began
