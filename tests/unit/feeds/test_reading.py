"""Files, folders and JSONL to raw messages, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from streams.contracts.story import RawMessage
from streams.errors import Reason, UsageError
from streams.feeds import reading
from streams.pipeline import Unreadable


def test_a_folder_gives_its_files_in_order_and_leaves_hidden_ones(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".tmp").mkdir()
    for name in ("b/2.txt", "a.txt", ".hidden", ".tmp/half.txt"):
        (tmp_path / name).write_bytes(name.encode())
    found = [message for message in reading.read([str(tmp_path)], source="afp") if isinstance(message, RawMessage)]
    assert [message.body for message in found] == [b"a.txt", b"b/2.txt"]
    assert {message.source for message in found} == {"afp"}


def test_a_file_is_read_byte_for_byte(tmp_path: Path) -> None:
    body = bytes(range(256)) + b"\r\n\x1a"
    (tmp_path / "x").write_bytes(body)
    [message] = reading.read([str(tmp_path / "x")])
    assert isinstance(message, RawMessage)
    assert message.body == body
    assert str(message.origin) == str(tmp_path / "x")


def test_a_huge_file_is_not_read_whole(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"a" * 10_000)
    [message] = reading.read([str(tmp_path / "x")], largest=100)
    assert isinstance(message, RawMessage)
    assert len(message.body) == 101


def test_a_broken_line_does_not_end_the_feed(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b'{"id": "1", "body": "a"}\n\n{"id": \n{"id": "3"}\n{"id": "4", "body": "d"}')
    found = list(reading.read([str(tmp_path / "x")], jsonl=True))
    assert [type(one) for one in found] == [RawMessage, Unreadable, Unreadable, RawMessage]
    assert [one.name for one in found if isinstance(one, Unreadable)] == ["line-3", "3"]


def test_an_endless_line_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_LINE_BYTES", 64)
    (tmp_path / "x").write_bytes(b'{"id": "1", "body": "' + b"a" * 500 + b'"}\n{"id": "2", "body": "b"}\n')
    long, short = reading.read([str(tmp_path / "x")], jsonl=True)
    assert isinstance(long, Unreadable)
    assert long.error.reason is Reason.TOO_LARGE
    assert isinstance(short, RawMessage)


def test_a_path_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        list(reading.read([str(tmp_path / "nothing")]))
