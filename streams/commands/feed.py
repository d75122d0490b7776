"""``newswire feed``: files, folders, JSONL or standard input → the raw topic. Never alters a byte."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from streams import config
from streams.contracts.story import RawMessage
from streams.feeds import publishing, reading
from streams.pipeline import Unreadable


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--source", metavar="NAME", help="The provider's name where the input does not say: afp, reuters …")
@click.option("--jsonl", is_flag=True, help="Each line is an envelope: {id, source?, received?, content_type?, body}.")
@click.option("--rate", type=click.FloatRange(min=0.01), metavar="N", help="At most N messages a second.")
@click.option("--quiet", is_flag=True, help="No progress, only the last line.")
def command(paths: tuple[str, ...], source: str | None, jsonl: bool, rate: float | None, quiet: bool) -> None:
    """Send files, folders, JSONL or standard input to the raw topic, byte for byte.

    \b
    Examples:
      newswire feed --source afp incoming/
      newswire feed --jsonl --rate 20 day.jsonl
      cat story.txt | newswire feed --source reuters -
    """
    settings = config.load()
    skipped = 0

    def messages() -> Iterator[RawMessage]:
        nonlocal skipped
        for given in reading.read(paths, jsonl=jsonl, source=source):
            if isinstance(given, Unreadable):
                skipped += 1
                click.echo(f"{given.name}: not sent, {given.error}", err=True)
            else:
                yield given

    console = Console(stderr=True)
    with Progress(
        TextColumn("feeding"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        disable=quiet or not console.is_terminal,
        transient=True,
    ) as progress:
        task = progress.add_task("feed", total=None)
        fed = publishing.feed(messages(), settings, rate, lambda count: progress.update(task, completed=count))
    speed = fed.messages / fed.seconds if fed.seconds else 0.0
    click.echo(f"{fed.messages} messages, {fed.bytes} bytes in {fed.seconds:.1f} s ({speed:.0f}/s); {skipped} not sent")
    if skipped:
        sys.exit(1)
