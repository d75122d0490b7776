"""A text's lines and paragraphs, by offsets, whether hard-wrapped or one line a paragraph; changes no character.

``flat`` is the text for pattern matching: same length and offsets, with line ends, control characters and odd
spaces turned into spaces and typographic apostrophes and quotes into plain ones, so that a pattern needs one form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b\u2028\u2029\u2060\ufeff]")
_ASCII_CONTROLS = dict.fromkeys((*range(32), 127), " ")
_ODD_SPACES = "\u00a0\u202f\u2009\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u200a\u205f\u3000"
_SINGLE = "\u2018\u2019\u201a\u201b\u2032"
_DOUBLE = "\u201c\u201d\u201e\u201f\u2033"
_PLAIN = ((_SINGLE, "'"), (_DOUBLE, '"'), (_ODD_SPACES, " "))
_BULLET = re.compile(r"[-•*–—·▪◦]\s")
_WRAP_AT_MOST = 100
_STOPS = (".", "!", "?", ":", '"', "'", ")", "»", "…")


# Named tuples where everything else is a frozen dataclass: a story has a hundred of them, and they cost a third.
class Line(NamedTuple):
    """One line without its end: ``text`` is flat and stripped, ``indent`` how many spaces stood before it."""

    start: int
    end: int
    indent: int
    text: str


class Paragraph(NamedTuple):
    """Lines ``first`` to ``last`` inclusive. ``start`` and ``end`` are without the white space around them.

    ``block`` counts runs of lines between blank ones; ``text`` is flat.
    """

    start: int
    end: int
    first: int
    last: int
    block: int
    indent: int
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """``lines`` are those that are not blank. ``wrapped``: paragraphs run over several lines of at most ``width``."""

    flat: str
    lines: tuple[Line, ...]
    paragraphs: tuple[Paragraph, ...]
    wrapped: bool
    width: int


def flatten(text: str) -> str:
    """The text for matching: same length, controls and odd spaces to spaces, curly quotes to straight ones."""
    if text.isascii():
        return text.translate(_ASCII_CONTROLS)
    for odd, plain in _PLAIN:
        for character in odd:
            text = text.replace(character, plain)  # finds nothing in a microsecond; a pattern walks the whole text
    text = text.replace("\n", " ").replace("\r", " ")
    return text if text.isprintable() else _CONTROL.sub(" ", text)


def lay_out(text: str, per_line: bool = False) -> Layout:
    """Find lines and paragraphs.

    A text is taken as hard-wrapped when no line passes 100 characters and somewhere a line is full, that is the next
    line's first word would not have fitted. There a paragraph starts after a blank line, at an indent, or after a
    line that ends a sentence well short of the margin. Else every line is a paragraph.
    """
    flat = flatten(text)
    lines: list[Line] = []
    gaps: list[bool] = []
    offset, gap = 0, True
    for raw in text.splitlines(keepends=True):
        end = offset + len(raw)
        piece = flat[offset:end]
        bare = piece.strip()
        if bare:
            indent = 0 if piece[0] != " " and not piece[0].isspace() else len(piece) - len(piece.lstrip())
            start = offset + indent
            lines.append(Line(start, start + len(bare), indent, bare))
            gaps.append(gap)
            gap = False
        else:
            gap = True
        offset = end
    width = max((len(line.text) for line in lines), default=0)
    wrapped = not per_line and width <= _WRAP_AT_MOST and _is_wrapped(lines, gaps, width)
    return Layout(flat, tuple(lines), tuple(_paragraphs(flat, lines, gaps, wrapped, width)), wrapped, width)


def _is_wrapped(lines: list[Line], gaps: list[bool], width: int) -> bool:
    if width < 40:
        return False
    full = pairs = 0
    for at in range(1, len(lines)):
        if gaps[at] or lines[at].indent >= 2:
            continue
        pairs += 1
        full += len(lines[at - 1].text) + 1 + _head(lines[at].text) > width * 0.9
    return full >= 1 and full * 4 >= pairs


def _head(text: str) -> int:
    """The length of the first word."""
    found = text.find(" ")
    return len(text) if found < 0 else found


def _paragraphs(flat: str, lines: list[Line], gaps: list[bool], wrapped: bool, width: int) -> list[Paragraph]:
    found: list[Paragraph] = []
    indents_mark = wrapped and not _all_indented(lines)
    first, block = 0, 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and wrapped and not gaps[at] and not _starts(lines, at, width, indents_mark):
            continue
        start, end = lines[first].start, lines[at - 1].end
        block += gaps[first]
        found.append(Paragraph(start, end, first, at - 1, block, lines[first].indent, flat[start:end]))
        first = at
    return found if lines else []


def _all_indented(lines: list[Line]) -> bool:
    """The whole text stands indented, so that an indent says nothing."""
    return len(lines) > 3 and sum(line.indent >= 2 for line in lines) >= len(lines) * 0.95


def _starts(lines: list[Line], at: int, width: int, indents_mark: bool) -> bool:
    line, before = lines[at], lines[at - 1]
    if indents_mark and line.indent >= 2:
        return True
    room = width - len(before.text) - 1 - _head(line.text)
    if room < 3:
        return False
    return (room >= 12 and before.text.endswith(_STOPS)) or _BULLET.match(line.text) is not None
