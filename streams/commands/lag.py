"""``newswire lag``: how far a group is behind, by partition. Reads and asks only; commits nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

import click
from rich.console import Console
from rich.table import Table

from streams import config
from streams.config import Settings
from streams.contracts import codec, topics
from streams.errors import UsageError
from streams.feeds import lagging
from streams.feeds.lagging import Lag
from streams.runtime import groups
from streams.runtime.groups import Group

EXIT_BEHIND = 3


@click.command()
@click.option("--group", metavar="NAME", help="Another consumer group than the workers', a desk's for instance.")
@click.option("--topic", "names", multiple=True, metavar="TOPIC", help="Only this topic; may be given several times.")
@click.option("--json", "as_json", is_flag=True, help="As JSON; with --watch one object a line.")
@click.option("--watch", type=click.FloatRange(min=0.5), metavar="SECONDS", help="Again and again, until Ctrl-C.")
@click.option("--max", "most", type=click.IntRange(min=0), metavar="N", help="Exit 3 when more than N records wait.")
@click.option(
    "--max-seconds", type=click.FloatRange(min=0), metavar="N", help="Exit 3 when a record has waited for longer."
)
def command(
    group: str | None,
    names: tuple[str, ...],
    as_json: bool,
    watch: float | None,
    most: int | None,
    max_seconds: float | None,
) -> None:
    """Show how far the workers are behind: per partition the committed offset, the end, the records between them, and
    for how long the oldest of those has waited by its own time stamp.

    Without --group it is the workers' group (NEWSWIRE_APP_ID) on the two topics that they read; of another group,
    every topic that it has committed to. A partition without a commit is read from its beginning. --max counts the
    records of all partitions together. Exit status: 0; 3 past --max or --max-seconds; 1 without the broker.

    \b
    Examples:
      newswire lag
      newswire lag --watch 2
      newswire lag --max 500 --max-seconds 10        (a check for a cron job or a probe)
      newswire lag --group desk-africa-archive
      newswire lag --json | jq '.total'
    """
    if watch is not None and (most is not None or max_seconds is not None):
        raise UsageError("--max and --max-seconds are for a single look; leave --watch out")
    settings = config.load()
    while True:
        state, found = look(settings, group, names)
        _print(state, found, as_json, lines=watch is not None)
        if watch is None:
            break
        time.sleep(watch)
    if over(found, most, max_seconds):
        raise click.exceptions.Exit(EXIT_BEHIND)


def look(settings: Settings, group: str | None, names: Sequence[str]) -> tuple[Group, tuple[Lag, ...]]:
    """Return the group and its lag; *names* are the topics, none for those that it reads."""
    chosen: Sequence[str] | None = names or None
    if chosen is None and group is None:
        chosen = (topics.RAW.name, topics.NORMALISED.name)
    name = group or settings.app_id
    return groups.group_of(settings, name), lagging.measure(settings, name, chosen)


def over(found: Sequence[Lag], most: int | None, max_seconds: float | None) -> bool:
    """Whether the lag passes a limit. One whose waiting time is not known does, for it does wait."""
    if most is not None and sum(lag.position.lag for lag in found) > most:
        return True
    return max_seconds is not None and any(lag.behind is None or lag.behind > max_seconds for lag in found)


def _print(state: Group, found: Sequence[Lag], as_json: bool, lines: bool) -> None:
    total = sum(lag.position.lag for lag in found)
    if as_json:
        data = {
            "group": state.name,
            "state": state.state,
            "members": state.members,
            "total": total,
            "partitions": [
                {
                    "topic": lag.position.topic,
                    "partition": lag.position.partition,
                    "committed": lag.position.committed,
                    "end": lag.position.end,
                    "lag": lag.position.lag,
                    "behind_seconds": lag.behind,
                }
                for lag in found
            ],
        }
        click.echo((codec.encode(data) if lines else codec.encode_pretty(data)).decode())
        return
    console = Console(highlight=False)
    if lines and sys.stdout.isatty():
        console.clear()
    noun = "member" if state.members == 1 else "members"
    members = "members unknown" if state.members is None else f"{state.members} {noun}"
    console.print(f"{state.name}: {state.state or 'state unknown'}, {members}, {total} records wait", style="bold")
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("topic", overflow="fold")
    for title in ("partition", "committed", "end", "lag", "behind"):
        table.add_column(title, justify="right", no_wrap=True)
    for lag in found:
        at = lag.position
        committed = "none" if at.committed is None else str(at.committed)
        style = "yellow" if at.lag else ""
        table.add_row(at.topic, str(at.partition), committed, str(at.end), str(at.lag), _seconds(lag), style=style)
    console.print(table)


def _seconds(lag: Lag) -> str:
    if lag.behind is None:
        return "unknown"
    return f"{lag.behind:.1f} s" if lag.position.lag else ""
