"""Names as French, Spanish, Portuguese, German and Arabic write them, joined words and all."""

from __future__ import annotations

import pytest
from places_support import Locate, loaded

from streams.contracts.story import AgencyPlace
from tools.gazetteer.sources import LANGUAGES, table


@pytest.mark.parametrize(
    ("language", "copy", "found"),
    [
        ("fr", "Du blé part pour l'Argentine et l’Arabie saoudite.", {"AR", "SA"}),
        ("en", "The L.A. mayor flew to Lima.", {"US", "PE"}),
        ("fr", "Des fermes de Caroline du Nord ont brûlé.", {"US"}),
        ("es", "Ardieron granjas en Carolina del Norte.", {"US"}),
        ("de", "Moskauer und Prager Bäcker streiken.", {"RU", "CZ"}),
        ("de", "Der Kanton Tessin und das Weiße Haus schweigen.", {"CH", "US"}),
        ("pt", "Choveu em Pequim e na Toscana.", {"CN", "IT"}),
        ("ar", "سافر الوفد إلى القاهرة ومصر وللقاهرة وبالكويت.", {"EG", "KW"}),
        ("ar", "زار بشار المدينة والعاصمة.", set()),
        ("de", "Im Kanton stiegen die Preise.", set()),
    ],
)
def test_names_of_other_languages(locate: Locate, language: str, copy: str, found: set[str]) -> None:
    assert {m.country for m in locate(copy, language=language).mentions if m.country} == found


def test_a_name_of_another_language_hides_no_english_one(locate: Locate) -> None:
    copy = "A quake shook Davao City and Northern Ireland, and the Northern Territory and South-East African ports."
    assert {m.country for m in locate(copy).mentions if m.country} == {"PH", "GB", "AU"}
    assert "East African" in {m.text for m in locate(copy).mentions} or "African" in {
        m.text for m in locate(copy).mentions
    }


def test_every_named_region_has_a_form_in_each_language(locate: Locate) -> None:
    rows = table("regions")
    assert set(rows) == set(loaded().named_regions)
    assert {slug for slug, row in rows.items() if set(row["forms"]) != set(LANGUAGES)} == set()


@pytest.mark.parametrize(
    ("language", "copy", "slug"),
    [
        ("fr", "Les pays du Golfe se taisent.", "gulf"),
        ("es", "El Cáucaso espera lluvia.", "caucasus"),
        ("de", "Im Nahen Osten fehlt Wasser.", "middle-east"),
        ("pt", "O Chifre da África espera chuva.", "horn-of-africa"),
        ("ar", "تنتظر دول البلقان المطر.", "balkans"),
        ("en", "The Levant waits for rain.", "levant"),
    ],
)
def test_regions_in_each_language(locate: Locate, language: str, copy: str, slug: str) -> None:
    assert slug in {region.code for region in locate(copy, language=language).regions}


@pytest.mark.parametrize("place", ["BRUSSELS", "GENEVA", "WASHINGTON", "UNITED NATIONS", "STRASBOURG"])
def test_a_seats_dateline_is_a_role_only_where_its_country_is_tagged(locate: Locate, place: str) -> None:
    located = locate(
        "Kenya will open its border, its president said.\n\nKenyan troops left. Kenya and Uganda agreed.",
        headline="Kenya opens border",
        dateline=f"{place}, March 3 (AFP) -",
    )
    assert located.countries[0].code == "KE"
    assert {tag.code for tag in located.countries if "dateline" in tag.roles} == set()


def test_roles_say_how_a_country_is_in_the_story(locate: Locate) -> None:
    filler = " ".join(["Officials would not say how long the work would take."] * 8)
    located = locate(
        f"Kenya will build a railway, its president said.\n\n{filler}\n\n"
        "Peru, Peruvian engineers, Peruvian banks and Peru help Peru.",
        headline="Kenya to build railway",
        dateline="OSLO, March 3 (AFP) -",
        agency=(AgencyPlace("Norway", "NO", "about"),),
    )
    roles = {tag.code: tag.roles for tag in located.countries}
    assert "focus" in roles["KE"]
    assert roles["PE"] == ("actor", "mention")
    assert roles["NO"] == ("dateline", "agency")
    assert all(tag.evidence for tag in located.countries if tag.code != "NO")
