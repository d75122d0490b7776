"""Families and pairs → lines for a terminal or a pipe. Escapes what copy could smuggle in; looks nothing up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from streams.commands.rendering import RELATION_STYLES, printable
from streams.showing.family import Family
from streams.showing.pair import Pair, Saying
from streams.showing.told import Told

LABEL_STYLE = "cyan"
INDENT = 13
"""Columns that the values of labelled lines begin after."""
NARROW = 60
"""Columns below which nothing is set in columns."""


class Line(NamedTuple):
    """One line; with a label it is set in, and so are the lines it wraps to."""

    text: Text
    label: str | None = None


def print_lines(console: Console, lines: Iterable[Line]) -> None:
    """Print *lines*, wrapped under their label on a terminal that has the width, whole in a pipe."""
    for line in lines:
        if line.label is None:
            console.print(line.text)
            continue
        head = Text(f"   {line.label:<9} ", style=LABEL_STYLE)
        if not console.is_terminal or console.width < NARROW:
            console.print(Text.assemble(head, line.text))
            continue
        for row in line.text.wrap(console, console.width - INDENT - 1, overflow="fold"):
            console.print(Text.assemble(head, row))
            head = Text(" " * INDENT)


def identity_lines(told: Told) -> Iterator[Line]:
    """What the record says of itself and its story, a line each."""
    yield _line("relation", _relation(told))
    yield _line("uri", Text(f"{printable(told.uri)}, version {printable(told.version)}"))
    yield _line("story", Text(printable(told.story)))
    yield from _particulars(told)


def family_lines(family: Family) -> Iterator[Line]:
    """A family: its id, then each record in order with what it is and why."""
    count = len(family.records)
    yield Line(Text(f"{printable(family.stories[0])}: {count} record{'s' if count > 1 else ''}", style="bold"))
    for other in family.stories[1:]:
        yield Line(Text(f"  once under {printable(other)} too"))
    for number, told in enumerate(family.records, 1):
        yield Line(Text())
        when = printable(told.at or told.processed or "at no known time")
        yield Line(Text.assemble(f"{number}. {when}  ", _relation(told)))
        yield Line(Text(f"   {printable(told.headline)}", style="bold"))
        yield _line("uri", Text(f"{printable(told.uri)}, version {printable(told.version)}"))
        if told.input:
            source = f" ({printable(told.source)})" if told.source else ""
            yield _line("input", Text(f"{printable(told.input)}, story {told.index}{source}"))
        yield from _particulars(told)
    if family.absent:
        yield Line(Text())
        yield Line(Text(f"Not among the records read: {', '.join(map(printable, family.absent))}.", style="yellow"))


def pair_lines(pair: Pair) -> Iterator[Line]:
    """The answer in a sentence, then what the records say."""
    yield Line(Text(printable(pair.summary), style="bold" if pair.known else "yellow"))
    for saying in pair.sayings or pair.chain:
        yield Line(Text())
        yield from _saying(saying)


def _saying(saying: Saying) -> Iterator[Line]:
    how = f", {printable(saying.method)}{_similar(saying.similarity)}" if saying.method else ""
    yield Line(Text.assemble(printable(saying.record), "  ", _styled(saying.relation), how))
    yield Line(Text(f"   {printable(saying.headline)}", style="bold"))
    yield _line("why", Text(printable(saying.why) or "the record gives no reason"))


def _particulars(told: Told) -> Iterator[Line]:
    if told.of is not None:
        of = told.of
        yield _line("of", Text(f"{printable(of.uri)}, version {printable(of.version)}: {_how(told)}"))
    if told.restates is not None:
        yield _line(
            "restates", Text(f"version {printable(told.restates)}: the same words, now that its parent is known")
        )
    yield _line("why", Text(printable(told.why) or "the record gives no reason"))
    if told.changed:
        yield _line("changes", Text(printable("; ".join(told.changed))))
    if told.claimed:
        yield _line("advisory", Text(printable("; ".join(told.claimed))))
    for gone in told.retracts:
        known = [part for part in (gone.relation, gone.outcome, gone.input) if part]
        about = f" ({', '.join(map(printable, known))})" if known else ""
        yield _line("retracts", Text(f"{printable(gone.uri)}, version {printable(gone.version)}{about}", style="red"))
    if told.retracted > len(told.retracts):
        yield _line("retracts", Text(f"and {told.retracted - len(told.retracts)} more, older ones", style="red"))


def _how(told: Told) -> str:
    assert told.of is not None
    return printable(told.of.method) + _similar(told.of.similarity)


def _similar(similarity: float | None) -> str:
    return "" if similarity is None else f", similarity {similarity:.2f}"


def _relation(told: Told) -> Text:
    text = _styled(told.relation)
    # A duplicate's outcome says the same again.
    return text if told.outcome in (None, "published", told.relation) else Text.assemble(text, f" ({told.outcome})")


def _styled(relation: str) -> Text:
    return Text(printable(relation), style=RELATION_STYLES.get(relation, ""))


def _line(label: str, value: Text) -> Line:
    return Line(value, label)
