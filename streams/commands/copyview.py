"""What ``newswire explain FILE`` shows → lines for a terminal or a pipe. Escapes what copy could smuggle in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from streams import copydesk
from streams.commands.familyview import NARROW, identity_lines, print_lines
from streams.commands.rendering import printable
from streams.contracts.story import CleanStory, RawMessage
from streams.showing.marking import Piece
from streams.showing.reasons import Quoted
from streams.showing.shown import Shown

CUT_STYLE, RULE_STYLE, LABEL_STYLE, HEAD_STYLE = "red strike", "dim yellow", "bold cyan", "bold underline"
ABOUT_STYLES = ("bold green", "bold magenta", "bold yellow", "bold blue", "bold cyan", "bold red")
"""Colours of the countries that a story is about, best first; any other place has its code behind it."""
OTHER_STYLE, CODE_STYLE = "underline", "dim"


def explained(message: RawMessage, story: CleanStory, *, colour: bool) -> Text:
    """One story's copy with its cuts marked, and what the desk read; without *colour* the marks are characters."""
    raw = story.raw
    text = Text()
    title = f"{printable(message.origin.name)}, story {raw.index}: {raw.parser}, rules {copydesk.RULES_VERSION}"
    text.append(title + "\n\n", style="bold")
    at = 0
    for cut in story.cuts:
        text.append(lines_of(raw.copy[at : cut.start]))
        if colour:
            text.append(lines_of(cut.text), style=CUT_STYLE)
            text.append(f" {cut.rule} ", style=RULE_STYLE)
        else:
            text.append(f"[[{lines_of(cut.text)}]] [rule: {cut.rule}]")
        at = cut.end
    text.append(lines_of(raw.copy[at:]).rstrip() + "\n\n")
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


def lines_of(text: str) -> str:
    """Copy as a terminal may have it: line by line, so that the lines stay, and nothing else steers it."""
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(printable(f"|{line}|")[1:-1] for line in lines)  # the strokes keep the blanks at the ends


def print_story(console: Console, shown: Shown, told_before: Sequence[str], *, colour: bool) -> None:
    """Print what came out: the copy with its places, countries, regions and desks with reasons, the identity.

    *told_before* are warnings that stand above already.
    """
    styles = {row.code: style for row, style in zip(shown.countries, ABOUT_STYLES, strict=False)}

    def copy(pieces: Sequence[Piece]) -> Text:
        return marked_text(pieces, styles if colour else None)

    _head(console, "What came out, each place with its country")
    console.print(Text.assemble(copy(shown.headline), "\n"), style="bold")
    body = copy(shown.body)
    console.print(Text.assemble(copy(shown.dateline), " ", body) if shown.dateline else body)
    for caption in shown.captions:
        console.print(Text.assemble("\n", ("caption  ", LABEL_STYLE), copy(caption)))
    _head(console, "Countries it is about, best first")
    if shown.countries:
        header = ("code", "score", "why", "on the words")
        rows = [
            (
                Text(row.code, styles.get(row.code, OTHER_STYLE)),
                Text(f"{row.score:.2f}"),
                Text(_roles(row.roles, row.why)),
                _quoted(row.evidence),
            )
            for row in shown.countries
        ]
        _rows(console, header, rows)
    else:
        console.print("none: nothing in the copy speaks for a country", style="yellow")
    if shown.passing:
        console.print(f"named in passing: {' '.join(shown.passing)}")
    if shown.regions:
        _head(console, "Regions")
        regions = [
            (Text(f"{row.name} ({row.code})"), Text(f"{row.score:.2f}"), Text(printable(row.why)))
            for row in shown.regions
        ]
        _rows(console, ("region", "score", "why"), regions)
    _head(console, "Desks")
    for desk in shown.desks:
        console.print(Text.assemble("→ ", (desk.desk, "cyan"), f"  {printable(desk.why)}"))
    if not shown.desks:
        console.print("→ no desk: it is on wire.stories.v1 alone", style="yellow")
    _head(console, "Which story")
    print_lines(console, identity_lines(shown.told))
    for warning in shown.warnings:
        if warning not in told_before:
            console.print(Text.assemble(("warning    ", LABEL_STYLE), printable(warning)))
    console.print()


def marked_text(pieces: Sequence[Piece], styles: dict[str, str] | None) -> Text:
    """Copy with its places in their colours; without *styles* each in brackets with its code: ``[Damascus SY]``.

    The order of characters stays that of the copy, whichever way it is read, and the code follows its word.
    """
    text = Text()
    for piece in pieces:
        words = lines_of(piece.text)
        if piece.mark is None:
            text.append(words)
        elif styles is None:
            text.append(f"[{words} {piece.mark}]")
        else:
            text.append(words, style=styles.get(piece.mark, OTHER_STYLE))
            if piece.mark not in styles:
                text.append(f" {piece.mark}", style=CODE_STYLE)
    return text


def _roles(roles: Sequence[str], why: Sequence[str]) -> str:
    return "; ".join(role if role == words else f"{role}: {words}" for role, words in zip(roles, why, strict=True))


def _quoted(evidence: Sequence[Quoted]) -> Text:
    """``headline “Syria”; body “Damascus” ×3, “Syrian”``."""
    said: list[str] = []
    where = None
    for quote in evidence:
        words = f"“{printable(quote.text)}”" + (f" ×{quote.times}" if quote.times > 1 else "")
        said.append(f", {words}" if quote.where == where else f"{'; ' if said else ''}{quote.where} {words}")
        where = quote.where
    return Text("".join(said))


def _head(console: Console, title: str) -> None:
    console.print(Text(f"\n{title}", style=HEAD_STYLE))


def _rows(console: Console, header: tuple[str, ...], rows: Sequence[tuple[Text, ...]]) -> None:
    """A table that wraps on a terminal; whole lines in a pipe; field below field where the terminal is narrow."""
    if console.is_terminal and console.width >= NARROW:
        table = Table(box=None, pad_edge=False, header_style="dim")
        for title in header:
            table.add_column(title, overflow="fold", no_wrap=title in ("code", "score"))
        for row in rows:
            table.add_row(*row)
        console.print(table, soft_wrap=False)
    elif console.is_terminal:
        for row in rows:
            console.print(Text.assemble(row[0], "  ", row[1]))
            for title, cell in zip(header[2:], row[2:], strict=True):
                console.print(Text.assemble("  ", (f"{title} ", "dim"), cell))
    else:
        table_rows = [tuple(map(Text, header)), *rows]
        widths = [max(cell_len(row[column].plain) for row in table_rows) for column in range(len(header) - 1)]
        for row in table_rows:
            padded = [
                cell.plain + " " * (width - cell_len(cell.plain)) for cell, width in zip(row, widths, strict=False)
            ]
            console.print(Text("  ".join([*padded, row[-1].plain]).rstrip()))
