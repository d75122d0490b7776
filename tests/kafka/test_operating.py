"""Operating the wire on a real cluster: lag, doctor, dead letters, replay, and a worker that cannot end in good order.

What the embedded broker does not have: group members, setting offsets, a true end of the log, a broker that hangs.
"""

from __future__ import annotations

import json
import re
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from streams import config
from streams.cli import newswire
from streams.contracts import topics
from streams.contracts.story import Origin, RawMessage
from streams.demo.stage import WorkerProcess
from streams.errors import UsageError
from streams.feeds.generating import story
from streams.feeds.publishing import Feeder
from streams.feeds.subscribing import Consumed, Subscriber
from streams.runtime import provision
from streams.runtime.ports import free_port
from tests.kafka.artefacts import Unavailable
from tests.kafka.cluster import Cluster
from tests.kafka.standing_worker import WORKS_SECONDS

BROKEN = b'{"uri": "urn:example:1", "headline": "Half a st'


def live(worker: WorkerProcess) -> tuple[int, object]:
    """What its liveness says: status and why."""
    try:
        with urllib.request.urlopen(f"{worker.address}/health/live", timeout=30) as answer:
            return answer.status, json.load(answer)["why"]
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)["why"]


class Wire:
    """One broker, one worker, and the command line."""

    def __init__(self, cluster: Cluster, settings: config.Settings, log: Path) -> None:
        self.cluster = cluster
        self.settings = settings
        self.worker = WorkerProcess(settings, log)

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(newswire, [*arguments], env=config.environment_of(self.settings))

    def lag(self) -> dict[str, Any]:
        return json.loads(self.run("lag", "--json").stdout)  # type: ignore[no-any-return]

    def caught_up(self) -> None:
        until = time.monotonic() + 120
        while self.lag()["total"]:
            assert time.monotonic() < until, self.worker.last_words()

    def feed(self, *messages: RawMessage) -> None:
        with Feeder(self.settings) as feeder:
            for message in messages:
                feeder.send(message)

    def read(self, name: str) -> list[Consumed]:
        with Subscriber(self.settings, [name], from_beginning=True) as subscriber:
            return list(subscriber.standing())


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    folder = tmp_path_factory.mktemp("operating")
    try:
        cluster = Cluster(folder, brokers=1).__enter__()
    except Unavailable as reason:
        pytest.skip(str(reason))
    try:
        settings = config.Settings(
            broker=cluster.address,
            metrics_port=free_port(),
            data_dir=folder / "data",
            session_seconds=6.0,
            rebalance_seconds=6.0,
            stop_seconds=60.0,
        )
        made = Wire(cluster, settings, folder / "worker.log")
        try:
            yield made
        finally:
            made.worker.kill()
    finally:
        cluster.__exit__(None, None, None)


def test_one_day_of_operating(wire: Wire) -> None:
    """In one go, for each step needs the one before."""
    missing = wire.run("doctor", "--json")
    assert missing.exit_code == 3
    assert "missing: wire.raw.v1" in missing.stdout
    provision.apply(wire.settings)
    nobody = wire.run("doctor", "--json")
    assert (nobody.exit_code, wire.run("doctor", "--strict").exit_code) == (0, 3)
    assert "no worker runs" in nobody.stdout

    wire.worker.start()
    wire.worker.wait_ready()
    wire.feed(*(story(n) for n in range(20)), RawMessage(BROKEN, Origin("x"), source="afp"))
    wire.caught_up()
    looked = wire.lag()
    assert (looked["state"], looked["members"]) == ("Stable", 1)
    assert len(wire.read(topics.STORIES.name)) == 20
    well = wire.run("doctor", "--strict")
    assert well.exit_code == 0, well.stdout

    # A dead letter goes round, and its newer one is known.
    assert wire.run("dlq", "replay", "--send").stdout.startswith("1 sent")
    wire.caught_up()
    rows = [json.loads(line) for line in wire.run("dlq", "list", "--json").stdout.splitlines()]
    assert [(row["replays"], row["superseded"]) for row in rows] == [(0, True), (1, False)]

    # What was decided is decided the same in the shadow.
    shadow = wire.run("replay", "--from", "1h", "--shadow", "--json")
    assert json.loads(shadow.stdout.splitlines()[-1]) == {"stories": 22, "differ": 0, "kinds": {}}

    # Setting back is refused while a worker is in the group; once it has left, all is read again and nothing is new.
    refused = wire.run("replay", "--from", "1h", "--apply")
    assert isinstance(refused.exception, UsageError)
    assert "stop every worker first" in str(refused.exception)
    assert wire.worker.stop() == 0
    behind = wire.run("replay", "--from", "1h", "--apply")
    assert behind.exit_code == 0, behind.output
    assert "42 records will be read again" in behind.stdout
    assert wire.run("lag", "--max", "41").exit_code == 3
    assert wire.run("lag", "--max", "42").exit_code == 0
    assert wire.run("lag", "--max-seconds", "0.001").exit_code == 3
    wire.worker.start()
    wire.worker.wait_ready()
    wire.caught_up()
    assert wire.worker.metrics()["newswire_replayed_total"] >= 20
    assert len(wire.read(topics.STORIES.name)) == 20, "what the state knows is not sent again"


def test_a_worker_that_stands_still_is_not_live_and_says_where(wire: Wire) -> None:
    assert wire.worker.stop() == 0
    settings = replace(wire.settings, stall_seconds=4.0)
    standing = WorkerProcess(
        settings, wire.worker.log.with_name("standing.log"), (sys.executable, "-m", "tests.kafka.standing_worker")
    )
    standing.start()
    try:
        standing.wait_ready()
        assert live(standing) == (200, None), "idle"
        time.sleep(WORKS_SECONDS + 2)
        assert live(standing) == (200, None), "it fetches nothing, and there is nothing to fetch"
        wire.feed(*(story(n) for n in range(30, 33)))
        until = time.monotonic() + 120
        while (found := live(standing))[0] == 200:
            assert time.monotonic() < until, standing.last_words()
            time.sleep(0.5)
        assert re.match(r"wire\.raw\.v1/\d: 3 records wait and nothing was committed for \d+ s", str(found[1]))
        assert standing.health(), "ready by its own lights"
        assert standing.metrics()["newswire_stalled"] == 1
        assert wire.lag()["total"] == 3
    finally:
        standing.kill()
    wire.worker.start()
    wire.worker.wait_ready()
    wire.caught_up()


def test_a_worker_whose_broker_hangs_ends_itself_and_says_at_what(wire: Wire) -> None:
    assert wire.worker.stop() == 0
    hasty = WorkerProcess(replace(wire.settings, stop_seconds=3.0), wire.worker.log.with_name("hasty.log"))
    hasty.start()
    try:
        hasty.wait_ready()
        began = time.monotonic()
        with wire.cluster.paused(1):
            assert hasty.stop() == 1, "by itself: who is killed has another status"
        assert time.monotonic() - began >= 3
    finally:
        hasty.kill()
    said = hasty.last_words(80)
    assert "did not end within 3 s of being told to stop; ending it with status 1; it waited for" in said
    assert ".stop" in said.split("it waited for")[1].splitlines()[0]
