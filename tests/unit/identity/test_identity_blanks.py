"""Forms filled in twice: net asset values, results, bulletins, and what looks like one and is the next version."""

from dataclasses import replace

import pytest

from streams.contracts.story import Signals
from streams.identity import blanks
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


FERRY = (
    "At least {1} people died and {2} were missing after a ferry sank off {0}, officials said.\n\n"
    "The vessel went down in heavy seas soon after it had left port at dawn, the harbour police said. Divers were to go"
    " down to the wreck in the afternoon, and relatives waited on the quay, where tents had been put up."
)


@pytest.mark.parametrize(
    ("head", "filled", "form"),
    [
        ("{0} ferry sinks, {1} dead", ("Sarnia", 15, 27), 0),
        ("{0} ferry sinks off the mole", ("Sarnia", 15, 27), 0),
        ("{0} ferry sinks, {1} dead", ("Orlova", 15, 27), 1),
        ("{0} ferry sinks, {1} dead", ("Orlova", 12, 30), 1),
    ],
)
def test_a_toll_that_rises_is_no_other_story_and_another_town_is(story, head, filled, form):
    town = ("Sarnia", 12, 30)
    first = profile(story, head.format(*town), FERRY.format(*town))
    second = profile(story, head.format(*filled), FERRY.format(*filled), minutes=40)
    evidence = gather(second, first)
    assert (evidence.form, judge(evidence).same) == (form, not form)


def test_a_quake_whose_size_was_put_right_is_the_one_of_its_hour(story):
    body = (
        "A quake of magnitude {} struck at a depth of {} km near {} at {} GMT, the seismic institute of Freedonia said."
    )
    body += "\n\nThere was no word of damage. The region lies where two plates meet, and small ones are frequent there."
    one, put_right, next_one, elsewhere = (
        profile(story, "Quake shakes Velka", body.format(*facts), minutes=minutes)
        for minutes, facts in enumerate(
            [
                (6.1, "10.2", "Velka", "0951"),
                (6.3, "12.4", "Velka", "0951"),
                (5.8, "8.5", "Velka", "1333"),
                (6.1, "10.2", "Ulm in the region", "0951"),
            ]
        )
    )
    assert [gather(later, one).form for later in (put_right, next_one)] == [0, 1]
    assert gather(elsewhere, one).form == 0, "one fact may have been put right"


@pytest.mark.parametrize(
    ("filled", "form"),
    [
        (("Orlova", "SX00B1H7", ""), 1),
        (("Orlova", "SX00B1H7", ", far out"), 0),
        (("Orlova", "SX00B1H7", " tonight"), 1),
        (("Sarnia", "SX00B1H7", " tonight"), 0),
    ],
)
def test_a_form_has_codes_in_its_blanks_and_hardly_a_word_of_its_own(story, filled, form):
    body = (
        "A quake struck {0}{2} and was entered as {1} in the list of the institute of Freedonia.\n\nThere was no word"
        " of damage. The region lies where two plates meet, and small ones are frequent there at all times of the year."
    )
    first = ("Sarnia", "FX31K2M9", "")
    one, two = (profile(story, f"Quake strikes {facts[0]}", body.format(*facts)) for facts in (first, filled))
    assert gather(two, one).form == form


def test_below_a_title_that_names_what_it_is_about_other_names_are_who_spoke_last(story):
    body = (
        "{} opened in Sarnia on Tuesday, {} told reporters.\n\nThe ministry did not say how long the talks would last."
        " Delegates came to a hotel by the lake in the morning, and police closed the road to town until the evening."
    )
    one, other, counted, recounted, unnamed, elsewhere = (
        profile(story, head, body.format(*facts))
        for head, facts in [
            ("Talks open in Sarnia", ("Talks", "Karl Weber")),
            ("Talks open in Sarnia", ("Talks", "Ana Lindt")),
            ("Talks open in Sarnia", ("The 40 talks", "Karl Weber")),
            ("Talks open in Sarnia", ("The 42 talks", "Ana Lindt")),
            ("Talks on borders open", ("Talks", "Karl Weber")),
            ("Talks on borders open", ("Talks", "Ana Lindt")),
        ]
    )
    assert gather(other, one).form == 0
    assert gather(recounted, counted).form == 1, "one title over two notices, each with its figure"
    assert gather(elsewhere, unnamed).form == 1


def test_a_name_spelled_anew_is_one_name(story):
    body = "{0} won the Sarnia Open on Tuesday after a match of {1} hours. {0} lost one set and hardly a word about it."
    body += (
        "\n\nThe next round is played on the same court at the weekend, with a roof over it if the weather asks for it."
    )
    one, mended, other = (
        profile(story, f"{name} wins Open", body.format(name, hours), minutes=minutes)
        for minutes, (name, hours) in enumerate([("Smyth", "three"), ("Smith", "three"), ("Lundt", "three")])
    )
    assert [gather(later, one).form for later in (mended, other)] == [0, 1]


def test_thousands_are_no_decimals(story):
    one, two, price = (
        profile(story, "Sarnia ferry sinks off the mole", FERRY.format("Sarnia", *counts), minutes=minutes)
        for minutes, counts in enumerate([("1,200", "3,000"), ("1,500", "2,700"), ("1.50", "2.7")])
    )
    assert [gather(later, one).form for later in (two, price)] == [0, 0]
    assert gather(profile(story, "Sarnia ferry sinks off the mole", FERRY.format("Sarnia", "1.60", "2.8")), price).form


def test_the_spellings_in_a_long_table_are_not_compared_each_with_each(monkeypatch):
    compared = []
    monkeypatch.setattr(blanks, "_spelled_anew", lambda *pair: compared.append(pair))
    letters = "abcdefghijklmnopqrstuvwxyz"
    ours, theirs = (frozenset(f"{a}{side}{b}elo" for a in letters for b in letters) for side in "en")
    assert blanks._named_apart(ours, theirs)
    assert not compared
