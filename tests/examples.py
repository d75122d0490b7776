"""The examples of the README, by the marker above each, and how to run one until it has shown enough."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from streams.runtime.embedded import die_with_parent

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
ADDRESS = "localhost:9092"
"""The broker that every example names."""
GROUP = "my-desk"
"""The group of every example; each run has one of its own, or it would wait for the one before to be missed."""
JAVA = """import java.time.*;
import java.util.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.common.serialization.*;

public class Desk {
    public static void main(String[] arguments) {
        %s
    }
}
"""
"""What stands around the Java example, which is but the lines that matter."""


def example(name: str, broker: str) -> str:
    """Return the code under ``<!-- example: NAME -->``, to be run against *broker*. Raises ``LookupError``."""
    found = re.search(rf"<!-- example: {name} -->\n```\w+\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    if found is None:
        raise LookupError(f"README.md has no example {name}")
    code = found[1]
    if code.count(ADDRESS) != 1:
        raise LookupError(f"the example {name} does not name {ADDRESS} once")
    return code.replace(ADDRESS, broker).replace(GROUP, f"{GROUP}-{name}-{os.getpid()}")


def shown(command: Sequence[str], lines: int, seconds: float, folder: Path) -> list[str]:
    """Run *command*, which never ends by itself, until it has printed *lines* or *seconds* have passed; what it
    printed. Raises ``AssertionError`` with its last words when it ends before."""
    out, errors = folder / "out.txt", folder / "errors.txt"
    with out.open("wb") as printed, errors.open("wb") as said:
        process = subprocess.Popen(
            command, stdout=printed, stderr=said, start_new_session=True, preexec_fn=die_with_parent
        )
    until = time.monotonic() + seconds
    try:
        while len(found := _lines(out)) < lines and time.monotonic() < until:
            assert process.poll() is None, f"ended with {process.returncode}: {errors.read_text('utf-8')[-2000:]}"
            time.sleep(0.1)
    finally:
        _end(process)
    assert len(found) >= lines, f"{found} within {seconds:g} s; {errors.read_text('utf-8')[-2000:]}"
    return found


def _lines(out: Path) -> list[str]:
    """The whole lines in a file that is being written."""
    return out.read_bytes().rpartition(b"\n")[0].decode("utf-8").splitlines()


def _end(process: subprocess.Popen[bytes]) -> None:
    """The whole session: a shell's example is a pipe of several."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)
