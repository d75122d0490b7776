"""Enriched record → the same record tagged with another gazetteer or desks; it changes nothing but the tags.

Uri, version, headline, body, relation and every time stay as they are. The agency's own place codes are read from
the record's ninjs item, where they were written when it was made.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from streams import places
from streams.contracts.record import StoryRecord
from streams.contracts.story import AgencyPlace, CleanStory, RawStory, Signals
from streams.errors import Reason, Rejected
from streams.places.desks import Desk, route


@dataclass(frozen=True, slots=True)
class Move:
    """What a record's countries, regions (named ones and M49 codes) and desks were and would be, best first."""

    uri: str
    version: str
    headline: str
    countries: tuple[tuple[str, ...], tuple[str, ...]]
    regions: tuple[tuple[str, ...], tuple[str, ...]]
    desks: tuple[tuple[str, ...], tuple[str, ...]]

    @property
    def changed(self) -> bool:
        """Does anything differ that a reader of the feed or a desk would see? A score alone does not count."""
        return any(before != after for before, after in (self.countries, self.regions, self.desks))


def retag(record: StoryRecord, gazetteer: places.Gazetteer, desks: tuple[Desk, ...]) -> StoryRecord:
    """The record with countries, mentions, regions, desks and the dateline's country found anew.

    Raises :class:`Rejected` (``malformed``) for an item without headline or body.
    """
    located = places.locate(story_of(record), gazetteer)
    routed = route(desks, located.countries, located.regions, record.kind, record.item.get("urgency"))
    dateline = record.dateline
    if dateline and located.dateline_country:
        dateline = replace(dateline, country=located.dateline_country)
    kept = tuple(note for note in record.warnings if places.READ_AS not in note)
    return replace(
        record,
        countries=located.countries,
        mentions=located.mentions,
        regions=located.regions,
        desks=tuple(name for name, _ in routed),
        dateline=dateline,
        provenance={**record.provenance, "gazetteer": gazetteer.version},
        warnings=(*kept, *located.warnings),
    )


def move(before: StoryRecord, after: StoryRecord) -> Move:
    """What differs between a record and itself tagged anew."""
    item = before.item
    return Move(
        str(item.get("uri", "")),
        str(item.get("version", "")),
        _first(item, "headlines")["value"],
        (tuple(tag.code for tag in before.countries), tuple(tag.code for tag in after.countries)),
        (_regions(before), _regions(after)),
        (before.desks, after.desks),
    )


def _regions(record: StoryRecord) -> tuple[str, ...]:
    """Sorted: scores that tie or move a little put regions in another order, which is no news."""
    return tuple(sorted(tag.code for tag in record.regions))


def story_of(record: StoryRecord) -> CleanStory:
    """The clean story as far as the places stage looks at it. Raises as :func:`retag` does."""
    item = record.item
    headline, body = _first(item, "headlines"), _first(item, "bodies")
    day = record.dateline.date if record.dateline else None
    return CleanStory(
        raw=RawStory(
            index=0,
            format="record",
            parser="record",
            copy="",
            version_created=_moment(item.get("versionCreated")),
            first_created=_moment(item.get("firstCreated")),
            places=tuple(
                AgencyPlace(place.get("name"), place.get("literal"), place["rel"])
                for place in item.get("places", ())
                if place.get("rel") in ("origin", "about")
            ),
        ),
        headline=headline["value"],
        headline_role="derived" if headline.get("role") == "derived" else "main",
        body=body["value"],
        kind=record.kind,
        language=item.get("language"),
        slugline=None,
        by=None,
        dateline=record.dateline,
        located=item.get("located"),
        ed_note=None,
        urgency=item.get("urgency"),
        pub_status="usable",
        embargoed_until=None,
        captions=(),
        info_sources=(),
        signals=Signals(),
        dates=(),
        reference_date=day or _received(record.provenance),
        cuts=(),
        warnings=(),
    )


def _received(provenance: dict[str, Any]) -> date | None:
    moment = _moment(provenance.get("received"))
    return moment.date() if moment else None


def _moment(value: Any) -> datetime | None:
    return datetime.fromisoformat(value.replace("Z", "+00:00")) if isinstance(value, str) else None


def _first(item: dict[str, Any], field: str) -> dict[str, Any]:
    rows = item.get(field)
    if (
        not isinstance(rows, list)
        or not rows
        or not isinstance(rows[0], dict)
        or not isinstance(rows[0].get("value"), str)
    ):
        raise Rejected(Reason.MALFORMED, f"the item has no {field}[0].value")
    return rows[0]
