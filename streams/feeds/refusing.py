"""Why a pushed message is not taken → the HTTP answer that says so. Judges no message."""

from __future__ import annotations

from aiohttp import web

from streams.contracts import codec

_STATUSES: dict[int, type[web.HTTPException]] = {
    400: web.HTTPBadRequest,
    401: web.HTTPUnauthorized,
    403: web.HTTPForbidden,
    408: web.HTTPRequestTimeout,
    409: web.HTTPConflict,
    415: web.HTTPUnsupportedMediaType,
    422: web.HTTPUnprocessableEntity,
    429: web.HTTPTooManyRequests,
    503: web.HTTPServiceUnavailable,
}
_HANG_UP = (401, 403, 408, 413, 429)
"""After these, whatever of the body is still to come is not waited for."""


def refused(status: int, why: str, again: int | None = None) -> web.HTTPException:
    """Return the answer *status* with *why*; ``again`` is when to come again, in seconds."""
    headers = {} if again is None else {"Retry-After": str(again)}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    text = codec.encode({"error": why}).decode()
    answer: web.HTTPException
    if status == 413:
        answer = web.HTTPRequestEntityTooLarge(0, 0, text=text, headers=headers, content_type="application/json")
    else:
        answer = _STATUSES[status](text=text, headers=headers, content_type="application/json")
    if status in _HANG_UP:
        answer.force_close()
    return answer
