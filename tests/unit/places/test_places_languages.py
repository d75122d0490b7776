"""Names as French, Spanish, Portuguese, German and Arabic write them, joined words and all."""

from __future__ import annotations

import pytest
from places_support import Locate, loaded

from streams.contracts.story import AgencyPlace
from tools.gazetteer.tablefiles import LANGUAGES, table


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
        ("ar", "عقدت المحادثات بين طهران وواشنطن.", {"IR", "US"}),
        ("ar", "قال الجيش الأردني إن عمان لن تسمح بذلك.", {"JO"}),
        ("ar", "أعلنت مسقط أن عمان تستضيف الوفد العماني.", {"OM"}),
        ("ar", "غرقت سفينة في البحر الأحمر وبالمحيط الهندي وخليج عمان.", set()),
        ("fr", "Un pétrolier dans le golfe de Guinée, un autre en mer Rouge, selon l'accord de Paris.", set()),
        ("de", "Ein Tanker im Indischen Ozean und im Golf von Mexiko, so das Pariser Abkommen.", set()),
        ("es", "Un buque en el golfo de México, según el Acuerdo de París.", set()),
        ("pt", "Um navio no Oceano Índico e no golfo da Guiné.", set()),
        ("de", "Er flog von Genf über Kiew nach Straßburg.", {"CH", "UA", "FR"}),
        ("en", "S.Sudan troops crossed the river.", {"SS"}),
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


@pytest.mark.parametrize(
    ("copy", "country"),
    [
        ("Der Bundesrat tagt am Freitag.", "DE"),
        ("Der Bundesrat tagt am Freitag in Bern.", "CH"),
        ("Die Bundesregierung in Wien lehnt das Gesetz ab, sagten österreichische Beamte.", "AT"),
        ("Der Nationalrat lehnt das Gesetz ab.", "AT"),
        ("Der Nationalrat lehnt das Gesetz ab, teilte der Kanton Zürich mit.", "CH"),
    ],
)
def test_an_institution_of_several_countries_is_that_of_the_one_that_the_copy_names(
    locate: Locate, copy: str, country: str
) -> None:
    assert {m.country for m in locate(copy, language="de").mentions} == {country}


@pytest.mark.parametrize(
    ("copy", "countries"),
    [
        ("أغلقت طرابلس مطارها.", {"LY"}),
        ("أغلقت طرابلس ومدن لبنانية أخرى مدارسها، وقالت بيروت إنها ستفتح.", {"LB"}),
        ("هطلت الأمطار على شرم الشيخ وعلى حمص وبيت لحم.", {"EG", "SY", "PS"}),
    ],
)
def test_arabic_towns(locate: Locate, copy: str, countries: set[str]) -> None:
    assert {m.country for m in locate(copy, language="ar").mentions} == countries


def test_every_named_region_has_a_form_in_each_language(locate: Locate) -> None:
    rows = table("regions")
    assert set(rows) == set(loaded().named_regions)
    assert {slug for slug, row in rows.items() if set(row["forms"]) != set(LANGUAGES)} == set()


def test_every_named_region_implies_countries_that_m49_knows() -> None:
    gazetteer = loaded()
    for slug, region in gazetteer.named_regions.items():
        assert bool(region.countries) == (slug != "antarctica"), slug
        assert set(region.countries) <= set(gazetteer.region_of), slug
        assert list(region.countries) == sorted(set(region.countries)), slug
    implied = {slug: set(region.countries) for slug, region in gazetteer.named_regions.items()}
    assert implied["sub-saharan-africa"] | implied["north-africa"] == implied["africa"]
    assert {"ID", "VN"} < implied["southeast-asia"] < implied["asia"]
    assert implied["west"] >= {"US", "DE", "AU"}
    assert "TR" not in implied["west"]


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
