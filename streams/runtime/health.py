"""``/metrics``, ``/health/live`` and ``/health/ready`` over HTTP, on loopback unless told otherwise. Shows no news.

Ready: the worker works now. Live: starting it again would not help. A supervisor starts one again that is not live.
"""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from streams.errors import UsageError


class HealthServer:
    """A small HTTP server in the worker's own event loop: if the loop hangs, liveness fails, as it should.

    ``not_ready`` returns why the worker is not ready, or None; ``stalled`` what stands still, or None; ``measure``
    brings the gauges up to now.
    """

    def __init__(
        self,
        host: str,
        port: int,
        registry: CollectorRegistry,
        not_ready: Callable[[], str | None],
        measure: Callable[[], None],
        stalled: Callable[[], str | None] = lambda: None,
    ) -> None:
        self.host = host
        self.port = port
        self._registry = registry
        self._not_ready = not_ready
        self._measure = measure
        self._stalled = stalled
        self._runner: web.AppRunner | None = None

    async def start(self) -> int:
        """Listen, and return the port. Raises :class:`UsageError` if it is taken."""
        app = web.Application()
        app.add_routes(
            [
                web.get("/metrics", self._metrics),
                web.get("/health/live", self._live),
                web.get("/health/ready", self._ready),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, self.port)
        try:
            await site.start()
        except OSError as error:
            await self.stop()
            raise UsageError(
                f"cannot listen on {self.host}:{self.port} ({error.strerror}): "
                "set NEWSWIRE_METRICS_PORT to a free port, or 0 for any"
            ) from error
        address = self._runner.addresses[0]
        return int(address[1])

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _metrics(self, request: web.Request) -> web.Response:
        self._measure()
        return web.Response(body=generate_latest(self._registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def _live(self, request: web.Request) -> web.Response:
        why = self._stalled()
        return web.json_response({"live": why is None, "why": why}, status=200 if why is None else 503)

    async def _ready(self, request: web.Request) -> web.Response:
        why = self._not_ready()
        return web.json_response({"ready": why is None, "why": why}, status=200 if why is None else 503)
