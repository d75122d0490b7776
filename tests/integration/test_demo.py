"""The first minute: ``newswire demo`` ends well, and Ctrl-C in its middle leaves nothing behind."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

COMMAND = [sys.executable, "-m", "streams.cli", "demo"]


def _ours(mark: str) -> list[int]:
    """Processes whose environment carries *mark*: the demo's own, its broker's and its worker's."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


@pytest.mark.broker
def test_the_demo_adds_up(tmp_path: Path) -> None:
    environ = {**os.environ, "TMPDIR": str(tmp_path), "HOME": str(tmp_path), "COLUMNS": "160"}
    result = subprocess.run([*COMMAND, "--rate", "25"], capture_output=True, text=True, env=environ, timeout=240)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    assert "the numbers add up" in result.stdout
    assert "1 released from embargo" in result.stdout
    for relation in ("new", "update", "correction", "kill", "duplicate"):
        assert f"{relation} " in result.stdout
    assert list(tmp_path.iterdir()) == [], "no file behind"


@pytest.mark.broker
def test_kept_up_it_has_the_live_page(tmp_path: Path) -> None:
    environ = {**os.environ, "TMPDIR": str(tmp_path), "HOME": str(tmp_path), "COLUMNS": "160"}
    output = tmp_path / "said.txt"
    with output.open("wb") as said:
        demo = subprocess.Popen(
            [*COMMAND, "--keep", "--rate", "100"], env=environ, stdout=said, stderr=said, start_new_session=True
        )
    try:
        until = time.monotonic() + 200
        while "Ctrl-C" not in (text := output.read_text("utf-8")):
            assert time.monotonic() < until, text[-3000:]
            assert demo.poll() is None, text[-3000:]
            time.sleep(0.1)
        found = re.search(r"^page +(http://127\.0\.0\.1:\d+)/$", text, re.MULTILINE)
        assert found, text[-3000:]
        while not _snapshot(found[1])["families"]:
            assert time.monotonic() < until, "nothing on the page"
            time.sleep(0.1)
    finally:
        demo.send_signal(signal.SIGINT)
        try:
            assert demo.wait(timeout=90) == 128 + signal.SIGINT
        finally:
            demo.kill()  # and with it all that it started: they die with their parent
    with pytest.raises(urllib.error.URLError):
        _snapshot(found[1])


def _snapshot(address: str) -> Any:
    with urllib.request.urlopen(f"{address}/snapshot", timeout=10) as answer:
        return json.load(answer)


@pytest.mark.broker
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("after", [0.5, 7.0])
def test_interrupted_it_leaves_no_process_and_no_file(tmp_path: Path, sent: signal.Signals, after: float) -> None:
    mark = f"demo-under-test-{uuid4().hex}"
    environ = {**os.environ, "TMPDIR": str(tmp_path), "HOME": str(tmp_path), "PATH": f"{os.environ['PATH']}:/{mark}"}
    demo = subprocess.Popen(
        COMMAND, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    until = time.monotonic() + 120
    while len(_ours(mark)) < 2 and time.monotonic() < until:
        time.sleep(0.1)
    assert len(_ours(mark)) > 1, "the broker at least must be found, or this test cannot fail"
    time.sleep(after)
    assert demo.poll() is None, "it ended before it could be interrupted"
    demo.send_signal(sent)
    try:
        assert demo.wait(timeout=90) == 128 + sent
    finally:
        demo.kill()
    until = time.monotonic() + 30
    while _ours(mark) and time.monotonic() < until:  # those that died with their parent are gone a moment after it
        time.sleep(0.1)
    assert not _ours(mark)
    assert list(tmp_path.iterdir()) == []
