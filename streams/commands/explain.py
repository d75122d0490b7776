"""``newswire explain``: the copy with each cut marked and the rule that made it. Explains; stores and sends nothing."""

from __future__ import annotations

from collections.abc import Iterator

import click
from rich.console import Console
from rich.text import Text

from streams import config, copydesk, formats
from streams.commands.rendering import printable
from streams.contracts.story import CleanStory, RawMessage
from streams.errors import Rejected
from streams.feeds import reading
from streams.pipeline import Unreadable

CUT_STYLE, RULE_STYLE, LABEL_STYLE = "red strike", "dim yellow", "bold cyan"


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--source", metavar="NAME", help="The provider's name where the input does not say: afp, reuters …")
@click.option("--jsonl", is_flag=True, help="Each line is an envelope: {id, source?, received?, content_type?, body}.")
def command(paths: tuple[str, ...], source: str | None, jsonl: bool) -> None:
    """Show what the copy desk takes out of the copy, and which rule does.

    The copy is printed as sent, each cut in colour on a terminal, in [[brackets]] elsewhere, with its rule behind it;
    then headline, dateline, byline, days, signals and warnings. `newswire rules list` says what each rule is for.

    \b
    Examples:
      newswire explain story.txt
      newswire explain --source afp incoming/*.xml | less
      newswire explain --jsonl day.jsonl
    """
    settings = config.load()
    console = Console(highlight=False, soft_wrap=True, emoji=False)
    for message in reading.read(paths, jsonl=jsonl, source=source, largest=settings.max_message_bytes):
        if isinstance(message, Unreadable):
            _rejected(message.name, message.error)
            continue
        try:
            stories = formats.read(message, settings.max_message_bytes)
        except Rejected as error:
            _rejected(message.origin.name, error)
            continue
        for raw in stories:
            console.print(explained(message, copydesk.clean(raw, message.received), colour=console.is_terminal))


def explained(message: RawMessage, story: CleanStory, *, colour: bool) -> Text:
    """One story's copy with its cuts marked, and what the desk read; without *colour* the marks are characters."""
    raw = story.raw
    text = Text()
    title = f"{printable(message.origin.name)}, story {raw.index}: {raw.parser}, rules {copydesk.RULES_VERSION}"
    text.append(title + "\n\n", style="bold")
    at = 0
    for cut in story.cuts:
        text.append(_shown(raw.copy[at : cut.start]))
        if colour:
            text.append(_shown(cut.text), style=CUT_STYLE)
            text.append(f" {cut.rule} ", style=RULE_STYLE)
        else:
            text.append(f"[[{_shown(cut.text)}]] [rule: {cut.rule}]")
        at = cut.end
    text.append(_shown(raw.copy[at:]).rstrip() + "\n\n")
    for label, value in _read(story):
        text.append(f"{label:<10} ", style=LABEL_STYLE)
        text.append(printable(value) + "\n")
    return text


def _read(story: CleanStory) -> Iterator[tuple[str, str]]:
    """What the desk read, label and value, in the order a reader asks for it."""
    yield "headline", f"{story.headline} ({story.headline_role})"
    if story.dateline is not None:
        found = story.dateline
        yield "dateline", f"{found.text} → {found.city or 'no city'}, {found.date or 'no day'}"
    optional = (
        ("byline", story.by),
        ("slugline", story.slugline),
        ("note", story.ed_note),
        ("language", story.language),
        ("urgency", None if story.urgency is None else str(story.urgency)),
        ("embargo", None if story.embargoed_until is None else story.embargoed_until.isoformat()),
    )
    yield from ((label, value) for label, value in optional if value)
    yield "kind", f"{story.kind}, {story.pub_status}"
    yield from (("caption", caption) for caption in story.captions)
    yield from (("source", f"{source.name} ({source.role})") for source in story.info_sources)
    yield from (("day", f"{day.text} → {day.date}, {day.field} {day.start}–{day.end}") for day in story.dates)
    signals = story.signals
    said = [*signals.verbs, *(["corrects"] if signals.corrects else []), *(["kills"] if signals.kills else [])]
    said += [f"paragraph {number}" for number in signals.paragraphs]
    said += [f"lead {signals.lead}"] if signals.lead is not None else []
    said += [f"take {signals.take}"] if signals.take is not None else []
    said += [f"refers to {name}" for name in signals.refers_to]
    if said:
        yield "signals", "; ".join(said)
    yield from (("warning", warning) for warning in story.warnings)


def _shown(text: str) -> str:
    """Copy as a terminal may have it: line by line, so that the lines stay, and nothing else steers it."""
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(printable(f"|{line}|")[1:-1] for line in lines)  # the strokes keep the blanks at the ends


def _rejected(name: str, error: Rejected) -> None:
    click.echo(f"{printable(name)}: rejected, {error.reason.value}: {printable(error.detail)}", err=True)
