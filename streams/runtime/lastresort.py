"""Ends a worker that does not end by itself, and says what it waited for. Loses nothing: what is not acknowledged is
read again. It works from a thread, so a loop that waits for a broker that hangs does not stop it."""

from __future__ import annotations

import asyncio
import faulthandler
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

log = logging.getLogger(__name__)
STATUS = 1
"""The process's exit status: trouble. What was in flight was not acknowledged."""
WORDS_SECONDS = 10.0
"""How long its last words may take."""


class LastResort:
    """A timer for the end of the process. ``waiting`` says, at the end, what the worker was waiting for."""

    def __init__(self, waiting: Callable[[], str]) -> None:
        self._waiting = waiting
        self._timer: threading.Timer | None = None

    def arm(self, seconds: float, why: str) -> None:
        """End the process in *seconds* unless disarmed; *why* it is to end. The first call counts."""
        if self._timer is None:
            self._timer = threading.Timer(seconds, self._end, (seconds, why))
            self._timer.daemon = True
            self._timer.start()

    def disarm(self) -> None:
        """It ended in time."""
        if self._timer is not None:
            self._timer.cancel()

    def _end(self, seconds: float, why: str) -> None:
        # Whoever holds the log's lock may be what hangs: writing to a pipe that nobody reads.
        unsaid = threading.Timer(WORDS_SECONDS, os._exit, (STATUS,))
        unsaid.daemon = True
        unsaid.start()
        self._say(seconds, why)
        unsaid.cancel()
        os._exit(STATUS)

    def _say(self, seconds: float, why: str) -> None:
        try:
            waited = self._waiting()
        except Exception as error:  # noqa: BLE001 - the process ends, whatever state its objects are in
            waited = f"something unknown ({type(error).__name__}: {error})"
        log.critical(
            "the worker did not end within %.0f s %s; ending it with status %d; it waited for %s",
            seconds,
            why,
            STATUS,
            waited,
        )
        faulthandler.dump_traceback(sys.__stderr__ or 2, all_threads=True)
        logging.shutdown()


def stopping(loop: asyncio.AbstractEventLoop) -> list[str]:
    """Name the calls that the stopping of services on *loop* has come to, such as ``MendedConsumerThread.stop``."""
    found = []
    for task in asyncio.all_tasks(loop):
        calls = list(_calls(task.get_coro()))
        if any(name.endswith(".stop") for name in calls):
            found.append(calls[-1])
    return sorted(set(found))


def _calls(awaited: Any) -> Iterator[str]:
    """Yield the methods that wait for each other, outermost first."""
    while (frame := getattr(awaited, "cr_frame", None)) is not None:
        owner = frame.f_locals.get("self")
        if owner is not None:
            yield f"{type(owner).__name__}.{frame.f_code.co_name}"
        awaited = awaited.cr_await
