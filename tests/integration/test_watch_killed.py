"""``newswire watch`` killed between its steps: every file is published once, and what is sent again is known."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from streams import config
from streams.contracts import codec, topics
from streams.feeds.generating import story
from tests.conftest import ROOT
from tests.integration.conftest import Wire
from tests.integration.killed_watch import STEPS

BATCH = 6
"""Files that come in before each kill; it falls on the third."""


def watch(wire: Wire, folder: Path, *dying: str) -> tuple[int, str]:
    """Run the command over the folder until it ends; *dying*: the step after which it kills itself, and which one."""
    module = "tests.integration.killed_watch" if dying else "streams.cli"
    ran = subprocess.run(
        [sys.executable, "-m", module, *(dying or ("watch",)), "--once", "--still", "0.1", str(folder)],
        env={
            "PATH": os.environ["PATH"],
            **config.environment_of(wire.stage.settings),
            "NEWSWIRE_METRICS_PORT": "0",
        },
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        timeout=120,
    )
    return ran.returncode, ran.stderr


@pytest.mark.broker
def test_a_watch_killed_between_its_steps_loses_no_file_and_identity_knows_the_copies(
    wire: Wire, tmp_path: Path
) -> None:
    incoming = tmp_path / "afp"
    incoming.mkdir()
    files: dict[str, bytes] = {}
    for step in STEPS:
        for _ in range(BATCH):
            name = f"{len(files):03}.txt"
            files[name] = story(len(files), words=80).body
            (incoming / f"{name}.part").write_bytes(files[name])
            (incoming / f"{name}.part").rename(incoming / name)
        status, said = watch(wire, tmp_path, step, "1" if step == "done with a round" else "3")
        assert status == -signal.SIGKILL, f"not killed when {step}: {said}"
    status, said = watch(wire, tmp_path)
    assert status == 0, said

    archived = {path.name: path.read_bytes() for path in (tmp_path / "archive").rglob("*.txt")}
    assert archived == files
    assert not list(incoming.iterdir())
    assert not (tmp_path / "quarantine").exists()

    wire.wait(topics.RAW.name, len(files))
    sent = wire.read(topics.RAW.name)
    times = Counter(record.value for record in sent)
    assert times.keys() == set(files.values()), "every file, byte for byte, and nothing else"
    assert len(sent) > len(files), "what the broker had and the archive had not was sent again"
    records = {(record.key, record.value, tuple(record.headers)) for record in sent}
    assert len(records) == len(files), "sent again, it is the same record"

    wire.wait(topics.STORIES.name, len(files))
    copies = wire.wait(topics.DUPLICATES.name, len(sent) - len(files))
    uris = Counter(
        codec.loads(record.value or b"")["item"]["uri"] for record in wire.read(topics.STORIES.name, quiet=0.5)
    )
    assert (len(uris), set(uris.values())) == (len(files), {1}), "each story once"
    assert len(copies) == len(sent) - len(files), "each copy on the topic of duplicates"
    assert not wire.read(topics.DEAD_LETTERS.name, quiet=0.5)
