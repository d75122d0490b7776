"""``newswire dlq``: dead letters listed, shown, sent again. Sends nothing unless told to; changes no byte."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

import click
from rich.console import Console

from streams import config
from streams.commands import dlq_view
from streams.commands.moments import seconds_of
from streams.commands.rendering import printable
from streams.contracts import codec
from streams.errors import Reason, UsageError
from streams.feeds import deadletters
from streams.feeds.deadletters import Letter, Wanted


@click.group()
def command() -> None:
    """Look at the dead letters, and send them again once the cause is mended.

    What can never be processed goes to wire.raw.v1.dlq with its bytes, key and headers, and the reason in headers
    __streams.errors.*; it is kept for 30 days. An ID is PARTITION/OFFSET on that topic.

    \b
    Examples:
      newswire dlq list --since 6h
      newswire dlq show 2/17
      newswire dlq replay --reason internal --since 6h          (a dry run)
      newswire dlq replay --reason internal --since 6h --send --rate 20
    """


def _chosen(function: Any) -> Any:
    """The options that choose letters, the same for list and replay."""
    for option in (
        click.option("--origin", metavar="TOPIC", help="Read from TOPIC, TOPIC/PARTITION or TOPIC/PARTITION/OFFSET."),
        click.option("--until", metavar="WHEN", help="Rejected before then. [now]"),
        click.option("--since", metavar="WHEN", help="Rejected then or later; 90m, 6h, 3d or a time. [all]"),
        click.option("--source", metavar="NAME", help="Sent by this agency: its header source."),
        click.option(
            "--reason",
            "reasons",
            multiple=True,
            type=click.Choice([reason.value for reason in Reason]),
            help="Rejected for this reason; may be given several times.",
        ),
    ):
        function = option(function)
    return function


def _wanted(
    reasons: Sequence[str],
    source: str | None,
    since: str | None,
    until: str | None,
    origin: str | None,
    ids: Sequence[str] = (),
) -> Wanted:
    now = time.time()
    wanted = Wanted(
        frozenset(reasons),
        source,
        None if since is None else seconds_of(since, now, "--since"),
        None if until is None else seconds_of(until, now, "--until"),
        origin,
        frozenset(ids),
    )
    if wanted.since is not None and wanted.until is not None and wanted.since >= wanted.until:
        raise UsageError("--since must be before --until")
    return wanted


@command.command("list")
@_chosen
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only the newest N.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a letter; no summary.")
def list_(
    reasons: tuple[str, ...],
    source: str | None,
    since: str | None,
    until: str | None,
    origin: str | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """List the dead letters, oldest first, and how many there are of each reason.

    A letter that was replayed and came back is listed with its newer one, and marked.

    \b
    Examples:
      newswire dlq list
      newswire dlq list --reason malformed --source afp --since 6h
      newswire dlq list --origin wire.raw.v1/2
      newswire dlq list --json | jq -r 'select(.reason == "internal") | .id'
    """
    letters = deadletters.read(config.load(), _wanted(reasons, source, since, until, origin))
    shown = letters if limit is None else letters[-limit:]
    if as_json:
        for letter in shown:
            click.echo(codec.encode(dlq_view.as_data(letter)).decode())
        return
    if shown:
        dlq_view.print_letters(Console(highlight=False), shown)
    click.echo(_told(letters))


def _told(letters: Sequence[Letter]) -> str:
    by_reason = Counter(printable(letter.reason or "no reason of ours") for letter in letters)
    said = ", ".join(f"{count} {reason}" for reason, count in by_reason.most_common())
    noun = "dead letter" if len(letters) == 1 else "dead letters"
    return f"{len(letters)} {noun}" + (f": {said}" if said else "")


@command.command("show")
@click.argument("id_", metavar="ID")
@click.option("--raw", is_flag=True, help="The original bytes and nothing else, unchanged, on standard output.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object, the bytes in base64.")
def show(id_: str, raw: bool, as_json: bool) -> None:
    """Show one dead letter: why, from where, its headers, its bytes made readable, and what to do next.

    \b
    Examples:
      newswire dlq show 2/17
      newswire dlq show 2/17 --raw > broken.xml
      newswire dlq show 2/17 --raw | newswire process --source afp -
    """
    if raw and as_json:
        raise UsageError("--raw gives the bytes, --json everything: one of them")
    letter, consumed = deadletters.fetch(config.load(), id_)
    if raw:
        click.get_binary_stream("stdout").write(consumed.value or b"")
    elif as_json:
        click.echo(codec.encode_pretty(dlq_view.whole(letter, consumed)).decode())
    else:
        dlq_view.print_letter(Console(highlight=False), letter, consumed)


@command.command("replay")
@click.argument("ids", nargs=-1, metavar="[ID]…")
@_chosen
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="No more than the oldest N.")
@click.option("--rate", type=click.FloatRange(min=0.01), metavar="N", help="With --send: N messages a second.")
@click.option(
    "--max-replays",
    type=click.IntRange(1, 100),
    default=deadletters.MOST_REPLAYS,
    show_default=True,
    metavar="N",
    help="Leave alone what was sent again N times and came back.",
)
@click.option("--dry-run/--send", "dry_run", default=True, help="Only show what would be sent, or send it. [dry run]")
def replay(
    ids: tuple[str, ...],
    reasons: tuple[str, ...],
    source: str | None,
    since: str | None,
    until: str | None,
    origin: str | None,
    limit: int | None,
    rate: float | None,
    max_replays: int,
    dry_run: bool,
) -> None:
    """Send dead letters again to the topic and partition they were read from: same bytes, key and headers.

    One header is added, __streams.errors.replays, which counts. A message that is rejected again comes back with it,
    and stops after --max-replays; of a message that came back only the newest letter is sent. What went through is not
    remembered: sent twice, it comes out as a duplicate. Mend the cause first, and try a few: the breaker stops a worker
    whose input is mostly rejected.

    Exit status 3 when some were left out because they came back too often.

    \b
    Examples:
      newswire dlq replay --since 6h --reason internal
      newswire dlq replay --since 6h --reason internal --send --limit 5
      newswire dlq replay --since 6h --source afp --send --rate 20
      newswire dlq replay 2/17 2/18 --send
    """
    if rate is not None and dry_run:
        raise UsageError("--rate is for --send")
    settings = config.load()
    letters = deadletters.read(settings, _wanted(reasons, source, since, until, origin, ids))
    if missing := set(ids) - {letter.id for letter in letters}:
        raise UsageError(f"{', '.join(sorted(missing))}: no such dead letter, or not one that the other options choose")
    found = deadletters.sort_out(letters, max_replays)
    chosen = found.sendable if limit is None else found.sendable[:limit]
    if dry_run:
        if chosen:
            dlq_view.print_letters(Console(highlight=False), chosen)
        done = f"{len(chosen)} would be sent; nothing sent: add --send"
    else:
        sent = deadletters.send(chosen, settings, rate)
        gone = f", {len(chosen) - sent} no longer there" if sent < len(chosen) else ""
        done = f"{sent} sent{gone}; those that come back will be in newswire dlq list"
    left = dlq_view.left_out(found, max_replays)
    click.echo("; ".join((done, *left)))
    if found.worn:
        raise click.exceptions.Exit(3)
