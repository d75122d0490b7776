"""JSONL envelopes: one line, one raw message, or a clear reason."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.contracts import codec, envelope
from streams.errors import Reason, Rejected


def read(**fields: object) -> object:
    name, parsed = envelope.identity_of(codec.encode(fields), 1)
    return envelope.to_message(name, parsed, "default")


@given(st.binary(max_size=200))
def test_any_bytes_travel_unchanged(body: bytes) -> None:
    message = envelope.to_message("x", {"body_base64": base64.b64encode(body).decode()})
    assert message.body == body


def test_text_travels_as_utf_8() -> None:
    message = envelope.to_message("x", {"body": "Café — naïve"})
    assert message.body == "Café — naïve".encode()


def test_what_the_envelope_says_is_kept() -> None:
    fields = {"body": "x", "source": "afp", "received": "2026-03-10T08:00:00+01:00", "content_type": "text/plain"}
    message = envelope.to_message("id-1", fields)
    assert (message.source, message.content_type, str(message.origin)) == ("afp", "text/plain", "id-1")
    assert message.received == message.arrived == datetime(2026, 3, 10, 7, tzinfo=UTC)


@pytest.mark.parametrize("received", [None, 5, "yesterday", "2026-03-10T08:00:00", ""])
def test_a_time_without_a_zone_is_unknown(received: object) -> None:
    assert envelope.to_message("x", {"body": "b", "received": received}).received is None


@pytest.mark.parametrize("received", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "1066-10-14T09:00:00Z"])
def test_a_year_that_no_clock_shows_is_unknown(received: str) -> None:
    assert envelope.to_message("x", {"body": "b", "received": received}).received is None


@pytest.mark.parametrize("seconds", [0.0, -1.0, 4e9 * 4, 9.2e15, float("inf"), float("nan")])
def test_a_record_time_that_no_clock_shows_is_unknown(seconds: float) -> None:
    assert envelope.moment_at(seconds) is None
    assert envelope.moment_at(1_773_126_000.5) == datetime(2026, 3, 10, 7, 0, 0, 500_000, UTC)


@pytest.mark.parametrize("line", [b"{", b"[]", b'"text"', b"\xff\xfe", b"null"])
def test_a_line_that_is_no_envelope_says_so(line: bytes) -> None:
    with pytest.raises(Rejected) as error:
        envelope.identity_of(line, 4)
    assert error.value.reason is Reason.INVALID_ENVELOPE
    assert "line 4" in error.value.detail


@pytest.mark.parametrize("fields", [{}, {"body": 3}, {"body_base64": "not base64!"}, {"body": None}])
def test_an_envelope_without_a_body_says_so(fields: dict[str, object]) -> None:
    with pytest.raises(Rejected) as error:
        envelope.to_message("x", fields)
    assert error.value.reason is Reason.INVALID_ENVELOPE


def test_an_envelope_without_an_id_is_named_by_its_line() -> None:
    assert envelope.identity_of(b'{"body": "x"}', 12)[0] == "line-12"
