"""The one list of faults: name, what runs it in full, and what shows the same in short. Runs nothing by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tests.kafka.cluster import Cluster
from tests.kafka.faults import brokers, records, state, workers
from tests.kafka.rig import Row

Run = Callable[[Cluster], Row]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. ``short`` is what ``make test-kafka`` runs of it, None for nothing; ``must_fail``: a control;
    ``harms``: it harms brokers, which must be ours."""

    name: str
    run: Run
    short: Run | None = None
    must_fail: bool = False
    harms: bool = False


FAULTS = (
    Fault("worker-killed", workers.killed, partial(workers.killed, rounds=3)),
    Fault("worker-killed-memory", partial(workers.killed, rounds=8, seed=21, store="memory")),
    Fault("worker-killed-sending", workers.killed_while_sending),
    Fault("worker-terminated", workers.terminated),
    Fault("second-worker", workers.joined),
    Fault("broker-killed", brokers.killed, partial(brokers.killed, rounds=1), harms=True),
    Fault("brokers-down", brokers.all_down, harms=True),
    Fault("broker-paused", brokers.paused, harms=True),
    Fault("too-large", records.too_large),
    Fault("topic-missing", records.topic_missing),
    Fault("changelog-lost", state.changelog_lost),
    Fault("directory-damaged", state.corrupted),
    Fault("disk-full", state.disk_full),
    Fault("clock-steps", state.clock_steps),
    Fault("flood", records.flood),
    Fault("slow-reader", records.slow_reader),
    Fault(
        "unsafe",
        partial(workers.killed_while_sending, rounds=3, safe=False),
        partial(workers.killed_while_sending, rounds=2, safe=False),
        must_fail=True,
    ),
)
