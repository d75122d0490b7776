"""One run of the wire on the cluster: fresh topics, a steady feeder, kept workers, the books. Knows no fault."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from streams.config import Settings
from streams.demo.stage import COMMAND
from streams.runtime.ports import free_port
from tests.kafka import agreeing
from tests.kafka.balance import Balance, ahead, balance, waited
from tests.kafka.chains import embargoed
from tests.kafka.cluster import Brokers
from tests.kafka.collecting import Collector
from tests.kafka.feeding import Steady
from tests.kafka.keeping import Kept

SETTLE_SECONDS = 240.0
LOST_SECONDS = 25.0
"""When nothing has come out for so long, what is missing is lost."""
GRACE_SECONDS = 15.0
RATE = 25.0
PARTITIONS = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. ``ahead``: acknowledged and not durable, looked at whenever a worker was dead.

    ``seconds``: the longest that a story waited, counted from when it was fed or, if later, when the fault was over.
    """

    fault: str
    fed: int
    published: int
    copies: int
    dead: int
    repeated: int
    lost: int
    wrong: int
    ahead: int
    seconds: float
    findings: tuple[str, ...] = ()
    note: str = ""

    @property
    def balanced(self) -> bool:
        """Nothing lost, nothing wrong, nothing acknowledged ahead of what is durable."""
        return not (self.lost or self.wrong or self.ahead)


@dataclass
class Rig:
    """What a fault is given to work on."""

    settings: Settings
    folder: Path
    feeder: Steady
    collector: Collector
    worker: Kept
    over: list[float] = field(default_factory=list)
    """When each fault was over."""
    ahead: list[str] = field(default_factory=list)
    held: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    stack: ExitStack = field(default_factory=ExitStack)
    others: list[Kept] = field(default_factory=list)
    sound: bool = False
    """Whether the books balanced: nothing needs to be looked into."""

    def another(self, **settings: Any) -> Kept:
        """Return another worker of the same group, not started."""
        number = len(self.others) + 1
        own = replace(self.settings, metrics_port=free_port(), data_dir=self.folder / f"data-{number}", **settings)
        kept = Kept(own, self.folder / f"worker-{number}.log", self.worker.process.command)
        self.stack.callback(kept.close)
        self.others.append(kept)
        return kept

    def replace_worker(self, **settings: Any) -> None:
        """Put a worker with other settings and the same state in the place of the first, which must have been ended."""
        self.worker.close()
        own = replace(self.settings, **settings)
        ended, self.worker = self.worker.ended, Kept(own, self.folder / "worker.log", self.worker.process.command)
        self.worker.ended += ended
        self.stack.callback(self.worker.close)

    def read_afresh(self) -> None:
        """Read all topics from their beginning again: one of them was made anew."""
        self.collector.close()
        self.collector = Collector(self.settings)
        self.stack.callback(self.collector.close)

    def hold(self, number: int, seconds: float) -> None:
        """Feed a story that must not come out for so many seconds."""
        send = embargoed(number, datetime.now(UTC) + timedelta(seconds=seconds))
        self.held |= {send.name}
        self.feeder.put(send)

    def fault_over(self) -> None:
        """Say that a fault ends now: from here on stories are waited for."""
        self.over.append(time.time())

    def audit(self) -> None:
        """With no worker running: hold what the group has committed against what is in the topics."""
        committed = self.collector.committed()
        self.ahead += ahead(self.collector.drain(), committed, self.held)

    def published(self) -> int:
        """Return how many inputs have come out so far."""
        return len(self.collector.drain().answers)

    def wait_for(self, done: Callable[[], bool], seconds: float, what: str) -> None:
        """Wait until *done*. Raises :class:`AssertionError` saying *what* did not happen, with the worker's words."""
        until = time.monotonic() + seconds
        while not done():
            if time.monotonic() > until:
                raise AssertionError(f"{what} within {seconds:.0f} s\n{self.worker.process.last_words(40)}")
            time.sleep(0.25)

    def settle(self) -> Balance:
        """End the feeding, wait until the books balance or nothing more comes, and return them."""
        self.feeder.finish()
        until, before, quiet = time.monotonic() + SETTLE_SECONDS, -1, time.monotonic()
        while True:
            books = self.collector.drain()
            found = balance(books, self.feeder.sends, self.without)
            so_far = sum(books.written.values())
            if so_far != before:
                before, quiet = so_far, time.monotonic()
            # Once everything is there, a moment more: what is repeated comes late.
            enough = 2.0 if not found.lost else LOST_SECONDS
            waits = [self.feeder.sends[name].release for name in self.held]
            if found.lost and time.time() < max((at.timestamp() for at in waits if at), default=0.0):
                quiet = time.monotonic()
            # Nor is anything lost that a worker, still on its way up, was not given the time for.
            if found.lost and not self.worker.process.health():
                quiet = time.monotonic()
            if time.monotonic() - quiet > enough or time.monotonic() > until:
                return found
            time.sleep(0.5)

    def row(self, fault: str, note: str = "") -> Row:
        """Settle, end the workers in good order, look at the offsets a last time, and sum up."""
        found = self.settle()
        for kept in (self.worker, *self.others):
            if kept.ended:
                note += f"; a worker ended by itself and was started again ({len(kept.ended)})"
            status, took = kept.stop()
            if status not in (0, None) or took > GRACE_SECONDS:
                note += f"; a worker ended with {status} after {took:.0f} s when told to"
        self.audit()
        found = balance(self.collector.books, self.feeder.sends, self.without)
        early = tuple(dict.fromkeys(self.ahead))
        row = Row(
            fault, found.fed, found.published, found.copies, found.dead, found.repeated,
            len(found.lost), len(found.wrong), len(early),
            waited(self.collector.books, self.over, self.held),
            (*found.lost[:5], *found.wrong[:5], *early[:5]), note.strip("; "),
        )  # fmt: skip
        self.sound = row.balanced and not self.worker.ended
        return row


@contextmanager
def rig(
    cluster: Brokers, rate: float = RATE, command: Sequence[str] = COMMAND, feeding: bool = True, **settings: Any
) -> Iterator[Rig]:
    """A wire with topics of its own and one worker, ready and fed; nothing of it is left but, if it fails, its folder.

    The folder is in ``settings.data_dir``'s parent. Without *feeding* the feeder is there and not started.
    """
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="newswire-kafka-"))
        chosen: dict[str, Any] = {
            "broker": cluster.address,
            "replication": min(3, len(cluster.numbers)),
            "min_insync": max(1, min(3, len(cluster.numbers)) - 1),
            "partitions": PARTITIONS,
            "session_seconds": 6.0,
            "rebalance_seconds": 10.0,
            # Ten times as often as by default: ten times the chance to commit what must not be.
            "commit_seconds": 0.1,
            "metrics_port": free_port(),
            "data_dir": folder / "data",
            "app_id": f"wire-{time.time_ns() // 1_000_000}",
        }
        own = Settings(**(chosen | settings))
        own = replace(own, session_seconds=max(own.session_seconds, cluster.least_session))
        fresh_topics(own)
        collector = Collector(own)
        stack.callback(collector.close)
        feeder = Steady(own.broker, rate)
        worker = Kept(own, folder / "worker.log", command)
        stack.callback(worker.close)
        made = Rig(own, folder, feeder, collector, worker, stack=stack)
        worker.start()
        worker.wait_ready()
        if feeding:
            feeder.start()
        try:
            yield made
        except BaseException:
            print(f"the run's folder is kept: {folder}", file=sys.stderr)
            raise
        if made.sound:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            print(f"the run's folder is kept: {folder}", file=sys.stderr)


def fresh_topics(settings: Settings) -> None:
    """Delete every topic of a wire on the cluster, and make those of *settings*."""
    agreeing.delete(settings)
    agreeing.make(settings)
