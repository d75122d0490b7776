"""``newswire process``: the agents' functions with no broker. Prints one JSON line per story; stores nothing."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click

from streams import config, pipeline
from streams.contracts import codec
from streams.feeds import reading
from streams.loading import toolbox, windows


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--source", metavar="NAME", help="The provider's name where the input does not say: afp, reuters …")
@click.option("--jsonl", is_flag=True, help="Each line is an envelope: {id, source?, received?, content_type?, body}.")
def command(paths: tuple[str, ...], source: str | None, jsonl: bool) -> None:
    """Run the very functions that the agents run, without a broker.

    One JSON line per story on standard output, in input order: input, index, outcome (published, duplicate, held,
    rejected), reason, record. A rejected message is a result, not a failure. PATH may be a folder; - is standard
    input.

    \b
    Examples:
      newswire process story.txt | jq .record.item.headlines
      newswire process --source afp incoming/
      zcat day.jsonl.gz | newswire process --jsonl -
    """
    settings = config.load()
    inputs = reading.read(paths, jsonl=jsonl, source=source, largest=settings.max_message_bytes)
    out = sys.stdout.buffer
    for line in pipeline.process(inputs, toolbox(settings), windows(settings), lambda: datetime.now(UTC)):
        out.write(codec.encode(line) + b"\n")
        if line.outcome == "rejected":
            click.echo(f"{line.input}: rejected, {line.reason}: {line.detail}", err=True)
    out.flush()
