"""The command line: help that teaches, exit statuses, nothing heavy for nothing."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from streams.cli import COMMANDS, newswire


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_help_has_an_example(name: str) -> None:
    result = CliRunner().invoke(newswire, [name, "--help"])
    assert result.exit_code == 0
    assert "Example" in result.output
    assert f"newswire {name}" in result.output


def test_the_list_says_what_the_commands_say() -> None:
    result = CliRunner().invoke(newswire, ["--help"])
    for name in COMMANDS:
        assert name in result.output


@pytest.mark.parametrize(
    ("arguments", "row"),
    [
        (["config"], "NEWSWIRE_ROCKSDB_WRITE_BUFFER_MB  16 .* RocksDB write buffer per partition, in MiB."),
        (["desks", "list"], "africa .* 002, africa, .*horn-of-africa.*"),
        (["topics", "list"], "wire.raw.v1.dlq .* the original bytes, key and headers, and why."),
        (["rules", "list", "--family", "byline"], ".*byline.by .*"),
    ],
)
def test_in_a_pipe_a_row_is_a_line(arguments: list[str], row: str) -> None:
    lines = CliRunner().invoke(newswire, arguments).output.splitlines()
    assert any(re.fullmatch(row, line.rstrip()) for line in lines), lines


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "streams.cli", *arguments], input=stdin, capture_output=True)


def test_listing_loads_no_stage() -> None:
    code = "import sys, streams.cli; sys.exit(any(m in sys.modules for m in ('faust', 'kafka', 'streams.places')))"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_bad_usage_is_status_2(tmp_path: Path) -> None:
    assert run("process").returncode == 2
    missing = run("process", str(tmp_path / "nothing"))
    assert missing.returncode == 2
    assert b"no such file" in missing.stderr
    assert run("no-such-command").returncode == 2


def test_a_rejection_is_a_result_not_a_failure() -> None:
    lines = b'{"id": "a", "body": ""}\nno envelope\n{"id": "c", "body": "Ferry service resumes in Oslo harbour"}\n'
    result = run("process", "--jsonl", "-", stdin=lines)
    assert result.returncode == 0
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(line["input"], line["outcome"], line["reason"]) for line in found] == [
        ("a", "rejected", "empty"),
        ("line-2", "rejected", "invalid_envelope"),
        ("c", "published", None),
    ]
    assert found[0]["record"] is None
    assert b"empty" in result.stderr
