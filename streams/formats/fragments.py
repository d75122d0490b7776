"""HTML out of a feed's field → paragraphs, in linear time whatever it holds; `streams.text.markup` does the reading."""

from __future__ import annotations

import re

from streams.text.markup import Marked, has_markup, to_paragraphs

# a bracket that opens no tag, since the next bracket opens as well or there is none
_STRAY = re.compile(r"<(?=[^<>]*+(?:<|\Z))")


def paragraphs_of(source: str) -> Marked:
    """Paragraphs and captions of ``source``. A ``<`` that opens no tag is text.

    >>> paragraphs_of("<p>Depth 3 < 5 m.</p>").paragraphs
    ('Depth 3 < 5 m.',)
    """
    return to_paragraphs(_sound(source))


def has_tags(source: str) -> bool:
    """A tag of HTML stands in ``source``."""
    return has_markup(_sound(source))


def _sound(source: str) -> str:
    return _STRAY.sub("&lt;", source) if source.count("<") > source.count(">") else source
