"""Several workers under one parent: their settings, signals passed on, the end of one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from streams import config
from streams.errors import UsageError
from streams.runtime import processes
from streams.runtime.processes import run, settings_of

CHILD = """
import os, signal, sys, time
from pathlib import Path
place = Path(os.environ["NEWSWIRE_DATA_DIR"])
place.mkdir()
signal.signal(signal.SIGTERM, lambda *_: (place.joinpath("told").touch(), sys.exit(0)))
{first}
place.joinpath("pid").write_text(str(os.getpid()))
{then}
while True:
    time.sleep(0.05)
"""
PARENT = """
import sys
from pathlib import Path
from streams import config
from streams.runtime.processes import run, settings_of
workers = settings_of(config.Settings(data_dir=Path(sys.argv[1])), 2)
sys.exit(run(workers, [sys.executable, "-c", sys.argv[2]]))
"""


ALL_UP = "while len(list(place.parent.glob('*/pid'))) < {}: time.sleep(0.02)\n"
"""A child's wait until so many are there to be told."""


def child(then: str = "", first: str = "") -> str:
    return CHILD.format(then=then, first=first)


def wait_for(path: Path) -> str:
    until = time.monotonic() + 60
    while not (path.exists() and path.read_text()):
        assert time.monotonic() < until, f"{path} never came"
        time.sleep(0.02)
    return path.read_text()


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"


def test_each_has_a_port_and_a_directory_of_its_own() -> None:
    given = config.Settings(metrics_port=9464, data_dir=Path("/var/lib/newswire"), partitions=12)
    workers = settings_of(given, 3)
    assert [worker.metrics_port for worker in workers] == [9464, 9465, 9466]
    assert [str(worker.data_dir) for worker in workers] == [f"/var/lib/newswire/{n}" for n in range(3)]
    assert {worker.partitions for worker in workers} == {12}


def test_a_port_of_0_stays_any_port_and_ports_must_fit() -> None:
    assert {worker.metrics_port for worker in settings_of(config.Settings(metrics_port=0), 3)} == {0}
    with pytest.raises(UsageError):
        settings_of(config.Settings(metrics_port=65535), 2)


def test_one_that_ends_badly_ends_the_others_and_lends_its_status(tmp_path: Path) -> None:
    then = ALL_UP.format(3) + "if place.name == '1': sys.exit(7)"
    workers = settings_of(config.Settings(data_dir=tmp_path / "not" / "there"), 3)
    assert run(workers, [sys.executable, "-c", child(then)]) == 7
    assert (tmp_path / "not" / "there" / "0" / "told").exists()
    assert (tmp_path / "not" / "there" / "2" / "told").exists()


def test_one_ended_by_a_signal_is_told_as_a_shell_tells_it(tmp_path: Path) -> None:
    then = ALL_UP.format(2) + "if place.name == '1': os.kill(os.getpid(), signal.SIGKILL)"
    workers = settings_of(config.Settings(data_dir=tmp_path), 2)
    assert run(workers, [sys.executable, "-c", child(then)]) == 128 + signal.SIGKILL


def test_when_one_cannot_be_started_the_others_are_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            made.append(self)

    made: list[subprocess.Popen[bytes]] = []
    monkeypatch.setattr(processes.subprocess, "Popen", Noted)
    (tmp_path / "file").touch()
    first, second = (config.Settings(data_dir=tmp_path / name) for name in ("0", "file/in/1"))
    with pytest.raises(OSError, match="file"):
        run([first, second], [sys.executable, "-c", child()])
    try:
        assert [process.wait(30) for process in made] == [-signal.SIGKILL]
    finally:
        made[0].kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals_are_passed_on_and_a_drained_end_is_a_good_one(tmp_path: Path, number: signal.Signals) -> None:
    drains = "signal.signal(signal.SIGINT, signal.getsignal(signal.SIGTERM))"
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path), child(first=drains)])
    for n in range(2):
        wait_for(tmp_path / str(n) / "pid")
    parent.send_signal(number)
    assert parent.wait(60) == 0
    assert all((tmp_path / str(n) / "told").exists() for n in range(2))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux ends a process with its parent")
def test_no_worker_outlives_a_killed_parent(tmp_path: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path), child()])
    pids = [int(wait_for(tmp_path / str(n) / "pid")) for n in range(2)]
    parent.kill()
    parent.wait()
    until = time.monotonic() + 60
    while not all(gone(pid) for pid in pids):
        assert time.monotonic() < until
        time.sleep(0.05)
