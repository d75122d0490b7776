"""``newswire retag --publish``: what the feed's stories would become, shown, or asked of the workers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import click
from rich.console import Console
from rich.progress import Progress, TextColumn, TimeElapsedColumn

from streams import places
from streams.commands.retag_lines import line_console, show_one
from streams.config import Settings
from streams.contracts import codec
from streams.contracts.retag import Retag
from streams.feeds import retagging
from streams.feeds.retagging import Looked, Window
from streams.places.desks import Desk
from streams.places.retagging import move


def run(
    settings: Settings,
    gazetteer: places.Gazetteer,
    desks: tuple[Desk, ...],
    window: Window,
    *,
    limit: int | None,
    rate: float | None,
    sending: bool,
    as_json: bool,
) -> int:
    """Show or send, then the summary; how many stories change. Raises as the subscriber and the feeder do."""
    looked = Looked()
    console = line_console()

    def wanted() -> Iterator[Retag]:
        found = retagging.changed(retagging.newest(settings, window), gazetteer, desks, looked)
        for published, retag in islice(found, limit):
            if not sending:
                show_one(move(published, retag.record), as_json, console)
            yield retag

    if sending:
        with _progress() as progress:
            task = progress.add_task("re-tagging", total=None, done=0)
            sent = retagging.send(wanted(), settings, rate, lambda count: progress.update(task, done=count))
    else:
        sent = 0
        for _ in wanted():
            pass
    _summary(looked, sent, sending, gazetteer.version, as_json)
    return looked.counts["changed"]


def _progress() -> Progress:
    console = Console(stderr=True)
    return Progress(
        TextColumn("re-tagging {task.fields[done]}"),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )


def _summary(looked: Looked, sent: int, sending: bool, version: str, as_json: bool) -> None:
    counts = {name: looked.counts[name] for name in ("changed", "unchanged", "killed")}
    if as_json:
        click.echo(codec.encode({"stories": looked.stories, **counts, "sent": sent, "gazetteer": version}).decode())
        return
    told = (
        f"{looked.stories} stories: {counts['changed']} change, {counts['unchanged']} do not, {counts['killed']} killed"
    )
    done = f"{sent} sent, newswire_retags_total tells what became of them" if sending else "nothing sent: add --send"
    click.echo(f"{told} ({version}); {done}")
