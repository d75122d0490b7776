"""A text's lines and paragraphs, by offsets, whether hard-wrapped or one line a paragraph; changes no character.

``flat`` is the text for pattern matching: same length and offsets, with line ends, control characters and odd
spaces turned into spaces and typographic apostrophes and quotes into plain ones, so that a pattern needs one form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u200b\u2028\u2029\u202d\u202e\u2060\ufeff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)
_TO_SPACES = bytes(b if b > 31 and b != 127 else 32 for b in range(128)) + bytes(128)
# Looking for one character that is not there takes a fortieth of a microsecond; a table over the whole text, a hundred
_ASCII_CONTROLS = "".join(chr(b) for b in (*range(32), 127) if chr(b) not in "\r\n")
_ODD_SPACES = "\u00a0\u202f\u2009\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u200a\u205f\u3000"
_SINGLE = "\u2018\u2019\u201a\u201b\u2032"
_DOUBLE = "\u201c\u201d\u201e\u201f\u2033"
_PLAIN = ((_SINGLE, "'"), (_DOUBLE, '"'))
_BULLET = re.compile(r"[-•*–—·▪◦]\s")
_WRAP_AT_MOST = 100
_STOPS = (".", "!", "?", ":", ")=", '"', "'", ")", "»", "…")


# Named tuples where other values are frozen dataclasses: a story has dozens of them, and they cost a third.
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


class Layout(NamedTuple):
    """``lines`` are those that are not blank. ``wrapped``: paragraphs run over several lines of at most ``width``.

    ``tidy``: the only white space in the text is the common space and line ends, and nothing in it is invisible.
    ``lines`` are the paragraphs themselves where every line is one.
    """

    flat: str
    tidy: bool
    lines: Sequence[Line | Paragraph]
    paragraphs: Sequence[Paragraph]
    wrapped: bool
    width: int


def flatten(text: str) -> str:
    """The text for matching: same length, controls and odd spaces to spaces, curly quotes to straight ones."""
    return _flattened(text)[0]


def _flattened(text: str) -> tuple[str, bool, str]:
    """The flat text, whether the text was tidy (see `Layout`), and the flat text of a tidy one with its line ends."""
    if text.isascii():
        if not any(map(text.__contains__, _ASCII_CONTROLS)):
            return text.replace("\n", " ").replace("\r", " "), True, text
        # bytes are translated by table, a string character by character: four times slower
        return text.encode("ascii").translate(_TO_SPACES).decode("ascii"), False, ""
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
    return text if printable else _CONTROL.sub(" ", text), printable and not odd, quoted


def lay_out(text: str, per_line: bool = False) -> Layout:
    """Find lines and paragraphs.

    A text is taken as hard-wrapped when no line passes 100 characters and somewhere a line is full, that is the next
    line's first word would not have fitted. There a paragraph starts after a blank line, at an indent, or after a
    line that ends a sentence well short of the margin. Else every line is a paragraph.
    """
    flat, tidy, ended = _flattened(text)
    found = _plain_lines(ended) if tidy and "\r" not in ended else _any_lines(text, flat)
    width = max([len(line.text) for line in found], default=0)
    if not per_line and 40 <= width <= _WRAP_AT_MOST and _is_wrapped(found, width):
        lines = [_LINE(Line, (start, end, indent, bare)) for start, end, _, _, _, indent, bare in found]
        return Layout(flat, tidy, lines, _paragraphs(flat, found, width), True, width)
    return Layout(flat, tidy, found, found, False, width)


def _plain_lines(text: str) -> list[Paragraph]:
    """The lines of flat text in which only ``\\n`` ends one."""
    found: list[Paragraph] = []
    offset = at = block = 0
    gap = 1
    for line in text.split("\n"):
        if line:
            start, bare, indent = offset, line, 0
            if line[0] == " " or line[-1] == " ":
                bare = line.strip(" ")
                indent = len(line) - len(line.lstrip(" "))
                start += indent
            if bare:
                block += gap
                gap = 0
                found.append(_PARAGRAPH(Paragraph, (start, start + len(bare), at, at, block, indent, bare)))
                at += 1
            else:
                gap = 1
            offset += len(line) + 1
        else:
            gap = 1
            offset += 1
    return found


def _any_lines(text: str, flat: str) -> list[Paragraph]:
    """The lines of any text, whatever ends them."""
    found: list[Paragraph] = []
    offset = at = block = 0
    gap = 1
    for raw in text.splitlines(keepends=True):
        end = offset + len(raw)
        bare = "" if raw == "\n" else flat[offset:end].strip(" ")
        if bare:
            indent = 0 if flat[offset] != " " else len(raw) - len(flat[offset:end].lstrip(" "))
            start = offset + indent
            block += gap
            gap = 0
            found.append(_PARAGRAPH(Paragraph, (start, start + len(bare), at, at, block, indent, bare)))
            at += 1
        else:
            gap = 1
        offset = end
    return found


def _is_wrapped(lines: list[Paragraph], width: int) -> bool:
    full = pairs = 0
    for before, line in pairwise(lines):
        if line.block != before.block or line.indent >= 2:
            continue
        pairs += 1
        full += len(before.text) + 1 + _head(line.text) > width * 0.9
    return full >= 1 and full * 4 >= pairs


def _head(text: str) -> int:
    """The length of the first word."""
    found = text.find(" ")
    return len(text) if found < 0 else found


def _paragraphs(flat: str, lines: list[Paragraph], width: int) -> list[Paragraph]:
    found: list[Paragraph] = []
    indents_mark = not _all_indented(lines)
    first = 0
    for at in range(1, len(lines) + 1):
        same = at < len(lines) and lines[at].block == lines[at - 1].block
        if same and not _starts(lines, at, width, indents_mark):
            continue
        opening = lines[first]
        start, end = opening.start, lines[at - 1].end
        found.append(Paragraph(start, end, first, at - 1, opening.block, opening.indent, flat[start:end]))
        first = at
    return found


def _all_indented(lines: list[Paragraph]) -> bool:
    """The whole text stands indented, so that an indent says nothing."""
    return len(lines) > 3 and sum(line.indent >= 2 for line in lines) >= len(lines) * 0.95


def _starts(lines: list[Paragraph], at: int, width: int, indents_mark: bool) -> bool:
    line, before = lines[at], lines[at - 1]
    if indents_mark and line.indent >= 2:
        return True
    room = width - len(before.text) - 1 - _head(line.text)
    if room < 3:
        return False
    return (room >= 12 and before.text.endswith(_STOPS)) or _BULLET.match(line.text) is not None
