"""What moved between two versions, as a desk editor would mark it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from streams.identity.changes import changes_between

OLD = (
    "Three people were killed when a tram left the rails in Velka on Friday, police said.",
    "The driver, 41, was unhurt.",
    "Trams run every six minutes at that hour.",
)


def seen(old, new, old_head="Tram crash in Velka", new_head="Tram crash in Velka", limit=60):
    return changes_between(old_head, old, new_head, new, limit)


def test_nothing_moved():
    assert seen(OLD, OLD) == ()


def test_wrapping_quotes_and_case_are_no_change():
    assert seen(OLD, (OLD[0].replace(" tram ", "\ntram  "), OLD[1].upper(), OLD[2] + "..")) == ()


def test_a_number_word_and_a_weekday_that_moved_are_figures():
    new = (OLD[0].replace("Three", "Five").replace("Friday", "Thursday"), *OLD[1:])
    found = [(c.what, c.index, c.before, c.after) for c in seen(OLD, new)]
    assert found == [
        ("paragraph_edited", 0, OLD[0], new[0]),
        ("figure", 0, "Three", "Five"),
        ("figure", 0, "Friday", "Thursday"),
    ]


def test_added_and_removed_paragraphs_carry_their_own_index():
    added = "The mayor asked the operator for a report by noon."
    found = [(c.what, c.index) for c in seen(OLD, (OLD[0], added, OLD[2]))]
    assert found == [("paragraph_added", 1), ("paragraph_removed", 1)]


def test_a_paragraph_that_moved_is_not_listed():
    assert seen(OLD, (OLD[2], OLD[0], OLD[1])) == ()


def test_a_new_headline_comes_first_with_its_figures():
    found = seen(OLD, OLD, "Three dead in tram crash", "Five dead in tram crash")
    assert [(c.what, c.before, c.after) for c in found] == [
        ("headline", "Three dead in tram crash", "Five dead in tram crash"),
        ("figure", "Three", "Five"),
    ]


def test_each_old_paragraph_is_the_source_of_one_new_one():
    new = (OLD[0].replace("Three", "Five"), OLD[0].replace("Three", "Nine"))
    found = seen((OLD[0],), new)
    assert [c.what for c in found].count("paragraph_edited") == 1
    assert [c.what for c in found].count("paragraph_added") == 1


def test_the_list_is_bounded():
    old = tuple(f"Old line {n} alpha{n} beta{n}" for n in range(300))
    new = tuple(f"Fresh row {n} gamma{n} delta{n}" for n in range(300))
    assert len(seen(old, new, limit=60)) == 60


WORDS = ["a", "b", "c", "d", "1", "2", "three", "four", "Friday"]
paragraph = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)


@given(st.lists(paragraph, max_size=8), st.lists(paragraph, max_size=8))
@settings(max_examples=100, deadline=None)
def test_every_listed_paragraph_is_where_it_says(old, new):
    for change in seen(tuple(old), tuple(new)):
        if change.what in ("paragraph_added", "paragraph_edited"):
            assert new[change.index] == change.after
        if change.what == "paragraph_removed":
            assert old[change.index] == change.before
        if change.what == "paragraph_edited":
            assert change.before in old
