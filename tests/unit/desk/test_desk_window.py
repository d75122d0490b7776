"""The window: folding, merging, bounds, search; and the ring that lets a browser come back."""

from __future__ import annotations

import pytest

from streams.contracts import codec
from streams.desk.families import MOST_VERSIONS
from streams.desk.ring import Ring
from streams.desk.window import Window, read
from streams.errors import Rejected
from tests.unit.desk.desk_support import arrival


def test_a_record_on_two_topics_is_one() -> None:
    window = Window(10)
    assert window.take(arrival(1)) is not None
    assert window.take(arrival(2)) is None
    assert len(window) == 1


def test_an_update_folds_over_and_comes_to_the_top() -> None:
    window = Window(10)
    window.take(arrival(1, "urn:a", "1", "A"))
    window.take(arrival(2, "urn:b", "1", "B"))
    moved = window.take(arrival(3, "urn:a", "2", "A", "update"))
    assert moved is not None
    assert [v.version for v in moved.family.versions] == ["1", "2"]
    assert [f.story for f in window.newest_first()] == ["A", "B"]


def test_a_story_whose_parent_came_late_moves_over_whole() -> None:
    window = Window(10)
    window.take(arrival(1, "urn:late", "1", "B"))
    window.take(arrival(2, "urn:parent", "1", "A"))
    moved = window.take(arrival(3, "urn:late", "2", "A", "update"))
    assert moved is not None
    assert moved.gone == ("B",)
    assert {v.uri for v in moved.family.versions} == {"urn:late", "urn:parent"}
    assert window.family("B") is moved.family, "a link to the old id leads to the story"
    assert window.take(arrival(4, "urn:late", "3", "B", "update")) is not None
    assert len(window) == 1


def test_another_days_issue_under_one_uri_is_another_story() -> None:
    window = Window(10)
    window.take(arrival(1, "urn:notice", "1", "A"))
    moved = window.take(arrival(2, "urn:notice", "2", "B", "new"))
    assert moved is not None
    assert moved.gone == ()
    assert len(window) == 2


def test_the_story_that_moved_longest_ago_goes_first_whatever_was_read_first() -> None:
    window = Window(2)
    window.take(arrival(5, "urn:a", "1", "A"))
    window.take(arrival(1, "urn:b", "1", "B"))
    moved = window.take(arrival(3, "urn:c", "1", "C"))
    assert moved is not None
    assert moved.gone == ("B",)
    moved = window.take(arrival(6, "urn:c", "2", "C", "update"))
    assert moved is not None
    assert window.take(arrival(7, "urn:d", "1", "D")).gone == ("A",)  # type: ignore[union-attr]
    assert window.search("lamps") == ("C", "D")
    assert window.take(arrival(8, "urn:a", "1", "A")) is not None, "what was let go may come again"


def test_what_moves_often_does_not_grow_the_window() -> None:
    window = Window(3)
    for number in range(1, 500):
        window.take(arrival(number, f"urn:{number % 3}", str(number), str(number % 3), "update"))
    assert len(window) == 3
    assert len(window._ages) <= 4 * 3 + 64 + 1
    assert len(window._records) <= 300


def test_versions_of_a_story_without_end_leave_nothing_behind() -> None:
    window = Window(3)
    for number in range(1, MOST_VERSIONS + 20):
        window.take(arrival(number, f"urn:{number}", str(number), "A", "update"))
    assert len(window._home) == len(window._records) == MOST_VERSIONS


def test_a_version_that_no_feed_counts_to_is_taken_as_a_name() -> None:
    window = Window(3)
    for version in ("9" * 5000, "2"):
        window.take(arrival(1, "urn:a", version, "A", "update", processed="2026-03-10T05:00:01Z"))
    assert len(window.newest_first()[0].versions) == 2


def test_search_is_in_the_newest_words_in_any_case() -> None:
    window = Window(10)
    window.take(arrival(1, "urn:a", "1", "A", body="Seven ferries sank."))
    window.take(arrival(2, "urn:a", "2", "A", "update", body="Eight ferries sank."))
    assert window.search("FERRIES eight") == ("A",)
    assert window.search("seven") == ()
    assert window.search("  ") == ()
    window.take(arrival(3, "urn:a", "3", "A", "kill", body="Withdrawn."))
    assert window.search("eight") == ("A",), "a killed story is found by its own words"


def test_a_record_comes_back_whole() -> None:
    window = Window(10)
    moved = window.take(arrival(1, headline="Лампы Риги"))
    assert moved is not None
    assert window.record(moved.entry)["item"]["headlines"][0]["value"] == "Лампы Риги"


@pytest.mark.parametrize("value", [b"", b"{", b"[]", codec.encode({"item": {"uri": "x"}})])
def test_what_is_no_record_is_refused(value: bytes) -> None:
    with pytest.raises(Rejected):
        read(value, 1)


def test_the_ring_goes_on_after_any_event_that_it_holds() -> None:
    ring = Ring("r", 3)
    assert ring.since("r-0") == ()
    for number in range(1, 6):
        ring.add("story", b"%d" % number)
    assert ring.last_id == "r-5"
    assert [event.number for event in ring.since("r-3") or ()] == [4, 5]
    assert [event.number for event in ring.since("r-2") or ()] == [3, 4, 5]
    assert ring.since("r-5") == ()


@pytest.mark.parametrize("last", ["r-1", "r-6", "other-4", "", "r-", "4", "r-4\n", "r--4"])
def test_the_ring_says_when_there_would_be_a_gap(last: str) -> None:
    ring = Ring("r", 3)
    for number in range(1, 6):
        ring.add("story", b"%d" % number)
    assert ring.since(last) is None


def test_a_frame_carries_its_id() -> None:
    assert Ring("r", 3).add("story", b"{}").frame == b"id: r-1\nevent: story\ndata: {}\n\n"
