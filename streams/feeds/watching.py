"""A folder → the raw topic, for as long as it runs: sends what is complete, archives what the broker has.

A file is moved to the archive only when the broker has acknowledged it; after a crash in between it is sent again, the
same bytes under the same key and with the same headers, and identity finds the copy. A file that cannot be sent goes to
the quarantine with the reason beside it, and the next one is sent. While the broker is away, the files wait where
they lie. ``received`` is the time at which a file was last written to.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Any

from streams.contracts.envelope import moment_at
from streams.contracts.story import Origin, RawMessage
from streams.errors import BrokerTrouble, UsageError
from streams.feeds.folder import Folder, Seen, Stamp, Stillness
from streams.feeds.handing import LARGEST, Handing
from streams.metrics import Metrics

log = logging.getLogger(__name__)
LOCK = ".newswire-watch.lock"
TOGETHER = 64
TOGETHER_BYTES = 32 * 1024 * 1024
"""Files, and bytes of them, that are on their way to the broker at once."""
WATCH_ARCHIVED = 60.0
"""Seconds that an archived file is looked at: a sender that had it open may still be writing."""
LONGEST_PAUSE = 30.0
_AHEAD = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class _Archived:
    name: PurePosixPath
    stamp: Stamp
    until: float


@contextlib.contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the folder for us alone. Raises :class:`UsageError` when it is no folder of ours or another holds it."""
    if not root.is_dir():
        raise UsageError(f"{root}: no such folder")
    try:
        handle = (root / LOCK).open("w")
    except OSError as error:
        raise UsageError(f"{root}: {error.strerror}; we must be able to write in it and move files") from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(f"{root}: another newswire watch is at it; two would send every file twice") from error
        yield


class Watcher:
    """Watches *folder*; see the module. ``still`` and ``poll`` in seconds; *clock* is the wall's, *timer* goes forward.

    *source* is the provider of files that lie in no folder of their own.
    """

    def __init__(
        self,
        folder: Folder,
        handing: Handing,
        metrics: Metrics,
        source: str | None = None,
        still: float = 1.0,
        poll: float = 0.1,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self.folder = folder
        self.sent = 0
        self._handing = handing
        self._metrics = metrics
        self._source = source
        self._poll = poll
        self._clock = clock
        self._timer = timer
        self._stillness = Stillness(still)
        self._done: dict[PurePosixPath, Stamp] = {}
        self._archived: list[_Archived] = []
        self._troubles: tuple[str, ...] = ()

    async def run(self, stop: asyncio.Event, once: bool = False) -> None:
        """Watch until *stop* is set, or with *once* until nothing waits. What is on its way is seen through."""
        pause = self._poll
        while not stop.is_set():
            try:
                waiting = await self.round(stop)
                pause = self._poll
            except BrokerTrouble as error:
                waiting = 1
                pause = min(LONGEST_PAUSE, max(1.0, pause * 2))
                log.warning("%s; the files wait, next try in %.0f s", error, pause)
            if once and not waiting:
                return
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)

    async def round(self, stop: asyncio.Event | None = None) -> int:
        """Look once and send what is complete; return how many files are left to wait for.

        Raises :class:`BrokerTrouble` when the broker did not take a file; it and those after it stay where they are.
        """
        self._put_grown_back()
        seen, partial = self.folder.look()
        self._tell_troubles()
        lying = {one.name for one in seen}
        self._done = {name: stamp for name, stamp in self._done.items() if name in lying}
        complete = self._stillness.complete(seen, partial, self._timer())
        self._metrics.gauge("newswire_watch_waiting").set(len(seen))
        left = len(seen) - len(complete)
        for files in _groups(complete):
            if stop is not None and stop.is_set():
                return left + 1
            left += await self._send(files)
        return left

    async def _send(self, files: Iterable[Seen]) -> int:
        begun: list[tuple[Seen, Any]] = []
        left = 0
        for one in files:
            if self._done.get(one.name) == one.stamp:  # the broker has it, or it is refused: only the move failed
                continue
            message = await self._read(one)
            if isinstance(message, str):
                self._quarantine(one, message)
            elif message is None:
                left += 1
            else:
                try:
                    begun.append((one, await self._handing.begin(message)))
                except ValueError as error:
                    self._quarantine(one, f"{error}")
        ended = await asyncio.gather(*(sent for _, sent in begun), return_exceptions=True)
        failed: BaseException | None = None
        for (one, _), result in zip(begun, ended, strict=True):
            if isinstance(result, BaseException):
                failed = failed or result
            else:
                left += self._has_it(one)
        if failed is not None:
            raise failed
        return left

    async def _read(self, one: Seen) -> RawMessage | str | None:
        """The message in a file; why it must be set aside; or None when it is still being written."""
        if one.size > LARGEST:
            return f"too large: {one.size} bytes, and the raw topic takes {LARGEST}"
        try:
            body = await asyncio.to_thread(self.folder.read, one, LARGEST + 1)
        except OSError as error:
            return f"cannot be read: {error.strerror or error}"
        if body is None:
            return None
        written = moment_at(one.changed)
        return RawMessage(
            body=body,
            origin=Origin(str(one.name)),
            source=one.source or self._source,
            # A time to come is a clock gone wrong, here or there: the broker's own time stands in for it.
            received=written if written is not None and written <= self._clock() + _AHEAD else None,
        )

    def _has_it(self, one: Seen) -> int:
        """Count and archive a file that the broker has; return 1 if it grew meanwhile and must be sent again."""
        if not self.folder.unchanged(one.name, one.stamp):
            self._count(one, "grew")
            log.warning("%r grew while it was sent; it is sent again when it is whole", str(one.name))
            return 1
        now = self._clock()
        self.sent += 1
        self._count(one, "sent")
        self._metrics.histogram("newswire_watch_seconds").observe(max(0.0, now.timestamp() - one.changed))
        try:
            archived = self.folder.archive(one, now)
        except FileNotFoundError:
            return 0  # somebody took it away: it is sent, and that is all we wanted
        except OSError as error:
            self._done[one.name] = one.stamp
            log.error("%r is sent and cannot be archived (%s); move it by hand", str(one.name), error.strerror)
            return 0
        self._archived.append(_Archived(archived, one.stamp, self._timer() + WATCH_ARCHIVED))
        return 0

    def _put_grown_back(self) -> None:
        """Give files that grew in the archive back to the folder: their sender had not finished."""
        still: list[_Archived] = []
        for one in self._archived:
            if self.folder.unchanged(one.name, one.stamp):
                if self._timer() < one.until:
                    still.append(one)
                continue
            try:
                back = self.folder.put_back(one.name)
            except OSError as error:
                log.error("%r grew after it was sent and cannot be put back (%s)", str(one.name), error.strerror)
                continue
            self._metrics.counter("newswire_watch_files", source=self._label(one.name.parts[2:]), outcome="grew").inc()
            where = "sent again when it is whole" if back else "left there, for another has its place"
            log.warning("%r grew after it was sent; %s", str(one.name), where)
        self._archived = still

    def _quarantine(self, one: Seen, why: str) -> None:
        self._count(one, "quarantined")
        self._done[one.name] = one.stamp
        try:
            there = self.folder.quarantine(one, why, self._clock())
            log.error("%r is not sent, see %r: %s", str(one.name), str(there), why)
        except OSError as error:
            log.error("%r is not sent and cannot be set aside (%s): %s", str(one.name), error.strerror, why)

    def _count(self, one: Seen, outcome: str) -> None:
        self._metrics.counter("newswire_watch_files", source=self._label(one.name.parts), outcome=outcome).inc()

    def _label(self, parts: tuple[str, ...]) -> str:
        return self._metrics.source(parts[0] if len(parts) > 1 else self._source)

    def _tell_troubles(self) -> None:
        """Say what could not be looked at, once until it changes."""
        if self.folder.troubles != self._troubles:
            self._troubles = self.folder.troubles
            for trouble in self._troubles:
                log.error("cannot look at %s; what is in it waits", trouble)


def _groups(files: Iterable[Seen]) -> Iterator[list[Seen]]:
    """Bounded groups, in order."""
    group: list[Seen] = []
    size = 0
    for one in files:
        if group and (len(group) == TOGETHER or size + one.size > TOGETHER_BYTES):
            yield group
            group, size = [], 0
        group.append(one)
        size += min(one.size, LARGEST)
    if group:
        yield group


__all__ = ["LOCK", "Watcher", "locked"]
