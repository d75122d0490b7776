"""What each element of an XML body does to the text, by its name or class; reads no text itself."""

from __future__ import annotations

from enum import Enum, auto
from functools import lru_cache

from streams.text.words import word_set


class Does(Enum):
    """What an element does to the text."""

    INLINE = auto()
    BLOCK = auto()
    DROP = auto()
    BREAK = auto()
    CELL = auto()
    ROW = auto()
    CAPTION = auto()
    MEDIA = auto()
    BYLINE = auto()
    DATELINE = auto()
    TITLE = auto()
    PREFORMATTED = auto()


_ELEMENTS = {
    **dict.fromkeys(word_set(
        "p div section article main block blockquote bq hl2 h2 h3 h4 h5 h6 ul ol dl li dt dd body body.content html "
        "center address note fn hr table tbody thead tfoot caption details summary aside"
    ), Does.BLOCK),
    **dict.fromkeys(word_set(
        "head script style noscript iframe object svg template button form nav footer header img hedline distributor "
        "abstract copyrite body.head body.end media-metadata nitf-table-metadata custom-table"
    ), Does.DROP),
    "br": Does.BREAK, "td": Does.CELL, "th": Does.CELL, "tr": Does.ROW, "pre": Does.PREFORMATTED,
    "figcaption": Does.CAPTION, "media-caption": Does.CAPTION, "media": Does.MEDIA,
    "byline": Does.BYLINE, "dateline": Does.DATELINE, "h1": Does.TITLE, "hl1": Does.TITLE,
}  # fmt: skip
_CLASSES = {
    # dpa writes <p class="byline">, <span class="dateline">, <section class="notepad"> into its XHTML
    "byline": Does.BYLINE,
    "dateline": Does.DATELINE,
    "caption": Does.CAPTION,
    **dict.fromkeys(word_set(
        "notepad closingline genre slugline publicationdate vignette social share related advertisement"
    ), Does.DROP),
}  # fmt: skip


@lru_cache(maxsize=512)
def what_it_does(tag: str) -> Does:
    """What the element of that name does; an unknown one lets its text through."""
    return _ELEMENTS.get(tag.rpartition("}")[2].lower(), Does.INLINE)


@lru_cache(maxsize=512)
def holds_all(tag: str) -> bool:
    """The element is the whole body, in which routing codes stand loose."""
    return tag.rpartition("}")[2].lower() in ("body", "html", "body.content")


@lru_cache(maxsize=512)
def by_class(names: str) -> Does | None:
    """What an element does by one of its classes; None where none of them is known."""
    return next((_CLASSES[name] for name in names.lower().split() if name in _CLASSES), None)
