"""Habits of copy that a list of names does not know: saints, breeds, owners, former states, speech."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places_support import Locate, loaded

from streams.contracts.story import Located
from streams.places import context
from streams.places.resolve import resolve


def tagged(located: Located) -> set[str | None]:
    return {mention.country for mention in located.mentions}


@pytest.mark.parametrize(
    "copy",
    [
        "Nurses at St. Joseph's Hospital in Dublin struck. Staff at St. Joseph's said so.",
        "Fire took the church of St. Joseph in Dublin.",
        "They met in the cathedral of St. Peter and St. Paul in Dublin.",
        "Pupils of St. John's College in Dublin won.",
    ],
)
def test_a_dedication_is_no_town(locate: Locate, copy: str) -> None:
    assert tagged(locate(copy)) == {"IE"}


def test_a_town_with_a_saints_name_is_one(locate: Locate) -> None:
    assert tagged(locate("Floods closed schools in St. Joseph, Missouri.")) == {"US"}
    assert tagged(locate("The mayor of St. Louis resigned; St. Louis's police were silent.")) == {"US"}


def test_a_saints_town_needs_no_full_stop(locate: Locate) -> None:
    assert tagged(locate("Rain fell on St Petersburg.")) == {"RU"}
    assert tagged(locate("St Lucia votes on Monday.")) == {"LC"}
    assert tagged(locate("Pupils of St John's College won.")) == set()


@pytest.mark.parametrize(
    ("copy", "countries"),
    [
        ("Rain fell on al-Fashir.", {"SD"}),
        ("Rain fell on El Fasher and al-Obeid.", {"SD"}),
        ("Hassan al-Fashir resigned. Later al-Fashir smiled.", set()),
        ("Hassan al-Fashir resigned. He was born in al-Fashir.", {"SD"}),
    ],
)
def test_an_arab_city_has_a_small_article_and_so_has_a_family(locate: Locate, copy: str, countries: set[str]) -> None:
    assert tagged(locate(copy)) == countries


@pytest.mark.parametrize(
    ("copy", "countries"),
    [
        ("Rain fell in Jigawa.", {"NG"}),
        ("Jigawa state has a new bridge.", {"NG"}),
        ("Nigeria rebuilt a bridge, a Jigawa trader said.", {"NG"}),
        ("A Jigawa is a hat.", set()),
        ("Pedro Espaillat sang. Espaillat danced.", set()),
        ("The Blue Nile rose.", set()),
    ],
)
def test_a_division_that_nobody_read_counts_where_copy_makes_it_a_place(
    locate: Locate, copy: str, countries: set[str]
) -> None:
    assert tagged(locate(copy)) == countries


@pytest.mark.parametrize(
    ("copy", "language", "countries"),
    [
        ("A trawler sank off the Falklands.", "en", {"FK"}),
        ("Un pesquero se hundió frente a las Malvinas.", "es", {"FK"}),
        ("The Cooks and the Marshalls sailed home.", "en", set()),
    ],
)
def test_islands_have_a_short_name(locate: Locate, copy: str, language: str, countries: set[str]) -> None:
    assert tagged(locate(copy, language=language)) == countries


@pytest.mark.parametrize(
    ("copy", "state"),
    [
        ("Bosnian Serb deputies met.", "BA"),
        ("Iranian Armenians voted.", "IR"),
        ("Turkish Cypriots voted.", "CY"),
        ("A Korean American judge retired.", "US"),
    ],
)
def test_two_nationalities_side_by_side_are_one_people_of_one_state(locate: Locate, copy: str, state: str) -> None:
    assert [tag.code for tag in locate(copy).countries] == [state]
    assert len(locate(copy.replace("n ", "n and ", 1).replace("Turkish C", "Turkish and C")).countries) == 2


def test_a_breed_is_no_nation(locate: Locate) -> None:
    assert tagged(locate("A Spanish mastiff bit a postman in Lima.")) == {"PE"}
    assert tagged(locate("A Spanish minister spoke in Lima.")) == {"PE", "ES"}


def test_what_a_person_owns_is_not_in_a_place(locate: Locate) -> None:
    assert "GE" not in tagged(locate("Georgia Carter rowed home. It was down to Georgia's strength, a coach said."))
    assert "GE" in tagged(locate("Envoys flew to Georgia's capital."))


def test_a_city_goes_by_its_short_name_in_its_country(locate: Locate) -> None:
    assert tagged(locate("A British bank opened an office in Newcastle.")) == {"GB"}
    assert tagged(locate("An Australian bank opened an office in Newcastle.")) == {"AU"}


@pytest.mark.parametrize(
    ("copy", "language", "year", "note"),
    [
        ("The USSR launched a probe.", "en", 1985, "USSR: read as Russia, one of its successors"),
        ("Die DDR baut einen Hafen.", "de", 1985, "DDR: read as Germany, its successor"),
        ("La Yougoslavie vote dimanche.", "fr", 1988, "Yougoslavie: read as Serbia, one of its successors"),
        ("Checoslovaquia vota.", "es", 1988, "Checoslovaquia: read as Czechia, one of its successors"),
        ("A União Soviética lançou uma sonda.", "pt", 1988, "União Soviética: read as Russia, one of its successors"),
    ],
)
def test_a_former_state_is_read_as_its_successor_and_said_so(
    locate: Locate, copy: str, language: str, year: int, note: str
) -> None:
    located = locate(copy, language=language, year=year)
    assert located.warnings == (note,)
    assert len(located.countries) == 1


def test_a_former_state_in_passing_needs_no_note(locate: Locate) -> None:
    copy = "Russia launched a probe. Russian engineers in Moscow cheered. A Soviet probe failed in 1970."
    assert locate(copy, year=2020).warnings == ()
    assert [tag.code for tag in locate(copy, year=2020).countries] == ["RU"]


@pytest.mark.parametrize(
    ("copy", "language"),
    [
        ("Le Pérou vote dimanche, a déclaré Paris.", "fr"),
        ("Le Pérou vote dimanche, selon Paris.", "fr"),
        ("Le Pérou vote dimanche; Paris a également confirmé la date.", "fr"),
        ("Perú vota el domingo, según Madrid.", "es"),
        ("Perú vota el domingo; Madrid anunció el lunes ayuda.", "es"),
        ("O Peru vota no domingo, informou Lisboa.", "pt"),
        ("Peru wählt am Sonntag, sagte Berlin.", "de"),
        ("Peru wählt am Sonntag, laut Berlin.", "de"),
        ("Peru votes on Sunday; Berlin on Monday confirmed the date.", "en"),
    ],
)
def test_a_capital_that_speaks_is_told_from_one_that_acts(locate: Locate, copy: str, language: str) -> None:
    *_, spot = context.spotted("body", copy, loaded().find(copy, language))
    assert context.is_speaker(spot)
    assert locate(copy, language=language).countries[0].code == "PE"
    found = resolve("", copy, language, loaded())
    assert [item.telling for item in found] == [False, True]


def test_a_capital_that_acts_does_not_speak() -> None:
    copy = "Paris a voté la loi."
    (spot,) = context.spotted("body", copy, loaded().find(copy, "fr"))
    assert not context.is_speaker(spot)


AROUND = st.lists(
    st.sampled_from(
        [
            *("Syrian", "French", "Jordan", "Paris", "the West", "U.S.", "Swiss", "London", "Gulf", "Bank", "Times"),
            *(
                "and",
                "or",
                "in",
                "of",
                "for",
                "said",
                "the",
                "said in",
                "francs",
                "mastiff",
                "road",
                "language",
                "-era",
            ),
            *(
                "(FFC)",
                "Front",
                "speakers",
                "Weather Service said",
                "<",
                "$",
                ",",
                ".",
                "coast",
                "200",
                "B.C.",
                "speak",
            ),
        ]
    ),
    min_size=2,
    max_size=9,
)


@settings(max_examples=300, deadline=None)
@given(AROUND, st.sampled_from([" ", "", "\n"]))
def test_words_that_are_said_to_tell_nothing_tell_nothing(parts: list[str], between: str) -> None:
    text, gazetteer = between.join(parts), loaded()
    for spot in context.spotted("body", text, gazetteer.find(text, "en")):
        if spot.plain:
            answers = [
                context.is_media(spot, gazetteer),
                *(ask(spot) for ask in (context.is_label, context.is_language, context.is_breed, context.is_aside)),
                *(ask(spot) for ask in (context.is_source, context.is_currency, context.is_organisation)),
                context.goes_on(spot),
            ]
            assert not any(answers), (text, spot, answers)


@pytest.mark.parametrize(
    "copy",
    ["A Swiss-made watch.", "He spoke French", "US$ 3", "Swiss francs.", "the French and Spanish", "Paris Times"],
)
def test_words_that_tell_something_are_asked(copy: str) -> None:
    assert not all(spot.plain for spot in context.spotted("body", copy, loaded().find(copy, "en")))


def test_an_office_speaks_for_its_country(locate: Locate) -> None:
    assert [tag.code for tag in locate("Lesotho PM Anton Vell says he will resign").countries] == ["LS"]
    weather = locate("A quake struck off Peru on Monday, the US Geological Survey said.")
    assert [tag.code for tag in weather.countries] == ["PE"]


@pytest.mark.parametrize(
    ("copy", "countries"),
    [
        ("Holland Systems cut 40 posts in Cork. Holland hired abroad.", {"IE"}),
        ("Chad Industries won an order in Mumbai. Workers at Chad Industries cheered; Chad rose.", {"IN"}),
        ("Israel Technologies of Haifa won an order. Israel paid.", {"IL"}),
        ("England Brothers named a chief in Lima. He came from Scotland Drugs.", {"PE"}),
        ("Canada geese came to Peru.", {"CA", "PE"}),
    ],
)
def test_a_firm_with_its_founders_name_names_no_country(locate: Locate, copy: str, countries: set[str]) -> None:
    assert tagged(locate(copy)) == countries


@pytest.mark.parametrize(
    ("copy", "dateline", "codes"),
    [
        ("Piedmont Air Corp named a chief. A stake in Piedmont is for sale.", "BOSTON", ["US"]),
        ("Piedmont <PIE> named a chief.", "BOSTON", ["US"]),
        ("Piedmont<PIE> named a chief.", "BOSTON", ["US"]),
        ("Piedmont Air (NYSE: PIE) named a chief.", "BOSTON", ["US"]),
        ("Piedmont Air and Rail (PIE.N) named a chief.", "BOSTON", ["US"]),
        ("Wexley Bank FSB named a chief.", "BOSTON", ["US"]),
        ("Men of the FSB named a chief.", "BOSTON", ["RU", "US"]),
        ("The FSB named a chief.", "BOSTON", ["RU", "US"]),
        ("Now spy agency FSB named a chief.", "BOSTON", ["RU", "US"]),
        ("Piedmont (PIE) named a chief.", "BOSTON", ["IT", "US"]),
        ("Piedmont named a chief.", "BOSTON", ["IT", "US"]),
        ("Piedmont Air Corp named a chief in Piedmont.", "BOSTON", ["IT", "US"]),
        ("Piedmont Air Corp named an Italian chief.", "BOSTON", ["IT", "US"]),
        ("Piedmont Air Corp named a chief.", "TURIN", ["IT"]),
        ("British Air Corp named a chief.", "BOSTON", ["GB", "US"]),
    ],
)
def test_a_place_in_a_firms_name_is_no_news_of_its_country_that_nothing_else_names(
    locate: Locate, copy: str, dateline: str, codes: list[str]
) -> None:
    located = locate(copy, dateline=f"{dateline}, March 3 -")
    assert sorted(tag.code for tag in located.countries) == codes
    assert located.mentions


def test_what_money_a_bond_is_in_is_no_country_of_the_story(locate: Locate) -> None:
    headline, dateline = "Norgreen sells New Zealand dlr bond", "LONDON, March 3 -"
    copy = "Norgreen sold a bond of 50 mln New Zealand dollars."
    assert [tag.code for tag in locate(copy, headline, dateline).countries] == ["GB"]
    bought = locate(f"{copy} New Zealand's treasury bought it.", headline, dateline)
    assert {tag.code for tag in bought.countries} == {"NZ", "GB"}


def test_a_firm_at_home_speaks_for_its_country(locate: Locate) -> None:
    copy, dateline = " Air Corp named a chief. Lima was glad.", "TURIN, March 3 -"
    named, unnamed = (locate(name + copy, dateline=dateline).countries[0] for name in ("Piedmont", "Norgreen"))
    assert named.code == unnamed.code == "IT"
    assert named.score > unnamed.score


@pytest.mark.parametrize(
    ("headline", "copy", "named"),
    [
        ("Turkey dearer", "A frozen turkey costs more in Lima.", False),
        ("Turkey dearer", "Frozen turkeys cost more in Lima.", False),
        ("Turkey dearer", "A frozen turkey costs more in Turkey.", True),
        ("Turkey dearer", "A frozen goose costs more in Lima.", True),
        ("US dearer", "It told us so.", True),
        ("Oman dearer", "A woman said so in Lima.", True),
    ],
)
def test_a_word_at_the_beginning_is_no_name_where_the_copy_has_it_in_small_letters(
    locate: Locate, headline: str, copy: str, named: bool
) -> None:
    found = [mention for mention in locate(copy, headline=headline).mentions if mention.field == "headline"]
    assert bool(found) is named


@pytest.mark.parametrize(
    ("copy", "countries"),
    [
        ("Cemile Aydin, 41, sits for the Greens. Aydin smiled.", set()),
        ("Israel Oyelarano, 33, won. Israel danced.", set()),
        ("Le maire Cemal Aydin, 41 ans, a souri.", set()),
        ("In Aydin, 41, mostly farmers, fell ill.", {"TR"}),
        ("Kenyan Ruth Oyelarano, 33, won.", {"KE"}),
        ("Singer Michael Jordan left. Jordan had sung.", set()),
    ],
)
def test_an_age_tells_a_person(locate: Locate, copy: str, countries: set[str]) -> None:
    assert tagged(locate(copy)) == countries


@pytest.mark.parametrize(
    ("copy", "country"),
    [
        ("Fire closed a ward in Santiago, the second city of the Dominican Republic.", "DO"),
        ("Ships left the Dominican port of Santiago.", "DO"),
        ("Ships left Venezuela's northern city of Valencia.", "VE"),
        ("Valencia stood by. Chile won.", "ES"),
    ],
)
def test_a_town_lies_where_its_apposition_says(locate: Locate, copy: str, country: str) -> None:
    assert next(m.country for m in locate(copy).mentions if m.kind in {"city", "capital", "state"}) == country


def test_what_a_party_is_for_or_against_is_no_second_country(locate: Locate) -> None:
    for opening in ("Pro-Russian", "Anti-Russian"):
        located = locate(
            f"The {opening.lower()} party lost in Moldova.", headline=f"{opening} party loses Moldovan vote"
        )
        assert located.countries[0].code == "MD", opening
