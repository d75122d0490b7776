"""Time stamps as feeds write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from streams.formats.stamps import read_stamp

RECEIVED = datetime(2026, 3, 3, 12, tzinfo=UTC)
TEN = datetime(2026, 3, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "when", "warning"),
    [
        ("2026-03-03T12:00:00+02:00", TEN, None),
        ("20260303T100000Z", TEN, None),
        ("Tue, 03 Mar 2026 12:00:00 +0200", TEN, None),
        ("Tue, 03 Mar 2026 05:00:00 EST", TEN, None),
        ("2026-03-03T10:00:00", TEN, "zone"),
        ("Tue, 03 Mar 2026 10:00:00 -0000", TEN, "zone"),
        ("2026-03-09T10:00:00Z", datetime(2026, 3, 9, 10, tzinfo=UTC), "lies after"),
        ("2027-06-01T10:00:00Z", None, "left out"),
        ("Tue, 03 Mar 2999 12:00:00 GMT", None, "left out"),
        ("Tue, 03 Mar 1026 12:00:00 GMT", None, "left out"),
        ("0001-01-01T00:00:00+23:59", None, "left out"),
        ("Mon, 99 Mar 2026 12:00:00 +9999", None, "left out"),
        ("x" * 10_000, None, "left out"),
        ("", None, None),
        (None, None, None),
    ],
)
def test_read_stamp(text: str | None, when: datetime | None, warning: str | None) -> None:
    found, warnings = read_stamp("sent", text, RECEIVED)
    assert found == when
    assert len(warnings) == (warning is not None)
    assert not warning or warning in warnings[0]
    assert all(said.startswith("sent: ") and len(said) < 150 for said in warnings)


def test_a_year_that_cannot_be_is_left_out_also_without_a_time_of_receipt() -> None:
    assert read_stamp("sent", "Tue, 03 Mar 2999 12:00:00 GMT", None)[0] is None
    assert read_stamp("sent", "Tue, 03 Mar 1026 12:00:00 GMT", None)[0] is None
