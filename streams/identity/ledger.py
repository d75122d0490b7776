"""A story and its answer → the entry to remember; shapes only, decides nothing."""

from __future__ import annotations

from streams.contracts.record import Identity
from streams.contracts.story import NormalisedStory
from streams.identity.answers import Answer
from streams.identity.entry import Decided, Entry
from streams.identity.index import Marks
from streams.identity.profile import Profile


def entry_of(
    story: NormalisedStory,
    marks: Profile,
    filing: Marks,
    key: str,
    sequence: int,
    outcome: Decided,
    identity: Identity,
    answer: Answer,
) -> Entry:
    """The entry of a story just decided, under ``key`` and with the next ``sequence``."""
    provenance, dateline, of = story.provenance, story.dateline, identity.of
    received = provenance.received
    return Entry(
        key=key,
        sequence=sequence,
        origin=str(provenance.origin),
        index=provenance.index,
        source=provenance.source,
        at=received or story.version_created,
        received=received,
        version_created=story.version_created,
        uri=story.uri,
        agency_version=story.agency_version,
        alt_ids=story.alt_ids,
        sha256=provenance.sha256,
        fingerprint=story.fingerprint,
        kind=story.kind,
        language=story.language,
        slugline=story.slugline,
        keywords=story.keywords,
        headline=story.headline,
        paragraphs=marks.paragraphs,
        words=filing.top,
        slug=marks.slug,
        city=dateline.city if dateline else None,
        dated=marks.dated,
        countries=marks.countries,
        distributors=marks.distributors,
        agencies=marks.agencies,
        pub_status=story.pub_status,
        signals=story.signals,
        day_marks=marks.day_marks,
        embargoed_until=story.embargoed_until,
        outcome=outcome,
        identity=identity,
        copies=answer.copies.key if answer.copies else None,
        killed=of is not None and of.method == "killed",
        held=story if outcome == "held" else None,
    )
