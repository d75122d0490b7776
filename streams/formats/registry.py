"""The list of formats, tried from the first to the last; parses nothing itself."""

from __future__ import annotations

from streams.formats import (
    anpa1312,
    apjson,
    htmlpage,
    iptc7901,
    newsml12,
    newsmlg2,
    ninjs,
    nitf,
    plain,
    republished,
    rss,
    zczc,
)
from streams.formats.format import Format

# Structured formats first: each is told by its own marks. Republished text before plain, which takes any text.
FORMATS: tuple[Format, ...] = (
    newsml12.FORMAT,
    newsmlg2.FORMAT,
    nitf.FORMAT,
    rss.FORMAT,
    htmlpage.FORMAT,
    apjson.FORMAT,
    ninjs.FORMAT,
    anpa1312.FORMAT,
    iptc7901.FORMAT,
    zczc.FORMAT,
    republished.FORMAT,
    plain.FORMAT,
)

__all__ = ["FORMATS", "Format"]
