"""``newswire replay``: the group set back to a time, or a shadow of what reading again would give. Sends no record."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from streams import config
from streams.commands.moments import seconds_of
from streams.commands.rendering import printable
from streams.config import Settings
from streams.contracts import codec, topics
from streams.errors import UsageError
from streams.runtime import groups

if TYPE_CHECKING:
    from streams.feeds.comparing import Difference, Told

EXIT_DIFFERS = 3
TOPICS = {"raw": topics.RAW.name, "normalised": topics.NORMALISED.name}


@click.command()
@click.option("--from", "since", required=True, metavar="WHEN", help="90m, 6h, 3d before now, or a time.")
@click.option(
    "--topic",
    "chosen",
    multiple=True,
    type=click.Choice(list(TOPICS)),
    help="Set back only this one; may be given twice. [both]",
)
@click.option("--dry-run/--apply", "dry_run", default=None, help="Only show the offsets, or set them. [dry run]")
@click.option("--shadow", is_flag=True, help="Set nothing back: show what would be published otherwise. See above.")
@click.option("--until", metavar="WHEN", help="With --shadow: raw copy stamped before then. [now]")
@click.option("--warm", metavar="DURATION", help="With --shadow: begin so long before, without comparing. [0m]")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="With --shadow: show no more than N stories.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines; with --shadow the summary last.")
def command(
    since: str,
    chosen: tuple[str, ...],
    dry_run: bool | None,
    shadow: bool,
    until: str | None,
    warm: str | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """Read the copy again from a time: by the workers, or in a shadow that publishes nothing.

    Into the workers' own group: stop the workers, --apply, start them. They read from the first record stamped WHEN or
    later; no partition goes forward. What the state knows is not sent again, so this publishes what was rejected then
    and is understood now, or what a lost state forgot. After a mended parser set back raw; after a lost state
    normalised, in whose order the stories were decided. Refused while members are in the group.

    --shadow runs the raw copy through this release with a fresh state and shows, story by story, what would be
    published otherwise than it was: outcome, relation, fields of the record. The workers may run. What a story updates
    or copies from before is unknown to a fresh state: --warm 72h reads that in first. The raw copy is held in memory.

    Exit status: 0; 3 when the shadow differs; 2 when the group has members; 1 without the broker.

    \b
    Examples:
      newswire replay --from 6h                             (what would be set back)
      newswire replay --from 2026-03-10T06:00:00Z --topic raw --apply
      newswire replay --from 6h --shadow --warm 72h
      newswire replay --from 6h --shadow --json | jq -c 'select(.fields.countries)'
    """
    if shadow and (chosen or dry_run is not None):
        raise UsageError("--shadow sets nothing back: leave --topic and --apply out")
    if not shadow and (until, warm, limit) != (None, None, None):
        raise UsageError("--until, --warm and --limit go with --shadow")
    settings, now = config.load(), time.time()
    begin = seconds_of(since, now, "--from")
    if begin >= now:
        raise UsageError("--from must be before now")
    if not shadow:
        _set_back(settings, begin, chosen or tuple(TOPICS), as_json, applying=dry_run is False)
        return
    end = now if until is None else seconds_of(until, now, "--until")
    if begin >= end:
        raise UsageError("--from must be before --until")
    _shadow(settings, begin, end, 0.0 if warm is None else now - seconds_of(warm, now, "--warm"), limit, as_json)


def _set_back(settings: Settings, since: float, chosen: tuple[str, ...], as_json: bool, *, applying: bool) -> None:
    group = settings.app_id
    wanted = groups.rewinds(settings, group, [TOPICS[name] for name in chosen], since)
    count = sum(one.records for one in wanted)
    if applying:
        groups.set_back(settings, group, wanted)
    if as_json:
        for one in wanted:
            at = one.position
            row = {"topic": at.topic, "partition": at.partition, "committed": at.committed, "target": one.target}
            click.echo(codec.encode({**row, "records": one.records, "applied": applying and one.records > 0}).decode())
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("topic", overflow="fold")
    for title in ("partition", "committed", "back to", "records"):
        table.add_column(title, justify="right")
    for one in wanted:
        at = one.position
        committed = "none" if at.committed is None else str(at.committed)
        style = "" if one.records else "dim"
        table.add_row(at.topic, str(at.partition), committed, str(one.target), str(one.records), style=style)
    Console(highlight=False).print(table)
    if applying:
        click.echo(f"{group}: set back, {count} records will be read again; start the workers")
        return
    members = groups.group_of(settings, group).members
    stop = f" (the group has {members} in it: stop the workers first)" if members else ""
    click.echo(f"{group}: {count} records would be read again; nothing set: add --apply{stop}")


def _shadow(settings: Settings, since: float, until: float, warm: float, limit: int | None, as_json: bool) -> None:
    # Loaded here: the gazetteer is a second's work that setting offsets back does not need.
    from streams.feeds import comparing, shadowing
    from streams.loading import toolbox, windows

    with _progress() as tick:
        found = shadowing.shadow(settings, toolbox(settings), windows(settings), since, until, warm, tick)
    differing = found.differences
    console = Console(highlight=False)
    for one in differing[:limit]:
        if as_json:
            click.echo(codec.encode(_as_data(one)).decode())
        else:
            _print(console, one)
    kinds = dict(comparing.kinds(differing))
    if as_json:
        click.echo(codec.encode({"stories": found.stories, "differ": len(differing), "kinds": kinds}).decode())
    else:
        for name, count in kinds.items():
            console.print(f"{count:>7} {name}", markup=False)
        more = len(differing) - len(differing[:limit])
        rest = f", {more} of them not shown" if more else ""
        click.echo(f"{found.stories} stories compared, {len(differing)} would come out otherwise{rest}; nothing sent")
    if differing:
        raise click.exceptions.Exit(EXIT_DIFFERS)


def _as_data(one: Difference) -> dict[str, Any]:
    def side(told: Told | None) -> dict[str, Any] | None:
        if told is None:
            return None
        return {"outcome": told.outcome, "reason": told.reason, "relation": (told.record or {}).get("relation")}

    fields = {name: {"was": was, "would": would} for name, (was, would) in one.fields.items()}
    return {
        "input": one.key[0], "index": one.key[1], "was": side(one.was), "would": side(one.would), "fields": fields
    }  # fmt: skip


def _print(console: Console, one: Difference) -> None:
    was, would = (told.words if told is not None else "nothing" for told in (one.was, one.would))
    record = next((told.record for told in (one.would, one.was) if told is not None and told.record), None)
    headline = printable(str(record["item"]["headlines"][0]["value"])) if record else ""
    changed = was if was == would else f"{was} → {would}"
    line = Text(f"{one.key[0]}#{one.key[1]} ", style="dim")
    line.append(f"{changed} ", style="yellow")
    line.append(headline, style="bold")
    console.print(line, no_wrap=True, overflow="ellipsis")
    if one.fields:
        console.print(Text(f"  {', '.join(one.fields)}", style="dim"), soft_wrap=True)


@contextmanager
def _progress() -> Iterator[Callable[[int], None]]:
    console = Console(stderr=True)
    columns = (TextColumn("in the shadow: {task.fields[done]}"), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("shadow", total=None, done=0)
        yield lambda count: progress.update(task, done=count)
