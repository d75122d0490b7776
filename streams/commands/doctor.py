"""``newswire doctor``: is everything as the worker needs it, and what to do if not. Changes nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator

import click
from rich.console import Console
from rich.text import Text

from streams import config
from streams.config import Settings
from streams.contracts import acls, codec
from streams.contracts.acls import Role
from streams.feeds.subscribing import newest_stamp
from streams.runtime import checks_broker, checks_local, findings
from streams.runtime.findings import Finding

EXIT_FAILED = 3
MARKS = {"ok": ("ok  ", "green"), "warn": ("warn", "yellow"), "fail": ("FAIL", "bold red")}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--strict", is_flag=True, help="Exit 3 for a warning too.")
@click.option(
    "--role",
    type=click.Choice(acls.ROLES),
    default="worker",
    show_default=True,
    help="Whose permissions this user needs.",
)
@click.option("--no-broker", is_flag=True, help="Only the settings and this machine.")
def command(as_json: bool, strict: bool, role: Role, no_broker: bool) -> None:
    """Check what a worker needs, a line each: ok, warn or FAIL, with what to do.

    Looked at are: versions; settings that contradict each other; disk and open files of this machine; the cluster,
    its release, topics against the catalogue, replicas in sync, what this user may do, the workers' group, clocks by
    the stamps of the newest records, the brokers' disks. Run it where a worker runs, with its environment.

    Exit status: 0 when nothing fails, 3 when something does, 2 for a setting that is no setting.

    \b
    Examples:
      newswire doctor
      newswire doctor --strict || echo "not yet"
      newswire doctor --json | jq -r 'select(.verdict != "ok") | .todo'
      NEWSWIRE_SASL_USERNAME=desk-africa … newswire doctor --role desk
    """
    settings = config.load()
    console = Console(highlight=False)
    worst = {"ok": 0, "warn": 0, "fail": 0}
    for finding in examine(settings, role, broker=not no_broker):
        worst[finding.verdict] += 1
        if as_json:
            click.echo(codec.encode(finding).decode())
        else:
            _print(console, finding)
    if not as_json:
        click.echo(f"{worst['ok']} ok, {worst['warn']} to look at, {worst['fail']} failed")
    if worst["fail"] or (strict and worst["warn"]):
        raise click.exceptions.Exit(EXIT_FAILED)


def examine(settings: Settings, role: Role, *, broker: bool = True) -> Iterator[Finding]:
    """Yield every finding, as soon as it is made. Where the cluster does not answer, nothing else is asked of it."""
    yield from checks_local.versions()
    yield from checks_local.contradictions(settings)
    yield from findings.run("disk", lambda: checks_local.disk(settings))
    yield from checks_local.open_files(settings)
    if not broker:
        return
    reached = list(findings.run("broker", lambda: checks_broker.cluster(settings)))
    yield from reached
    if any(finding.verdict == "fail" for finding in reached):
        yield Finding("cluster", "warn", "the rest was not looked at", "let the broker answer first")
        return
    checks: dict[str, findings.Check] = {
        "topics": lambda: checks_broker.catalogue(settings, role),
        "replicas": lambda: checks_broker.replicas(settings),
        "permissions": lambda: checks_broker.permissions(settings, role),
        "group": lambda: checks_broker.group(settings, role),
        "clock": lambda: checks_broker.clock(settings, role, time.time, lambda topic: newest_stamp(settings, topic)),
        "broker disk": lambda: checks_broker.log_disks(settings),
    }
    for name, check in checks.items():
        yield from findings.run(name, check)


def _print(console: Console, finding: Finding) -> None:
    word, style = MARKS[finding.verdict]
    console.print(Text(word, style=style), Text(f"{finding.check:<12}"), Text(finding.said), soft_wrap=True)
    if finding.todo:
        console.print(Text(f"     {'':<12} → {finding.todo}", style="dim"), soft_wrap=True)
