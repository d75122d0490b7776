"""Forms filled in twice: net asset values, results, bulletins, and what looks like one and is the next version."""

from dataclasses import replace

import pytest

from streams.contracts.story import Signals
from streams.identity.gathering import gather
from streams.identity.judge import judge
from streams.identity.matching import story_profile
from streams.identity.profile import Profile


def profile(story, headline, body, **given) -> Profile:
    return story_profile(story(headline, body, **given))


VALUE = (
    "The unaudited net asset value per {0} share of {1} at the close of business on {2} June 2031 was {3} pence.\n\n"
    "Investments have been valued at bid price. Borrowings are deducted at par. The register is kept in Orlova."
)


@pytest.mark.parametrize(
    ("head", "filled", "form"),
    [
        ("Velka Growth plc - Net Asset Value", ("C", "Velka Growth plc", 2, "98.15"), 1),
        ("Sarnia Growth plc - Net Asset Value", ("Ordinary", "Sarnia Growth plc", 2, "412.70"), 1),
        ("Velka Growth plc - Net Asset Value", ("Ordinary", "Velka Growth plc", 3, "413.10"), 1),
        ("Velka Growth plc - Net Asset Value", ("Ordinary", "Velka Growth plc", 2, "412.75"), 0),
        ("Velky Growth plc - Net Asset Value", ("Ordinary", "Velky Growth plc", 2, "412.70"), 0),
        ("Velka Growth plc says assets shrank, shares slide", ("Ordinary", "Velka Growth plc", 3, "390.10"), 0),
    ],
)
def test_one_form_filled_in_twice_is_two_stories(story, head, filled, form):
    first = profile(
        story, "Velka Growth plc - Net Asset Value", VALUE.format("Ordinary", "Velka Growth plc", 2, "412.70")
    )
    second = profile(story, head, VALUE.format(*filled), minutes=1)
    evidence = gather(second, first)
    assert (evidence.form, judge(evidence).same) == (form, not form)
    marked = replace(second, signals=Signals(verbs=("adds",)), continues=True)
    assert gather(marked, first).form == 0, "an update says that it is one"
    assert gather(replace(second, source="post"), first).form == 0, "an outlet's copy is not compared so"


def test_under_one_slug_figures_move_and_names_do_not(story):
    body = (
        "{} beat {} 2-1 in the {}th minute on Monday, and {} people saw it, the Freedonia league said in the evening."
    )
    one = profile(story, "Velka beat Ulm 2-1", body.format("Velka", "Ulm", 88, 4000), slug="fbl-FD-league")
    moved = profile(story, "Velka beat Ulm 2-1", body.format("Velka", "Ulm", 89, 4100), slug="fbl-FD-league")
    other = profile(story, "Orlova beat Sarnia 2-1", body.format("Orlova", "Sarnia", 89, 4100), slug="fbl-FD-league")
    assert [gather(moved, one).form, gather(other, one).form] == [0, 0], "one line is no form"
    rest = "\n\nThe league goes on at the weekend with matches in all of its eleven towns, and ends in June."
    one, moved, other = (profile(story, p.headline, p.text + rest, slug=p.slug) for p in (one, moved, other))
    assert [gather(moved, one).form, gather(other, one).form] == [0, 1]


def test_copy_in_capitals_has_no_names_to_tell_it_by(story):
    body = "A FERRY SANK OFF SARNIA ON MONDAY, KILLING {} {} AND {}, THE HARBOUR POLICE SAID IN A STATEMENT.\n\n" + (
        "DIVERS WENT DOWN AT ONCE AND THE HARBOUR WAS CLOSED TO ALL OTHER TRAFFIC UNTIL THE EVENING, POLICE SAID."
    )
    one = profile(story, "FERRY SINKS OFF SARNIA", body.format("NINE", "PASSENGERS", "SAILORS"))
    two = profile(story, "FERRY SINKS OFF SARNIA", body.format("TEN", "CHILDREN", "NURSES"), minutes=20)
    assert gather(two, one).form == 0


def test_a_number_at_the_start_of_a_snap_is_no_firm(story):
    one = profile(story, "Nine dead in ferry fire", "Nine dead in ferry fire off Sarnia: coastguard", kind="alert")
    two = profile(
        story, "Ten dead in ferry fire", "Ten dead in ferry fire off Sarnia: coastguard", kind="alert", minutes=9
    )
    assert gather(two, one).run == 1
