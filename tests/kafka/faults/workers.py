"""Harm to workers: killed, told to end, joined by another, left by it. Mends nothing."""

from __future__ import annotations

import random
import sys
import time

from tests.kafka.cluster import Brokers
from tests.kafka.rig import Row, rig

MOST_ROUNDS = 10
UNSAFE = (sys.executable, "-m", "tests.kafka.unsafe_worker")


def killed(cluster: Brokers, rounds: int = 12, seed: int = 11, store: str = "rocksdb") -> Row:
    """SIGKILL at random moments, of every other round while it starts or recovers; a new one is started at once.

    A story is held back by its embargo meanwhile.
    """
    draw = random.Random(seed)
    with rig(cluster, store=store, session_seconds=3.0) as run:
        run.hold(3, 6.0 * rounds)
        for number in range(rounds):
            if number % 2 == 0:
                run.worker.wait_ready()
            time.sleep(draw.uniform(0.5, 6.0))
            run.worker.kill()
            run.fault_over()
            run.audit()
            run.worker.start()
        return run.row(f"SIGKILL of the worker, {rounds} times ({store})")


def terminated(cluster: Brokers, rounds: int = 5, seed: int = 12) -> Row:
    """SIGTERM under load: it drains, commits, ends with status 0 within its grace, and nothing is repeated."""
    draw, took = random.Random(seed), []
    with rig(cluster) as run:
        for _ in range(rounds):
            run.worker.wait_ready()
            time.sleep(draw.uniform(1.0, 3.0))
            status, seconds = run.worker.stop()
            assert status == 0, run.worker.process.last_words(40)
            took.append(seconds)
            run.fault_over()
            run.audit()
            run.worker.start()
        row = run.row(f"SIGTERM of the worker under load, {rounds} times", f"drained in {max(took):.1f} s at most")
        assert row.repeated == 0, "a worker that ends in good order leaves nothing to be done again"
        return row


def joined(cluster: Brokers, rounds: int = 4, seed: int = 13) -> Row:
    """A second worker joins and leaves under load, in good order and killed in turn."""
    draw = random.Random(seed)
    with rig(cluster) as run:
        other = run.another()
        for number in range(rounds):
            other.start()
            other.wait_ready()
            time.sleep(draw.uniform(1.0, 4.0))
            if number % 2:
                other.kill()
            else:
                status, _ = other.stop()
                assert status == 0, other.process.last_words(40)
            run.fault_over()
            time.sleep(draw.uniform(4.0, 8.0))
        run.worker.wait_ready()
        return run.row(f"a second worker joins and leaves, {rounds} times, killed every other time")


def killed_while_sending(cluster: Brokers, rounds: int = 5, seed: int = 14, safe: bool = True) -> Row:
    """SIGKILL with outputs still in the producer: it waits half a second for company. Not *safe*: see the worker.

    The same with :mod:`tests.kafka.unsafe_worker`, which acknowledges before its outputs are durable, must lose some;
    where a kill met nothing that was committed and not sent, up to :data:`MOST_ROUNDS` follow.
    """
    draw = random.Random(seed)
    with rig(cluster, session_seconds=3.0, linger_ms=500, **({} if safe else {"command": UNSAFE})) as run:
        done = 0
        while done < rounds or not (safe or done == MOST_ROUNDS or any("in the state" not in one for one in run.ahead)):
            done += 1
            run.worker.wait_ready()
            time.sleep(draw.uniform(2.0, 5.0))
            run.worker.kill()
            run.fault_over()
            run.audit()
            run.worker.start()
        how = "" if safe else ", **acknowledging before its outputs are durable**"
        return run.row(f"SIGKILL of a worker with half a second of outputs unsent, {done} times{how}")
