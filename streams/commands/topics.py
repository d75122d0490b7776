"""``newswire topics``: the catalogue against the cluster. Creates; never changes or deletes."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click
from rich.console import Console
from rich.table import Table

from streams import config
from streams.commands.rendering import for_tables
from streams.contracts import acls, codec
from streams.errors import UsageError
from streams.runtime import installation, provision

MARKS = {"create": ("+", "green"), "keep": ("=", ""), "differs": ("!", "yellow")}


@click.group()
def command() -> None:
    """Compare the topic catalogue with the cluster, and create what is missing.

    \b
    Examples:
      newswire topics plan
      NEWSWIRE_REPLICATION=3 NEWSWIRE_MIN_INSYNC=2 newswire topics apply
      newswire topics list
      newswire topics acls --role worker --worker svc-newswire
    """


@command.command("plan")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def plan(as_json: bool) -> None:
    """Show what apply would do. Exit status 0 when the cluster is as the catalogue says, else 3.

    \b
    Example:
      newswire topics plan || newswire topics apply
    """
    steps = provision.plan(config.load())
    _show(steps, as_json)
    if any(step.action != "keep" for step in steps):
        raise click.exceptions.Exit(3)


@command.command("apply")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def apply(as_json: bool) -> None:
    """Create what is missing. What exists but differs is reported, not touched.

    \b
    Example:
      newswire topics apply
    """
    _show(provision.apply(config.load()), as_json)


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_(as_json: bool) -> None:
    """Show the catalogue itself: every topic, its key, value and retention. Needs no cluster.

    \b
    Example:
      newswire topics list
    """
    topics = installation.wanted(config.load())
    if as_json:
        click.echo(codec.encode_pretty(topics).decode())
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("topic", "key", "value", "cleanup", "kept", "what"):
        table.add_column(title, overflow="fold", no_wrap=title == "topic")
    for topic in topics:
        kept = "for ever" if topic.retention_ms < 0 else f"{topic.retention_ms // 86_400_000} d"
        table.add_row(topic.name, topic.key, topic.schema or "raw bytes", topic.cleanup, kept, topic.summary)
    for_tables().print(table)


@command.command("acls")
@click.option("--worker", default="newswire-worker", show_default=True, metavar="USER", help="Who the workers are.")
@click.option("--feeder", default="newswire-feeder", show_default=True, metavar="USER", help="Who feeds raw copy in.")
@click.option("--desk", default="newswire-desk", show_default=True, metavar="USER", help="Who reads what is published.")
@click.option(
    "--administrator", default="newswire-admin", show_default=True, metavar="USER", help="Who looks after it."
)
@click.option(
    "--role", "roles", multiple=True, type=click.Choice(acls.ROLES), help="Only of this role; may be repeated."
)
def acls_(worker: str, feeder: str, desk: str, administrator: str, roles: tuple[acls.Role, ...]) -> None:
    """Print the kafka-acls lines that allow each role what it needs and no more. Needs no cluster.

    A desk's consumer groups must begin with its user's name and a dash. Run it again for another reader, and after a
    new desk.

    \b
    Examples:
      newswire topics acls
      newswire topics acls --role desk --desk sport-desk | sh
    """
    settings = config.load()
    users: dict[acls.Role, str] = {"worker": worker, "feeder": feeder, "desk": desk, "administrator": administrator}
    chosen = {role: user for role, user in users.items() if not roles or role in roles}
    for user in chosen.values():
        if not re.fullmatch(r"[\w.@=,:/-]+", user, re.ASCII):
            raise UsageError(f"{user!r}: no user name that can stand in a shell's line")
    for line in acls.lines(settings.app_id, installation.wanted(settings), chosen, settings.broker):
        click.echo(line)


def _show(steps: Iterable[provision.Step], as_json: bool) -> None:
    if as_json:
        click.echo(codec.encode_pretty(list(steps)).decode())
        return
    console = Console()
    for step in steps:
        mark, style = MARKS[step.action]
        differs = "; ".join(step.differs)
        console.print(f"{mark} {step.topic.name}  {differs}", style=style, highlight=False)
