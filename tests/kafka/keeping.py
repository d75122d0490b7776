"""A worker and whoever starts it again: kept up as a supervisor would, killed and told to end on demand."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path

from streams.config import Settings
from streams.demo.stage import COMMAND, WorkerProcess

READY_SECONDS = 120.0


class Kept:
    """A worker and whoever starts it again: when it ends by itself, another is started after a second."""

    def __init__(self, settings: Settings, log: Path, command: Sequence[str] = COMMAND) -> None:
        self.process = WorkerProcess(settings, log, command)
        self.ended: list[int] = []
        """Exit statuses of those that ended by themselves."""
        self._wanted = False
        self._lock = threading.RLock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="supervisor", daemon=True)
        self._thread.start()

    def _keep(self) -> None:
        while not self._over.wait(0.5):
            with self._lock:
                status = self.process.wait(0) if self._wanted else None
                if status is not None:
                    self.ended.append(status)
                    time.sleep(1.0)
                    self.process.start()

    def start(self) -> None:
        """Start it, and keep it up from now on."""
        with self._lock:
            self._wanted = True
            self.process.start()

    def kill(self) -> None:
        """End it at once (SIGKILL)."""
        with self._lock:
            self._wanted = False
            self.process.kill()

    def stop(self) -> tuple[int | None, float]:
        """Ask it to end (SIGTERM); return its status and the seconds it took."""
        with self._lock:
            self._wanted = False
            began = time.monotonic()
            return self.process.stop(), time.monotonic() - began

    def wait_ready(self, seconds: float = READY_SECONDS) -> float:
        """Wait until it is ready; return how long that took. Raises :class:`AssertionError` with its last words."""
        began = time.monotonic()
        while not self.process.health():
            if time.monotonic() - began > seconds:
                raise AssertionError(f"no worker ready after {seconds:.0f} s\n{self.process.last_words(40)}")
            time.sleep(0.1)
        return time.monotonic() - began

    def close(self) -> None:
        """End everything."""
        self._over.set()
        self.kill()
        self._thread.join(5)
