"""Which countries a story is about, in which order, and why."""

from __future__ import annotations

from places_support import Locate

from streams.contracts.story import AgencyPlace, Evidence, Located


def codes(located: Located) -> list[str]:
    return [tag.code for tag in located.countries]


FILLER = " ".join(["Officials would not say how long the work would take or what it would cost."] * 6)


def test_headline_and_lead_outrank_a_late_mention(locate: Locate) -> None:
    located = locate(
        f"Kenya will build a railway, its president said.\n\n{FILLER}\n\nA similar line runs in Peru.",
        headline="Kenya to build railway",
    )
    assert codes(located) == ["KE"]
    assert "PE" in {mention.country for mention in located.mentions}


def test_the_datelines_country_counts_alone_when_the_copy_names_no_place(locate: Locate) -> None:
    located = locate("A school roof fell in on Tuesday, killing two.", dateline="LIMA, March 3 (AFP) -")
    assert [(tag.code, tag.roles, tag.evidence) for tag in located.countries] == [("PE", ("dateline",), ())]
    assert located.dateline_country == "PE"


def test_a_seat_of_international_bodies_is_not_what_the_story_is_about(locate: Locate) -> None:
    for place in ("BRUSSELS", "GENEVA", "UNITED NATIONS", "VIENNA", "THE HAGUE"):
        located = locate(
            "Myanmar must let aid workers in, diplomats said, and Bangladesh must be helped.\n\nMyanmar refused.",
            headline="Myanmar told to let aid in",
            dateline=f"{place}, March 3 (AFP) -",
        )
        assert codes(located)[0] == "MM", place
        assert located.dateline_country not in codes(located), place


def test_copy_without_place_or_dateline_is_about_no_country(locate: Locate) -> None:
    assert codes(locate("The company said profit rose to three cents a share.")) == []


def test_the_agencys_own_code_is_used_and_said(locate: Locate) -> None:
    located = locate("The minister resigned.", agency=(AgencyPlace("Ghana", "GH", "about"),))
    assert [(tag.code, tag.roles) for tag in located.countries] == [("GH", ("agency",))]


def test_evidence_points_at_the_words(locate: Locate) -> None:
    located = locate("Rain fell. Chile’s “dry” north flooded; Chilean troops helped.", headline="É só: Chile floods")
    tag = located.countries[0]
    assert tag.code == "CL"
    assert tag.evidence == (Evidence("headline", 6, 11), Evidence("body", 11, 16), Evidence("body", 40, 47))


def test_who_says_it_is_not_what_it_is_about(locate: Locate) -> None:
    located = locate("A quake shook Vanuatu, the US Weather and Quake Office said.", headline="Quake shakes Vanuatu")
    assert codes(located) == ["VU"]


def test_a_state_that_is_no_more_is_background_later_and_news_in_its_day(locate: Locate) -> None:
    copy = "Estonia will repair a Soviet barracks, it said."
    assert codes(locate(copy, year=2024)) == ["EE"]
    assert codes(locate(copy, year=1987)) == ["EE", "RU"]


def test_scores_fall_and_stay_within_bounds(locate: Locate) -> None:
    located = locate("Mali and Chad fought. Mali, Mali, Mali won. Chad lost.", headline="Mali beats Chad at last")
    scores = [tag.score for tag in located.countries]
    assert codes(located) == ["ML", "TD"]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_regions_are_m49_and_those_the_copy_names(locate: Locate) -> None:
    located = locate("Syria shut a border with Russia's help, the first such step in the Middle East, the West said.")
    assert {(r.code, r.name) for r in located.regions if r.scheme == "m49"} == {
        ("142", "Asia"), ("145", "Western Asia"), ("150", "Europe"), ("151", "Eastern Europe"),
    }  # fmt: skip
    assert {r.code for r in located.regions if r.scheme == "named"} == {"middle-east", "west"}
    kinds = {mention.text: (mention.kind, mention.country) for mention in located.mentions}
    assert kinds["the West"] == ("region", None)
    assert kinds["Syria"] == ("country", "SY")


def test_the_west_end_is_not_the_west(locate: Locate) -> None:
    assert locate("He played in the West End and in the West Coast league.").regions == ()
