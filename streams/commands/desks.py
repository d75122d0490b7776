"""``newswire desks``: which desks there are, and where a story would go and why. Publishes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from streams import config, pipeline
from streams.commands.rendering import for_tables, printable
from streams.contracts.record import StoryRecord
from streams.feeds import reading
from streams.loading import toolbox, windows
from streams.places.desks import Desk, load_desks, route


@click.group()
def command() -> None:
    """Show the desks, and where a story would go and why.

    \b
    Examples:
      newswire desks list
      newswire desks test story.txt
      NEWSWIRE_DESKS=ours.toml newswire desks test incoming/
    """


@command.command("list")
def list_() -> None:
    """Show every desk with what it takes.

    \b
    Example:
      newswire desks list
    """
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("desk", "title", "countries", "regions", "kinds", "urgency"):
        table.add_column(title, overflow="fold", no_wrap=title == "desk")
    for desk in load_desks(config.load().desks):
        urgency = "any" if desk.urgency is None else f"{desk.urgency} or more urgent"
        table.add_row(
            desk.name, desk.title, _joined(desk.countries), _joined(desk.regions), _joined(desk.kinds), urgency
        )
    for_tables().print(table)


@command.command("test")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--source", metavar="NAME", help="The provider's name where the input does not say: afp, reuters …")
@click.option("--jsonl", is_flag=True, help="Each line is an envelope: {id, source?, received?, content_type?, body}.")
def test(paths: tuple[str, ...], source: str | None, jsonl: bool) -> None:
    """Show where each story would go, and what sent it there.

    \b
    Examples:
      newswire desks test story.txt
      newswire desks test --jsonl day.jsonl
    """
    settings = config.load()
    tools = toolbox(settings)
    console = Console(highlight=False)
    inputs = reading.read(paths, jsonl=jsonl, source=source, largest=settings.max_message_bytes)
    for line in pipeline.process(inputs, tools, windows(settings), lambda: datetime.now(UTC)):
        if line.record is None:
            console.print(Text(f"{line.input}: rejected, {line.reason}", style="red"))
        else:
            _show(console, line.record, tools.desks)


def _show(console: Console, record: StoryRecord, desks: tuple[Desk, ...]) -> None:
    console.print(Text(printable(str(record.item["headlines"][0]["value"])), style="bold"))
    countries = ", ".join(f"{tag.code} {tag.score:.2f} ({'/'.join(tag.roles)})" for tag in record.countries)
    console.print(f"  about: {countries or 'no country'}", markup=False)
    routed = route(desks, record.countries, record.regions, record.kind, record.item.get("urgency"))
    for desk, why in routed:
        console.print(Text.assemble("  → ", (desk, "cyan"), f"  {printable(why)}"))
    if not routed:
        console.print("  → no desk: it is on wire.stories.v1 alone", style="yellow")


def _joined(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "any"
