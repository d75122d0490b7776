"""Records in JSON as a topic holds them, of fictional copy."""

from __future__ import annotations

from typing import Any

from streams.contracts import codec
from streams.contracts.record import Related, StoryRecord
from streams.contracts.story import CountryTag, Dateline, Evidence, Mention, RegionTag
from streams.showing.told import Told, told

BODY = "Ferries to Syria and the Sahel stopped on Monday, the harbour of Damascus Quay said.\n\nDamascus was quiet."


def row(uri: str, version: str = "1", **fields: Any) -> dict[str, Any]:
    """A record of *uri*; ``of`` may be given as (uri, version). ``processed`` counts the minutes."""
    of = fields.pop("of", None)
    minute = fields.pop("minute", 0)
    return {
        "item": {"uri": uri, "version": version, "headlines": [{"value": f"Headline of {uri} {version}"}]},
        "story": "family:1",
        "relation": "update" if of else "new",
        "of": {"uri": of[0], "version": of[1], "similarity": 0.5, "method": "evidence"} if of else None,
        "changes": [],
        "kind": "story",
        "provenance": {"input": f"in-{uri}-{version}", "index": 0, "received": "2026-03-10T06:00:00Z"},
        "explanation": "",
        "processed": f"2026-03-10T06:{minute:02d}:00Z",
    } | fields


def one(uri: str, version: str = "1", **fields: Any) -> Told:
    return told(row(uri, version, **fields))


def record(**fields: Any) -> StoryRecord:
    """A whole record, as the pipeline composes it."""
    from datetime import UTC, date, datetime

    start, again = BODY.index("Damascus"), BODY.rindex("Damascus")
    sahel = BODY.index("Sahel")
    values: dict[str, Any] = {
        "item": {
            "uri": "urn:example:ferry",
            "version": "1",
            "headlines": [{"value": "Syria ferries stop"}],
            "bodies": [{"value": BODY}],
            "descriptions": [{"value": "A ferry off Damascus Quay"}],
            "places": [{"rel": "about", "name": "Syrian Arab Republic", "literal": "SY"}],
        },
        "story": "family:1",
        "relation": "update",
        "of": Related("urn:example:ferry", "0", 0.25, "evidence"),
        "changes": (),
        "kind": "story",
        "dateline": Dateline("BEIRUT, March 10 (AFP) -", "Beirut", "LB", date(2026, 3, 10)),
        "countries": (
            CountryTag(
                "SY",
                0.9,
                ("focus", "agency"),
                (Evidence("headline", 0, 5), Evidence("body", start, start + 8), Evidence("body", again, again + 8)),
            ),
            CountryTag("LB", 0.4, ("dateline",), ()),
        ),
        "mentions": (
            Mention("headline", 0, 5, "Syria", "country", "SY"),
            Mention("body", sahel, sahel + 5, "Sahel", "region", None),
            Mention("body", start, start + 8, "Damascus", "capital", "SY"),
            Mention("body", again, again + 8, "Damascus", "capital", "SY"),
        ),
        "regions": (
            RegionTag("145", "m49", "Western Asia", 0.9),
            RegionTag("sahel", "named", "Sahel", 0.5),
        ),
        "desks": ("middle-east",),
        "dates": (),
        "removed": (),
        "provenance": {"input": "ferry.txt", "index": 0},
        "warnings": (),
        "explanation": "Update of “Ferries” (urn:example:ferry, version 0): evidence.",
        "processed": datetime(2026, 3, 10, 6, tzinfo=UTC),
    }
    return StoryRecord(**(values | fields))


def json_of(given: StoryRecord) -> dict[str, Any]:
    loaded: dict[str, Any] = codec.loads(codec.encode(given))
    return loaded
