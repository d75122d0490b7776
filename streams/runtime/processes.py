"""Several workers as the children of one process: started together, told to end together. Restarts none.

A supervisor (systemd, Kubernetes) restarts the whole when it ends. Under a supervisor that can run several units, one
worker each is better: it then restarts the one that ended.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from types import FrameType

from streams import config
from streams.config import Settings
from streams.errors import UsageError
from streams.runtime.embedded import die_with_parent

COMMAND = (sys.executable, "-m", "streams.cli", "worker")
LOOK_SECONDS = 0.1
PASSED_ON = (signal.SIGTERM, signal.SIGINT)
HIGHEST_PORT = 65535


def settings_of(settings: Settings, number: int) -> list[Settings]:
    """Return the settings of *number* workers: the n-th, from 0, listens n ports higher and keeps ``data_dir/n``.

    A port of 0 stays 0. Raises :class:`UsageError` when the ports do not fit.
    """
    port = settings.metrics_port
    if port + number - 1 > HIGHEST_PORT:
        raise UsageError(f"NEWSWIRE_METRICS_PORT: {number} workers from {port} on would go past {HIGHEST_PORT}")
    return [
        replace(settings, metrics_port=port + n if port else 0, data_dir=settings.data_dir / str(n))
        for n in range(number)
    ]


def run(workers: Sequence[Settings], command: Sequence[str] = COMMAND) -> int:
    """Run one *command* for each of *workers* until all have ended; return the status to end with.

    SIGTERM and SIGINT are passed on. When a worker ends badly the others are told to end, and its status is returned,
    as the shell would say it (128 and the signal's number if a signal ended it); 0 when all ended well.
    """
    children: list[subprocess.Popen[bytes]] = []
    worst = 0

    def tell(number: int) -> None:
        for child in children:
            if child.poll() is None:
                child.send_signal(number)

    asked: list[int] = []

    def pass_on(number: int, frame: FrameType | None) -> None:
        asked.append(number)

    before = {number: signal.signal(number, pass_on) for number in PASSED_ON}
    try:
        for worker in workers:
            children.append(_started(worker, command))  # noqa: PERF401 - when one cannot start, the others are known
        while None in (statuses := [child.poll() for child in children]):
            while asked:
                tell(asked.pop(0))
            bad = next(filter(None, statuses), 0)
            if bad and not worst:
                worst = bad
                tell(signal.SIGTERM)
            time.sleep(LOOK_SECONDS)
        worst = worst or next(filter(None, statuses), 0)
    finally:
        tell(signal.SIGKILL)
        for number, handler in before.items():
            signal.signal(number, handler)
    return worst if worst >= 0 else 128 - worst


def _started(settings: Settings, command: Sequence[str]) -> subprocess.Popen[bytes]:
    # Faust makes the directory itself, but none above it.
    settings.data_dir.parent.mkdir(parents=True, exist_ok=True)
    return subprocess.Popen(  # noqa: S603 - this very program, unless a test says otherwise
        command,
        stdin=subprocess.DEVNULL,
        env=config.for_child(settings),
        # Its own session: Ctrl-C reaches it once, from us.
        start_new_session=True,
        preexec_fn=die_with_parent,
    )
