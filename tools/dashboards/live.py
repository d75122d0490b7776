"""A wire under a real Prometheus, for the test that asks every query and for the pictures. Judges no answer."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from streams.contracts.story import Origin, RawMessage
from streams.demo.stage import COMMAND, DeskProcess, Stage, WorkerProcess
from streams.feeds.publishing import Feeder
from streams.runtime.embedded import die_with_parent
from streams.runtime.ports import free_port
from tools.dashboards.boards import VARIABLES

RULES = sorted((Path(__file__).resolve().parents[2] / "deploy" / "prometheus" / "rules").glob("*.yml"))
PROMETHEUS, PROMTOOL = shutil.which("prometheus"), shutil.which("promtool")
DAY = 86_400
TOKEN = "a-token-for-a-server-on-loopback"


def chosen(expr: str, rate_interval: str) -> str:
    """Return a panel's query as Grafana asks it with "All" chosen everywhere."""
    for name, (_, _, ours) in VARIABLES.items():
        expr = expr.replace(f"${name}", ours)
    return expr.replace("$__rate_interval", rate_interval)


class Prometheus:
    """Prometheus over a folder of its own, asked through its HTTP interface. *jobs*: name → ``host:port`` of each.

    Scrapes every *seconds*. A context: it ends on leaving.
    """

    def __init__(self, folder: Path, jobs: dict[str, list[str]], seconds: int = 1) -> None:
        assert PROMETHEUS is not None, "prometheus is not installed: apt-get install prometheus"
        self.address = f"http://127.0.0.1:{free_port()}"
        config = {
            "global": {"scrape_interval": f"{seconds}s", "scrape_timeout": "1s", "evaluation_interval": f"{seconds}s"},
            "rule_files": [str(path) for path in RULES],
            "scrape_configs": [
                {"job_name": job, "static_configs": [{"targets": targets}]} for job, targets in jobs.items()
            ],
        }
        (folder / "prometheus.yml").write_text(yaml.safe_dump(config), "utf-8")
        self._log = folder / "prometheus.log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
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

    def __enter__(self) -> Prometheus:
        # It listens before it can answer: until its store is open, every query brings 503.
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.address}/-/ready", timeout=20):
                    return self
            except OSError:
                if self._process.poll() is not None:
                    break
                time.sleep(0.2)
        self.__exit__()
        raise AssertionError(f"Prometheus does not answer:\n{self._log.read_text('utf-8', 'replace')[-2000:]}")

    def __exit__(self, *exception: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def ask(self, path: str, **parameters: str) -> Any:
        """Return the data of an answer. Raises AssertionError with what Prometheus says is wrong."""
        asked = f"{self.address}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{parameters}: {error.read().decode()}") from error

    def wait_scraped(self, targets: int, seconds: float = 120.0) -> None:
        """Wait until so many *targets* have been scraped: what is counted before, no rate sees."""
        until = time.monotonic() + seconds
        while (up := self.series("up == 1")) < targets:
            assert time.monotonic() < until, f"{up} of {targets} targets scraped within {seconds:.0f} s"
            time.sleep(0.2)

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
    assert PROMTOOL is not None, "promtool is not installed: apt-get install prometheus"
    command = [PROMTOOL, "tsdb", "create-blocks-from", "openmetrics", str(past), str(folder / "tsdb")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@dataclass(frozen=True, slots=True)
class Beside:
    """``newswire watch`` over the folder ``incoming``, ``newswire push`` and ``newswire desk``, beside a worker."""

    stage: Stage
    incoming: Path
    watch: WorkerProcess
    pushing: WorkerProcess
    page: DeskProcess

    def jobs(self) -> dict[str, list[str]]:
        """What there is to scrape, as deploy/prometheus/prometheus.yml names it."""
        return {
            "newswire": [self.worker],
            "newswire-feeds": [one.address.removeprefix("http://") for one in (self.watch, self.pushing)],
            "newswire-desk": [self.page.address.removeprefix("http://")],
        }

    @property
    def worker(self) -> str:
        """The worker as an instance of Prometheus."""
        return self.stage.worker.address.removeprefix("http://")

    def push(self, body: bytes, token: str = TOKEN) -> int:
        """Push *body* and return the HTTP status."""
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.pushing.settings.push_port}/raw",
            body,
            {"Authorization": f"Bearer {token}", "Content-Type": "text/plain"},
        )
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def busy(self, messages: Iterable[RawMessage], seconds: float, often: int = 10) -> None:
        """Send *messages*, *seconds* apart; with every tenth (*often*) a file, a push, and what cannot be read."""
        assert self.push(b"First push, and it is taken by the wire.") == 202
        assert self.push(b"x", "not-the-token-at-all") == 401
        with (self.incoming / "picture.bin").open("wb") as large:
            large.truncate(65 * 1024 * 1024)
        began = time.monotonic()
        with Feeder(self.stage.settings) as feeder:
            for number, message in enumerate(messages):
                feeder.send(message)
                if number % often == 0:
                    body = f"Orlova, March 10 - Report {number} of the harbour office says the quay is open again."
                    assert self.push(body.encode()) == 202
                    (self.incoming / f"{number}.txt").write_text(f"{body} It came as a file.", "utf-8")
                    feeder.send(RawMessage(b"", Origin("test"), "afp"))
                time.sleep(max(0.0, began + seconds * (number + 1) - time.monotonic()))


@contextmanager
def beside(stage: Stage, folder: Path) -> Iterator[Beside]:
    """Start what runs beside the worker of *stage*, with logs and incoming files under *folder*; end it on leaving."""
    incoming = folder / "incoming"
    incoming.mkdir()
    watch = WorkerProcess(
        replace(stage.settings, metrics_port=free_port()),
        folder / "watch.log",
        (*COMMAND[:-1], "watch", "--source", "apa", "--still", "0.2", str(incoming)),
    )
    pushing = WorkerProcess(
        replace(stage.settings, metrics_port=free_port(), push_port=free_port(), push_tokens=f"dpa:{TOKEN}"),
        folder / "push.log",
        (*COMMAND[:-1], "push"),
    )
    with ExitStack() as stack:
        for process in (watch, pushing):
            stack.callback(process.stop)
            process.start()
        for process in (watch, pushing):
            process.wait_ready()
        yield Beside(stage, incoming, watch, pushing, stage.open_page())
