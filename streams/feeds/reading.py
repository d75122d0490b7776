"""Files, folders, JSONL and standard input → raw messages, in order. Never alters a byte, sends nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from streams.contracts import envelope
from streams.contracts.story import Origin, RawMessage
from streams.errors import Reason, Rejected, UsageError
from streams.pipeline import Unreadable

STANDARD_INPUT = "-"
MAX_LINE_BYTES = 128 * 1024 * 1024
"""A longer JSONL line is not read into memory: it is reported and skipped."""


def read(
    paths: Iterable[str], *, jsonl: bool = False, source: str | None = None, largest: int | None = None
) -> Iterator[RawMessage | Unreadable]:
    """Yield one message per file, or per line with *jsonl*; folders give their files in name order.

    ``-`` is standard input. *source* is the provider where the input does not name one. A file larger than
    *largest* bytes is not read whole: what comes is long enough to be rejected as too large. Raises
    :class:`UsageError` for a path that does not exist or cannot be read.
    """
    for path in paths:
        if path == STANDARD_INPUT:
            if jsonl:
                yield from _lines(sys.stdin.buffer, source)
            else:
                yield _whole(path, _capped(sys.stdin.buffer, largest), source)
            continue
        for file in _files(Path(path)):
            name = path if file == Path(path) else str(file)
            try:
                with file.open("rb") as handle:
                    if jsonl:
                        yield from _lines(handle, source)
                    else:
                        yield _whole(name, _capped(handle, largest), source)
            except OSError as error:
                raise UsageError(f"{name}: {error.strerror or error}") from error


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise UsageError(f"{path}: no such file or folder")
    if not path.is_dir():
        return [path]
    return sorted(
        file
        for file in path.rglob("*")
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(path).parts)
    )


def _capped(handle: BinaryIO, largest: int | None) -> bytes:
    return handle.read() if largest is None else handle.read(largest + 1)


def _whole(name: str, body: bytes, source: str | None) -> RawMessage:
    return RawMessage(body=body, origin=Origin(name), source=source)


def _lines(handle: BinaryIO, source: str | None) -> Iterator[RawMessage | Unreadable]:
    number = 0
    while line := handle.readline(MAX_LINE_BYTES):
        number += 1
        if len(line) == MAX_LINE_BYTES and not line.endswith(b"\n"):
            _skip_line(handle)
            yield Unreadable(
                f"line-{number}", Rejected(Reason.TOO_LARGE, f"line {number} is longer than {MAX_LINE_BYTES} bytes")
            )
            continue
        if line.strip():
            yield _envelope(line, number, source)


def _skip_line(handle: BinaryIO) -> None:
    while (rest := handle.readline(MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
        pass


def _envelope(line: bytes, number: int, source: str | None) -> RawMessage | Unreadable:
    name = f"line-{number}"
    try:
        name, fields = envelope.identity_of(line, number)
        return envelope.to_message(name, fields, source)
    except Rejected as error:
        return Unreadable(name, error)
