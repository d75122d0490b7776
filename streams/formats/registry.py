"""The list of formats, tried from the first to the last; parses nothing itself."""

from __future__ import annotations

from streams.formats import ninjs, plain, republished
from streams.formats.format import Format

# Structured formats first: each is told by its own marks. Republished text before plain, which takes any text.
FORMATS: tuple[Format, ...] = (
    ninjs.FORMAT,
    republished.FORMAT,
    plain.FORMAT,
)

__all__ = ["FORMATS", "Format"]
