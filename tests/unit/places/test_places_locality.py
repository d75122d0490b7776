"""Towns of a famous name in local copy that names no state, and cities that share a name with a division abroad."""

from __future__ import annotations

import pytest
from places_support import Locate

from streams.contracts.story import Located


def where(located: Located) -> dict[str, str | None]:
    return {mention.text: mention.country for mention in located.mentions}


def test_the_state_that_the_other_names_share_is_the_towns(locate: Locate) -> None:
    found = where(locate("A store in Paris burned, as one in Sulphur Springs and one in Mount Pleasant had in May."))
    assert found["Paris"] == "US"


def test_without_other_names_the_famous_town_is_meant(locate: Locate) -> None:
    assert where(locate("A store in Paris burned, as one in Lyon had in May."))["Paris"] == "FR"


def test_american_local_news_is_told_by_its_words(locate: Locate) -> None:
    local = "The sheriff met the school board in Athens, and the grand jury will sit on Monday."
    assert where(locate(local)).get("Athens") != "GR"
    assert where(locate(f"{local} Greece was not told."))["Athens"] == "GR"
    assert where(locate("The ministers met in Athens, and the court will sit on Monday."))["Athens"] == "GR"


def test_words_of_local_news_count_where_they_overlap_and_one_alone_is_none(locate: Locate) -> None:
    assert where(locate("The high school board met in Athens.")).get("Athens") != "GR"
    assert where(locate("The school board met in Athens. The school board left."))["Athens"] == "GR"
    assert where(locate("The school board of Lumen County, met in Athens.")).get("Athens") != "GR"


def test_a_dateline_abroad_is_no_american_local_news(locate: Locate) -> None:
    copy = "The sheriff met the school board in Athens, and the grand jury will sit on Monday."
    assert where(locate(copy, dateline="ATHENS, March 3 (AFP) -"))["Athens"] == "GR"
    assert where(locate(copy, dateline="THESSALONIKI, March 3 (AFP) -"))["Athens"] == "GR"


LOCAL = "A felony charge was filed in Superior Court, the sheriff said."


@pytest.mark.parametrize(
    ("copy", "country"),
    [
        (f"Lebanon Police held a man. {LOCAL}", "US"),
        (f"A Lebanon woman was held. {LOCAL}", "US"),
        (f"Lebanon votes on Sunday. {LOCAL}", "LB"),
        (f"Lebanon police held a man in Beirut. {LOCAL}", "LB"),
        ("Lebanon Police held a man.", "LB"),
    ],
)
def test_a_town_that_has_a_countrys_name_is_meant_in_its_own_paper(locate: Locate, copy: str, country: str) -> None:
    assert where(locate(copy))["Lebanon"] == country
    assert where(locate(copy, dateline="LYON, March 3 (AFP) -"))["Lebanon"] == "LB"


def test_georgia_is_the_state_in_american_local_news(locate: Locate) -> None:
    assert where(locate(f"Prices fell in Georgia. {LOCAL}"))["Georgia"] == "US"
    assert where(locate("Prices fell in Georgia."))["Georgia"] == "GE"


@pytest.mark.parametrize(
    ("copy", "country"),
    [
        ("The borough council put £40,000 into a bridge in Richmond.", "GB"),
        ("A mayor put $40,000 into a bridge in Richmond.", "US"),
        ("Felony charges over £40,000 in Richmond, the borough council and a sheriff said.", "US"),
    ],
)
def test_british_local_news_is_told_by_its_words(locate: Locate, copy: str, country: str) -> None:
    assert where(locate(copy))["Richmond"] == country


@pytest.mark.parametrize(
    ("words", "american"),
    [
        ("Lumen County Rescue Squad and the sheriff", True),
        ("the sheriff, on (215) 555-0142,", True),
        ("Lumen County Council and the sheriff", False),
        ("the County and the sheriff", False),
        ("the sheriff", False),
        ("whoever answers (215) 555-0142", False),
    ],
)
def test_a_countys_name_and_a_telephone_number_are_each_one_word_of_it(
    locate: Locate, words: str, american: bool
) -> None:
    assert (where(locate(f"In Athens, {words} went home.")).get("Athens") != "GR") is american


@pytest.mark.parametrize(
    ("copy", "name", "country"),
    [
        ("Murcia y Córdoba, en España, piden agua.", "Córdoba", "ES"),
        ("Mendoza y Córdoba, en Argentina, piden agua.", "Córdoba", "AR"),
        ("Piden agua en Córdoba.", "Córdoba", "AR"),
    ],
)
def test_a_city_abroad_of_a_provinces_name_is_meant_where_only_its_country_is_named(
    locate: Locate, copy: str, name: str, country: str
) -> None:
    assert where(locate(copy, language="es"))[name] == country


def test_copy_filed_from_a_country_means_its_town_and_not_a_division_abroad(locate: Locate) -> None:
    assert where(locate("Nurses in Surrey struck.", dateline="OTTAWA, March 3 (AFP) -"))["Surrey"] == "CA"
    assert where(locate("Nurses in Surrey struck.", dateline="LIMA, March 3 (AFP) -"))["Surrey"] == "GB"
    british = locate("Nurses in Surrey struck, Britain said.", dateline="OTTAWA, March 3 (AFP) -")
    assert where(british)["Surrey"] == "GB"
