"""The demo's processes: embedded broker, worker, live page, up and down again. Leaves no process and no file."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from streams import config
from streams.config import Settings
from streams.errors import BrokerTrouble, NewswireError
from streams.runtime import provision
from streams.runtime.embedded import EmbeddedBroker, die_with_parent, settings_for
from streams.runtime.ports import free_port

Child = TypeVar("Child", bound="WorkerProcess")
READY_SECONDS = 120.0
OVERTIME_SECONDS = 10.0
"""How long a process may go on beyond the time that it has for stopping in good order, after which it ends itself."""
COMMAND = (sys.executable, "-m", "streams.cli", "worker")
DESK_COMMAND = (*COMMAND[:-1], "desk")


class WorkerProcess:
    """One worker as a child process. ``settings.metrics_port`` must be a port, not 0.

    Logs go to *log*; *command* runs it.
    """

    what = "the worker"
    well = "/health/ready", "ready"
    """Where it says how it is, and the field of the answer that says it is well."""

    def __init__(self, settings: Settings, log: Path, command: Sequence[str] = COMMAND) -> None:
        self.settings = settings
        self.log = log
        self.command = command
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where its metrics and health are."""
        return f"http://{self.settings.metrics_host}:{self.settings.metrics_port}"

    @property
    def pid(self) -> int:
        """Its process id. Raises :class:`NewswireError` when it does not run."""
        if self._process is None:
            raise NewswireError(f"{self.what} does not run")
        return self._process.pid

    def start(self) -> None:
        """Start it; see :meth:`wait_ready`."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - this very program, unless a test says otherwise
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=config.for_child(self.settings),
                start_new_session=True,
                preexec_fn=die_with_parent,
            )

    def wait_ready(self) -> None:
        """Wait until it is assigned and recovered. Raises :class:`NewswireError` with its last words if it is not."""
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until:
            if self._process is None or self._process.poll() is not None:
                raise NewswireError(f"{self.what} ended while starting:\n{self.last_words()}")
            if self.health():
                return
            time.sleep(0.1)
        raise BrokerTrouble(f"{self.what} was not ready within {READY_SECONDS:.0f} s:\n{self.last_words()}")

    def health(self) -> bool:
        """Tell whether it answers that it is well."""
        path, field = self.well
        try:
            with urllib.request.urlopen(f"{self.address}{path}", timeout=2) as answer:  # noqa: S310 - loopback
                return bool(json.load(answer)[field])
        except (OSError, urllib.error.URLError, ValueError):
            return False

    def metrics(self) -> dict[str, float]:
        """Return its samples by full name, labels included, as scraped."""
        with urllib.request.urlopen(f"{self.address}/metrics", timeout=30) as answer:  # noqa: S310 - loopback
            text = answer.read().decode()
        lines = (line.rsplit(" ", 1) for line in text.splitlines() if line and not line.startswith("#"))
        return {name: float(value) for name, value in lines}

    def stop(self) -> int | None:
        """Ask it to drain and end; kill it if it goes on long after the time it has for that. Its exit status."""
        process, self._process = self._process, None
        if process is None:
            return None
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=self.settings.stop_seconds + OVERTIME_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        return process.returncode

    def wait(self, seconds: float) -> int | None:
        """Wait until it ends by itself; its exit status, None if it goes on."""
        if self._process is None:
            return None
        try:
            return self._process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return None

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()

    def last_words(self, lines: int = 25) -> str:
        """Return the end of its log."""
        if not self.log.exists():
            return "(no log)"
        return "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-lines:])


class DeskProcess(WorkerProcess):
    """The live page as a child process. ``settings.desk_port`` must be a port, not 0."""

    what = "the live page"
    well = "/healthz", "reachable"

    def __init__(self, settings: Settings, log: Path) -> None:
        super().__init__(settings, log, DESK_COMMAND)

    @property
    def address(self) -> str:
        """Where the page is, and its metrics."""
        return f"http://{self.settings.desk_host}:{self.settings.desk_port}"


class Stage:
    """Broker, topics and a worker, up on entering and gone on leaving, however that happens."""

    def __init__(self, settings: Settings, say: Callable[[str], None] = lambda text: None) -> None:
        self._given = settings
        self._say = say
        self._stack = ExitStack()
        self.settings = settings
        self.worker: WorkerProcess

    def __enter__(self) -> Stage:
        try:
            self._up()
        except BaseException:
            self._stack.close()
            raise
        return self

    def _up(self) -> None:
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="newswire-")))
        self._say("embedded broker")
        broker = self._stack.enter_context(EmbeddedBroker())
        self.settings = replace(
            settings_for(broker.address, self._given),
            data_dir=folder / "data",
            metrics_port=free_port(),
            desk_port=free_port(),
        )
        self._say("topics")
        provision.apply(self.settings)
        self._say("worker")
        self._folder = folder
        self.worker = self._started(WorkerProcess(self.settings, folder / "worker.log"))

    def open_page(self) -> DeskProcess:
        """Start the live page beside it and wait until it is up; it goes with the rest."""
        return self._started(DeskProcess(self.settings, self._folder / "desk.log"))

    def _started(self, process: Child) -> Child:
        self._stack.callback(process.stop)
        process.start()
        process.wait_ready()
        return process

    def __exit__(self, *exception: object) -> None:
        self._stack.close()
