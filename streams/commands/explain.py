"""``newswire explain``: what was made of copy, and why stories were joined or kept apart. Stores and sends nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime

import click
from rich.console import Console
from rich.text import Text

from streams import config, copydesk, formats, pipeline
from streams.commands.copyview import explained, print_story
from streams.commands.familyview import family_lines, identity_lines, pair_lines, print_lines
from streams.commands.moments import seconds_of
from streams.commands.rendering import printable
from streams.contracts import codec
from streams.contracts.record import ProcessLine, StoryRecord
from streams.contracts.story import CleanStory, RawMessage
from streams.errors import UsageError
from streams.feeds import reading
from streams.feeds.recalling import RecordFile, RecordTopics
from streams.loading import toolbox, windows
from streams.pipeline import Toolbox, Unreadable
from streams.places.desks import route
from streams.showing.family import find, of_id
from streams.showing.pair import between
from streams.showing.shown import Shown, show

EXIT_NOT_FOUND = 1


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH…")
@click.option("--source", metavar="NAME", help="The provider's name where the input does not say: afp, reuters …")
@click.option("--jsonl", is_flag=True, help="Each line is an envelope: {id, source?, received?, content_type?, body}.")
@click.option("--story", metavar="ID", help="Instead of copy: the family of this story id, or of a record's uri.")
@click.option("--and", "other", metavar="ID", help="With --story: why these two are one story, or two.")
@click.option("--from", "records", metavar="FILE", help="Lines of newswire process, or records, - for standard input.")
@click.option("--since", metavar="WHEN", help="How far back on the topics: 90m, 6h, 3d or a time. [text window]")
@click.option("--json", "as_json", is_flag=True, help="The same as JSON: a line per story, family or pair.")
def command(
    paths: tuple[str, ...],
    source: str | None,
    jsonl: bool,
    story: str | None,
    other: str | None,
    records: str | None,
    since: str | None,
    as_json: bool,
) -> None:
    """Show what the pipeline makes of copy, and why; or, with --story, why stories are one family.

    Of PATH (a file, a folder, - for standard input): the copy as sent with each cut in colour on a terminal, in
    [[brackets]] elsewhere, and its rule behind it; what the copy desk read; then what came out, each place in its
    country's colour or as [Damascus SY]; the countries it is about with the words that say so, regions, desks, and
    which story it belongs to and why. Several inputs are compared with each other, in their order.

    With --story nothing is processed: records made earlier are read from --from FILE, or from the topics of stories,
    duplicates and retractions, and the family is told in the order it was decided. ID may be uri#version too.

    \b
    Examples:
      newswire explain story.txt
      newswire explain --source afp incoming/*.xml | less
      newswire explain --jsonl day.jsonl
      newswire explain first-take.txt second-take.txt      are these one story?
    \b
      newswire explain --story urn:newswire:story:0f2b6c5d8e9a1734
      newswire explain --story urn:example:item:17 --since 12h --json
      newswire process incoming/ | newswire explain --from - --story urn:example:item:17
      newswire explain --from out.jsonl --story urn:example:item:17 --and urn:example:item:18

    Exit status: 0 shown, 1 nothing of that id found (or the broker is in trouble), 2 bad usage.
    """
    if story is None:
        if other or records or since:
            raise UsageError("--and, --from and --since go with --story ID")
        if not paths:
            raise UsageError("give PATH…, the copy to explain, or --story ID")
        _explain_copy(paths, source, jsonl, as_json)
        return
    if paths or source or jsonl:
        raise UsageError("--story reads records, not copy: leave out PATH, --source and --jsonl, or see --from")
    if records and since:
        raise UsageError("--since is for the topics; --from FILE is read whole")
    if story == other:
        raise UsageError("--story and --and are the same id; give two")
    _explain_story(story, other, records, since, as_json)


def _explain_copy(paths: tuple[str, ...], source: str | None, jsonl: bool, as_json: bool) -> None:
    settings = config.load()
    tools = toolbox(settings)
    current: list[RawMessage | Unreadable] = []

    def watched() -> Iterator[RawMessage | Unreadable]:
        for message in reading.read(paths, jsonl=jsonl, source=source, largest=settings.max_message_bytes):
            current[:] = [message]
            yield message

    lines = pipeline.process(watched(), tools, windows(settings), lambda: datetime.now(UTC))
    # process asks for the next message only when every line of the one before was taken.
    print_copy(_console(), ((current[0], line) for line in lines), tools, as_json=as_json)


def print_copy(
    console: Console, lines: Iterable[tuple[RawMessage | Unreadable, ProcessLine]], tools: Toolbox, *, as_json: bool
) -> None:
    """Print each line of ``process``, given with the message that caused it, whose copy it is unless it puts the
    record of an earlier message right. Rejections go to standard error."""
    colour = console.is_terminal and not console.no_color and console.color_system is not None
    before: RawMessage | Unreadable | None = None
    told: set[int] = set()
    for message, line in lines:
        if message is not before:
            told.clear()
        before = message
        if line.record is None:
            click.echo(f"{printable(line.input)}: rejected, {line.reason}: {printable(line.detail or '')}", err=True)
            continue
        shown = _shown(line, line.record, tools)
        if as_json:
            click.echo(codec.encode(shown).decode())
            continue
        clean = None if isinstance(message, Unreadable) else _clean(message, line, tools)
        if isinstance(message, Unreadable) or clean is None or line.index in told:
            title = f"{printable(line.input)}, story {line.index}: its record is put right"
            console.print(Text(f"{title}\n", style="bold"))
            print_lines(console, identity_lines(shown.told))
            console.print()
            continue
        told.add(line.index)
        console.print(explained(message, clean, colour=colour), end="")
        print_story(console, shown, clean.warnings, colour=colour)


def _clean(message: RawMessage, line: ProcessLine, tools: Toolbox) -> CleanStory | None:
    """The story as the copy desk left it, with the copy it was cut from; None for a line of another input."""
    if message.origin.name != line.input:
        return None
    stories = formats.read(message, tools.max_message_bytes)
    return next((copydesk.clean(raw, message.received) for raw in stories if raw.index == line.index), None)


def _shown(line: ProcessLine, record: StoryRecord, tools: Toolbox) -> Shown:
    routed = route(tools.desks, record.countries, record.regions, record.kind, record.item.get("urgency"))

    def within(country: str) -> Iterable[str]:
        return (region.code for region in tools.gazetteer.regions(country))

    return show(line.input, line.index, line.outcome, record, routed, within)


def _explain_story(story: str, other: str | None, records: str | None, since: str | None, as_json: bool) -> None:
    ids: Sequence[str] = [story] if other is None else [story, other]
    if records is not None:
        where = "standard input" if records == reading.STANDARD_INPUT else records
        source: RecordFile | RecordTopics = RecordFile(records)
    else:
        settings = config.load()
        start = seconds_of(since, time.time(), "--since") if since else time.time() - settings.text_window_hours * 3600
        stamp = datetime.fromtimestamp(start, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        where = f"the topics at {settings.broker} since {stamp}"
        source = RecordTopics(settings, start, _progress)
    with source if isinstance(source, RecordFile) else nullcontext():
        families = find(ids, source.read)
    if isinstance(source, RecordTopics):
        strange = f", passed over {source.strange} values that are no records" if source.strange else ""
        click.echo(f"\rread {source.count} records from {where}{strange}", err=True)
    missing = [one for one in ids if not any(of_id(family, one) for family in families)]
    if missing:
        hint = "" if records else "; --since looks further back"
        click.echo(f"newswire: no record of {printable(' or '.join(missing))} in {where}{hint}", err=True)
        raise click.exceptions.Exit(EXIT_NOT_FOUND)
    pair = None if other is None else between(story, other, families)
    if as_json:
        for value in families if pair is None else [pair]:
            click.echo(codec.encode(value).decode())
        return
    console = _console()
    for block in [family_lines(family) for family in families] if pair is None else [pair_lines(pair)]:
        print_lines(console, block)
        console.print()


def _progress(count: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\rread {count} records …", err=True, nl=False)


def _console() -> Console:
    """Words wrap on a terminal; in a pipe a paragraph is a line."""
    console = Console(highlight=False, emoji=False)
    console.soft_wrap = not console.is_terminal
    return console
