"""A record just made → everything that ``newswire explain`` shows of it, as one value. Decides and lays out nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from streams.contracts import codec
from streams.contracts.record import Outcome, StoryRecord
from streams.contracts.story import Cut
from streams.showing import reasons
from streams.showing.marking import Piece, marked_caption, marked_dateline, marked_field
from streams.showing.reasons import CountryReason, DeskReason, RegionReason
from streams.showing.told import Told, told


@dataclass(frozen=True, slots=True)
class Shown:
    """One story as shown. ``passing``: countries named that it is not about. ``removed``: the receipt of the cuts."""

    input: str
    index: int
    outcome: Outcome
    headline: tuple[Piece, ...]
    dateline: tuple[Piece, ...]
    body: tuple[Piece, ...]
    captions: tuple[tuple[Piece, ...], ...]
    countries: tuple[CountryReason, ...]
    passing: tuple[str, ...]
    regions: tuple[RegionReason, ...]
    desks: tuple[DeskReason, ...]
    told: Told
    removed: tuple[Cut, ...]
    warnings: tuple[str, ...]


def show(
    input: str,
    index: int,
    outcome: Outcome,
    record: StoryRecord,
    routed: Iterable[tuple[str, str]],
    within: Callable[[str], Iterable[str]],
) -> Shown:
    """Compose what is shown of *record*. *routed* are the desks that take it, each with the router's reason, and
    *within* gives the M49 codes of the regions that hold a country."""
    item = record.item
    return Shown(
        input=input,
        index=index,
        outcome=outcome,
        headline=marked_field(item["headlines"][0]["value"], "headline", record.mentions),
        dateline=marked_dateline(record.dateline) if record.dateline else (),
        body=marked_field(item["bodies"][0]["value"], "body", record.mentions),
        captions=tuple(marked_caption(caption["value"], record.mentions) for caption in item.get("descriptions", ())),
        countries=reasons.ranking(record),
        passing=reasons.passing(record),
        regions=reasons.regions(record, within),
        desks=reasons.desks(routed, record),
        # Read back from JSON, so that a story is told alike here and from a topic.
        told=told(codec.loads(codec.encode(record)), outcome),
        removed=record.removed,
        warnings=record.warnings,
    )
