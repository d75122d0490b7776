"""One raw message → its stories: read, clean, located, fingerprinted, each for itself. Knows no other story."""

from __future__ import annotations

import hashlib
from time import perf_counter

from streams import copydesk, formats, identity, places
from streams.contracts.story import CleanStory, Dateline, Located, NormalisedStory, Provenance, RawMessage, RawStory
from streams.errors import Reason, Rejected
from streams.pipeline.toolbox import Observe, Toolbox, ignore
from streams.text import likeliest

DEFAULT_SHARD = "en"
"""Where copy is compared of which not even a guess at the language can be made: most of the wire is English."""


def normalise(message: RawMessage, toolbox: Toolbox, observe: Observe = ignore) -> tuple[NormalisedStory, ...]:
    """Read, clean, locate and fingerprint every story in *message*.

    Raises :class:`Rejected` for what can never be processed; a stage's own failure becomes ``internal``, so that
    one story that trips over a defect of ours never stops the wire.
    """
    began = perf_counter()
    try:
        raw_stories = formats.read(message, toolbox.max_message_bytes)
        observe("format", perf_counter() - began)
        digest = hashlib.sha256(message.body).hexdigest()
        return tuple(_normalise_one(message, raw, digest, toolbox, observe) for raw in raw_stories)
    except Rejected:
        raise
    except Exception as error:
        raise Rejected(Reason.INTERNAL, f"{type(error).__name__}: {error}") from error


def _normalise_one(
    message: RawMessage, raw: RawStory, digest: str, toolbox: Toolbox, observe: Observe
) -> NormalisedStory:
    t0 = perf_counter()
    clean = copydesk.clean(raw, message.received)
    t1 = perf_counter()
    observe("copydesk", t1 - t0)
    located = places.locate(clean, toolbox.gazetteer)
    t2 = perf_counter()
    observe("places", t2 - t1)
    fingerprint = identity.fingerprint(clean.headline, clean.body, clean.language)
    observe("fingerprint", perf_counter() - t2)
    provenance = Provenance(
        origin=message.origin,
        index=raw.index,
        sha256=digest,
        source=message.source,
        format=raw.format,
        parser=raw.parser,
        rules=copydesk.RULES_VERSION,
        gazetteer=toolbox.gazetteer.version,
        received=message.received,
        arrived=message.arrived,
    )
    uri = raw.uri or f"urn:newswire:sha256:{fingerprint.exact}"
    return _assemble(clean, located, fingerprint, provenance, uri)


def _assemble(
    clean: CleanStory, located: Located, fingerprint: identity.Fingerprint, provenance: Provenance, uri: str
) -> NormalisedStory:
    raw = clean.raw
    return NormalisedStory(
        uri=uri,
        agency_version=raw.version,
        headline=clean.headline,
        headline_role=clean.headline_role,
        body=clean.body,
        kind=clean.kind,
        language=clean.language,
        shard=shard_of(clean),
        slugline=clean.slugline,
        by=clean.by,
        dateline=_placed(clean.dateline, located.dateline_country),
        located=clean.located,
        ed_note=clean.ed_note,
        urgency=clean.urgency,
        pub_status=clean.pub_status,
        embargoed_until=clean.embargoed_until,
        first_created=raw.first_created,
        version_created=raw.version_created,
        usage_terms=raw.usage_terms,
        copyright_notice=raw.copyright_notice,
        captions=clean.captions,
        keywords=raw.keywords,
        alt_ids=raw.alt_ids,
        info_sources=clean.info_sources,
        places=raw.places,
        signals=clean.signals,
        dates=clean.dates,
        cuts=clean.cuts,
        mentions=located.mentions,
        countries=located.countries,
        regions=located.regions,
        fingerprint=fingerprint,
        provenance=provenance,
        warnings=(*clean.warnings, *located.warnings),
    )


def shard_of(story: CleanStory) -> str:
    """Return the identity shard: the language, or the likeliest one of copy too short to be sure.

    It chooses the company that a story is compared with and claims nothing: ``language`` stays null.
    """
    tag = story.language or likeliest.guess(f"{story.headline}\n{story.body}") or DEFAULT_SHARD
    return tag.split("-")[0].lower()


def _placed(dateline: Dateline | None, country: str | None) -> Dateline | None:
    if dateline is None or dateline.country or not country:
        return dateline
    return Dateline(dateline.text, dateline.city, country, dateline.date)
