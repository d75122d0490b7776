"""Time stamps keep what they say."""

from __future__ import annotations

from streams.text.dates import parse_stamp


def test_a_fraction_of_a_second_is_kept_lest_an_embargo_end_early() -> None:
    parsed = parse_stamp("2026-03-10T09:00:00.75+01:00")
    assert parsed is not None
    assert parsed.isoformat() == "2026-03-10T08:00:00.750000+00:00"
