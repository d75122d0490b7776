"""The JSONL envelope of ``process --jsonl`` and ``feed``: one line → one raw message. Reads nothing by itself."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime
from typing import Any

from streams.contracts import codec
from streams.contracts.headers import source_of
from streams.contracts.story import Origin, RawMessage
from streams.errors import Reason, Rejected


def moment(text: object) -> datetime | None:
    """Parse an RFC 3339 time with its offset, as UTC; None for anything else, times without a zone included.

    Nor is a year before 1900 or after 2100 a reading of a clock: days are counted from these times.
    """
    if not isinstance(text, str):
        return None
    try:
        parsed = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return parsed.astimezone(UTC) if parsed.tzinfo and _likely(parsed) else None


def moment_at(seconds: float) -> datetime | None:
    """The broker's time of a record, in seconds since the epoch, as UTC; None for none, and for one of no likely year.

    A producer may write any number there.
    """
    try:
        at = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return at if seconds > 0 and _likely(at) else None


def _likely(at: datetime) -> bool:
    return 1900 <= at.year <= 2100


def identity_of(line: bytes, number: int) -> tuple[str, dict[str, Any]]:
    """Return the envelope's id and its fields; ``line-N`` stands for an id that cannot be read.

    Raises :class:`Rejected` (``invalid_envelope``) unless the line is a JSON object.
    """
    try:
        fields = codec.loads(line)
    except Rejected as error:
        raise Rejected(Reason.INVALID_ENVELOPE, f"line {number}: {error.detail}") from error
    if not isinstance(fields, dict):
        raise Rejected(Reason.INVALID_ENVELOPE, f"line {number}: an envelope is a JSON object")
    given = fields.get("id")
    return (given if isinstance(given, str) and given else f"line-{number}"), fields


def to_message(name: str, fields: dict[str, Any], default_source: str | None = None) -> RawMessage:
    """Return the raw message in an envelope. Raises :class:`Rejected` (``invalid_envelope``) without a body."""
    body = _body(name, fields)
    content_type = fields.get("content_type")
    received = moment(fields.get("received"))
    return RawMessage(
        body=body,
        origin=Origin(name),
        source=source_of(fields.get("source")) or default_source,
        content_type=content_type if isinstance(content_type, str) and content_type else None,
        received=received,
        arrived=received,
    )


def _body(name: str, fields: dict[str, Any]) -> bytes:
    text, packed = fields.get("body"), fields.get("body_base64")
    if isinstance(text, str):
        return text.encode("utf-8", "surrogatepass")
    if isinstance(packed, str):
        try:
            return base64.b64decode(packed, validate=True)
        except (binascii.Error, ValueError) as error:
            raise Rejected(Reason.INVALID_ENVELOPE, f"{name}: body_base64 does not decode: {error}") from error
    raise Rejected(Reason.INVALID_ENVELOPE, f"{name}: needs body (text) or body_base64")
