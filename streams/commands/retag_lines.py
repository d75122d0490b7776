"""What re-tagging changes → lines for a person or a program. Reads nothing, decides nothing."""

from __future__ import annotations

from collections.abc import Iterable

import click
from rich.console import Console
from rich.text import Text

from streams.commands.rendering import printable
from streams.contracts import codec
from streams.places.retagging import Move


def line_console() -> Console:
    """A console on standard output that breaks no line."""
    return Console(highlight=False, soft_wrap=True)


def show(moves: Iterable[Move], as_json: bool) -> tuple[int, int]:
    """Print the stories that change; (stories, changed)."""
    console = line_console()
    stories = changed = 0
    for found in moves:
        stories += 1
        if not found.changed:
            continue
        changed += 1
        show_one(found, as_json, console)
    return stories, changed


def show_one(found: Move, as_json: bool, console: Console) -> None:
    """Print one story that changes: headline, uri and version, then a line for countries, regions and desks each."""
    if as_json:
        click.echo(codec.encode(_row(found)).decode())
        return
    console.print(Text.assemble((printable(found.headline), "bold"), f"  {printable(found.uri)} v{found.version}"))
    for title, (before, after) in (
        ("countries", found.countries),
        ("regions", found.regions),
        ("desks", found.desks),
    ):
        if before != after:
            console.print(_change(title, before, after))


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
