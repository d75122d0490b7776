"""The body of an XML format (NITF, XHTML, or text in a wrapper) → paragraphs and captions; judges no words.

What the markup itself says is no copy is left out and, where a field can hold it, told apart: byline and dateline
marked as such, captions, the headline repeated at the top, scripts, notepads. All else is kept, in order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from streams.formats.xmlelements import Does, by_class, holds_all, what_it_does
from streams.formats.xmltree import Element, text_in, uncontrolled, words
from streams.text.markup import to_paragraphs


@dataclass(frozen=True, slots=True)
class Body:
    """``paragraphs`` as printed; ``byline`` and ``dateline`` only where the markup names them."""

    paragraphs: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    byline: str | None = None
    dateline: str | None = None

    @property
    def copy(self) -> str:
        """Paragraphs parted by a blank line."""
        return "\n\n".join(self.paragraphs)


_HTML = re.compile(
    r"</?(?:p|div|span|br|a|b|i|u|em|strong|ul|ol|li|h[1-6]|table|t[dr]|blockquote|iframe|script|img)(?:\s[^<>]{0,4000})?/?>",
    re.IGNORECASE,
)
_BLANK = re.compile(r"\n[ \t\r]*\n")
_INDENTED = re.compile(r"\n(?: {2,5}|\t)(?=\S)")
_AT_MARGIN = re.compile(r"\n(?=\S)")
_CODES = re.compile(r"[A-Z0-9]{2,10}(?:\s+[A-Z0-9]{2,10}){2,60}\s*")
_DIGIT_WORD = re.compile(r"\b[A-Z]*\d")
_ASIDE = re.compile(r"(?<=[.!?\")])\n(?=\()")
_BREAK = "\v"  # XML does not allow it, so that no text can bring its own


def body_of(element: Element, headline: str | None) -> Body:
    """The copy in ``element``. A first title that repeats ``headline`` goes, with the second title under it."""
    if len(element) == 0:
        return _of_text(text_in(element))
    reader = _Reader(headline)
    reader.walk(element)
    reader.flush()
    return Body(tuple(reader.paragraphs), tuple(dict.fromkeys(reader.captions)), reader.byline, reader.dateline)


def body_of_text(text: str) -> Body:
    """The copy in a string: HTML written as text, or plain text with its line ends."""
    return _of_text(uncontrolled(text))


def same_words(one: str | None, other: str | None) -> bool:
    """Two lines say the same, whatever their case and punctuation."""
    return bool(one and other) and _letters(one) == _letters(other)


def _letters(text: str | None) -> str:
    return "".join(filter(str.isalnum, text or "")).casefold()


def _of_text(text: str) -> Body:
    if _HTML.search(text):
        # ANSA wraps its copy by hand and indents each paragraph by three, all within one <p>
        if _INDENTED.search(text) and _AT_MARGIN.search(text.strip()) and text.lower().count("<p") <= 1:
            text = _INDENTED.sub("<br><br>", text)
        marked = to_paragraphs(text)
        return Body(marked.paragraphs, marked.captions)
    return Body(tuple(_plain_paragraphs(text)))


def _plain_paragraphs(text: str) -> list[str]:
    """Blocks between blank lines, their line ends kept; an indented line starts one where others are not indented."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    if _INDENTED.search(text) and not _BLANK.search(text.strip()):
        text = _INDENTED.sub("\n\n", text)
    blocks = ("\n".join(" ".join(line.split()) for line in block.split("\n")).strip() for block in _BLANK.split(text))
    return [block for block in blocks if block]


class _Reader:
    """Walks a body once. libxml2 refuses trees more than 256 deep, which bounds the recursion."""

    def __init__(self, headline: str | None) -> None:
        self.headline = headline
        self.paragraphs: list[str] = []
        self.captions: list[str] = []
        self.byline: str | None = None
        self.dateline: str | None = None
        self._parts: list[str] = []
        self._cells: list[str] | None = None
        self._in_cell = False
        self._loose = True
        self._under_title = False

    def walk(self, element: Element) -> None:
        """Read the text and children of ``element``; its tail is the caller's."""
        text = element.text
        if text:
            self._parts.append(text)
        for inner in element:
            self._enter(inner)
            text = inner.tail
            if text:
                self._parts.append(text)

    def _enter(self, element: Element) -> None:
        tag = element.tag
        if not isinstance(tag, str):
            return
        does = what_it_does(tag)
        names = element.get("class")
        if names:
            does = by_class(names) or does
        if does is Does.INLINE:
            self.walk(element)
        elif does is Does.BREAK:
            self._parts.append(_BREAK)
            self.walk(element)
        elif does is Does.BLOCK:
            self._block(element, tag)
        elif does is Does.ROW:
            self._row(element)
        elif does is Does.CELL:
            self._cell(element)
        elif does is Does.TITLE:
            self._title(element)
        elif does is Does.PREFORMATTED:
            self.flush()
            self.paragraphs += _plain_paragraphs(text_in(element))
        elif does is Does.CAPTION:
            self._caption(element)
        elif does is Does.MEDIA:
            for inner in element.iter("{*}media-caption", "{*}caption"):
                self._caption(inner)
        elif does is Does.BYLINE:
            self.byline = self.byline or words(element)
        elif does is Does.DATELINE:
            self.dateline = self.dateline or words(element)

    def _block(self, element: Element, tag: str) -> None:
        if self._cells is not None:
            self._parts.append(" ")
            self.walk(element)
            self._parts.append(" ")
            return
        self.flush()
        if self._under_title and tag.endswith("h2") and not self.paragraphs:
            self._under_title = False
            return
        self._loose = holds_all(tag)
        self.walk(element)
        self.flush()
        self._loose = True

    def _title(self, element: Element) -> None:
        self.flush()
        if not self.paragraphs and same_words(words(element), self.headline):
            self._under_title = True
            return
        self._loose = False
        self.walk(element)
        self.flush()

    def _row(self, element: Element) -> None:
        if self._cells is not None:  # a table within a cell
            self._block(element, "tr")
            return
        self.flush()
        self._cells = []
        self.walk(element)
        cells = [cell for cell in self._cells or [] if cell]
        self._cells = None
        self._parts.clear()
        if cells:
            self.paragraphs.append(" | ".join(cells))

    def _cell(self, element: Element) -> None:
        if self._cells is None or self._in_cell:
            self._block(element, "td")
            return
        self._in_cell = True
        self._parts.clear()
        self.walk(element)
        self._cells.append(" ".join(uncontrolled("".join(self._parts)).split()))
        self._parts.clear()
        self._in_cell = False

    def _caption(self, element: Element) -> None:
        caption = words(element)
        if caption:
            self.captions.append(caption)

    def flush(self) -> None:
        """End the paragraph: ``<br/>`` parts lines, two of them part paragraphs."""
        if not self._parts or self._cells is not None:
            return
        text = uncontrolled("".join(self._parts))
        self._parts.clear()
        if not text.strip():
            return
        if "<" in text and _HTML.search(text):
            self.paragraphs += to_paragraphs(text).paragraphs
            return
        if self._loose and self.paragraphs and _are_codes(text):
            return
        # Reuters wraps its copy by hand within <p>, and ends it with a credit in brackets on a line of its own
        if "\n(" in text:
            text = _ASIDE.sub(_BREAK * 2, text)
        if _BREAK not in text:
            self.paragraphs.append(" ".join(text.split()))
            return
        lines: list[str] = []
        for piece in [*text.split(_BREAK), ""]:
            line = " ".join(piece.split())
            if line:
                lines.append(line)
            elif lines:
                self.paragraphs.append("\n".join(lines))
                lines = []


def _are_codes(text: str) -> bool:
    """Routing codes that ANSA sets after the last paragraph: capitals and figures, nothing to read."""
    bare = text.strip()
    return _CODES.fullmatch(bare) is not None and len(_DIGIT_WORD.findall(bare)) >= 2
