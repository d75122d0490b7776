"""A real Prometheus scrapes a live wire and its feeders, and every panel's and rule's query is asked: none is empty."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from streams.contracts.story import Origin, RawMessage
from streams.demo.stage import COMMAND, WorkerProcess
from streams.feeds.publishing import Feeder
from streams.feeds.sampling import sample
from streams.runtime.embedded import die_with_parent
from streams.runtime.ports import free_port
from tests.contracts.test_queries import DASHBOARDS, RULES, dashboard_of, panels, rules, yaml_of
from tests.integration.conftest import Wire

PROMETHEUS, PROMTOOL = shutil.which("prometheus"), shutil.which("promtool")
pytestmark = [
    pytest.mark.broker,
    pytest.mark.skipif(
        PROMETHEUS is None or PROMTOOL is None, reason="prometheus is not installed: apt-get install prometheus"
    ),
]
DAY = 86_400
TOKEN = "a-token-for-this-test"  # of a server on loopback that lives for a minute
CHOSEN = {"$__rate_interval": "1m", "$job": ".*", "$agency": ".*", "$desk": ".*"}
SETTLE_SECONDS = 45.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, where it stands, and how many series with a figure in them it brought."""

    where: str
    expr: str
    series: int


class Prometheus:
    """Prometheus over a folder of its own, asked through its HTTP interface."""

    def __init__(self, folder: Path, jobs: dict[str, list[str]]) -> None:
        self.address = f"http://127.0.0.1:{free_port()}"
        config = {
            "global": {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"},
            "rule_files": [str(path) for path in RULES],
            "scrape_configs": [
                {"job_name": job, "static_configs": [{"targets": targets}]} for job, targets in jobs.items()
            ],
        }
        (folder / "prometheus.yml").write_text(yaml.safe_dump(config), "utf-8")
        self.log = folder / "prometheus.log"
        assert PROMETHEUS is not None
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [
                    PROMETHEUS,
                    f"--config.file={folder / 'prometheus.yml'}",
                    f"--storage.tsdb.path={folder / 'tsdb'}",
                    f"--web.listen-address={self.address.removeprefix('http://')}",
                ],
                stdout=log,
                stderr=log,
                preexec_fn=die_with_parent,
            )

    def ask(self, path: str, **parameters: str) -> Any:
        """Return the data of an answer. Raises AssertionError with what Prometheus says is wrong."""
        try:
            with urllib.request.urlopen(
                f"{self.address}/api/v1/{path}?{urllib.parse.urlencode(parameters)}", timeout=20
            ) as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{parameters}: {error.read().decode()}") from error

    def wait(self) -> None:
        """Wait until it answers."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                self.ask("query", query="1")
                return
            except OSError:
                assert self.process.poll() is None, self.log.read_text("utf-8", "replace")[-2000:]
                time.sleep(0.2)
        raise AssertionError("Prometheus does not answer")

    def series(self, expr: str) -> int:
        """Return how many series with a figure in them *expr* brings now."""
        found = self.ask("query", query=expr)["result"]
        return sum(one["value"][1] != "NaN" for one in found)


def yesterdays(sources: Iterable[str], now: float, instance: str) -> Iterator[str]:
    """Yield the counters of a day and of a week ago as OpenMetrics: what is usual needs a past."""
    yield "# TYPE newswire_messages counter"
    for source in sources:
        for ago in (7 * DAY, DAY):
            begin = int(now) - ago - 7 * 3600
            for minute in range(8 * 60):
                labels = f'job="newswire",instance="{instance}",agent="normalise",source="{source}"'
                yield f"newswire_messages_total{{{labels}}} {minute * 2} {begin + 60 * minute}"
    yield "# EOF"


def backfilled(folder: Path, sources: Iterable[str], instance: str) -> None:
    """Give Prometheus a past, before it is started."""
    past = folder / "past.txt"
    past.write_text("\n".join(yesterdays(sources, time.time(), instance)) + "\n", "utf-8")
    assert PROMTOOL is not None
    command = [PROMTOOL, "tsdb", "create-blocks-from", "openmetrics", str(past), str(folder / "tsdb")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def push(port: int, body: bytes, token: str) -> int:
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}/raw", body, {"Authorization": f"Bearer {token}", "Content-Type": "text/plain"}
    )
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def asked_of(prometheus: Prometheus) -> list[Asked]:
    """Ask every panel's query, every recorded series, and what every alert reads."""
    found = []
    for path in DASHBOARDS:
        for panel in panels(dashboard_of(path)):
            for target in panel["targets"]:
                expr = target["expr"]
                for name, chosen in CHOSEN.items():
                    expr = expr.replace(name, chosen)
                found.append(Asked(f"{path.stem}: {panel['title']}", expr, prometheus.series(expr)))
    for rule in rules():
        if "record" in rule:
            chosen = ",".join(f'{name}="{value}"' for name, value in rule.get("labels", {}).items())
            expr = f"{rule['record']}{{{chosen}}}"
            found.append(Asked("recorded", expr, prometheus.series(expr)))
        else:  # an alert that is quiet is empty: what it reads must not be
            bare = re.sub(r"\[[^\]]*\]|\boffset [\dsmhd]+", " ", rule["expr"])
            read = sorted(set(re.findall(r"(?:newswire[_:]|process_|\bup\b)[\w:]*(?:\{[^}]*\})?", bare)))
            found.extend(Asked(f"alert {rule['alert']}", name, prometheus.series(name)) for name in read)
    return found


@pytest.fixture
def feeders(wire: Wire, tmp_path: Path) -> Iterator[tuple[WorkerProcess, WorkerProcess]]:
    """``newswire watch`` over a folder and ``newswire push``, beside the wire."""
    incoming = tmp_path / "incoming"
    incoming.mkdir()
    settings = wire.stage.settings
    watch = WorkerProcess(
        replace(settings, metrics_port=free_port()),
        tmp_path / "watch.log",
        (*COMMAND[:-1], "watch", "--source", "apa", "--still", "0.2", str(incoming)),
    )
    pushed = WorkerProcess(
        replace(settings, metrics_port=free_port(), push_port=free_port(), push_tokens=f"dpa:{TOKEN}"),
        tmp_path / "push.log",
        (*COMMAND[:-1], "push"),
    )
    try:
        for process in (watch, pushed):
            process.start()
        for process in (watch, pushed):
            process.wait_ready()
        yield watch, pushed
    finally:
        for process in (watch, pushed):
            process.stop()


def busy(wire: Wire, pushed: WorkerProcess, incoming: Path) -> None:
    """A sample day of copy in some seconds, files and pushes beside it, and what cannot be read."""
    assert push(pushed.settings.push_port, b"First push, and it is taken by the wire.", TOKEN) == 202
    assert push(pushed.settings.push_port, b"x", "not-the-token-at-all") == 401
    with (incoming / "picture.bin").open("wb") as large:
        large.truncate(65 * 1024 * 1024)
    with Feeder(wire.stage.settings) as feeder:
        for number, message in enumerate(sample(datetime.now(UTC))):
            feeder.send(message)
            if number % 10 == 0:
                body = f"Orlova, March 10 - Report {number} of the harbour office says the quay is open again."
                assert push(pushed.settings.push_port, body.encode(), TOKEN) == 202
                (incoming / f"{number}.txt").write_text(f"{body} It came as a file.", "utf-8")
                feeder.send(RawMessage(b"", Origin("test"), "afp"))
            time.sleep(0.1)


def test_every_query_brings_something(wire: Wire, feeders: tuple[WorkerProcess, WorkerProcess], tmp_path: Path) -> None:
    watch, pushed = feeders
    instance = f"127.0.0.1:{wire.stage.settings.metrics_port}"
    sources = {message.source for message in sample(datetime.now(UTC)) if message.source}
    backfilled(tmp_path, sources, instance)
    prometheus = Prometheus(
        tmp_path,
        {
            "newswire": [instance],
            "newswire-feeds": [f"127.0.0.1:{one.settings.metrics_port}" for one in (watch, pushed)],
        },
    )
    try:
        prometheus.wait()
        busy(wire, pushed, tmp_path / "incoming")
        until = time.monotonic() + SETTLE_SECONDS
        while True:
            found = asked_of(prometheus)
            if all(one.series for one in found) or time.monotonic() > until:
                break
            time.sleep(1.0)
        for one in found:
            print(f"{one.series:4}  {one.where:55}  {one.expr}")
        assert not [one for one in found if not one.series], "nothing comes of it, though the wire is live"
        groups = prometheus.ask("rules")["groups"]
        read = [rule for group in groups for rule in group["rules"]]
        assert len(read) == sum(len(group["rules"]) for path in RULES for group in yaml_of(path)["groups"])
        assert {rule["name"]: rule.get("lastError") for rule in read if rule["health"] != "ok"} == {}
        assert len({one.where for one in found}) > len(DASHBOARDS) * 10
    finally:
        prometheus.process.terminate()
        prometheus.process.wait(timeout=20)
