"""Window, ring and vitals in one place, and the browsers that listen, in one loop. Reads no topic, knows no HTTP.

Who is slower than the wire for longer than its queue holds is let go: it comes back with the id of its last event.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from streams.contracts import codec
from streams.desk.copies import Copy
from streams.desk.families import pinned, summary
from streams.desk.ring import Event, Ring, frame
from streams.desk.vitals import Vitals
from streams.desk.window import Arrival, Moved, Window
from streams.metrics import Metrics

RING_EVENTS = 5_000
QUEUE_EVENTS = 5_000
PIN_MINUTES = 30
"""How long an alert or kill stays at the top when no lead comes and nobody puts it away."""


@dataclass(frozen=True, slots=True)
class Received:
    """A record as it came, and milliseconds from the raw topic to here (None when it was read late, or is a copy)."""

    arrival: Arrival | Copy
    delay: int | None


class Listening:
    """One browser's queue of frames; None ends it."""

    def __init__(self, backlog: Iterable[Event]) -> None:
        self._queue: asyncio.Queue[bytes | None] = asyncio.Queue(QUEUE_EVENTS)
        self._first = b"".join(event.frame for event in backlog)
        self._over = False

    def put(self, data: bytes) -> bool:
        """Queue a frame; False when there is no room."""
        try:
            self._queue.put_nowait(data)
        except asyncio.QueueFull:
            return False
        return True

    def end(self) -> None:
        """Let the browser go."""
        self._over = True
        with suppress(asyncio.QueueFull):  # a full queue wakes it too
            self._queue.put_nowait(None)

    async def next(self) -> bytes | None:
        """What there is to send, waiting for the first of it; None at the end."""
        if self._first:
            first, self._first = self._first, b""
            return first
        if self._over:
            return None
        frames = [await self._queue.get()]
        while not self._queue.empty():
            frames.append(self._queue.get_nowait())
        if self._over or None in frames:
            return None
        return b"".join(part for part in frames if part)


class Hub:
    """Takes records, tells browsers. *limit* families; *run* names this run in event ids; it counts in ``metrics``."""

    def __init__(self, limit: int, run: str, events: int = RING_EVENTS) -> None:
        self.window = Window(limit)
        self.metrics = metrics = Metrics("desk")
        self._sent = {kind: metrics.counter("newswire_desk_events", kind=kind) for kind in ("story", "health")}
        self._came = {
            how: metrics.counter("newswire_desk_connections", how=how) for how in ("opened", "resumed", "gap")
        }
        self._limit = limit
        self._ring = Ring(run, events)
        self._vitals = Vitals()
        self._summaries: dict[str, bytes] = {}
        self._listeners: set[Listening] = set()
        self.reachable = True
        self.behind: int | None = None

    @property
    def listeners(self) -> int:
        """How many browsers listen."""
        return len(self._listeners)

    @property
    def last(self) -> int | None:
        """When the newest story was published, milliseconds since the epoch; None before the first."""
        return self._vitals.last

    def take(self, received: Iterable[Received]) -> None:
        """Take records in order and tell every browser what moved."""
        for one in received:
            came = one.arrival
            moved = self.window.carry(came) if isinstance(came, Copy) else self.window.take(came)
            if moved is None:
                continue
            if moved.entry is not None:
                self._vitals.note(moved.entry.agency, moved.entry.seen, one.delay)
            for story in moved.gone:
                self._summaries.pop(story, None)
            family = codec.encode(summary(moved.family))
            self._summaries[moved.family.story] = family
            event = self._ring.add("story", codec.encode(_said(moved))[:-1] + b',"family":' + family + b"}")
            self._tell(event.frame)

    def pulse(self, now: int) -> None:
        """Tell every browser how the feeds are at *now*, milliseconds since the epoch."""
        self._tell(frame("health", self.health(now)), "health")

    def health(self, now: int) -> bytes:
        """Feed health as JSON."""
        return codec.encode(self._vitals.told(now, self.behind, self.reachable))

    def snapshot(self, now: int) -> list[bytes]:
        """Everything as it stands, in parts of one JSON object: ``at``, the id to go on from, and the families, the
        one that moved last first."""
        families = b",".join(self._summaries[family.story] for family in self.window.newest_first())
        about = {"at": self._ring.last_id, "limit": self._limit, "pin_minutes": PIN_MINUTES}
        return [
            codec.encode(about)[:-1],
            b',"health":',
            self.health(now),
            b',"families":[',
            families,
            b"]}",
        ]

    def listen(self, last_id: str, again: bool = False) -> Listening | None:
        """A queue that goes on after *last_id* (*again*: it was cut off); None when that leaves a gap."""
        backlog = self._ring.since(last_id)
        if backlog is None:
            self._came["gap"].inc()
            return None
        self._came["resumed" if again else "opened"].inc()
        self._sent["story"].inc(len(backlog))
        listening = Listening(backlog)
        self._listeners.add(listening)
        return listening

    def leave(self, listening: Listening) -> None:
        """Forget a browser."""
        self._listeners.discard(listening)

    def close(self) -> None:
        """Let every browser go."""
        for listening in self._listeners:
            listening.end()

    def _tell(self, data: bytes, kind: str = "story") -> None:
        slow = [one for one in self._listeners if not one.put(data)]
        self._sent[kind].inc(len(self._listeners) - len(slow))
        for listening in slow:
            listening.end()
            self._listeners.discard(listening)


def _said(moved: Moved) -> dict[str, object]:
    """What the event says of what came. A copy rings no bell for the story that it copies, unless that was killed."""
    entry, copy = moved.entry, moved.copy
    return {
        "gone": moved.gone,
        "relation": "duplicate" if entry is None else entry.relation,
        "pin": None if entry is None else pinned(moved.family),
        "after_kill": copy.outlet if copy is not None and copy.after_kill else None,
    }
