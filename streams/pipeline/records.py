"""A story and what was decided of it → the enriched record, and its bytes. Decides nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from streams.contracts import codec, ninjs
from streams.contracts.record import Identity, StoryRecord
from streams.contracts.story import NormalisedStory, Provenance
from streams.errors import Reason, Rejected
from streams.places.desks import Desk, route


def to_record(story: NormalisedStory, decided: Identity, processed: datetime, desks: tuple[Desk, ...]) -> StoryRecord:
    """Compose the enriched record of *story* as *decided*."""
    status = "canceled" if decided.relation == "kill" else story.pub_status
    routed = route(desks, story.countries, story.regions, story.kind, story.urgency)
    return StoryRecord(
        item=ninjs.item_of(story, decided.uri, decided.version, status),
        story=decided.story,
        relation=decided.relation,
        of=decided.of,
        restates=decided.restates,
        changes=decided.changes,
        claims=decided.claims,
        retracts=decided.retracts,
        retracted=decided.retracted,
        kind=story.kind,
        dateline=story.dateline,
        countries=story.countries,
        mentions=story.mentions,
        regions=story.regions,
        desks=tuple(name for name, _ in routed),
        dates=story.dates,
        removed=story.cuts,
        provenance=_provenance(story.provenance, decided),
        warnings=story.warnings,
        explanation=decided.explanation,
        processed=processed,
    )


def _provenance(provenance: Provenance, decided: Identity) -> dict[str, Any]:
    """The provenance as the contract words it: ``input`` names topic/partition/offset or path.

    ``copies``: for a duplicate, the send that it copies; ``printed``: the outlet's reprint that came before the
    agency's own send.
    """
    return {
        "input": str(provenance.origin),
        "topic": provenance.origin.name if provenance.origin.offset is not None else None,
        "partition": provenance.origin.partition,
        "offset": provenance.origin.offset,
        "index": provenance.index,
        "sha256": provenance.sha256,
        "source": provenance.source,
        "format": provenance.format,
        "parser": provenance.parser,
        "rules": provenance.rules,
        "gazetteer": provenance.gazetteer,
        "received": provenance.received,
        "arrived": provenance.arrived,
        "copies": decided.copies,
        "printed": decided.printed,
    }


def encoded(record: StoryRecord) -> bytes:
    """The record's bytes on the wire. Raises :class:`Rejected` (``internal``) for what JSON cannot hold."""
    try:
        return codec.encode(record)
    except TypeError as error:
        raise Rejected(Reason.INTERNAL, f"the record does not encode: {error}") from error
