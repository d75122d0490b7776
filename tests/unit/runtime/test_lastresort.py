"""The end of a process that does not end: its status, and what it says it waited for."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
import time

import pytest

from streams.runtime import lastresort
from streams.runtime.lastresort import STATUS, LastResort, stopping

HANGS = """
import logging, time
logging.basicConfig(format="%(message)s")
from streams.runtime.lastresort import LastResort
LastResort(lambda: "deliver identify wire.normalised.v1/3/17").arm(0.2, "of being told to stop")
time.sleep(300)
"""


def test_a_process_that_hangs_ends_with_its_status_and_its_reason() -> None:
    ended = subprocess.run([sys.executable, "-c", HANGS], capture_output=True, text=True, timeout=250)
    assert ended.returncode == STATUS
    assert "within 0 s of being told to stop; ending it with status 1" in ended.stderr
    assert "waited for deliver identify wire.normalised.v1/3/17" in ended.stderr
    assert "time.sleep(300)" in ended.stderr or 'File "<string>"' in ended.stderr, "where it stood"


MUTE = """
import logging, time
logging.basicConfig(format="%(message)s")
from streams.runtime import lastresort
lastresort.WORDS_SECONDS = 0.2
logging.getLogger().handlers[0].acquire()
lastresort.LastResort(lambda: "").arm(0.2, "of its failure")
time.sleep(300)
"""


def test_a_process_that_cannot_say_why_ends_too() -> None:
    ended = subprocess.run([sys.executable, "-c", MUTE], capture_output=True, timeout=60)
    assert (ended.returncode, ended.stderr) == (STATUS, b"")


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    statuses: list[int] = []
    monkeypatch.setattr(lastresort.os, "_exit", statuses.append)
    monkeypatch.setattr(lastresort.faulthandler, "dump_traceback", lambda *args, **kwargs: None)
    monkeypatch.setattr(logging, "shutdown", lambda: None)
    return statuses


def test_one_that_ends_in_time_is_left_alone(ended: list[int]) -> None:
    last = LastResort(lambda: "")
    last.arm(5, "of being told to stop")
    last.disarm()
    assert last._timer is not None
    last._timer.join(60)
    assert not last._timer.is_alive()
    assert ended == []


def test_the_first_call_counts(ended: list[int]) -> None:
    last = LastResort(lambda: "")
    last.arm(60, "of its failure")
    last.arm(0.05, "of being told to stop")
    time.sleep(0.3)
    assert ended == []
    last.disarm()


def test_not_knowing_what_it_waits_for_does_not_keep_it(ended: list[int], caplog: pytest.LogCaptureFixture) -> None:
    def torn() -> str:
        raise RuntimeError("Set changed size during iteration")

    last = LastResort(torn)
    last.arm(0.01, "of its failure")
    assert last._timer is not None
    last._timer.join(60)
    assert ended == [STATUS]
    assert "something unknown (RuntimeError" in caplog.text


def test_it_names_the_service_whose_stop_does_not_return() -> None:
    class Hanging:
        async def stop(self) -> None:
            await asyncio.sleep(10)

    class Outer:
        async def stop(self) -> None:
            await Hanging().stop()

    async def scenario() -> list[str]:
        task = asyncio.create_task(Outer().stop())
        await asyncio.sleep(0)
        found = stopping(asyncio.get_running_loop())
        task.cancel()
        return found

    assert asyncio.run(scenario()) == ["Hanging.stop"]
