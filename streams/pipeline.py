"""The composition of the pure stages: one function per agent, and ``process``. No I/O, no Kafka; clocks are arguments.

``normalise``: raw message → normalised stories, stateless. ``identify``: normalised story + state → records.
The agents and ``newswire process`` run these very functions.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from time import perf_counter
from typing import Any

from streams import copydesk, formats, identity, places
from streams.contracts import codec, ninjs
from streams.contracts.record import Identity, Outcome, ProcessLine, StoryRecord
from streams.contracts.retag import Retag
from streams.contracts.story import (
    CleanStory,
    Dateline,
    Located,
    NormalisedStory,
    Origin,
    Provenance,
    RawMessage,
    RawStory,
)
from streams.errors import NewswireError, Reason, Rejected
from streams.places.desks import Desk, route
from streams.text import likeliest

Observe = Callable[[str, float], None]
"""Called with a stage's name and the seconds it took for one story."""

STAGES = ("format", "copydesk", "places", "fingerprint", "identify", "record")
DEFAULT_SHARD = "en"
"""Where copy is compared of which not even a guess at the language can be made: most of the wire is English."""


@dataclass(frozen=True, slots=True)
class Toolbox:
    """What the stages need that is loaded once: gazetteer, desks, the size cap."""

    gazetteer: places.Gazetteer
    desks: tuple[Desk, ...]
    max_message_bytes: int


@dataclass(frozen=True, slots=True)
class Identified:
    """What one input to ``identify`` causes: records with their outcome, and state to persist after them.

    ``writes`` are (key, entry); an entry of None deletes. ``replayed``: decided before, the same records again.
    """

    records: tuple[tuple[Outcome, StoryRecord, NormalisedStory], ...]
    writes: tuple[identity.Write, ...]
    replayed: bool = False


def _ignore(stage: str, seconds: float) -> None:
    return None


def normalise(message: RawMessage, toolbox: Toolbox, observe: Observe = _ignore) -> tuple[NormalisedStory, ...]:
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


def identify(
    story: NormalisedStory,
    state: identity.IdentityState,
    now: datetime | None,
    processed: datetime,
    toolbox: Toolbox,
    observe: Observe = _ignore,
) -> Identified:
    """Decide what *story* is and give the records to publish. ``now`` is the clock that embargoes are held to.

    Updates *state*'s index at once; persisting ``writes`` is the caller's, after its outputs are durable.
    Any failure of ours is raised as :class:`Rejected` (``internal``); trouble with the state goes on as it is.
    """
    began = perf_counter()
    try:
        outcome = identity.decide(story, state, now)
        decided = perf_counter()
        observe("identify", decided - began)
        identified = _identified(outcome, processed, toolbox)
        observe("record", perf_counter() - decided)
        return identified
    except NewswireError:
        raise
    except Exception as error:
        raise Rejected(Reason.INTERNAL, f"{type(error).__name__}: {error}") from error


def release(state: identity.IdentityState, now: datetime, processed: datetime, toolbox: Toolbox) -> Identified:
    """Give the held stories whose embargo ended at *now* or before, as published records."""
    return _identified(identity.release(state, now), processed, toolbox)


def retag(asked: Retag, state: identity.IdentityState, processed: datetime) -> identity.Retagged:
    """Give a published story its next version with the tags *asked* for; see :func:`streams.identity.retag`.

    Any failure is raised as :class:`Rejected`.
    """
    try:
        return identity.retag(asked, state, processed)
    except NewswireError:
        raise
    except Exception as error:
        raise Rejected(Reason.INTERNAL, f"{type(error).__name__}: {error}") from error


def _identified(outcome: identity.Outcome, processed: datetime, toolbox: Toolbox) -> Identified:
    records = tuple(
        (result.outcome, to_record(result.story, result.identity, processed, toolbox.desks), result.story)
        for result in outcome.results
    )
    return Identified(records, outcome.writes, outcome.replayed)


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


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An input that is no message at all, such as a broken envelope: its name, and why."""

    name: str
    error: Rejected


class MemoryStore:
    """The identity state's store for ``process``: a dict, alive as long as the run."""

    def __init__(self) -> None:
        self.entries: dict[str, identity.Entry] = {}
        self.stories: dict[str, NormalisedStory] = {}

    def get(self, key: str) -> identity.Entry | None:
        """Return the entry under *key*, None if there is none."""
        return self.entries.get(key)

    filed = get

    def story(self, key: str) -> NormalisedStory | None:
        """Return the story kept under *key*, None if there is none."""
        return self.stories.get(key)

    def write(self, writes: Iterable[identity.Write]) -> None:
        """Apply a decision's writes."""
        for key, kept in writes:
            if isinstance(kept, NormalisedStory):
                self.stories[key] = kept
            elif kept is not None:
                self.entries[key] = kept
            elif self.entries.pop(key, None) is None:
                self.stories.pop(key, None)


def process(
    inputs: Iterable[RawMessage | Unreadable],
    toolbox: Toolbox,
    settings: identity.IdentitySettings,
    clock: Callable[[], datetime],
    observe: Observe = _ignore,
) -> Iterator[ProcessLine]:
    """Run the agents' functions over *inputs* in order, state in memory; yield one line per story or rejection.

    An embargo is held to the message's arrival, or to *clock* when that is unknown (a bare file).
    """
    states: dict[str, tuple[identity.IdentityState, MemoryStore]] = {}
    times: Counter[str] = Counter()
    given_as: dict[str, str] = {}
    for given in inputs:
        if isinstance(given, Unreadable):
            yield _rejected(given.name, 0, given.error)
            continue
        name = given.origin.name
        times[name] += 1
        if times[name] > 1:
            # A path given twice is two messages, not one read again.
            given = replace(given, origin=Origin(f"{name}~{times[name]}"))
            given_as[given.origin.name] = name
        try:
            stories = normalise(given, toolbox, observe)
        except Rejected as error:
            yield _rejected(name, 0, error)
            continue
        for story in stories:
            if story.shard not in states:
                store = MemoryStore()
                states[story.shard] = identity.IdentityState(settings, store), store
            state, store = states[story.shard]
            now = clock()
            try:
                decided = identify(story, state, given.arrived or now, now, toolbox, observe)
            except Rejected as error:
                yield _rejected(name, story.provenance.index, error)
                continue
            store.write(decided.writes)
            for outcome, record, told in decided.records:
                # A record published again for its parent came late belongs to the input it came from.
                origin = told.provenance.origin.name
                yield ProcessLine(given_as.get(origin, origin), told.provenance.index, outcome, None, record)


def _rejected(name: str, index: int, error: Rejected) -> ProcessLine:
    return ProcessLine(name, index, "rejected", error.reason.value, None, error.detail)
