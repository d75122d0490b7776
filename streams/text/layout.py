"""A text's lines and paragraphs, by offsets, whether hard-wrapped or one line a paragraph; changes no character.

``flat`` is the text for pattern matching: same length and offsets, with line ends, control characters and odd
spaces turned into spaces and typographic apostrophes and quotes into plain ones, so that a pattern needs one form.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b\u2028\u2029\u2060\ufeff]")
_TO_SPACES = bytes(b if b > 31 and b != 127 else 32 for b in range(128)) + bytes(128)
_PRINTABLE_OR_LINE_END = bytes(b for b in range(256) if 31 < b < 127 or b in b"\r\n")
_ODD_SPACES = "\u00a0\u202f\u2009\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u200a\u205f\u3000"
_SINGLE = "\u2018\u2019\u201a\u201b\u2032"
_DOUBLE = "\u201c\u201d\u201e\u201f\u2033"
_PLAIN = ((_SINGLE, "'"), (_DOUBLE, '"'))
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


# What a named tuple's own constructor calls in the end, at half its time
_LINE: Callable[[type[Line], tuple[int, int, int, str]], Line] = tuple.__new__
_PARAGRAPH: Callable[[type[Paragraph], tuple[int, int, int, int, int, int, str]], Paragraph] = tuple.__new__


@dataclass(frozen=True, slots=True)
class Layout:
    """``lines`` are those that are not blank. ``wrapped``: paragraphs run over several lines of at most ``width``.

    ``tidy``: the only white space in the text is the common space and line ends, and nothing in it is invisible.
    """

    flat: str
    tidy: bool
    lines: tuple[Line, ...]
    paragraphs: tuple[Paragraph, ...]
    wrapped: bool
    width: int


def flatten(text: str) -> str:
    """The text for matching: same length, controls and odd spaces to spaces, curly quotes to straight ones."""
    return _flattened(text)[0]


def _flattened(text: str) -> tuple[str, bool]:
    """The flat text, and whether the text was tidy; see `Layout`."""
    if text.isascii():
        # bytes are translated by table, a string character by character: four times slower
        plain = text.encode("ascii")
        return plain.translate(_TO_SPACES).decode("ascii"), not plain.translate(None, _PRINTABLE_OR_LINE_END)
    for characters, plain_form in _PLAIN:
        for character in characters:
            # finds nothing in a fifth of a microsecond; a pattern walks the whole text
            text = text.replace(character, plain_form)
    quoted = text
    for character in _ODD_SPACES:
        text = text.replace(character, " ")
    odd = text is not quoted
    text = text.replace("\n", " ").replace("\r", " ")
    printable = text.isprintable()
    return text if printable else _CONTROL.sub(" ", text), printable and not odd


def lay_out(text: str, per_line: bool = False) -> Layout:
    """Find lines and paragraphs.

    A text is taken as hard-wrapped when no line passes 100 characters and somewhere a line is full, that is the next
    line's first word would not have fitted. There a paragraph starts after a blank line, at an indent, or after a
    line that ends a sentence well short of the margin. Else every line is a paragraph.
    """
    flat, tidy = _flattened(text)
    lines: list[Line] = []
    gaps: list[bool] = []
    offset, gap, width = 0, True, 0
    for raw in text.splitlines(keepends=True):
        end = offset + len(raw)
        bare = "" if raw == "\n" else flat[offset:end].strip(" ")
        if bare:
            indent = 0 if flat[offset] != " " else len(raw) - len(flat[offset:end].lstrip(" "))
            start, long = offset + indent, len(bare)
            lines.append(_LINE(Line, (start, start + long, indent, bare)))
            gaps.append(gap)
            gap = False
            if long > width:
                width = long
        else:
            gap = True
        offset = end
    wrapped = not per_line and width <= _WRAP_AT_MOST and _is_wrapped(lines, gaps, width)
    found = _paragraphs(flat, lines, gaps, width) if wrapped else _by_line(lines, gaps)
    return Layout(flat, tidy, tuple(lines), tuple(found), wrapped, width)


def _by_line(lines: list[Line], gaps: list[bool]) -> list[Paragraph]:
    """Every line is a paragraph."""
    found: list[Paragraph] = []
    block = 0
    for at, (start, end, indent, text) in enumerate(lines):
        block += gaps[at]
        found.append(_PARAGRAPH(Paragraph, (start, end, at, at, block, indent, text)))
    return found


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


def _paragraphs(flat: str, lines: list[Line], gaps: list[bool], width: int) -> list[Paragraph]:
    found: list[Paragraph] = []
    indents_mark = not _all_indented(lines)
    first, block = 0, 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and not gaps[at] and not _starts(lines, at, width, indents_mark):
            continue
        start, end = lines[first].start, lines[at - 1].end
        block += gaps[first]
        found.append(Paragraph(start, end, first, at - 1, block, lines[first].indent, flat[start:end]))
        first = at
    return found


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
