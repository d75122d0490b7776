"""A text's lines and paragraphs, by offsets, whether hard-wrapped or one line a paragraph; changes no character.

``flat`` is the text for pattern matching: same length and offsets, with line ends, control characters and odd
spaces turned into spaces and typographic apostrophes and quotes into plain ones, so that a pattern needs one form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from streams.text.words import word_set

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
_BULLETS = "-•*–—·▪◦"
_WRAP_AT_MOST = 100
_BROKEN = re.compile(r"-[ \t]{0,3}\r?\n[ \t]{0,3}(?P<next>[^\W\d_]{2,40})")
_AT_HYPHEN = re.compile(r"(?<=[^\W\d_])- ([^\W\d_]{2,40})")
_SUSPENDING = word_set("and or to und oder bis bzw sowie et ou y o e ed en of och eller og")
_STOPS = (".", "!", "?", ":", ")=", '"', "'", ")", "»", "…")


# A named tuple where other values are frozen dataclasses: a story has dozens of them, and they cost a third.
class Paragraph(NamedTuple):
    """Lines ``first`` to ``last`` inclusive, one line or several; ``start`` and ``end`` are without the space around.

    ``indent`` is how many spaces stand before it. ``block`` counts runs of lines between blank ones; ``text`` is flat.
    """

    start: int
    end: int
    first: int
    last: int
    block: int
    indent: int
    text: str


# What a named tuple's own constructor calls in the end, at half its time
_PARAGRAPH: Callable[[type[Paragraph], tuple[int, int, int, int, int, int, str]], Paragraph] = tuple.__new__


class Layout(NamedTuple):
    """``lines`` are those that are not blank. ``wrapped``: paragraphs run over several lines of at most ``width``.

    ``tidy``: the only white space in the text is the common space and line ends, and nothing in it is invisible.
    ``lines`` are the paragraphs themselves where every line is one.
    """

    flat: str
    tidy: bool
    lines: Sequence[Paragraph]
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
    width = max([end - start for start, end, *_ in found], default=0)
    if not per_line and 40 <= width <= _WRAP_AT_MOST:
        rooms = _rooms(found, width)
        if rooms is not None:
            return Layout(flat, tidy, found, _paragraphs(flat, found, rooms), True, width)
    return Layout(flat, tidy, found, found, False, width)


def rejoined(flowing: str, wrapped: str) -> str:
    """``flowing`` with the compounds whole that ``wrapped``, whose lines it runs on, broke at their hyphen.

    ``gold-`` over ``mining`` is ``gold-mining``; ``Vor-`` over ``und Nachteile`` are two words.
    """
    # looked for before anything is built: few texts have one
    broken = {found["next"] for found in _BROKEN.finditer(wrapped) if found["next"].casefold() not in _SUSPENDING}
    if not broken:
        return flowing
    return _AT_HYPHEN.sub(lambda found: "-" + found[1] if found[1] in broken else found.group(), flowing)


def _plain_lines(text: str) -> list[Paragraph]:
    """The lines of flat text in which only ``\\n`` ends one."""
    found: list[Paragraph] = []
    offset = at = block = 0
    gap = 1
    for line in text.split("\n"):
        if not line:
            gap = 1
            offset += 1
            continue
        start, end, indent = offset, offset + len(line), 0
        offset = end + 1
        if line[0] == " " or line[-1] == " ":
            left = line.lstrip(" ")
            if not left:
                gap = 1
                continue
            start = end - len(left)
            indent = len(line) - len(left)
            line = left.rstrip(" ")
            end = start + len(line)
        block += gap
        gap = 0
        found.append(_PARAGRAPH(Paragraph, (start, end, at, at, block, indent, line)))
        at += 1
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


def _rooms(lines: list[Paragraph], width: int) -> list[int] | None:
    """How much of the line above each line its first word would have left free; None for text that is not wrapped.

    Wrapped: of the lines under another of their block, the first word of a fourth would not have fitted above.
    """
    rooms: list[int] = []
    above, last = width, 0
    full = pairs = 0
    for start, end, _, _, block, indent, text in lines:
        space = text.find(" ")
        room = width - above - 1 - (space if space >= 0 else end - start)
        rooms.append(room)
        if block == last and indent < 2:
            pairs += 1
            full += width - room > width * 0.9
        above, last = end - start, block
    return rooms if full >= 1 and full * 4 >= pairs else None


def _paragraphs(flat: str, lines: list[Paragraph], rooms: list[int]) -> list[Paragraph]:
    found: list[Paragraph] = []
    indents_mark = not _all_indented(lines)
    opening = before = lines[0]
    for line, room in zip(lines, rooms, strict=True):
        _, _, at, _, block, indent, text = line
        if block != before.block or (
            at
            and (
                (indent >= 2 and indents_mark)
                or (
                    room >= 3
                    and ((room >= 12 and before.text.endswith(_STOPS)) or (text[0] in _BULLETS and text[1:2].isspace()))
                )
            )
        ):
            found.append(_joined(flat, opening, before))
            opening = line
        before = line
    found.append(_joined(flat, opening, before))
    return found


def _joined(flat: str, opening: Paragraph, last: Paragraph) -> Paragraph:
    if opening is last:
        return opening
    start, end = opening.start, last.end
    span = start, end, opening.first, last.last, opening.block, opening.indent, flat[start:end]
    return _PARAGRAPH(Paragraph, span)


def _all_indented(lines: list[Paragraph]) -> bool:
    """The whole text stands indented, so that an indent says nothing."""
    return len(lines) > 3 and [line.indent >= 2 for line in lines].count(True) >= len(lines) * 0.95
