"""Copy that comes in by a folder and over HTTP, by the very commands, to the raw topic of a broker."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from streams import config
from streams.contracts import topics
from streams.feeds.subscribing import Consumed, Subscriber
from streams.runtime import provision
from streams.runtime.embedded import EmbeddedBroker, settings_for
from streams.runtime.ports import free_port

DOC = Path(__file__).resolve().parents[2] / "docs" / "feeds.md"
LEAD = "Ferry service resumes in Oslo harbour\n\nOslo, March 10, 2026 - The ferry is back, the harbour office said.\n"
TOKEN = "afp-token-0123456789"


@pytest.fixture(scope="module")
def settings() -> Iterator[config.Settings]:
    """A broker with the topics, and no worker."""
    with EmbeddedBroker() as broker:
        made = settings_for(broker.address, config.Settings(partitions=1))
        provision.apply(made)
        yield made


@contextmanager
def command(settings: config.Settings, *arguments: str, **environ: str) -> Iterator[subprocess.Popen[str]]:
    """A running command; it must end with status 0 at SIGTERM."""
    process = subprocess.Popen(
        [sys.executable, "-m", "streams.cli", *arguments],
        env={
            "PATH": os.environ["PATH"],
            **config.environment_of(settings),
            "NEWSWIRE_METRICS_PORT": "0",
            **environ,
        },
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said
        assert TOKEN not in said
    finally:
        process.kill()
        process.wait()


def raw(settings: config.Settings, number: int, seconds: float = 120.0) -> list[Consumed]:
    """Everything on the raw topic, once there are *number*."""
    until = time.monotonic() + seconds
    while True:
        with Subscriber(settings, [topics.RAW.name], from_beginning=True) as subscriber:
            found = subscriber.until_quiet(0.4)
        if len(found) >= number or time.monotonic() > until:
            return found


def test_a_folder_is_sent_and_archived(settings: config.Settings, tmp_path: Path) -> None:
    before = len(raw(settings, 0))
    (tmp_path / "afp").mkdir()
    with command(settings, "watch", str(tmp_path), "--still", "0.3"):
        (tmp_path / "afp" / "lead.txt.part").write_text(LEAD)
        time.sleep(0.5)
        (tmp_path / "afp" / "lead.txt.part").rename(tmp_path / "afp" / "lead.txt")
        (tmp_path / "afp" / "second.txt").write_text(LEAD + "Second.\n")
        found = raw(settings, before + 2)[before:]
        until = time.monotonic() + 120
        while len(list((tmp_path / "archive").rglob("*.txt"))) < 2 and time.monotonic() < until:
            time.sleep(0.05)
    assert [(record.key, record.value) for record in found] == [
        (b"afp", LEAD.encode()),
        (b"afp", (LEAD + "Second.\n").encode()),
    ]
    assert {name for record in found for name, _ in record.headers} == {"source", "received"}
    assert [path.name for path in sorted((tmp_path / "archive").rglob("*.txt"))] == ["lead.txt", "second.txt"]


def test_once_sends_what_is_there_and_ends(settings: config.Settings, tmp_path: Path) -> None:
    before = len(raw(settings, 0))
    (tmp_path / "lead.txt").write_text(LEAD)
    ran = subprocess.run(
        [sys.executable, "-m", "streams.cli", "watch", "--once", "--still", "0.2", "--source", "dpa", str(tmp_path)],
        env={"PATH": os.environ["PATH"], **config.environment_of(settings), "NEWSWIRE_METRICS_PORT": "0"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr.endswith("1 files sent\n")
    assert [record.key for record in raw(settings, before + 1)[before:]] == [b"dpa"]


def test_the_documented_curl_is_answered_when_the_broker_has_it(settings: config.Settings, tmp_path: Path) -> None:
    [example] = re.findall(r"<!-- tried -->\n```sh\n(.*?)```", DOC.read_text("utf-8"), re.DOTALL)
    port = free_port()
    (tmp_path / "lead.txt").write_text(LEAD)
    before = len(raw(settings, 0))
    with command(settings, "push", NEWSWIRE_PUSH_TOKENS=f"afp:{TOKEN}", NEWSWIRE_PUSH_PORT=str(port)) as process:
        assert process.stderr is not None
        while "taking copy at" not in process.stderr.readline():
            assert process.poll() is None
        answers = [
            subprocess.run(
                ["bash", "-c", example.replace("9480", str(port))],
                env={"PATH": os.environ["PATH"], "TOKEN": TOKEN},
                cwd=tmp_path,
                capture_output=True,
                timeout=120,
            )
            for _ in range(2)
        ]
        assert [answer.returncode for answer in answers] == [0, 0], answers
        said = json.loads(answers[0].stdout)
        assert said == json.loads(answers[1].stdout)
        found = raw(settings, before + 1)[before:]
    [record] = found
    assert (record.partition, record.offset) == (said["partition"], said["offset"])
    assert (record.key, record.value) == (b"afp", LEAD.encode())
    assert dict(record.headers) == {"source": b"afp", "content-type": b"text/plain; charset=utf-8"}


def test_without_a_token_or_a_topic_it_does_not_start(settings: config.Settings, tmp_path: Path) -> None:
    environ = {"PATH": os.environ["PATH"], "NEWSWIRE_BROKER": settings.broker}
    ran = subprocess.run([sys.executable, "-m", "streams.cli", "push"], env=environ, capture_output=True, timeout=120)
    assert (ran.returncode, b"NEWSWIRE_PUSH_TOKENS" in ran.stderr) == (2, True)
    with EmbeddedBroker() as empty:
        environ["NEWSWIRE_BROKER"] = empty.address
        ran = subprocess.run(
            [sys.executable, "-m", "streams.cli", "watch", str(tmp_path)], env=environ, capture_output=True, timeout=120
        )
    assert (ran.returncode, b"newswire topics apply" in ran.stderr) == (2, True), ran.stderr
