"""The dead-letter topic → letters; letters → back to where they came from. Alters no byte, decides no story.

A replayed message goes to the topic and the partition that it was read from, with its bytes, its key and its own
headers, and a loop counter (:data:`streams.contracts.headers.REPLAYS`). If it is rejected again, its new dead letter
carries the counter: the older letter is then superseded and is not sent a second time, and past a limit neither is
the newest. What did go through is not remembered here; sent once more it comes out as a duplicate.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from streams.config import Settings
from streams.contracts import headers
from streams.contracts.story import Origin
from streams.contracts.topics import DEAD_LETTERS, NORMALISED, RAW
from streams.errors import UsageError
from streams.feeds.publishing import Feeder
from streams.feeds.subscribing import Consumed, Subscriber

READ_BY_US = (RAW.name, NORMALISED.name)
"""Where a dead letter can come from, and go back to; one that names another topic is none of ours."""
MOST_REPLAYS = 3
"""A message that came back so often is not mended by sending it again."""
_NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Letter:
    """One dead letter, its bytes left on the topic. ``time`` is when it was written, seconds since the epoch.

    ``origin`` None, ``reason`` None: somebody else wrote it. ``bytes`` None: a null value (a tombstone).
    ``superseded``: it was replayed or read again, and rejected again: there is a newer letter of it.
    """

    partition: int
    offset: int
    time: float
    key: bytes | None
    bytes: int | None
    sha256: str
    reason: str | None
    message: str
    exception: str | None
    origin: Origin | None
    version: str | None
    replays: int
    source: str | None
    superseded: bool = False

    @property
    def id(self) -> str:
        """``partition/offset`` on the dead-letter topic, as ``newswire dlq show`` takes it."""
        return f"{self.partition}/{self.offset}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which letters: every field that is given must fit. ``since`` inclusive, ``until`` exclusive, of the time that
    the letter was written; ``origin`` is a topic, ``topic/partition`` or ``topic/partition/offset``."""

    reasons: frozenset[str] = frozenset()
    source: str | None = None
    since: float | None = None
    until: float | None = None
    origin: str | None = None
    ids: frozenset[str] = frozenset()

    def __contains__(self, letter: Letter) -> bool:
        return (
            (not self.reasons or letter.reason in self.reasons)
            and (self.source is None or letter.source == self.source)
            and (self.since is None or letter.time >= self.since)
            and (self.until is None or letter.time < self.until)
            and (self.origin is None or f"{letter.origin}/".startswith(f"{self.origin}/"))
            and (not self.ids or letter.id in self.ids)
        )


@dataclass(frozen=True, slots=True)
class Sorted:
    """What a replay would send, and what not: ``worn`` came back too often, ``foreign`` do not come from a
    topic that the worker reads."""

    sendable: tuple[Letter, ...]
    superseded: int
    worn: tuple[Letter, ...]
    foreign: int


def letter_of(consumed: Consumed) -> Letter:
    """Return the letter in a record of the dead-letter topic."""

    def said(name: str) -> str | None:
        return headers.value_of(consumed.headers, f"{headers.DEAD_PREFIX}{name}")

    topic, partition, offset = said("topic"), said("partition"), said("offset")
    numbers = _NUMBER.fullmatch(partition or "") and _NUMBER.fullmatch(offset or "")
    return Letter(
        partition=consumed.partition,
        offset=consumed.offset,
        time=consumed.timestamp,
        key=consumed.key,
        bytes=None if consumed.value is None else len(consumed.value),
        sha256=hashlib.sha256(consumed.value or b"").hexdigest(),
        reason=said("reason"),
        message=said("message") or "",
        exception=said("exception"),
        origin=Origin(topic, int(partition or 0), int(offset or 0)) if topic and numbers else None,
        version=said("version"),
        replays=headers.replays_of(consumed.headers),
        source=headers.value_of(consumed.headers, headers.SOURCE),
    )


def superseding(letters: Iterable[Letter]) -> tuple[Letter, ...]:
    """Return *letters* in order of time, those marked that have a newer one.

    That is a letter of the same message, for it was read and rejected twice (a worker that died in between, a group
    that was set back), or one of a later replay: same bytes, key and topic.
    """
    letters = sorted(letters, key=lambda letter: (letter.time, letter.partition, letter.offset))
    most: dict[tuple[str | None, bytes | None, str], int] = {}
    newest: dict[Origin | None, str] = {}
    for letter in letters:
        most[_content(letter)] = max(letter.replays, most.get(_content(letter), 0))
        newest[letter.origin] = letter.id
    return tuple(
        replace(
            letter,
            superseded=letter.replays < most[_content(letter)]
            or (letter.origin is not None and newest[letter.origin] != letter.id),
        )
        for letter in letters
    )


def _content(letter: Letter) -> tuple[str | None, bytes | None, str]:
    return letter.origin.name if letter.origin else None, letter.key, letter.sha256


def read(settings: Settings, wanted: Wanted) -> tuple[Letter, ...]:
    """Return the letters that stand on the topic now and are *wanted*, oldest first."""
    # Read past `until`: a letter that came back later tells that this one was replayed.
    return tuple(
        letter for letter in superseding(map(letter_of, _standing(settings, wanted.since))) if letter in wanted
    )


def _standing(settings: Settings, since: float | None) -> Iterator[Consumed]:
    with Subscriber(settings, [DEAD_LETTERS.name], from_beginning=True) as subscriber:
        if since is not None:
            subscriber.seek(since)
        yield from subscriber.standing()


def fetch(settings: Settings, id_: str) -> tuple[Letter, Consumed]:
    """Return one letter and its record. Raises :class:`UsageError` for an id that is none, or of no letter."""
    partition, _, offset = id_.partition("/")
    if not (_NUMBER.fullmatch(partition) and _NUMBER.fullmatch(offset)):
        raise UsageError(f"{id_}: an id is PARTITION/OFFSET, as newswire dlq list shows it")
    with Subscriber(settings, [DEAD_LETTERS.name], from_beginning=True) as subscriber:
        found = subscriber.one(int(partition), int(offset))
    if found is None:
        days = DEAD_LETTERS.retention_ms // 86_400_000
        raise UsageError(f"{id_}: no such dead letter; they are kept for {days} days")
    return letter_of(found), found


def sort_out(letters: Sequence[Letter], most: int = MOST_REPLAYS) -> Sorted:
    """Tell apart what a replay may send. *most*: how often a message may be replayed at all."""
    newest = [letter for letter in letters if not letter.superseded]
    ours = [letter for letter in newest if letter.origin is not None and letter.origin.name in READ_BY_US]
    return Sorted(
        sendable=tuple(letter for letter in ours if letter.replays < most),
        superseded=len(letters) - len(newest),
        worn=tuple(letter for letter in ours if letter.replays >= most),
        foreign=len(newest) - len(ours),
    )


def send(
    letters: Sequence[Letter],
    settings: Settings,
    rate: float | None = None,
    progress: Callable[[int], None] = lambda count: None,
    sleep: Callable[[float], None] = time.sleep,
) -> int:
    """Send the messages of *letters* to where they came from, at most *rate* a second; how many the broker has.

    Fewer than asked: the others are no longer on the topic. Raises as :class:`Feeder` does.
    """
    wanted = {(letter.partition, letter.offset): letter for letter in letters}
    if not wanted:
        return 0
    began, count = time.monotonic(), 0
    with Feeder(settings) as feeder:
        for consumed in _standing(settings, min(letter.time for letter in letters)):
            letter = wanted.pop((consumed.partition, consumed.offset), None)
            if letter is None or letter.origin is None:
                continue
            ahead = count / rate - (time.monotonic() - began) if rate else 0.0
            if ahead > 0:
                sleep(ahead)
            feeder.put(
                letter.origin.name,
                consumed.key,
                consumed.value,
                headers.for_replay(consumed.headers),
                f"the dead letter {letter.id}",
                letter.origin.partition,
            )
            count += 1
            progress(count)
            if not wanted:
                break
    return count
