"""``newswire tail``: follow any topic, readable or as JSON. Reads only."""

from __future__ import annotations

from typing import Any, get_args

import click
from rich.console import Console

from streams import config
from streams.commands import rendering
from streams.contracts import codec, headers, topics
from streams.contracts.envelope import moment_at
from streams.contracts.record import Relation
from streams.errors import Rejected
from streams.feeds.subscribing import Consumed, Subscriber


@click.command()
@click.argument("topic", default=topics.STORIES.name)
@click.option("--json", "as_json", is_flag=True, help="Each record's value as one JSON line, unchanged.")
@click.option("--from-beginning", is_flag=True, help="Start at the oldest record, not at the newest.")
@click.option("--count", type=click.IntRange(min=1), metavar="N", help="Stop after N records shown.")
@click.option("--desk", metavar="NAME", help="Only stories routed to this desk.")
@click.option("--country", metavar="CODE", help="Only stories about this country (ISO alpha-2).")
@click.option(
    "--relation",
    type=click.Choice(get_args(Relation)),
    help="Only stories of this relation.",
)
@click.option("--urgency", type=click.IntRange(1, 8), metavar="N", help="Only stories of urgency N or more urgent.")
def command(
    topic: str,
    as_json: bool,
    from_beginning: bool,
    count: int | None,
    desk: str | None,
    country: str | None,
    relation: str | None,
    urgency: int | None,
) -> None:
    """Follow TOPIC (wire.stories.v1 by default), readable or as JSON, until Ctrl-C.

    \b
    Examples:
      newswire tail
      newswire tail wire.alerts.v1 --country SY
      newswire tail --desk africa --urgency 3
      newswire tail --json --from-beginning | jq -r .item.headlines[0].value
      newswire tail wire.raw.v1.dlq
    """
    code = country.upper() if country else None
    filtering = any(value is not None for value in (desk, code, relation, urgency))
    console = Console(highlight=False)
    shown = 0
    with Subscriber(config.load(), [topic], from_beginning) as subscriber:
        for consumed in subscriber.follow():
            record = _record(consumed)
            if filtering and (record is None or not matches(record, desk, code, relation, urgency)):
                continue
            _print(console, consumed, record, as_json)
            shown += 1
            if count is not None and shown >= count:
                return


def matches(
    record: dict[str, Any], desk: str | None, country: str | None, relation: str | None, urgency: int | None
) -> bool:
    """Tell whether an enriched record passes the filters; a story of unknown urgency passes no urgency filter."""
    if desk is not None and desk not in record["desks"]:
        return False
    if country is not None and country not in {tag["code"] for tag in record["countries"]}:
        return False
    if relation is not None and record["relation"] != relation:
        return False
    return urgency is None or int(record["item"].get("urgency", 99)) <= urgency


def _record(consumed: Consumed) -> dict[str, Any] | None:
    try:
        value = codec.loads(consumed.value or b"")
    except Rejected:
        return None
    return value if isinstance(value, dict) and "item" in value and "relation" in value else None


def _print(console: Console, consumed: Consumed, record: dict[str, Any] | None, as_json: bool) -> None:
    at = moment_at(consumed.timestamp)
    clock = f"{at.astimezone():%H:%M:%S}" if at else "--:--:--"
    reason = headers.value_of(consumed.headers, f"{headers.DEAD_PREFIX}reason")
    if as_json and reason is None:
        click.echo((consumed.value or b"").decode("utf-8", "replace"))
    elif as_json:
        said = {name: (value or b"").decode("utf-8", "replace") for name, value in consumed.headers}
        click.echo(codec.encode({"headers": said, "bytes": len(consumed.value or b"")}).decode())
    elif record is not None:
        console.print(rendering.story_line(record, clock), no_wrap=True, overflow="ellipsis")
    elif reason is not None:
        detail = headers.value_of(consumed.headers, f"{headers.DEAD_PREFIX}message") or ""
        console.print(rendering.rejected_line(reason, detail, clock), no_wrap=True, overflow="ellipsis")
    else:
        preview = rendering.printable((consumed.value or b"")[:160].decode("utf-8", "replace"))
        console.print(f"{clock} {consumed.topic}/{consumed.partition}/{consumed.offset} {preview}", markup=False)
