"""What moved between two versions, as a desk editor would mark it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.contracts.record import Change
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


def test_a_paragraph_that_moved_is_told_by_its_two_places_and_no_other_with_it():
    assert seen(OLD, (OLD[2], OLD[0], OLD[1])) == (Change("paragraph_moved", 0, None, None, 2),)


def test_what_slid_down_under_a_new_lead_has_not_moved():
    assert [c.what for c in seen(OLD, ("A tram crashed.", *OLD))] == ["paragraph_added"]


def test_an_edited_paragraph_tells_where_it_stood():
    edited = OLD[1].replace("41", "42")
    assert [(c.what, c.index, c.was) for c in seen(OLD, (edited, OLD[0], OLD[2]))] == [
        ("paragraph_edited", 0, 1),
        ("figure", 0, 1),
    ]


def test_a_figure_never_takes_the_place_of_a_weekday():
    old, new = "The storm killed 17 people on Monday.", "On Monday the storm killed 23 people."
    assert [(c.before, c.after, c.noun) for c in seen((old,), (new,)) if c.what == "figure"] == [("17", "23", "people")]
    old, new = "It killed 17 Monday.", "It killed Tuesday 23."
    assert ("17", "Tuesday") not in [(c.before, c.after) for c in seen((old,), (new,))]


@pytest.mark.parametrize(
    ("old", "new", "before", "after", "noun"),
    [
        ("The flood left 170 dead.", "The flood left 174 dead.", "170", "174", "dead"),
        ("The toll rose to 170. Rescuers dug on.", "The toll rose to 174. Rescuers dug on.", "170", "174", "toll"),
        ("Some 12 other passengers were hurt.", "Some 14 other passengers were hurt.", "12", "14", "passengers"),
        ("Three people were killed.", "Five people were killed.", "Three", "Five", "people"),
        ("The driver, 41, was unhurt.", "The driver, 42, was unhurt.", "41", "42", None),
        ("It was on Friday morning.", "It was on Thursday morning.", "Friday", "Thursday", None),
        ("Prices rose 3.1% in May.", "Prices rose 3.4% in May.", "3.1", "3.4", "%"),
        ("A fund of 12 million euros.", "A fund of 15 million euros.", "12", "15", "euros"),
        ("Le bilan passe à 12 morts.", "Le bilan passe à 14 morts.", "12", "14", "morts"),
        ("Die Zahl der Toten steigt auf 12.", "Die Zahl der Toten steigt auf 14.", "12", "14", "Toten"),
        ("Toll in ferry sinking rises to 12", "Toll in ferry sinking rises to 14", "12", "14", "Toll"),
        (
            "The death toll from a boat that sank off the isle of Pemba rose to 12.",
            "The death toll from a boat that sank off the isle of Pemba rose to 14.",
            "12",
            "14",
            "toll",
        ),
        ("The toll is 12 near the port.", "The toll is 14 near the port.", "12", "14", "toll"),
        ("On Monday the toll rose to 12.", "On Monday the toll rose to 14.", "12", "14", "toll"),
        (
            "Officials in Lima said the toll rose to 12.",
            "Officials in Lima said the toll rose to 14.",
            "12",
            "14",
            "toll",
        ),
        (
            "Aid workers in Lima said deaths rose to 12",
            "Aid workers in Lima said deaths rose to 14",
            "12",
            "14",
            "deaths",
        ),
        (
            "Le bilan du naufrage à Pemba passe à 12.",
            "Le bilan du naufrage à Pemba passe à 14.",
            "12",
            "14",
            "naufrage",
        ),
        ("El balance sube a 12 muertos.", "El balance sube a 14 muertos.", "12", "14", "muertos"),
        (
            "A explosão deixou três mortos na sexta.",
            "A explosão deixou quatro mortos na sexta.",
            "três",
            "quatro",
            "mortos",
        ),
        ("O porto fecha na sexta-feira.", "O porto fecha na quinta-feira.", "sexta-feira", "quinta-feira", None),
        ("O porto fecha na sexta.", "O porto fecha na quinta.", "sexta", "quinta", None),
    ],
)
def test_a_figure_comes_with_what_it_counts(old, new, before, after, noun):
    figures = [c for c in seen((old,), (new,)) if c.what == "figure"]
    assert [(c.before, c.after, c.noun) for c in figures] == [(before, after, noun)]


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
            assert change.before == old[change.was]


@given(st.permutations(range(7)))
@settings(max_examples=100, deadline=None)
def test_putting_back_what_moved_gives_the_old_order(order):
    old = tuple(f"Passage {letter * 3} tells of {letter * 4}." for letter in "abcdefg")
    moved = {c.index for c in seen(old, tuple(old[n] for n in order))}
    stays = [n for j, n in enumerate(order) if j not in moved]
    assert stays == sorted(stays)
    assert len(moved) <= 6
