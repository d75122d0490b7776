"""Records as the wire publishes them, made small: fictional copy."""

from __future__ import annotations

from typing import Any

from streams.contracts import codec
from streams.desk.entries import Entry, entry_of
from streams.desk.window import Arrival, read


def record(
    uri: str = "urn:a", version: str = "1", story: str = "urn:newswire:story:1", relation: str = "new", **more: Any
) -> dict[str, Any]:
    """A record; *more* goes into the record, ``item_…`` into its item."""
    headline = more.pop("headline", f"{uri} version {version}")
    body = more.pop("body", "Lamps were lit in Riga.\n\nThe Latvian harbour lay dark all winter.")
    item = {
        "uri": uri,
        "version": version,
        "headlines": [{"value": headline}],
        "bodies": [{"value": body}],
        "infoSources": [{"name": "AFP", "role": "agency"}],
        **{name.removeprefix("item_"): more.pop(name) for name in list(more) if name.startswith("item_")},
    }
    return {
        "item": item,
        "story": story,
        "relation": relation,
        "of": None,
        "changes": [],
        "kind": "story",
        "countries": [],
        "mentions": [],
        "regions": [],
        "desks": [],
        "removed": [],
        "provenance": {"source": "afp"},
        "processed": f"2026-03-10T05:00:{version:0>2}Z",
        **more,
    }


def arrival(seen: int, *given: Any, **more: Any) -> Arrival:
    came = read(codec.encode(record(*given, **more)), seen)
    assert isinstance(came, Arrival)
    return came


def entry(seen: int, *given: Any, **more: Any) -> Entry:
    return entry_of(record(*given, **more), seen)


def samples(text: str) -> dict[str, float]:
    """What a scrape says of the wire, by name and labels."""
    lines = (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in lines if name.startswith("newswire_")}
