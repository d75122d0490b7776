"""``newswire retag``: stories already made, tagged anew with another gazetteer or desks. Publishes no record."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import click

from streams import config, places
from streams.commands import retag_live
from streams.commands.moments import seconds_of
from streams.commands.retag_lines import show
from streams.config import Settings
from streams.contracts import codec, topics
from streams.contracts.record import StoryRecord
from streams.errors import Rejected, UsageError
from streams.feeds.retagging import Window
from streams.feeds.subscribing import Subscriber
from streams.places.desks import Desk, load_desks
from streams.places.retagging import move, retag

EXIT_CHANGED = 3
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH…")
@click.option("--topic", is_flag=True, help=f"Read {topics.STORIES.name} from its beginning instead, up to now.")
@click.option("--gazetteer", "gazetteer_file", type=_FILE, metavar="FILE", help="A gazetteer.tsv.gz to try.")
@click.option("--desks", "desks_file", type=_FILE, metavar="FILE", help="A desks.toml to try.")
@click.option("--diff", is_flag=True, help="Show which stories change and how; exit 3 if any does.")
@click.option("--json", "as_json", is_flag=True, help="With --diff or --publish: JSON lines, the summary last.")
@click.option("--publish", is_flag=True, help="Take the stories that the wire has published: see above.")
@click.option("--since", metavar="WHEN", help="With --publish: published then or later; 90m, 6h, 3d or a time. [all]")
@click.option("--until", metavar="WHEN", help="With --publish: published before then. [now]")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="With --publish: no more than N re-tags.")
@click.option("--rate", type=click.FloatRange(min=0.01), metavar="N", help="With --publish --send: N re-tags a second.")
@click.option("--dry-run/--send", "dry_run", default=None, help="With --publish: only show them, or send. [dry run]")
def command(
    paths: tuple[str, ...],
    topic: bool,
    gazetteer_file: Path | None,
    desks_file: Path | None,
    diff: bool,
    as_json: bool,
    publish: bool,
    since: str | None,
    until: str | None,
    limit: int | None,
    rate: float | None,
    dry_run: bool | None,
) -> None:
    """Tag stories anew with another gazetteer or another desks.toml, before it goes live.

    PATH holds enriched records or lines of newswire process, one JSON object a line; - is standard input. Without
    --diff the records are printed with their new tags, in the order they came, under the same uri and version.
    Nothing is sent to Kafka.

    --publish looks at the newest version of each story on the feed, with the gazetteer and the desks that are
    installed here, or the files given. A dry run shows what changes and exits 3 if anything does; --send asks the
    workers for it. They give each story the next version of its uri, relation "retag", words and times untouched,
    and leave alone what was updated or killed meanwhile. Install the same gazetteer and desks on the workers first.

    \b
    Examples:
      newswire retag --publish --since 24h
      newswire retag --publish --since 24h --send --rate 50
      newswire retag --diff --desks ours.toml --topic
      newswire retag --diff --gazetteer new.tsv.gz yesterday.jsonl
      newswire process incoming/ | newswire retag --desks ours.toml - > tagged.jsonl
    """
    if publish and (topic or paths):
        raise UsageError(f"--publish reads {topics.LATEST.name} by itself: give neither PATH nor --topic")
    if publish and diff:
        raise UsageError("--publish shows what changes unless told to --send; leave --diff out")
    if not publish and topic == bool(paths):
        raise UsageError("give PATH…, --topic or --publish, one of them")
    if not publish and (since, until, limit, rate, dry_run) != (None,) * 5:
        raise UsageError("--since, --until, --limit, --rate and --send go with --publish")
    if rate is not None and dry_run is not False:
        raise UsageError("--rate is for --send")
    if as_json and not (diff or publish):
        raise UsageError("--json shapes what --diff shows; without --diff every line is JSON already")
    settings = config.load()
    gazetteer, desks = places.load(gazetteer_file), load_desks(desks_file or settings.desks)
    if publish:
        now = time.time()
        window = Window(
            None if since is None else seconds_of(since, now, "--since"),
            None if until is None else seconds_of(until, now, "--until"),
        )
        if window.since is not None and window.until is not None and window.since >= window.until:
            raise UsageError("--since must be before --until")
        changed = retag_live.run(
            settings, gazetteer, desks, window, limit=limit, rate=rate, sending=dry_run is False, as_json=as_json
        )
        if changed and dry_run is not False:
            raise click.exceptions.Exit(EXIT_CHANGED)
        return
    records = _on_topic(settings) if topic else _in_files(paths)
    pairs = ((name, record, _retagged(name, record, gazetteer, desks)) for name, record in records)
    if diff:
        stories, changed = show((move(old, new) for _, old, new in pairs), as_json)
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
        for consumed in subscriber.standing():
            if consumed.value is None or consumed.timestamp > began:
                continue
            where = f"{consumed.topic}/{consumed.partition}/{consumed.offset}"
            record = _record(where, consumed.value)
            if record is not None:
                yield where, record


def _summary(stories: int, changed: int, version: str, as_json: bool) -> None:
    if as_json:
        click.echo(codec.encode({"stories": stories, "changed": changed, "gazetteer": version}).decode())
    else:
        click.echo(f"{stories} stories, {changed} would change ({version})")
