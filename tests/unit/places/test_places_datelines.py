"""The country of a dateline's place."""

from __future__ import annotations

import pytest

from streams.contracts.story import AgencyPlace, Dateline
from streams.places import Gazetteer, datelines


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("TROY, N.C. (AP) —", "US"),
        ("Gaza City, Palestinian Territories, Oct 3, 2019 (AFP) -", "PS"),
        ("LONDON, Aug 3 -", "GB"),
        ("LONDON, Ontario (CP) —", "CA"),
        ("SAN JOSE, Calif., May 2 -", "US"),
        ("ROME, Ga. (AP) —", "US"),
        ("CANTON, Mass, May 2 -", "US"),
        ("MANCHESTER, N.H, May 2 -", "US"),
        ("PARIS, IA, May 2 -", "US"),
        ("PARIS, Okla (XYZ) -", "US"),
        ("ROME (Reuters) -", "IT"),
        ("PARIS, Texas, May 1 -", "US"),
        ("TBILISI, Georgia -", "GE"),
        ("BIRMINGHAM, England —", "GB"),
        ("UNITED NATIONS, Sept 30 (Reuters) -", "US"),
        ("GUATEMALA CITY -", "GT"),
        ("Port-au-Prince -", "HT"),
        ("MOSCOW •", "RU"),
        ("Wien (APA) -", "AT"),
        ("عمان (أ ف ب) -", "JO"),
        ("Le Caire, 3 oct 2019 (AFP) -", "EG"),
        ("Valencia, 4 mar (EFE).-", "ES"),
        ("Halle (dpa) -", "DE"),
        ("ST LOUIS (AP) —", "US"),
        ("STRELSAU, March 3 -", None),
    ],
)
def test_the_country_is_the_one_the_dateline_means(gazetteer: Gazetteer, text: str, country: str | None) -> None:
    dateline = Dateline(text, None, None, None)
    assert datelines.dateline_country(dateline, None, (), gazetteer) == country


def test_a_town_not_known_takes_the_agencys_word(gazetteer: Gazetteer) -> None:
    dateline = Dateline("STRELSAU, March 3 -", "STRELSAU", None, None)
    assert datelines.dateline_country(dateline, "Strelsau, Slovenia", (), gazetteer) == "SI"
    coded = (AgencyPlace("Strelsau", "AT", "origin"),)
    assert datelines.dateline_country(dateline, None, coded, gazetteer) == "AT"


def test_no_dateline_no_country(gazetteer: Gazetteer) -> None:
    assert datelines.dateline_country(None, "Rome, Italy", (), gazetteer) is None


@pytest.mark.parametrize(
    ("city", "country"), [("Athen/Heraklion", "GR"), ("Paris/Berlin", None), ("Strelsau/Lima", "PE"), ("A/B", None)]
)
def test_two_towns_tell_a_country_that_they_share(gazetteer: Gazetteer, city: str, country: str | None) -> None:
    dateline = Dateline(f"{city} (XYZ) -", city, None, None)
    assert datelines.dateline_country(dateline, None, (), gazetteer) == country
