"""The raw topic since a time through the pure pipeline, beside what was published then. Publishes and commits nothing.

Answers what this release, these desks, this gazetteer would make of the copy that the wire has had. The state is fresh:
what began before the time read is not known, so a story that updates or copies it comes out as new; reading in from
further back (``warm``) mends that. Stories are decided in the order that the workers decided them in, which is on
``wire.normalised.v1``; what is not there (it was rejected then) takes the place of its arrival. The raw copy of the
time is held in memory.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

from streams import identity, pipeline
from streams.config import Settings
from streams.contracts import codec
from streams.contracts.story import RawMessage
from streams.errors import Rejected
from streams.feeds.comparing import Compared, Key, Told, compare
from streams.feeds.published import published, raw_since


class Shadow:
    """The agents' functions over raw messages in order, state in memory; :meth:`run` gives what each story becomes."""

    def __init__(self, tools: pipeline.Toolbox, windows: identity.IdentitySettings, now: datetime) -> None:
        self._tools = tools
        self._now = now
        self._states = pipeline.MemoryStates(windows)
        self._told: dict[Key, Told] = {}

    def run(self, messages: Iterable[RawMessage], tick: Callable[[int], None] = lambda count: None) -> dict[Key, Told]:
        """Return what became of every story; *tick* gets the count of messages. Raises nothing for bad copy."""
        for count, message in enumerate(messages, 1):
            self._message(message)
            tick(count)
        self._release(self._now)
        return self._told

    def _message(self, message: RawMessage) -> None:
        try:
            stories = pipeline.normalise(message, self._tools)
        except Rejected as error:
            self._told[str(message.origin), 0] = Told("rejected", error.reason.value)
            return
        for story in stories:
            arrived = min(message.arrived or self._now, self._now)
            self._release(arrived)
            state, store = self._states.of(story.shard)
            try:
                decided = pipeline.identify(story, state, arrived, self._now, self._tools)
            except Rejected as error:
                key = str(message.origin), story.provenance.index
                self._told[key] = Told("rejected", error.reason.value)
                continue
            self._take(decided, store)

    def _release(self, due: datetime) -> None:
        for state, store in self._states.every():
            first = identity.next_release(state)
            if first is not None and first <= due:
                self._take(pipeline.release(state, due, self._now, self._tools), store)

    def _take(self, decided: pipeline.Identified, store: pipeline.MemoryStore) -> None:
        store.write(decided.writes)
        for outcome, record, story in decided.records:
            if record.restates is None:
                key = str(story.provenance.origin), story.provenance.index
                self._told[key] = Told(outcome, None, codec.loads(pipeline.encoded(record)))


def shadow(
    settings: Settings,
    tools: pipeline.Toolbox,
    windows: identity.IdentitySettings,
    since: float,
    until: float,
    warm: float = 0.0,
    tick: Callable[[int], None] = lambda count: None,
    clock: Callable[[], float] = time.time,
) -> Compared:
    """Compare what would be published of the raw copy from *since* to *until* with what was; *warm* seconds before are
    read in without being compared. Raises as :class:`Subscriber` does."""
    was = published(settings, since)
    messages = raw_since(settings, since - warm, until)
    compared = {str(message.origin) for message in messages if _stamp(message) >= since}
    told = Shadow(tools, windows, datetime.fromtimestamp(clock(), UTC)).run(messages, tick)
    return compare(_of(was, compared), _of(told, compared))


def _stamp(message: RawMessage) -> float:
    return message.arrived.timestamp() if message.arrived is not None else 0.0


def _of(told: Mapping[Key, Told], inputs: set[str]) -> dict[Key, Told]:
    return {key: one for key, one in told.items() if key[0] in inputs}
