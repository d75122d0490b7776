"""HTML → paragraphs of text and picture captions, in one linear pass; runs no script, follows no reference."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from streams.text.words import word_set

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:.-]{0,40})([^<>]{0,4000})>")
_BLOCKS = word_set(
    "address article aside blockquote body caption center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 "
    "h6 header hr html li main nav ol p pre section table tbody td th thead tfoot tr ul hl1 hl2 block nitf "
    "body.head body.content body.end hedline"
)
_DROPPED = word_set("script style noscript iframe template object svg head title button form select textarea")
_CLASS = re.compile(r"""\bclass\s{0,3}=\s{0,3}["']([^"']{1,200})["']""", re.IGNORECASE)
_FURNITURE = word_set("byline vignette dat credit photo-credit social share related advertisement ad")
_CAPTIONS = frozenset(("figcaption", "media-caption"))


@dataclass(frozen=True, slots=True)
class Marked:
    """``paragraphs`` of plain text, white space collapsed; ``captions`` of figures, left out of the paragraphs."""

    paragraphs: tuple[str, ...]
    captions: tuple[str, ...]


def to_paragraphs(source: str) -> Marked:
    """Text of an HTML or XHTML fragment, block by block.

    Table rows become one paragraph each with the cells parted by `` | ``; ``<br><br>`` parts paragraphs; comments
    and the content of scripts, styles and frames go. What is not a tag is text, so ``5 < 6`` survives.
    """
    paragraphs: list[str] = []
    captions: list[str] = []
    parts: list[str] = []
    cells: list[str] | None = None
    in_caption = False

    def flush() -> None:
        nonlocal cells
        if cells is not None:
            cells.append(_tidy(parts))
            text = " | ".join(cell for cell in cells if cell)
            cells = None
            if text:
                paragraphs.append(text)
        else:
            for text in (_tidy([piece]) for piece in "".join(parts).split("\v\v")):
                if text:
                    (captions if in_caption else paragraphs).append(text)
        parts.clear()

    at = 0
    while at < len(source):
        opening = source.find("<", at)
        if opening < 0:
            parts.append(html.unescape(source[at:]))
            break
        if opening > at:
            parts.append(html.unescape(source[at:opening]))
        if source.startswith("<!--", opening):
            closing = source.find("-->", opening)
            at = closing + 3 if closing >= 0 else len(source)
            continue
        if source.startswith(("<!", "<?"), opening):
            closing = source.find(">", opening)
            at = closing + 1 if closing >= 0 else len(source)
            continue
        tag = _TAG.match(source, opening)
        if tag is None:
            parts.append("<")
            at = opening + 1
            continue
        at = tag.end()
        name, closes = tag.group(2).lower(), bool(tag.group(1))
        opens = not closes and not tag.group(3).endswith("/")
        if opens and (name in _DROPPED or _is_furniture(name, tag.group(3))):
            at = _after(source, name, at)
        elif name == "br":
            parts.append("\v")
        elif name in ("td", "th"):
            if not closes:
                if cells is None:
                    flush()
                    cells = []
                else:
                    cells.append(_tidy(parts))
                    parts.clear()
        elif cells is not None and name in _BLOCKS and name not in ("tr", "table", "tbody", "thead", "tfoot"):
            parts.append(" ")
        elif name in _CAPTIONS:
            flush()
            in_caption = not closes
        elif name in _BLOCKS:
            flush()
    flush()
    return Marked(tuple(paragraphs), tuple(dict.fromkeys(captions)))


def has_markup(text: str) -> bool:
    """A tag of HTML stands in ``text``."""
    return _TAG.search(text) is not None


def _is_furniture(name: str, attributes: str) -> bool:
    """A byline, credit or section mark by its class, which the item's own fields say better."""
    found = _CLASS.search(attributes) if name in ("div", "span", "p") else None
    return found is not None and not _FURNITURE.isdisjoint(found.group(1).lower().split())


def _after(source: str, name: str, at: int) -> int:
    """Where the element that opened before ``at`` ends; elements of the same name may stand inside it."""
    depth = 1
    for tag in re.compile(f"<(/?){re.escape(name)}\\b[^>]{{0,4000}}>", re.IGNORECASE).finditer(source, at):
        depth += -1 if tag.group(1) else 1
        if depth == 0:
            return tag.end()
    return len(source)


def _tidy(parts: list[str]) -> str:
    return " ".join("".join(parts).split())
