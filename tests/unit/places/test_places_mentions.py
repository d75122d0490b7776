"""Which expressions are places, and which only look like one."""

from __future__ import annotations

import pytest
from places_support import Locate

from streams.contracts.story import Located


def said(located: Located) -> list[tuple[str, str | None]]:
    return [(mention.text, mention.country) for mention in located.mentions]


@pytest.mark.parametrize(
    ("copy", "expected"),
    [
        ("Syrian and Iraqi envoys met in Damascus.", [("Syrian", "SY"), ("Iraqi", "IQ"), ("Damascus", "SY")]),
        ("Soldiers from Niger and Nigeria crossed.", [("Niger", "NE"), ("Nigeria", "NG")]),
        ("Papua New Guinea beat Equatorial Guinea.", [("Papua New Guinea", "PG"), ("Equatorial Guinea", "GQ")]),
        ("Guinea-Bissau and Guinea signed.", [("Guinea-Bissau", "GW"), ("Guinea", "GN")]),
        ("South Sudan and Sudan talked.", [("South Sudan", "SS"), ("Sudan", "SD")]),
        ("South Korea warned North Korea.", [("South Korea", "KR"), ("North Korea", "KP")]),
        ("The Democratic Republic of Congo voted.", [("Democratic Republic of Congo", "CD")]),
        ("A US-led force left.", [("US", "US")]),
        ("The U.S. and the U.K. agreed.", [("U.S.", "US"), ("U.K.", "GB")]),
        ("Turkey's army said so.", [("Turkey", "TR")]),
        ("The Kremlin answered Downing Street.", [("Kremlin", "RU"), ("Downing Street", "GB")]),
        ("Zaire was once its name; Burma too.", [("Zaire", "CD"), ("Burma", "MM")]),
        ("The bus left Côte d’Ivoire.", [("Côte d’Ivoire", "CI")]),
        ("A plane from New\nZealand landed.", [("New\nZealand", "NZ")]),
        ("Franco-German talks went on.", [("Franco", "FR"), ("German", "DE")]),
        ("He flew to the West Bank.", [("West Bank", "PS")]),
    ],
)
def test_a_place_is_found_with_its_country(locate: Locate, copy: str, expected: list[tuple[str, str]]) -> None:
    assert said(locate(copy)) == expected


@pytest.mark.parametrize(
    "copy",
    [
        "They told us to march on and be nice about the china and the turkey.",
        "Michael Jordan and Paris Hilton dined with Chad Smith.",
        "Mr Chad spoke to Mrs London about it.",
        "Alma Jordan arrived. Jordan sat down.",
        "J. London wrote it.",
        "The New York Times and the Jerusalem Post reported it.",
        "The Poughkeepsie Journal said so.",
        "She spoke in French.",
        "He shot the romance in Spanish and English.",
        "He lives at 12 Dublin Road.",
        "It cost US$ 30.",
        "Fighters of the Islamic State in Iraq and Syria fled.",
        "He works for Bank of America and reads the New England Journal of Medicine.",
        "In March and in August it rained.",
        "A pot dated to 250 B.C. was sold.",
        "Shares of Harrow Corp <UK> rose.",
        "Iranology, Chadlike, Omanesque and Kenyapithecus are words.",
        "A cape Town and a papua New guinea Pig.",
        "Luís Jordan spoke. Jordan smiled.",
        "Georgia O'Malley and Jordan Núñez rowed home.",
    ],
)
def test_what_only_looks_like_a_place_gives_no_country(locate: Locate, copy: str) -> None:
    assert [country for _, country in said(locate(copy)) if country] == []


def test_a_person_named_once_in_full_stays_a_person_unless_a_place_word_says_otherwise(locate: Locate) -> None:
    copy = "Wendell Jordan was there. Jordan smiled. He then flew to Jordan."
    located = locate(copy)
    assert said(located) == [("Jordan", "JO")]
    assert located.mentions[0].start == copy.rindex("Jordan")


def test_all_capitals_pass_as_in_an_old_wire_headline_but_not_the_pronoun(locate: Locate) -> None:
    assert said(locate("It ended.", headline="TURKEY TELLS US TO LEAVE")) == [("TURKEY", "TR")]
    assert said(locate("It ended.", headline="U.S. AND TURKEY AGREE")) == [("U.S.", "US"), ("TURKEY", "TR")]


@pytest.mark.parametrize(
    ("copy", "expected"),
    [
        ("A fire broke out in Paris, Texas.", "US"),
        ("A fire broke out in Paris, Idaho.", "US"),
        ("A fire broke out in London, Ont., on Monday.", "CA"),
        ("A fire broke out in London, Ky., on Monday. London police came.", "US"),
        ("A fire broke out in Birmingham, England.", "GB"),
        ("A fire broke out in Birmingham, Ala., at noon.", "US"),
        ("A fire broke out in Paris.", "FR"),
    ],
)
def test_the_state_or_country_after_the_comma_settles_a_town(locate: Locate, copy: str, expected: str) -> None:
    assert {country for _, country in said(locate(copy))} == {expected}


def test_georgia_is_a_state_among_states_and_a_country_among_its_neighbours(locate: Locate) -> None:
    state = locate("Storms hit Alabama and Georgia, then Florida.")
    country = locate("Georgia and Armenia opened a crossing near Tbilisi.")
    assert ("Georgia", "US") in said(state)
    assert ("Georgia", "GE") in said(country)


def test_a_small_town_counts_only_where_its_state_is_named(locate: Locate) -> None:
    assert said(locate("A bridge fell in Elbow Lake.")) == []
    assert ("Elbow Lake", "US") in said(locate("A bridge fell in Elbow Lake, officials in Minnesota said."))


def test_an_ambiguous_city_follows_the_dateline(locate: Locate) -> None:
    assert said(locate("Police in London closed a road.", dateline="LONDON, Ontario -")) == [("London", "CA")]


@pytest.mark.parametrize(
    ("language", "copy", "expected"),
    [
        ("fr", "Le président syrien a quitté Damas pour Londres.", ["SY", "SY", "GB"]),
        ("fr", "Les Etats-Unis et la Corée du Sud discutent.", ["US", "KR"]),
        ("es", "El canciller alemán viajó a Moscú y a Estados Unidos.", ["DE", "RU", "US"]),
        ("es", "La presidenta chilena habló en Santiago.", ["CL", "CL"]),
        ("fr", "La délégation bhoutanaise a quitté le bureau fidjien.", ["BT", "FJ"]),
        ("es", "Los burkineses ganaron a la selección malgache.", ["BF", "MG"]),
        ("de", "Der syrische Präsident empfing eine Französin und zwei Russen in Berlin.", ["SY", "FR", "RU", "DE"]),
        ("de", "US-amerikanische Banken und die weißrussischen Händler.", ["US", "BY"]),
        ("pt", "Choveu em Santos.", ["BR"]),
        ("pt", "A embaixadora sul-africana e os espanhóis, o líder sírio e as alemãs.", ["ZA", "ES", "SY", "DE"]),
        ("ar", "التقى الوزير السوري والروسية في موسكو", ["SY", "RU", "RU"]),
        ("en", "The chilena is a dance, syrische a word.", []),
        (None, "The Danish minister resigned.", ["DK"]),
    ],
)
def test_the_language_of_the_copy_picks_the_names(
    locate: Locate, language: str | None, copy: str, expected: list[str]
) -> None:
    assert [country for _, country in said(locate(copy, language=language))] == expected


def test_an_organisation_spelled_out_before_its_initials_weighs_little(locate: Locate) -> None:
    located = locate("Kenya jailed two men of the Front for the Liberation of Chad (FLC).")
    assert [tag.code for tag in located.countries] == ["KE"]


def test_a_country_before_its_own_initials_keeps_its_weight(locate: Locate) -> None:
    located = locate("Kenya beat Papua New Guinea (PNG) on Tuesday.")
    assert {tag.code for tag in located.countries} == {"KE", "PG"}
