"""An HTTP request → the message that it holds: source, headers, key, body. Sends nothing, and refuses what is unfit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from aiohttp import web

from streams.contracts.envelope import moment
from streams.contracts.headers import is_source
from streams.contracts.story import Origin, RawMessage
from streams.feeds.refusing import refused
from streams.feeds.tokens import Grant

SOURCE_HEADER = "Newswire-Source"
RECEIVED_HEADER = "Newswire-Received"
KEY_HEADER = "Idempotency-Key"
BODY_GRACE = 10.0
BODY_RATE = 16 * 1024
"""A body must come at so many bytes a second, after a first grace in seconds."""
_PRINTABLE_AT_MOST = 200


def source_of(request: web.Request, grant: Grant | None) -> str | None:
    """Return the source that the message is of, as the token and the header say. Raises the refusal."""
    if grant is None:
        raise refused(401, "Authorization: Bearer, with a token that this newsroom gave you")
    named = request.headers.get(SOURCE_HEADER)
    if named is None:
        return grant.only
    if not is_source(named):
        raise refused(400, f"{SOURCE_HEADER}: letters, digits, dots, dashes and spaces, 64 at most")
    if not grant.allows(named):
        raise refused(403, f"{SOURCE_HEADER}: your token does not stand for that source")
    return named


def told(request: web.Request, source: str | None, largest: int) -> RawMessage:
    """Return what the headers say of the message, its body to come. Raises the refusal."""
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise refused(415, "Content-Encoding: send the bytes themselves, not packed")
    content_type = request.headers.get("Content-Type")
    if content_type is not None:
        if len(content_type) > _PRINTABLE_AT_MOST or not content_type.isprintable() or not content_type.isascii():
            raise refused(400, f"Content-Type: printable ASCII, {_PRINTABLE_AT_MOST} at most")
        if content_type.lower().startswith("multipart/"):
            raise refused(415, "Content-Type: one message is one body; curl --data-binary, not --form")
        if content_type.lower().startswith("application/x-www-form-urlencoded"):
            content_type = None  # what curl says of any body, unless told otherwise
    received = None
    if (given := request.headers.get(RECEIVED_HEADER)) is not None:
        received = moment(given)
        if received is None:
            raise refused(400, f"{RECEIVED_HEADER}: a time as 2026-03-10T06:44:12Z")
    if (request.content_length or 0) > largest:
        raise refused(413, f"{request.content_length} bytes; at most {largest}")
    return RawMessage(b"", Origin("push"), source, content_type, received)


def key_of(request: web.Request, source: str | None) -> tuple[str, str] | None:
    """Return the idempotency key with the source that it counts for, None without one. Raises the refusal."""
    given = request.headers.get(KEY_HEADER)
    if given is None:
        return None
    if not given or len(given) > _PRINTABLE_AT_MOST or not given.isprintable():
        raise refused(400, f"{KEY_HEADER}: printable, {_PRINTABLE_AT_MOST} at most")
    return source or "", given


async def body_of(request: web.Request, largest: int, timer: Callable[[], float]) -> bytes:
    """Read and return the body. Raises the refusal when it is too large or too slow in coming."""
    parts: list[bytes] = []
    size = 0
    began = timer()
    while True:
        left = BODY_GRACE + size / BODY_RATE - (timer() - began)
        try:
            part = await asyncio.wait_for(request.content.readany(), max(0.0, left))
        except TimeoutError as error:
            raise refused(408, f"{size} bytes in {timer() - began:.0f} s are too few") from error
        if not part:
            return b"".join(parts)
        size += len(part)
        if size > largest:
            raise refused(413, f"more than {largest} bytes")
        parts.append(part)
