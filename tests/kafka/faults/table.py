"""Rows → docs/faults.md. Runs nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.kafka.faults.catalogue import FAULTS

_HEAD = """# Faults, and what became of the copy

Made by `python -m tests.kafka.faults --write docs/faults.md` (`make faults`): three brokers of Apache Kafka on one
machine, every topic with three replicas of which two must have a record, one worker unless it says otherwise, copy fed
at 25 messages a second throughout. {machine}.

What is fed is generated, and its fate known beforehand: wire copy (leads, re-sends, reprints, corrections, wraps,
kills), versioned items in four more languages, and messages that can never be read. Afterwards everything on every
topic is read from offset 0 and the books are made up (`tests/kafka/books.py`):

- **repeated**: records beyond the first under one key and version (of copies: one input). Always the same content.
- **lost**: fed, and neither published nor a copy nor a dead letter.
- **wrong**: another relation than it must have, another parent, two contents under one topic, key and version, missing
  on a topic that it goes to, out before its embargo, a dead letter that is not byte for byte what came in.
- **ahead**: below a committed offset and not durable, looked at whenever a worker was dead, and at the end. Offsets
  are committed every 0.1 s here, ten times as often as by default.
- **s**: the longest that any story waited, from when it was fed or, if that was later, from when the fault was over
  (the process killed, the broker back). Starting a worker is part of it, and so is whatever else the machine was doing:
  the seconds change from run to run, the zeros must not.

| fault | fed | published | copies | dead letters | repeated | lost | wrong | ahead | s |
|---|---|---|---|---|---|---|---|---|---|
"""

_START = """
## From a worker's start to its first story

`python -m tests.kafka.faults --start ENTRIES …`, tables in memory, so that all of the changelog is read.

| entries in state | changelog | ready after | first story out after |
|---|---|---|---|
"""

_TAIL = """
## Not covered

- A machine that loses power with all three brokers on it: brokers are killed here, and what they wrote is still in the
  machine's memory. Spread replicas over machines.
- A clock that is wrong before a story arrives is believed: one that is ahead lets an embargoed story out early. The
  identity of stories hangs on the times that the brokers wrote, and stays right. Run NTP.
"""


def document(rows: Mapping[str, Mapping[str, Any]], starts: Sequence[Mapping[str, Any]], machine: str) -> str:
    """Return the page. *rows* by the fault's name; the order is the catalogue's."""
    lines, notes = [], []
    for fault in FAULTS:
        row = rows.get(fault.name)
        if row is None:
            continue
        mark = ""
        if row["note"]:
            notes.append(f"{len(notes) + 1}. {row['note']}.")
            mark = f" ({len(notes)})"
        figures = [row[n] for n in ("fed", "published", "copies", "dead", "repeated", "lost", "wrong", "ahead")]
        cells = [f"{row['fault']}{mark}", *(f"{n:,}" for n in figures), f"{row['seconds']:.1f}"]
        if fault.must_fail:
            lines.append("| *control, a safeguard taken out: this must not balance* | | | | | | | | | |")
        lines.append("| " + " | ".join(cells) + " |")
    page = _HEAD.format(machine=machine) + "\n".join(lines) + "\n"
    if notes:
        page += "\n" + "\n".join(notes) + "\n"
    if starts:
        page += _START
        for start in starts:
            size = f"{start['changelog_bytes'] / 1e6:,.0f} MB"
            page += f"| {start['entries']:,} | {size} | {start['ready']:.1f} s | {start['first_story']:.1f} s |\n"
    return page + _TAIL
