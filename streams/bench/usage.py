"""What a process takes of the machine, children included: processor time over time, and memory. Linux's /proc only."""

from __future__ import annotations

import os
import threading
import time
from bisect import bisect_left
from pathlib import Path
from types import TracebackType

EVERY_SECONDS = 0.05
_TICK = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """Return *pid* and its descendants that run now."""
    found = [pid]
    for each in found:
        for task in Path(f"/proc/{each}/task").glob("*/children"):
            found += [int(child) for child in _read(task).split()]
    return found


def processor_seconds(pid: int) -> float:
    """Return the processor time that *pid* and its descendants have taken, 0 for a process that is gone."""
    ticks = 0
    for each in family(pid):
        fields = _read(Path(f"/proc/{each}/stat")).rpartition(")")[2].split()
        ticks += sum(map(int, fields[11:13]))
    return ticks / _TICK


def resident_mb(pid: int) -> float:
    """Return the most memory, in 10⁶ bytes, that each of them had resident, added up."""
    kilobytes = 0
    for each in family(pid):
        for line in _read(Path(f"/proc/{each}/status")).splitlines():
            if line.startswith("VmHWM:"):
                kilobytes += int(line.split()[1])
    return kilobytes * 1024 / 1e6


def _read(path: Path) -> str:
    try:
        return path.read_text("ascii", "replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""  # it ended between being found and being asked


class Sampler:
    """Notes the processor time of *pid* every 50 ms while entered."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.peak_mb = 0.0
        self._at: list[float] = []
        self._spent: list[float] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Sampler:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.peak_mb = resident_mb(self.pid)
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.is_set():
            self._spent.append(processor_seconds(self.pid))
            self._at.append(time.time())
            self._ended.wait(EVERY_SECONDS)

    def between(self, start: float, end: float) -> float:
        """Return the processor seconds spent from *start* to *end*, seconds since the epoch.

        Within 50 ms it is taken to be spent evenly: a short backlog ends between two samples.
        """
        return self._until(end) - self._until(start)

    def _until(self, moment: float) -> float:
        after = bisect_left(self._at, moment)
        if after in (0, len(self._at)):
            return self._spent[min(after, len(self._at) - 1)]
        began, ended = self._at[after - 1 : after + 1]
        before, spent = self._spent[after - 1 : after + 1]
        return before + (spent - before) * (moment - began) / (ended - began)
