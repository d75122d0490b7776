"""The HTTP server under push endpoint and live page: limits on slow senders, no banner, a clean stop. Knows no news.

A connection that has no whole request to show for :data:`IDLE_SECONDS`, whether it sends its headers byte by byte or
nothing at all, is closed, and so are the longest idle ones when there are too many.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import time
from collections.abc import Callable
from typing import Any

from aiohttp import web

from streams.errors import UsageError

log = logging.getLogger(__name__)
IDLE_SECONDS = 20.0
MOST_CONNECTIONS = 500
LINGER_SECONDS = 2.0
"""How long the rest of a refused body is read, so that its sender sees the answer rather than a broken line."""
STOP_SECONDS = 40.0
"""How long requests that are being answered may take at the end; the broker's acknowledgement has 30."""
_SWEEP_SECONDS = 1.0


class Listener:
    """Serves *routes* on *host* and *port* (0: any). *idle* in seconds. *variables*: how the two settings' names begin,
    for whoever finds the port taken."""

    def __init__(
        self,
        host: str,
        port: int,
        routes: list[web.RouteDef],
        idle: float = IDLE_SECONDS,
        timer: Callable[[], float] = time.monotonic,
        variables: str = "NEWSWIRE_PUSH",
    ) -> None:
        self.host = host
        self._variables = variables
        self._port = port
        self._idle = idle
        self._timer = timer
        app = web.Application(middlewares=[self._follow])
        app.add_routes(routes)
        app.on_response_prepare.append(_without_banner)
        self._runner = web.AppRunner(
            app,
            access_log=None,
            keepalive_timeout=idle,
            lingering_time=LINGER_SECONDS,
            auto_decompress=False,
            shutdown_timeout=STOP_SECONDS,
        )
        self._busy: set[Any] = set()
        self._since: dict[Any, float] = {}
        self._sweeping: asyncio.Task[None] | None = None

    async def start(self) -> int:
        """Listen, and return the port. Raises :class:`UsageError` when it is taken."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self.host, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise UsageError(
                f"cannot listen on {self.host}:{self._port} ({error.strerror}): set {self._variables}_PORT to a free "
                f"port, or 0 for any, and {self._variables}_HOST to an address of this machine"
            ) from error
        self._sweeping = asyncio.create_task(self._sweep(), name="idle connections")
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Take no more connections, see the requests through that are being answered, and end."""
        if self._sweeping is not None:
            self._sweeping.cancel()
            await asyncio.gather(self._sweeping, return_exceptions=True)
        await self._runner.cleanup()

    @web.middleware
    async def _follow(self, request: web.Request, handler: Any) -> Any:
        connection = request.protocol
        self._busy.add(connection)
        try:
            return await handler(request)
        finally:
            self._busy.discard(connection)
            self._since[connection] = self._timer()

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(min(_SWEEP_SECONDS, self._idle / 4))
            self.sweep()

    def sweep(self) -> int:
        """Close connections that have been idle too long, or are too many; return how many."""
        server = self._runner.server
        open_ = [] if server is None else server.connections
        now = self._timer()
        self._since = {one: self._since.get(one, now) for one in open_}
        idle = sorted((one for one in open_ if one not in self._busy), key=self._since.__getitem__)
        surplus = len(open_) - MOST_CONNECTIONS
        closed = 0
        for number, one in enumerate(idle):
            if number < surplus or now - self._since[one] >= self._idle:
                one.force_close()
                closed += 1
        return closed


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach *host*.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0"), is_loopback("::1")
    (True, True, False, True)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


async def _without_banner(request: web.Request, response: web.StreamResponse) -> None:
    response.headers["Server"] = "newswire"


__all__ = ["Listener", "is_loopback"]
