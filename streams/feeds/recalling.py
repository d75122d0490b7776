"""Records already made, from a file or the topics, as often as asked. Leaves no trace on the cluster, sends nothing."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import BinaryIO

from streams.config import Settings
from streams.contracts import codec, topics
from streams.errors import Rejected, UsageError
from streams.feeds.reading import STANDARD_INPUT
from streams.feeds.subscribing import Subscriber
from streams.showing.family import Row
from streams.showing.told import record_of

TOPICS = (topics.STORIES.name, topics.DUPLICATES.name, topics.RETRACTIONS.name)
TELL_EVERY = 1000
Progress = Callable[[int], None]
"""Called now and then with how many records were read."""


class RecordFile:
    """Lines of ``newswire process``, or bare records, one JSON object a line; ``-`` is standard input, kept aside so
    that it can be read again. Use as a context manager."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._open = ExitStack()
        self._file: BinaryIO | None = None

    def __enter__(self) -> RecordFile:
        try:
            if self.path == STANDARD_INPUT:
                self._file = self._open.enter_context(tempfile.TemporaryFile())
                while block := sys.stdin.buffer.read(1 << 20):
                    self._file.write(block)
            else:
                self._file = self._open.enter_context(open(self.path, "rb"))
        except OSError as error:
            raise UsageError(f"{self.path}: {error.strerror or error}") from error
        return self

    def __exit__(self, *exception: object) -> None:
        self._open.close()

    def read(self) -> Iterator[Row]:
        """Yield every record; inputs that were rejected have none. Raises :class:`UsageError` for any other line."""
        assert self._file is not None, "used outside its context"
        self._file.seek(0)
        for number, line in enumerate(self._file, 1):
            if line.strip():
                try:
                    record, outcome = record_of(codec.loads(line))
                except Rejected as error:
                    raise UsageError(f"{self.path}, line {number}: {error.detail}") from error
                if record is not None:
                    yield record, outcome


class RecordTopics:
    """What stands on the topics of stories, duplicates and retractions, from *since* (seconds since the epoch) to the
    moment this was made: a wire that goes on does not keep the reading going."""

    def __init__(self, settings: Settings, since: float, progress: Progress) -> None:
        self._settings = settings
        self._since = since
        self._until = time.time()
        self._progress = progress
        self.count = 0
        """How many records the last reading gave."""
        self.strange = 0
        """How many values it passed over, since they are no records."""

    def read(self) -> Iterator[Row]:
        """Yield every record, one that is on two topics twice. Raises as :class:`Subscriber` does."""
        self.count = self.strange = 0
        with Subscriber(self._settings, TOPICS, from_beginning=True) as subscriber:
            subscriber.seek(self._since)
            for consumed in subscriber.standing():
                if not self._since <= consumed.timestamp <= self._until:
                    continue
                try:
                    record, _ = record_of(codec.loads(consumed.value or b""))
                except Rejected:
                    # Somebody else wrote to the topic: counted, and said, but it hides no story.
                    self.strange += 1
                    continue
                if record is not None:
                    self.count += 1
                    if self.count % TELL_EVERY == 0:
                        self._progress(self.count)
                    yield record, "duplicate" if consumed.topic == topics.DUPLICATES.name else "published"
