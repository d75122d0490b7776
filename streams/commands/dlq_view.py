"""Dead letters → tables and text for a person, bytes made readable and harmless for a terminal. Reads no topic."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from streams.commands.rendering import printable
from streams.contracts import headers
from streams.contracts.envelope import moment
from streams.contracts.topics import RAW
from streams.errors import Reason
from streams.feeds.deadletters import Letter, Sorted
from streams.feeds.subscribing import Consumed
from streams.text import encodings

MOST_CHARACTERS = 4_000
MOST_HEX = 512
_CONTROL_SHARE = 0.02
"""Bytes with more control characters than this are shown in hexadecimal; wire copy frames itself with a few."""
TITLES = ("id", "rejected", "reason", "source", "bytes", "replays", "origin", "what was seen")


def clock(seconds: float) -> str:
    """``2026-03-10T06:44:12Z``."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def print_letters(console: Console, letters: Sequence[Letter]) -> None:
    """Print one line a letter, columns aligned; cut at the edge of a terminal, whole anywhere else."""
    rows = [_columns(letter) for letter in letters]
    widths = [max(len(row[place]) for row in (TITLES, *rows)) for place in range(len(TITLES))]
    for row, letter in zip((TITLES, *rows), (None, *letters), strict=True):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        line = Text("  ".join(cells).rstrip(), style="bold" if letter is None else "dim" if letter.superseded else "")
        if letter is not None and letter.reason == Reason.INTERNAL:
            line.stylize("red")
        if console.is_terminal:
            console.print(line, no_wrap=True, overflow="ellipsis")
        else:
            console.print(line, soft_wrap=True)


def _columns(letter: Letter) -> tuple[str, ...]:
    came_back = " (a newer letter is there)" if letter.superseded else ""
    return (
        letter.id,
        clock(letter.time),
        printable(letter.reason or "?"),
        printable(letter.source or "-")[:20],
        "null" if letter.bytes is None else str(letter.bytes),
        f"{letter.replays}{came_back}",
        printable(str(letter.origin or "-")),
        printable(letter.message),
    )


def as_data(letter: Letter) -> dict[str, Any]:
    """Return a letter as JSON says it: its id, when, why, where from; the key as text."""
    return {
        "id": letter.id,
        "rejected": clock(letter.time),
        "reason": letter.reason,
        "message": letter.message,
        "exception": letter.exception,
        "source": letter.source,
        "origin": str(letter.origin) if letter.origin else None,
        "key": None if letter.key is None else letter.key.decode("utf-8", "replace"),
        "bytes": letter.bytes,
        "sha256": letter.sha256,
        "version": letter.version,
        "replays": letter.replays,
        "superseded": letter.superseded,
    }


def whole(letter: Letter, consumed: Consumed) -> dict[str, Any]:
    """Return everything: the letter, every header in order, the value in base64."""
    value = consumed.value
    return {
        **as_data(letter),
        "headers": [
            [name, None if said is None else said.decode("utf-8", "replace")] for name, said in consumed.headers
        ],
        "value_base64": None if value is None else base64.b64encode(value).decode(),
    }


def readable(value: bytes | None, content_type: str | None) -> str:
    """Return the message's bytes for a terminal: as text if they are, else in hexadecimal; the beginning of them."""
    if value is None:
        return "(null: a tombstone, no bytes)"
    if not value:
        return "(no bytes)"
    text = encodings.decode(value[: 4 * MOST_CHARACTERS], encodings.charset_of(content_type)).text
    controls = sum(one < " " and one not in "\r\n\t" for one in text)
    if controls > _CONTROL_SHARE * len(text) + 4:
        return _hexadecimal(value)
    lines = "\n".join(printable(line) for line in text[:MOST_CHARACTERS].splitlines())
    rest = len(value) - len(text[:MOST_CHARACTERS].encode("utf-8", "replace"))
    return f"{lines}\n… {rest} bytes more: --raw gives them all" if rest > 0 and len(text) > MOST_CHARACTERS else lines


def _hexadecimal(value: bytes) -> str:
    rows = []
    for start in range(0, min(len(value), MOST_HEX), 16):
        row = value[start : start + 16]
        shown = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)
        rows.append(f"{start:08x}  {row.hex(' '):<47}  {shown}")
    if len(value) > MOST_HEX:
        rows.append(f"… {len(value) - MOST_HEX} bytes more: --raw gives them all")
    return "\n".join(rows)


def next_steps(letter: Letter) -> Iterator[str]:
    """Yield what to do about a letter, a sentence or a command each."""
    known = {reason.value: reason for reason in Reason}
    if letter.reason in known:
        yield known[letter.reason].help
    else:
        yield "No reason of this project: somebody else wrote to the topic; it is not replayed."
        return
    if letter.origin is not None and letter.origin.name == RAW.name:
        source = f" --source {letter.source}" if letter.source and letter.source.isalnum() else ""
        yield f"try it here: newswire dlq show {letter.id} --raw | newswire process{source} -"
    if letter.superseded:
        yield "it was replayed and came back: there is a newer letter of it"
    else:
        yield f"once the cause is mended: newswire dlq replay {letter.id} --send"


def print_letter(console: Console, letter: Letter, consumed: Consumed) -> None:
    """Print everything that a person wants to know of one letter."""
    console.print(Text(f"dead letter {letter.id}", style="bold"), Text(f"rejected {clock(letter.time)}", style="dim"))
    console.print(Text(printable(f"{letter.reason or '?'}: {letter.message}"), style="red"))
    facts = Table(box=None, pad_edge=False, show_header=False)
    facts.add_column(style="bold", no_wrap=True)
    facts.add_column(overflow="fold")
    key = "null" if letter.key is None else printable(letter.key.decode("utf-8", "replace"))
    facts.add_row("came from", Text(printable(str(letter.origin or "it does not say"))))
    facts.add_row("key", Text(key))
    facts.add_row("bytes", "null" if letter.bytes is None else str(letter.bytes))
    facts.add_row("SHA-256", letter.sha256)
    received = moment(headers.value_of(consumed.headers, headers.RECEIVED))
    if received is not None:
        facts.add_row("received", clock(received.timestamp()))
    console.print(facts)
    console.print(Text("\nwhy it is here", style="bold"))
    console.print(_header_table(consumed, ours=True))
    console.print(Text("\nits own headers, as they came", style="bold"))
    console.print(_header_table(consumed, ours=False))
    console.print(Text("\nits bytes", style="bold"))
    content_type = headers.value_of(consumed.headers, headers.CONTENT_TYPE)
    console.print(Text(readable(consumed.value, content_type)), soft_wrap=True)
    console.print(Text("\nwhat next", style="bold"))
    for step in next_steps(letter):
        console.print(Text(f"- {step}"), soft_wrap=True)


def _header_table(consumed: Consumed, *, ours: bool) -> Table | Text:
    made = Table(box=None, pad_edge=False, show_header=False)
    made.add_column(no_wrap=True)
    made.add_column(overflow="fold")
    if ours:
        made.add_column(style="dim", overflow="fold")
    for name, value in consumed.headers:
        if name.lower().startswith(headers.DEAD_PREFIX) is ours:
            said = Text(printable((value or b"").decode("utf-8", "replace")))
            made.add_row(Text(printable(name)), said, *([headers.DEAD_HEADERS.get(name.lower(), "")] if ours else []))
    return made if made.row_count else Text("(none)", style="dim")


def left_out(found: Sorted, most: int) -> tuple[str, ...]:
    """Return what a replay leaves alone, in words."""
    said = []
    if found.superseded:
        said.append(f"passed over as there is a newer letter: {found.superseded}")
    if found.worn:
        said.append(f"left alone as they came back {most} times: {len(found.worn)}; mend the cause first")
    if found.foreign:
        said.append(f"not from a topic that the worker reads: {found.foreign}")
    return tuple(said)
