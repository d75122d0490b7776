"""A KRaft cluster of Apache Kafka on loopback: brokers started, stopped, killed, paused by pid. Knows no news.

Every broker is a controller too, so that losing one is losing a vote: three bear the loss of one. Data live in a
folder of the caller's; a broker started again finds its own.
"""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from streams.runtime.embedded import die_with_parent
from streams.runtime.ports import free_port
from tests.kafka.artefacts import jars, java

HOST = "127.0.0.1"
START_SECONDS = 150.0
STOP_SECONDS = 30.0
CLUSTER_ID = "bmV3c3dpcmUtdGVzdHMtMQ"
"""22 characters of base64, as Kafka wants a cluster's id."""
_JVM = (
    "-Xmx256m", "-Xms96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Djava.awt.headless=true",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Dorg.slf4j.simpleLogger.showDateTime=true",
    "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS",
)  # fmt: skip
_LARGEST = 70 * 1024 * 1024
"""Above the largest record of the catalogue."""


class Brokers(Protocol):
    """A cluster as a wire needs it: bootstrap servers, the brokers' numbers, the shortest session a group may have."""

    address: str
    numbers: Sequence[int]
    least_session: float


class Cluster:
    """*brokers* of them in *folder*. ``address`` is the list of bootstrap servers.

    *extra* lines go to the end of every server.properties, where they win.
    """

    least_session = 1.0

    def __init__(self, folder: Path, brokers: int = 3, extra: Iterable[str] = ()) -> None:
        self.folder = folder
        self.numbers: Sequence[int] = range(1, brokers + 1)
        self._extra = tuple(extra)
        self._ports = {n: free_port() for n in self.numbers}
        self._votes = {n: free_port() for n in self.numbers}
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self.address = ",".join(f"{HOST}:{self._ports[n]}" for n in self.numbers)

    def __enter__(self) -> Cluster:
        try:
            self._format()
            self.start(*self.numbers)
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *exception: object) -> None:
        self._end()

    def _home(self, number: int) -> Path:
        return self.folder / f"broker-{number}"

    def _properties(self, number: int) -> str:
        copies = min(3, len(self.numbers))
        insync = max(1, copies - 1)
        voters = ",".join(f"{n}@{HOST}:{port}" for n, port in self._votes.items())
        lines = [
            "process.roles=broker,controller",
            f"node.id={number}",
            f"controller.quorum.voters={voters}",
            f"listeners=BROKER://{HOST}:{self._ports[number]},CONTROLLER://{HOST}:{self._votes[number]}",
            f"advertised.listeners=BROKER://{HOST}:{self._ports[number]}",
            "listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "inter.broker.listener.name=BROKER",
            "controller.listener.names=CONTROLLER",
            f"log.dirs={self._home(number) / 'data'}",
            "auto.create.topics.enable=false",
            f"default.replication.factor={copies}",
            f"min.insync.replicas={insync}",
            f"offsets.topic.replication.factor={copies}",
            "offsets.topic.num.partitions=3",
            f"transaction.state.log.replication.factor={copies}",
            f"transaction.state.log.min.isr={insync}",
            "transaction.state.log.num.partitions=3",
            "share.coordinator.state.topic.num.partitions=1",
            f"share.coordinator.state.topic.replication.factor={copies}",
            "group.initial.rebalance.delay.ms=0",
            f"group.min.session.timeout.ms={self.least_session * 1000:.0f}",
            f"message.max.bytes={_LARGEST}",
            f"replica.fetch.max.bytes={_LARGEST}",
            f"socket.request.max.bytes={2 * _LARGEST}",
            f"log.segment.bytes={_LARGEST + 1024 * 1024}",
            "log.index.size.max.bytes=262144",
            "num.network.threads=2",
            "num.io.threads=4",
            "num.recovery.threads.per.data.dir=2",
            "log.cleaner.dedupe.buffer.size=8388608",
            *self._extra,
        ]
        return "\n".join(lines) + "\n"

    def _java(self, number: int, *arguments: str) -> subprocess.Popen[bytes]:
        home = self._home(number)
        with (home / "out.log").open("ab") as out:
            return subprocess.Popen(
                [java(), *_JVM, "-cp", f"{jars()}/*", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                cwd=home,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )

    def _format(self) -> None:
        java()
        jars()
        formats = []
        for number in self.numbers:
            home = self._home(number)
            home.mkdir(parents=True)
            (home / "server.properties").write_text(self._properties(number))
            formats.append(
                self._java(
                    number, "kafka.tools.StorageTool", "format", "-t", CLUSTER_ID, "-c", f"{home}/server.properties"
                )
            )
        for number, process in zip(self.numbers, formats, strict=True):
            if process.wait(timeout=START_SECONDS) != 0:
                raise RuntimeError(f"broker {number}'s storage was not formatted:\n{self.last_words(number)}")

    def start(self, *numbers: int) -> None:
        """Start brokers, and wait until they are in the cluster."""
        for number in numbers:
            self._processes[number] = self._java(number, "kafka.Kafka", "server.properties")
        self.wait_for(numbers)

    def wait_for(self, numbers: Iterable[int]) -> None:
        """Wait until the cluster counts all of *numbers* among its brokers."""
        wanted, until = set(numbers), time.monotonic() + START_SECONDS
        seen: set[int] = set()
        while time.monotonic() < until:
            for number in wanted:
                if self._processes[number].poll() is not None:
                    raise RuntimeError(f"broker {number} ended while starting:\n{self.last_words(number)}")
            # A broker that was killed counts as a member for some seconds: it must answer for itself too.
            seen = {number for number in wanted if number in self._members(number)}
            if wanted == seen:
                return
            time.sleep(0.2)
        raise RuntimeError(f"brokers {wanted - seen} did not come up within {START_SECONDS:.0f} s")

    def _members(self, asked: int) -> set[int]:
        """The brokers that broker *asked* counts; none while it does not answer."""
        with contextlib.suppress(OSError, KafkaError):
            with socket.create_connection((HOST, self._ports[asked]), timeout=0.5):
                pass
            client = KafkaAdminClient(bootstrap_servers=f"{HOST}:{self._ports[asked]}", request_timeout_ms=5000)
            try:
                return {
                    int(broker.get("broker_id", broker.get("node_id")))
                    for broker in client.describe_cluster()["brokers"]
                }
            finally:
                client.close()
        return set()

    def stop(self, *numbers: int) -> None:
        """End brokers in good order: leaders are handed over first."""
        for number in numbers:
            self._processes[number].terminate()
        for number in numbers:
            self._wait_end(number)

    def kill(self, *numbers: int) -> None:
        """End brokers at once, as a crash would; what they wrote is in their machine's memory still."""
        for number in numbers:
            self._processes[number].kill()
        for number in numbers:
            self._processes[number].wait()

    def _wait_end(self, number: int) -> None:
        try:
            self._processes[number].wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._processes[number].kill()
            self._processes[number].wait()

    @contextlib.contextmanager
    def paused(self, number: int) -> Iterator[None]:
        """Stop a broker's clock (SIGSTOP) while in the block: it is there, and does not answer."""
        self._processes[number].send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._processes[number].send_signal(signal.SIGCONT)

    def up(self) -> list[int]:
        """Return the brokers that run."""
        return [number for number, process in self._processes.items() if process.poll() is None]

    def last_words(self, number: int, lines: int = 30) -> str:
        """Return the end of a broker's log."""
        log = self._home(number) / "out.log"
        return "\n".join(log.read_text("utf-8", "replace").splitlines()[-lines:]) if log.exists() else "(no log)"

    def _end(self) -> None:
        enders = [threading.Thread(target=process.kill) for process in self._processes.values()]
        for ender in enders:
            ender.start()
        for process in self._processes.values():
            process.wait()
