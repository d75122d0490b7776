"""The headers that we write, where their values are made of other than text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from streams.contracts import headers


@pytest.mark.parametrize(
    ("received", "said"),
    [
        (datetime(2026, 3, 10, 8, tzinfo=UTC), b"2026-03-10T08:00:00Z"),
        (datetime(2026, 3, 10, 8, 0, 1, 250_000, tzinfo=UTC), b"2026-03-10T08:00:01.250000Z"),
        (datetime(2026, 3, 10, 8, 0, 1, 7, tzinfo=UTC), b"2026-03-10T08:00:01.000007Z"),
    ],
)
def test_the_time_of_an_event_is_rfc_3339(received: datetime, said: bytes) -> None:
    assert dict(headers._cloud_event("a", b"b", "c", "d", received))["ce_time"] == said


def test_an_event_of_no_known_time_says_none() -> None:
    assert "ce_time" not in dict(headers._cloud_event("a", b"b", "c", "d", None))
