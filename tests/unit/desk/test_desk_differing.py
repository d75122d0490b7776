"""A comparison laid out from the changes that a record lists."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from streams.desk.differing import Run, compared, words


def change(what: str, index: int | None, before: str | None, after: str | None, **more: Any) -> dict[str, Any]:
    return {"what": what, "index": index, "before": before, "after": after, "was": None, "noun": None, **more}


def test_each_paragraph_is_in_its_place() -> None:
    body = "One stays.\n\nTwo is new.\n\nThree was edited today.\n\nFive stays."
    changes = [
        change("paragraph_added", 1, None, "Two is new."),
        change("paragraph_edited", 2, "Three was edited.", "Three was edited today.", was=1),
        change("paragraph_removed", 2, "Four went.", None, was=2),
        change("figure", 2, "3", "4", noun="dead"),
        change("headline", None, "Six dead", "Ten dead"),
    ]
    comparison = compared(changes, body)
    assert [(line.what, line.number) for line in comparison.lines] == [
        ("same", 1),
        ("added", 2),
        ("edited", 3),
        ("removed", 3),
        ("same", 4),
    ]
    assert comparison.headline == (Run("removed", "Six"), Run("added", "Ten"), Run("same", " dead"))
    assert [(f.before, f.after, f.noun, f.number) for f in comparison.figures] == [("3", "4", "dead", 3)]


def test_an_alert_that_became_a_story_lost_its_line() -> None:
    changes = [change("paragraph_added", 0, None, "New."), change("paragraph_removed", 0, "Old.", None, was=0)]
    assert [line.what for line in compared(changes, "New.").lines] == ["removed", "added"]


def test_what_went_from_the_top_is_shown_at_the_top_and_a_moved_paragraph_hides_no_gap() -> None:
    went = change("paragraph_removed", 0, "Went.", None, was=0)
    assert [line.what for line in compared([went], "Stays.").lines] == ["removed", "same"]
    moved = change("paragraph_moved", 1, None, None, was=0)
    after = change("paragraph_removed", 2, "Went.", None, was=2)
    lines = compared([moved, after], "Was second.\n\nWas first.\n\nWas fourth.").lines
    assert [line.what for line in lines] == ["same", "moved", "removed", "same"]


def test_a_retag_says_what_it_gained_and_lost() -> None:
    changes = [change("country", None, None, "LV"), change("desk", None, "africa", None)]
    comparison = compared(changes, "Same.")
    assert comparison.tags == ("country LV gained", "desk africa lost")
    assert [line.what for line in comparison.lines] == ["same"]


def test_every_removed_paragraph_is_shown_once_even_of_an_emptied_body() -> None:
    changes = [change("paragraph_removed", n, f"Gone {n}.", None, was=n) for n in range(3)]
    assert [line.number for line in compared(changes, "").lines] == [1, 2, 3]


def test_a_headline_that_was_written_anew_is_shown_whole() -> None:
    assert words("Locked door blamed as factory fire kills 23", "Owner of burnt factory held at airport") == (
        Run("removed", "Locked door blamed as factory fire kills 23"),
        Run("added", "Owner of burnt factory held at airport"),
    )


@given(st.text(), st.text())
def test_both_texts_can_be_read_back(before: str, after: str) -> None:
    runs = words(before, after)
    assert "".join(run.text for run in runs if run.mark != "removed") == after
    assert "".join(run.text for run in runs if run.mark != "added") == before
