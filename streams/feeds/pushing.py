"""Copy over HTTP → the raw topic: ``POST /raw``, answered 202 when the broker has it and never before. Alters no byte.

===  ==========================================================================================
202  the broker has it (``acks=all``): its topic, partition, offset and SHA-256 are in the answer
400  empty, or a header that cannot be read
401  no token, or one that we do not know
403  the token does not stand for the source that is named
408  the body came too slowly
409  the same ``Idempotency-Key`` is being worked on
413  larger than ``NEWSWIRE_MAX_MESSAGE_BYTES``
415  packed (``Content-Encoding``) or a form of several parts: send the bytes themselves
422  the same ``Idempotency-Key`` as before, and other bytes
429  too much is on its way to the broker; ``Retry-After`` says when to come again
503  the broker did not take it in time, or is known to be away; ``Retry-After``
===  ==========================================================================================

After 408, 429 and 503, and when the line breaks, send the same again: identity finds a copy that did arrive.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from streams.config import Settings
from streams.contracts.story import RawMessage
from streams.contracts.topics import RAW
from streams.errors import BrokerTrouble
from streams.feeds.handing import Handing
from streams.feeds.posted import KEY_HEADER, body_of, key_of, source_of, told
from streams.feeds.refusing import refused
from streams.feeds.tokens import Tokens
from streams.metrics import Metrics

log = logging.getLogger(__name__)
PATH = "/raw"
ROOM_MESSAGES = 256
ROOM_TIMES = 4
"""Messages, and largest messages' worth of bytes, that may be on their way at once."""
AWAY_SECONDS = 2.0
"""For so long after the broker did not take a message, others are refused without asking it."""
KEYS_KEPT = 10_000


@dataclass(slots=True)
class _Known:
    """What a key was used for: the digest of the bytes, and the answer once there is one."""

    digest: str
    answer: dict[str, object] | None = None


class Push:
    """The endpoint, apart from the server that listens."""

    def __init__(
        self,
        settings: Settings,
        handing: Handing,
        metrics: Metrics,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tokens = Tokens(settings.push_tokens)
        self._largest = settings.max_message_bytes
        self._room = ROOM_TIMES * settings.max_message_bytes
        self._messages = 0
        self._bytes = 0
        self._handing = handing
        self._metrics = metrics
        self._timer = timer
        self._away_since: float | None = None
        self._asking = False
        self._keys: OrderedDict[tuple[str, str], _Known] = OrderedDict()

    def routes(self) -> list[web.RouteDef]:
        """What the server serves."""
        return [web.post(PATH, self.push, expect_handler=self._expected), web.get("/healthz", self.health)]

    async def health(self, request: web.Request) -> web.Response:
        """200 while the last message was taken, else 503 and why."""
        why = self._handing.away
        return web.json_response({"ready": why is None, "why": why}, status=200 if why is None else 503)

    async def push(self, request: web.Request) -> web.Response:
        """Take one message."""
        grant = self._tokens.grant(request.headers.get("Authorization"))
        label = self._metrics.source(grant.only if grant else None)
        try:
            message = told(request, source_of(request, grant), self._largest)
            claimed = self._claim(request)
            try:
                answer, again = await self._taken(request, message)
            finally:
                self._messages -= 1
                self._bytes -= claimed
                self._metrics.gauge("newswire_push_bytes").set(self._bytes)
        except web.HTTPException as refusal:
            self._metrics.counter("newswire_push_requests", source=label, status=str(refusal.status)).inc()
            raise
        self._metrics.counter("newswire_push_requests", source=label, status="202").inc()
        return web.json_response(answer, status=202, headers={"Idempotent-Replayed": "true"} if again else None)

    def _claim(self, request: web.Request) -> int:
        """Make room for the message, and return how much. Raises the refusal where there is none."""
        if self._away_since is not None and (self._asking or self._timer() - self._away_since < AWAY_SECONDS):
            raise refused(503, "the broker is away", round(AWAY_SECONDS))
        size = self._largest if request.content_length is None else request.content_length
        if self._messages >= ROOM_MESSAGES or self._bytes + size > self._room:
            raise refused(429, "too much is on its way to the broker", 1)
        self._messages += 1
        self._bytes += size
        self._metrics.gauge("newswire_push_bytes").set(self._bytes)
        return size

    async def _taken(self, request: web.Request, message: RawMessage) -> tuple[dict[str, object], bool]:
        """Read the body, hand it over and return the answer, and whether it is one given before."""
        body = await body_of(request, self._largest, self._timer)
        if not body:
            raise refused(400, "an empty body")
        digest = hashlib.sha256(body).hexdigest()
        key = key_of(request, message.source)
        if key is not None:
            known = self._keys.get(key)
            if known is not None and known.digest != digest:
                raise refused(422, f"{KEY_HEADER}: used before, with other bytes")
            if known is not None and known.answer is not None:
                return known.answer, True
            if known is not None:
                raise refused(409, f"{KEY_HEADER}: the same message is on its way", 1)
            self._keys[key] = _Known(digest)
        try:
            partition, offset = await self._handed(
                RawMessage(body, message.origin, message.source, message.content_type, message.received)
            )
        except BaseException:
            if key is not None:
                del self._keys[key]
            raise
        answer: dict[str, object] = {
            "topic": RAW.name,
            "partition": partition,
            "offset": offset,
            "bytes": len(body),
            "sha256": digest,
        }
        if key is not None:
            self._keys[key].answer = answer
            while len(self._keys) > KEYS_KEPT and next(iter(self._keys.values())).answer is not None:
                self._keys.popitem(last=False)
        return answer, False

    async def _handed(self, message: RawMessage) -> tuple[int, int]:
        probing = self._away_since is not None
        self._asking = self._asking or probing
        began = self._timer()
        try:
            place = await self._handing.hand(message)
        except BrokerTrouble as error:
            self._away_since = self._timer()
            log.warning("a message of %d bytes is refused: %s", len(message.body), error)
            raise refused(503, "the broker did not take it in time; it is not known to be lost", 5) from error
        finally:
            if probing:
                self._asking = False
        self._away_since = None
        self._metrics.histogram("newswire_push_seconds").observe(self._timer() - began)
        return place

    async def _expected(self, request: web.Request) -> None:
        """``Expect: 100-continue``: refuse what the headers alone tell before the body is sent."""
        grant = self._tokens.grant(request.headers.get("Authorization"))
        told(request, source_of(request, grant), self._largest)
        if request.transport is not None:
            request.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
