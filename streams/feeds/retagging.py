"""``wire.latest.v1`` → re-tags asked for on ``wire.normalised.v1``. Publishes no record: the worker decides and does.

A record sent from here to the feed would race with the worker: an update that lands between our reading and our
writing would be overwritten by the older version. So only the question is sent, through the topic that the worker
reads in order, and it names the version that it is about.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from streams import identity, pipeline, places
from streams.config import Settings
from streams.contracts import codec, headers
from streams.contracts.record import StoryRecord
from streams.contracts.retag import Retag
from streams.contracts.topics import LATEST, NORMALISED
from streams.errors import Rejected, UsageError
from streams.feeds.publishing import Feeder
from streams.feeds.subscribing import Consumed, Subscriber
from streams.places import retagging
from streams.places.desks import Desk


@dataclass(frozen=True, slots=True)
class Window:
    """When the newest version of a story was published, for it to be looked at: seconds since the epoch, ``since``
    inclusive, ``until`` exclusive; None for no limit."""

    since: float | None = None
    until: float | None = None

    def __contains__(self, moment: float) -> bool:
        return (self.since is None or moment >= self.since) and (self.until is None or moment < self.until)


@dataclass(slots=True)
class Looked:
    """What the looking found: stories by ``changed``, ``unchanged`` and ``killed``."""

    counts: Counter[str] = field(default_factory=Counter)

    @property
    def stories(self) -> int:
        """How many stories were looked at."""
        return self.counts.total()


def newest(settings: Settings, window: Window) -> Iterator[Consumed]:
    """Yield the newest record of each uri on ``wire.latest.v1`` that was published within *window*, as of now.

    The topic is read twice, first by keys alone: older versions stay on it until they are compacted away, and only
    the last one counts. So what is kept in memory is a uri and an offset for each story.
    """
    last: dict[bytes, tuple[int, int]] = {}
    for consumed in _through(settings, window):
        if consumed.key is not None:
            last.pop(consumed.key, None)
            if consumed.value is not None and consumed.timestamp in window:
                last[consumed.key] = consumed.partition, consumed.offset
    wanted = set(last.values())
    del last
    if not wanted:
        return
    for consumed in _through(settings, window):
        place = consumed.partition, consumed.offset
        if place in wanted:
            wanted.discard(place)
            yield consumed
            if not wanted:
                return


def _through(settings: Settings, window: Window) -> Iterator[Consumed]:
    """Everything from the window's beginning that is there now: a wire that goes on does not keep it going."""
    began = time.time()
    with Subscriber(settings, [LATEST.name], from_beginning=True) as subscriber:
        if window.since is not None:
            subscriber.seek(window.since)
        yield from (consumed for consumed in subscriber.standing() if consumed.timestamp <= began)


def asked(record: StoryRecord, gazetteer: places.Gazetteer, desks: tuple[Desk, ...]) -> Retag:
    """Return the re-tag of a published *record* with this gazetteer and these desks, whether it changes anything or
    not. Raises :class:`Rejected` (``malformed``) for an item without headline or body."""
    shard = pipeline.shard_of(retagging.story_of(record))
    return Retag(shard, identity.tags_of(record), retagging.retag(record, gazetteer, desks))


def changed(
    records: Iterable[Consumed], gazetteer: places.Gazetteer, desks: tuple[Desk, ...], looked: Looked
) -> Iterator[tuple[StoryRecord, Retag]]:
    """Yield (published, re-tag) of the stories whose tags change; *looked* counts them all.

    A kill keeps its tags: whoever got the story must get its kill. Raises :class:`UsageError` for what is no record.
    """
    for consumed in records:
        try:
            record = codec.decode(consumed.value or b"", StoryRecord)
            if record.relation == "kill":
                looked.counts["killed"] += 1
                continue
            wanted = asked(record, gazetteer, desks)
        except Rejected as error:
            where = f"{consumed.topic}/{consumed.partition}/{consumed.offset}"
            raise UsageError(f"{where}: no enriched record: {error}") from error
        if not identity.tag_changes(wanted.before, identity.tags_of(wanted.record)):
            looked.counts["unchanged"] += 1
            continue
        looked.counts["changed"] += 1
        yield record, wanted


def send(
    wanted: Iterable[Retag],
    settings: Settings,
    rate: float | None = None,
    progress: Callable[[int], None] = lambda count: None,
    sleep: Callable[[float], None] = time.sleep,
) -> int:
    """Send re-tags to the shards that hold their stories, at most *rate* a second; return how many the broker has."""
    began = time.monotonic()
    with Feeder(settings) as feeder:
        for count, one in enumerate(wanted):
            ahead = count / rate - (time.monotonic() - began) if rate else 0.0
            if ahead > 0:
                sleep(ahead)
            uri = str(one.record.item["uri"])
            kind = [(headers.RECORD_KIND, headers.RETAG)]
            feeder.put(NORMALISED.name, one.shard.encode(), codec.encode(one), kind, uri)
            progress(count + 1)
    return feeder.messages
