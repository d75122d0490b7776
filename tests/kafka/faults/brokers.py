"""Harm to brokers: killed and back, all away, one that hangs. Mends nothing."""

from __future__ import annotations

import time

from tests.kafka.cluster import Cluster
from tests.kafka.rig import Row, rig


def killed(cluster: Cluster, rounds: int = 3) -> Row:
    """SIGKILL of each broker in turn, away for some seconds, and back; the others go on."""
    with rig(cluster) as run:
        for number in list(cluster.numbers)[:rounds]:
            time.sleep(4)
            cluster.kill(number)
            time.sleep(12)
            cluster.start(number)
            run.fault_over()
            time.sleep(4)
        return run.row(f"SIGKILL of a broker and its return, {rounds} times")


def all_down(cluster: Cluster, seconds: float = 30.0) -> Row:
    """Every broker killed at once and away; the worker ends when its patience does, and is started again."""
    with rig(cluster, retry_seconds=10.0) as run:
        time.sleep(5)
        cluster.kill(*cluster.numbers)
        time.sleep(seconds)
        cluster.start(*cluster.numbers)
        run.fault_over()
        run.worker.wait_ready()
        time.sleep(5)
        return run.row(f"all brokers down for {seconds:.0f} s")


def paused(cluster: Cluster, seconds: float = 10.0) -> Row:
    """A broker that hangs (SIGSTOP) for some seconds, each in turn: it is there, and does not answer."""
    with rig(cluster) as run:
        for number in cluster.numbers:
            time.sleep(4)
            with cluster.paused(number):
                time.sleep(seconds)
            run.fault_over()
            time.sleep(4)
        return run.row(f"SIGSTOP of a broker for {seconds:.0f} s, each in turn")
