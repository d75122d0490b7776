"""The hub → HTTP: the page, what stands, what happens, one story, a search. Writes nothing, and trusts no request.

Everything is served from here, under a policy that lets the page load nothing from anywhere else and run no inline
script. On loopback a request must name a loopback host: a page elsewhere cannot read the wire through a name that it
points at 127.0.0.1.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib.resources import files

from aiohttp import web

from streams.contracts import codec
from streams.desk import measuring, reading
from streams.desk.hub import Hub
from streams.desk.ring import frame
from streams.feeds.listening import is_loopback

PAGE = files("streams.desk") / "page"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
PULSE_SECONDS = 2.0
MOST_LISTENERS = 200
LONGEST_SEARCH = 200
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Asset:
    """One file of the page, as it is and compressed."""

    kind: str
    data: bytes
    packed: bytes
    tag: str


def assets() -> dict[str, Asset]:
    """The files of the page by their path, from the package."""
    found = {}
    for file in PAGE.iterdir():
        kind = TYPES.get("." + file.name.rpartition(".")[2])
        if kind is not None:
            data = file.read_bytes()
            tag = f'"{hashlib.sha256(data).hexdigest()[:20]}"'
            path = "/" if file.name == "index.html" else f"/{file.name}"
            found[path] = Asset(kind, data, gzip.compress(data, 9, mtime=0), tag)
    return found


def weight() -> int:
    """Bytes of the whole page as sent, compressed."""
    return sum(len(asset.packed) for asset in assets().values())


class Serving:
    """The routes over *hub*. *host* is the address that is listened on."""

    def __init__(self, hub: Hub, host: str) -> None:
        self._hub = hub
        self._loopback = is_loopback(host)
        self._assets = assets()

    def routes(self) -> list[web.RouteDef]:
        """Every route."""
        return [
            *(web.get(path, self._guarded(self._asset)) for path in self._assets),
            web.get("/snapshot", self._guarded(self._snapshot)),
            web.get("/events", self._guarded(self._events)),
            web.get("/story", self._guarded(self._story)),
            web.get("/search", self._guarded(self._search)),
            web.get("/healthz", self._guarded(self._healthz)),
            web.get("/metrics", self._guarded(self._scraped)),
        ]

    async def pulse(self) -> None:
        """Tell the browsers every two seconds how the feeds are, until cancelled."""
        while True:
            await asyncio.sleep(PULSE_SECONDS)
            self._hub.pulse(_now())

    def _guarded(self, handler: Handler) -> Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            if self._loopback and not is_loopback(request.url.host or ""):
                return web.Response(status=421, text="this address serves names of this machine alone\n")
            return await handler(request)

        return guarded

    async def _asset(self, request: web.Request) -> web.StreamResponse:
        asset = self._assets[request.path]
        headers = {**HEADERS, "ETag": asset.tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        if request.headers.get("If-None-Match") == asset.tag:
            return web.Response(status=304, headers=headers)
        headers["Content-Type"] = asset.kind
        return _packable(request, asset.data, asset.packed, headers)

    async def _snapshot(self, request: web.Request) -> web.StreamResponse:
        parts = self._hub.snapshot(_now())
        data = b"".join(parts)
        packed = await asyncio.to_thread(gzip.compress, data, 1)
        return _packable(request, data, packed, {**HEADERS, **_JSON})

    async def _story(self, request: web.Request) -> web.StreamResponse:
        family = self._hub.window.family(request.query.get("id", ""))
        if family is None:
            return web.Response(status=404, body=b'{"error":"not in the window"}', headers={**HEADERS, **_JSON})
        data = codec.encode(reading.story(family, self._hub.window.record))
        return _packable(request, data, gzip.compress(data, 4), {**HEADERS, **_JSON})

    async def _search(self, request: web.Request) -> web.StreamResponse:
        found = self._hub.window.search(request.query.get("q", "")[:LONGEST_SEARCH])
        return web.Response(body=codec.encode({"stories": found}), headers={**HEADERS, **_JSON})

    async def _healthz(self, request: web.Request) -> web.StreamResponse:
        status = 200 if self._hub.reachable else 503
        return web.Response(status=status, body=self._hub.health(_now()), headers={**HEADERS, **_JSON})

    async def _scraped(self, request: web.Request) -> web.Response:
        return web.Response(body=measuring.scraped(self._hub), headers={**HEADERS, "Content-Type": measuring.KIND})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        if self._hub.listeners >= MOST_LISTENERS:
            return web.Response(status=503, text="too many pages are open\n", headers=HEADERS)
        response = web.StreamResponse(
            headers={
                **HEADERS,
                "Content-Type": "text/event-stream",
                "Cache-Control": "no-store",
                "X-Accel-Buffering": "no",
            }
        )
        # A browser that was cut off says what it had last; a page that gave up on a silent line asks again itself.
        missed = request.headers.get("Last-Event-ID")
        again = missed is not None or "again" in request.query
        listening = self._hub.listen(missed or request.query.get("after", ""), again)
        try:
            await response.prepare(request)
            if listening is None:
                await response.write(frame("stale", b"{}"))
                return response
            await response.write(b"retry: 1000\n\n" + frame("health", self._hub.health(_now())))
            while (data := await listening.next()) is not None:
                await response.write(data)
        except ConnectionResetError:
            return response  # the browser went: nobody is there to be told
        finally:
            if listening is not None:
                self._hub.leave(listening)
        return response


_JSON = {"Content-Type": "application/json", "Cache-Control": "no-store", "Vary": "Accept-Encoding"}


def _packable(request: web.Request, data: bytes, packed: bytes, headers: dict[str, str]) -> web.Response:
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        return web.Response(body=packed, headers={**headers, "Content-Encoding": "gzip"})
    return web.Response(body=data, headers=headers)


def _now() -> int:
    return int(time.time() * 1000)
