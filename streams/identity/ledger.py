"""A story and its answer → the entry to remember; shapes only, decides nothing."""

from __future__ import annotations

from streams.contracts.record import Identity
from streams.contracts.story import NormalisedStory
from streams.identity.answers import Answer
from streams.identity.entry import Decided, Entry
from streams.identity.matching import day_marks, distributors_of
from streams.identity.profile import Profile
from streams.identity.whole import pack


def entry_of(
    story: NormalisedStory,
    marks: Profile,
    key: str,
    sequence: int,
    outcome: Decided,
    identity: Identity,
    answer: Answer,
) -> Entry:
    """The entry of a story just decided, under ``key`` and with the next ``sequence``."""
    received = story.provenance.received
    published = outcome == "published" and identity.relation != "kill"
    return Entry(
        key=key,
        sequence=sequence,
        origin=str(story.provenance.origin),
        index=story.provenance.index,
        source=story.provenance.source,
        at=received or story.version_created,
        received=received,
        version_created=story.version_created,
        uri=story.uri,
        agency_version=story.agency_version,
        alt_ids=story.alt_ids,
        sha256=story.provenance.sha256,
        fingerprint=story.fingerprint,
        kind=story.kind,
        language=story.language,
        slugline=story.slugline,
        keywords=story.keywords,
        headline=story.headline,
        paragraphs=marks.paragraphs,
        city=story.dateline.city if story.dateline else None,
        dated=story.dateline.date if story.dateline else None,
        countries=tuple(tag.code for tag in story.countries),
        distributors=distributors_of(story),
        pub_status=story.pub_status,
        signals=story.signals,
        day_marks=day_marks(story),
        embargoed_until=story.embargoed_until,
        outcome=outcome,
        identity=identity,
        copies=answer.copies.key if answer.copies else None,
        killed=identity.of is not None and identity.of.method == "killed",
        held=story if outcome == "held" else None,
        whole=pack(story, marks.paragraphs) if published else None,
    )
