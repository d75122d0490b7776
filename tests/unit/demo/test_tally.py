"""The demo's books."""

from __future__ import annotations

from typing import Any

import pytest

from streams.demo.tally import Tally, percentile


def record(uri: str, version: str = "1", relation: str = "new", **item: str) -> dict[str, Any]:
    return {
        "item": {"uri": uri, "version": version, "language": "en", **item},
        "relation": relation,
        "desks": ["europe"],
        "provenance": {"arrived": "2026-03-10T10:00:00.5Z"},
    }


def test_the_books_add_up() -> None:
    tally = Tally(fed=5, held=1)
    tally.story(record("a"))
    tally.story(record("a", "2", "update"))
    tally.duplicate(record("b", relation="duplicate"))
    assert not tally.adds_up
    tally.rejected["empty"] += 1
    assert tally.adds_up
    assert tally.relations == {"new": 1, "update": 1, "duplicate": 1}
    assert tally.desks == {"europe": 2}


def test_twice_under_one_version_does_not_add_up() -> None:
    tally = Tally(fed=2)
    tally.story(record("a"))
    tally.story(record("a"))
    assert tally.twice == [("a", "1")]
    assert not tally.adds_up


def test_a_release_is_told_from_an_embargo_that_was_over() -> None:
    tally = Tally()
    tally.story(record("a", embargoedUntil="2026-03-10T10:00:09Z"))
    tally.story(record("b", embargoedUntil="2026-03-10T09:00:00Z"))
    assert tally.released == 1


@pytest.mark.parametrize(("share", "expected"), [(0.5, 5), (0.99, 10), (0.0, 1), (1.0, 10)])
def test_percentile_is_nearest_rank(share: float, expected: float) -> None:
    assert percentile(range(1, 11), share) == expected


def test_percentile_of_nothing_is_unknown() -> None:
    assert percentile([], 0.5) is None
