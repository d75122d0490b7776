"""The bundled sample wire: a fictional news day, as envelopes. Original copy; alters nothing but the embargo time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files

from streams.contracts import envelope
from streams.contracts.story import RawMessage

EMBARGO = "${EMBARGO_RFC3339}"
"""Stands in the sample for the end of an embargo, so that a demonstration can let it end while one watches."""


def sample(embargo: datetime) -> Iterator[RawMessage]:
    """Yield the sample wire in order; *embargo* (UTC) is when its embargoed item may be printed."""
    text = (files("streams.feeds") / "sample" / "wire.jsonl").read_text("utf-8")
    text = text.replace(EMBARGO, embargo.replace(microsecond=0).isoformat().replace("+00:00", "Z"))
    for number, line in enumerate(text.splitlines(), 1):
        name, fields = envelope.identity_of(line.encode(), number)
        yield envelope.to_message(name, fields)
