"""Which countries a story is about, in which order, and why."""

from __future__ import annotations

import pytest
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


def test_a_named_region_carries_the_countries_that_it_implies_and_makes_none_a_tag(locate: Locate) -> None:
    located = locate("Herders of the Sahel met in the Baltic states to speak of Peru.")
    assert {region.code: region.countries for region in located.regions} == {
        "sahel": ("BF", "ML", "MR", "NE", "TD"), "baltics": ("EE", "LT", "LV"), "419": (), "005": (), "019": (),
    }  # fmt: skip
    assert codes(located) == ["PE"]
    assert codes(locate("The Korean peninsula and the Sahel wait for rain.")) == []


def test_the_west_end_is_not_the_west(locate: Locate) -> None:
    assert locate("He played in the West End and in the West Coast league.").regions == ()


def visit(guest: str, guests: str, host: str, hosts: str, seat: str) -> str:
    """A leader's visit as it is told from the host's capital, whose palace gives the statements."""
    return (
        f"{guest}'s ailing President Orlo Tembrin flew to {seat} for his first talks abroad since the floods, and met "
        f"{hosts} President Mirela Vask.\n\n"
        f"Tembrin, who last saw {host} ten years ago, thanked Vask for the pumps {host} sent to {guest} in May.\n\n"
        f"{seat} said it would send more. {seat} also said that {hosts} engineers would stay.\n\n"
        f"{hosts} pumps have dried a third of the fields, and {guests} farmers are back, {seat} said on Monday.\n\n"
        f"{host} denies that it wants ports in {guest}."
    )


def test_the_visitor_whom_the_lead_opens_with_comes_before_the_host_who_tells_it(locate: Locate) -> None:
    located = locate(visit("Peru", "Peruvian", "Norway", "Norwegian", "Oslo"), dateline="OSLO, May 3 (AFP) -")
    assert codes(located) == ["PE", "NO"]


def test_and_so_it_does_in_the_mirror_image(locate: Locate) -> None:
    located = locate(visit("Norway", "Norwegian", "Peru", "Peruvian", "Lima"), dateline="LIMA, May 3 (AFP) -")
    assert codes(located) == ["NO", "PE"]


def test_the_host_comes_first_where_the_lead_opens_with_him(locate: Locate) -> None:
    copy = "Norwegian President Mirela Vask received Peru's leader in Oslo.\n\nPeru thanked Oslo. Peru will buy pumps."
    assert codes(locate(copy, dateline="OSLO, May 3 (AFP) -")) == ["NO", "PE"]


def test_the_headlines_first_country_is_the_subject_whatever_the_lead_opens_with(locate: Locate) -> None:
    lead = "A Norwegian pump maker will be bought by a group from Peru, it said.\n\nThe price was not told."
    assert codes(locate(lead, headline="Peru group buys Norwegian pump maker")) == ["PE", "NO"]
    assert codes(locate(lead, headline="Norwegian pump maker sold to Peru group")) == ["NO", "PE"]


@pytest.mark.parametrize(
    ("language", "lead"),
    [
        ("en", "A Peruvian bank will open an office."),
        ("en", "The president of Peru will go home."),
        ("fr", "Le président du Pérou rentre chez lui."),
        ("fr", "Une banque péruvienne ouvrira un bureau."),
        ("es", "El presidente de Perú vuelve a casa."),
    ],
)
def test_the_first_country_of_a_lead_is_its_subject(locate: Locate, language: str, lead: str) -> None:
    located = locate(f"{lead}\n\n{FILLER} Oslo, Oslo, Oslo.", dateline="OSLO, May 3 (AFP) -", language=language)
    assert codes(located) == ["PE", "NO"]


def test_what_is_owned_or_said_or_only_a_place_is_no_subject(locate: Locate) -> None:
    for lead in (
        "The pump maker said its Peruvian arm would close.",
        "In Peru prices fell.",
        "Wexley Pumps, a Peruvian firm, will close.",
        "A strike by Peruvian miners ended.",
    ):
        tags = locate(lead, dateline="OSLO, May 3 (AFP) -").countries
        assert {tag.code for tag in tags} == {"NO", "PE"}, lead
        lone = locate(f"Peruvian prices fell. {lead}", dateline="OSLO, May 3 (AFP) -").countries
        score = {tag.code: tag.score for tag in tags}
        assert score["PE"] + 0.1 < {tag.code: tag.score for tag in lone}["PE"], lead
        assert score["NO"] > {tag.code: tag.score for tag in lone}["NO"], lead


def test_a_palace_or_capital_that_only_speaks_weighs_less_than_one_that_is_spoken_of(locate: Locate) -> None:
    lead = "Pumps reached Chad from Russia.\n\nChad was glad. "
    speaks = locate(lead + "The Kremlin said so. Moscow said it was glad. The Kremlin on Monday confirmed it.")
    spoken_of = locate(lead + "He saw the Kremlin there. Moscow was quiet. They left the Kremlin late, and on foot.")
    assert codes(speaks) == ["TD", "RU"]
    assert codes(spoken_of) == ["RU", "TD"]


def test_order_does_not_decide_what_is_kept(locate: Locate) -> None:
    """A host told from his own capital stays, however far the visitor stands before him."""
    copy = "Chad's president arrived for a rest.\n\nChad, Chad and Chad again was the talk of the town."
    assert codes(locate(copy, dateline="LIMA, May 3 (AFP) -"))[0] == "TD"
    assert codes(locate(f"{copy}\n\nPeruvian doctors looked on.", dateline="LIMA, May 3 (AFP) -")) == ["TD", "PE"]


def test_a_second_country_counts_however_much_the_first_has(locate: Locate) -> None:
    body = "Peru closed the bridge to Chile.\n\nLima had warned Santiago. Peruvian guards stood in Tacna and Lima."
    assert codes(locate(body, headline="Peru shuts Peruvian bridge", dateline="LIMA, March 3 (AFP) -")) == ["PE", "CL"]


def test_seven_countries_in_a_row_are_a_list(locate: Locate) -> None:
    lead = "Leaders of Britain, Canada, France, Germany, Italy, Japan and the United States pledged aid to Ghana."
    assert codes(locate(lead, headline="Leaders pledge aid to Ghana")) == ["GH"]
    assert "CL" in codes(locate("Peru, Chile and Ghana pledged aid.", headline="Leaders pledge aid"))


def test_a_bureau_that_the_copy_only_files_from_is_no_tag(locate: Locate) -> None:
    lead = "Somalia lost a hotel in Mogadishu to fighters, police said."
    for last, kept in (
        ("", False),
        (" A diplomat in Nairobi said so.", False),
        (" Kenya sent troops.", True),
    ):
        located = locate(f"{lead}\n\nNine died.{last}", dateline="NAIROBI, March 3 (AFP) -")
        assert ("KE" in codes(located)) is kept, last
    assert "KE" in codes(locate("Somalia lost a vote, police said.", dateline="NAIROBI, March 3 (AFP) -"))


@pytest.mark.parametrize(
    ("lead", "kept"),
    [
        ("Fighters stormed a hotel in Mogadishu on Friday, Somalia's police said.", False),
        ("At least nine people died in a hotel in Mogadishu, Somalia's police said.", False),
        ("Gunmen stormed a hotel in Mogadishu on Friday, Somalia's police said.", False),
        ("Shelling by fighters hit a hotel in Mogadishu, Somalia's police said.", False),
        ("Wavens will build a hotel in Mogadishu, Somalia's police said. Wavens has nine.", True),
        ("Norgreen Corp will build a hotel in Mogadishu, Somalia's police said.", True),
        ("Fighters took Somalia's Hotel Lido, its owner said.", True),
    ],
)
def test_a_bureau_files_what_happened_in_a_town_abroad_and_firms_at_home_what_they_do_there(
    locate: Locate, lead: str, kept: bool
) -> None:
    located = locate(f"{lead}\n\nNo one else was hurt.", headline="Hotel in Somalia", dateline="NAIROBI, May 3 (AFP) -")
    assert codes(located) == (["SO", "KE"] if kept else ["SO"])


def test_the_subject_is_the_leads_where_the_headline_only_says_in_which_town(locate: Locate) -> None:
    lead = "Peruvian leader Ana Ruiz and her son met.\n\nPeru hopes."
    located = locate(lead, headline="Ruiz and son meet in Lisbon", dateline="LISBON, March 3 (AFP) -")
    assert codes(located)[0] == "PE"
    assert codes(locate("The son of Peruvian leader Ana Ruiz wed.", dateline="LISBON, March 3 (AFP) -"))[0] == "PE"


def test_a_headline_that_says_where_leaves_the_subject_to_the_lead(locate: Locate) -> None:
    located = locate(
        "Somali fighters took a hotel in Mogadishu.",
        headline="Fighters take hotel in Somalia",
        dateline="NAIROBI, March 3 (AFP) -",
    )
    assert codes(located) == ["SO"]


@pytest.mark.parametrize(("copy", "language"), [("near Lake Chad", "en"), ("près du lac Tchad", "fr")])
def test_a_lake_is_of_all_its_shores(locate: Locate, copy: str, language: str) -> None:
    body = f"Cameroon. {copy}." if language == "en" else f"Cameroun. {copy}."
    assert codes(locate(body, language=language)) == ["CM"]
