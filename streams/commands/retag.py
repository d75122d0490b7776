"""``newswire retag``: stories already made, tagged anew with another gazetteer or desks. Publishes nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import click
from rich.console import Console
from rich.text import Text

from streams import config, places
from streams.commands.rendering import printable
from streams.config import Settings
from streams.contracts import codec, topics
from streams.contracts.record import StoryRecord
from streams.errors import Rejected, UsageError
from streams.feeds.subscribing import Subscriber
from streams.places.desks import Desk, load_desks
from streams.places.retagging import Move, move, retag

QUIET_SECONDS = 2.0
"""The topic is read through when so long nothing came that was there at the start."""
EXIT_CHANGED = 3
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH…")
@click.option("--topic", is_flag=True, help=f"Read {topics.STORIES.name} from its beginning instead, up to now.")
@click.option("--gazetteer", "gazetteer_file", type=_FILE, metavar="FILE", help="A gazetteer.tsv.gz to try.")
@click.option("--desks", "desks_file", type=_FILE, metavar="FILE", help="A desks.toml to try.")
@click.option("--diff", is_flag=True, help="Show which stories change and how; exit 3 if any does.")
@click.option("--json", "as_json", is_flag=True, help="With --diff: one JSON line a changed story, then the summary.")
def command(
    paths: tuple[str, ...],
    topic: bool,
    gazetteer_file: Path | None,
    desks_file: Path | None,
    diff: bool,
    as_json: bool,
) -> None:
    """Tag stories anew with another gazetteer or another desks.toml, before it goes live.

    PATH holds enriched records or lines of newswire process, one JSON object a line; - is standard input. Without
    --diff the records are printed with their new tags, in the order they came, under the same uri and version.
    Nothing is sent to Kafka.

    \b
    Examples:
      newswire retag --diff --desks ours.toml --topic
      newswire retag --diff --gazetteer new.tsv.gz yesterday.jsonl
      newswire process incoming/ | newswire retag --desks ours.toml - > tagged.jsonl
    """
    if topic == bool(paths):
        raise UsageError("give PATH… or --topic, one of them")
    if as_json and not diff:
        raise UsageError("--json shapes what --diff shows; without --diff every line is JSON already")
    settings = config.load()
    gazetteer, desks = places.load(gazetteer_file), load_desks(desks_file or settings.desks)
    records = _on_topic(settings) if topic else _in_files(paths)
    pairs = ((name, record, _retagged(name, record, gazetteer, desks)) for name, record in records)
    if diff:
        stories, changed = _show((move(old, new) for _, old, new in pairs), as_json)
        _summary(stories, changed, gazetteer.version, as_json)
        if changed:
            raise click.exceptions.Exit(EXIT_CHANGED)
        return
    out = sys.stdout.buffer
    for _, _, record in pairs:
        out.write(codec.encode(record) + b"\n")
    out.flush()


def _retagged(name: str, record: StoryRecord, gazetteer: places.Gazetteer, desks: tuple[Desk, ...]) -> StoryRecord:
    try:
        return retag(record, gazetteer, desks)
    except Rejected as error:
        raise UsageError(f"{name}: no enriched record: {error}") from error


def _in_files(paths: Iterable[str]) -> Iterator[tuple[str, StoryRecord]]:
    """(where it stands, record) of every line; lines of ``process`` that carry no record are passed over."""
    for path in paths:
        if path == "-":
            yield from _lines("standard input", sys.stdin.buffer)
            continue
        try:
            with open(path, "rb") as file:
                yield from _lines(path, file)
        except OSError as error:
            raise UsageError(f"{path}: cannot read it ({error.strerror})") from error


def _lines(name: str, file: BinaryIO) -> Iterator[tuple[str, StoryRecord]]:
    for number, line in enumerate(file, 1):
        if line.strip():
            where = f"{name}, line {number}"
            record = _record(where, line)
            if record is not None:
                yield where, record


def _record(where: str, line: bytes) -> StoryRecord | None:
    """The record of one line. Raises UsageError for a line that is neither a record nor a line of ``process``."""
    try:
        row = codec.loads(line)
        if isinstance(row, dict) and "outcome" in row and "record" in row:
            row = row["record"]
            if row is None:
                return None
        return codec.decode(codec.encode(row), StoryRecord)
    except Rejected as error:
        raise UsageError(f"{where}: no enriched record: {error}") from error


def _on_topic(settings: Settings) -> Iterator[tuple[str, StoryRecord]]:
    """Everything on the stories topic that was there when the reading began."""
    began = time.time()
    with Subscriber(settings, [topics.STORIES.name], from_beginning=True) as subscriber:
        quiet_since = time.monotonic()
        while time.monotonic() - quiet_since < QUIET_SECONDS:
            for consumed in subscriber.poll(0.2):
                if consumed.value is None or consumed.timestamp > began:
                    continue
                where = f"{consumed.topic}/{consumed.partition}/{consumed.offset}"
                record = _record(where, consumed.value)
                if record is not None:
                    yield where, record
                quiet_since = time.monotonic()


def _show(moves: Iterable[Move], as_json: bool) -> tuple[int, int]:
    """Print the stories that change; (stories, changed)."""
    console = Console(highlight=False, soft_wrap=True)
    stories = changed = 0
    for found in moves:
        stories += 1
        if not found.changed:
            continue
        changed += 1
        if as_json:
            click.echo(codec.encode(_row(found)).decode())
            continue
        console.print(Text.assemble((printable(found.headline), "bold"), f"  {printable(found.uri)} v{found.version}"))
        for title, (before, after) in (
            ("countries", found.countries),
            ("regions", found.regions),
            ("desks", found.desks),
        ):
            if before != after:
                console.print(_change(title, before, after))
    return stories, changed


def _row(found: Move) -> dict[str, object]:
    sides = {"countries": found.countries, "regions": found.regions, "desks": found.desks}
    row: dict[str, object] = {"uri": found.uri, "version": found.version, "headline": found.headline}
    return row | {name: {"before": before, "after": after} for name, (before, after) in sides.items()}


def _change(title: str, before: tuple[str, ...], after: tuple[str, ...]) -> Text:
    """``countries  US GE → GE``, what goes in red and what comes in green."""
    line = Text(f"  {title:<10}")
    for names, other, style in ((before, after, "red"), (after, before, "green")):
        if names is after:
            line.append(" → ")
        for place, name in enumerate(names):
            line.append(" " if place else "").append(printable(name), style=None if name in other else style)
        if not names:
            line.append("none")
    return line


def _summary(stories: int, changed: int, version: str, as_json: bool) -> None:
    if as_json:
        click.echo(codec.encode({"stories": stories, "changed": changed, "gazetteer": version}).decode())
    else:
        click.echo(f"{stories} stories, {changed} would change ({version})")
