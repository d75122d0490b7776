"""Events with ids, the last of them kept, so that who comes back gets what it missed. Holds no connection, no clock.

An id is ``<run>-<number>``: a number of another run of the server says nothing here.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass

_ID = re.compile(r"([0-9a-z]+)-(\d{1,18})")


@dataclass(frozen=True, slots=True)
class Event:
    """One event as sent. ``number`` counts from 1; 0 for one that is not kept, such as feed health."""

    number: int
    frame: bytes


class Ring:
    """The last *size* events of one *run* (lower-case letters and digits)."""

    def __init__(self, run: str, size: int) -> None:
        self._run = run
        self._events: deque[Event] = deque(maxlen=size)
        self._last = 0

    @property
    def last_id(self) -> str:
        """The id of the newest event: what a fresh picture of everything is up to."""
        return f"{self._run}-{self._last}"

    def add(self, kind: str, data: bytes) -> Event:
        """Keep and return an event. *data* is JSON on one line."""
        self._last += 1
        event = Event(self._last, frame(kind, data, self.last_id))
        self._events.append(event)
        return event

    def since(self, last_id: str) -> tuple[Event, ...] | None:
        """What came after *last_id*, in order; None when that cannot be told without a gap: too long ago, of another
        run, or no id."""
        match = _ID.fullmatch(last_id)
        if match is None or match[1] != self._run:
            return None
        number = int(match[2])
        oldest = self._events[0].number if self._events else self._last + 1
        if not oldest - 1 <= number <= self._last:
            return None
        return tuple(event for event in self._events if event.number > number)


def frame(kind: str, data: bytes, event_id: str | None = None) -> bytes:
    """Return one server-sent event. *data* must be on one line, as JSON of ours is.

    >>> frame("health", b'{"a":1}')
    b'event: health\\ndata: {"a":1}\\n\\n'
    """
    head = f"id: {event_id}\n" if event_id else ""
    return f"{head}event: {kind}\ndata: ".encode() + data + b"\n\n"
