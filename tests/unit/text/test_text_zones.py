"""Which day it is where a dateline is."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from streams.text.zones import local_day


@pytest.mark.parametrize(
    ("when", "city", "day"),
    [
        (datetime(2026, 3, 3, 23, 30, tzinfo=UTC), "TOKYO", date(2026, 3, 4)),
        (datetime(2026, 3, 3, 2, 30, tzinfo=UTC), "Los Angeles", date(2026, 3, 2)),
        (datetime(2026, 3, 3, 12, 0, tzinfo=UTC), "Tokyo", date(2026, 3, 3)),
        (datetime(2026, 3, 3, 23, 30, tzinfo=UTC), "London", date(2026, 3, 3)),  # summer or winter time: not told
        (datetime(2026, 3, 3, 23, 30, tzinfo=UTC), "Paris", date(2026, 3, 4)),
        (datetime(2026, 3, 3, 0, 0, tzinfo=UTC), "New York", date(2026, 3, 3)),  # a day without a time
        (datetime(2026, 3, 3, 23, 30, tzinfo=UTC), "Port Sarnia", date(2026, 3, 3)),
        (datetime(2026, 3, 3, 23, 30, tzinfo=UTC), None, date(2026, 3, 3)),
    ],
)
def test_local_day(when: datetime, city: str | None, day: date) -> None:
    assert local_day(when, city) == day
