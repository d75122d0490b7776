"""Datelines: what is one, which city, which day."""

from __future__ import annotations

from datetime import date

import pytest
from copydesk_support import BODY, ONE, TWO, desk, wire

from streams.copydesk.dateline_forms import FORMS
from streams.copydesk.placenames import city_of

THIRD = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("dateline", "city", "day"),
    [
        ("STOCKHOLM, March 3, 2026 (AFP) - ", "Stockholm", THIRD),
        ("Gaza City, Palestinian Territories, March 3, 2026 (AFP) - ", "Gaza City", THIRD),
        ("Strasbourg, 3 mars 2026 (AFP) - ", "Strasbourg", THIRD),
        ("MOSCOW (AFP) - ", "Moscow", None),
        ("Dar es Salaam, March 3, 2026 (AFP) - ", "Dar es Salaam", THIRD),
        ("Deir ez-Zor, Syria, March 3, 2026 (AFP) - ", "Deir ez-Zor", THIRD),
        ("PARIS (Reuters) - ", "Paris", None),
        ("TROY, N.C. (AP) -- ", "Troy", None),
        ("ST. LOUIS (AP) _ ", "St. Louis", None),
        ("LONDON, March 3 - ", "London", THIRD),
        ("WASHINGTON, D.C. March 3 - ", "Washington", THIRD),
        ("TAUPO, New Zealand, March 3, Reuter - ", "Taupo", THIRD),
        ("Mexico city, march 3 - ", "Mexico city", THIRD),
        ("PORT SUDAN • ", "Port Sudan", None),
        ("NAIROBI, KENYA — ", "Nairobi", None),
        ("Madrid, 3 mar (EFE).- ", "Madrid", THIRD),
        ("A Coruña, 3 mar (EFE).- ", "A Coruña", THIRD),
        ("Lisboa, 03 mar 2026 (Lusa) - ", "Lisboa", THIRD),
        ("Wien, 3. März 2026 (AFP) - ", "Wien", THIRD),
        ("Valparaíso, Chile, 3 mar 2026 (AFP) - ", "Valparaíso", THIRD),
        ("BEIJING, March 3 (Xinhua) -- ", "Beijing", THIRD),
        ("San Diego (tca/dpa) - ", "San Diego", None),
        ("Paris (ats afp) ", "Paris", None),
        ("MOSCOW, March 3. /TASS/. ", "Moscow", THIRD),
        ("(ANSA) - ROMA, 03 MAR - ", "Roma", THIRD),
        ("MUMBAI, India, March 3, 2026/PRNewswire-AsiaNet/ ", "Mumbai", THIRD),
        ("الخرطوم (أ ف ب) - ", "الخرطوم", None),
        ("القاهرة في 3 مارس/أ ش أ/ ", "القاهرة", THIRD),
        ("الكويت - 3 - 3 (كونا) -- ", "الكويت", None),
        ("بغداد 3 مارس آذار (رويترز) - ", "بغداد", THIRD),
        ("Shimla (Himachal Pradesh) [India], March 3 (ANI): ", "Shimla", THIRD),
        ("MADRID, 3 (EUROPA PRESS) ", "Madrid", THIRD),
        ("LAS PALMAS, 28 (EUROPA PRESS) - ", "Las Palmas", date(2026, 2, 28)),
        ("MADRID, 19 (EUROPA PRESS) - ", "Madrid", None),
    ],
)
def test_read(dateline: str, city: str, day: date | None) -> None:
    story = wire("Pilots back at work", dateline=dateline)
    assert story.dateline is not None
    assert (story.dateline.city, story.dateline.date, story.dateline.country) == (city, day, None)
    assert story.dateline.text == dateline.strip()
    assert story.body == BODY


@pytest.mark.parametrize(
    "opening",
    [
        "President Rufus T. Firefly (right) welcomed them. ",
        "Update - ",
        "Tuesday - ",
        "The United Nations (UN) said so. ",
        "ATTENTION - ",
    ],
)
def test_is_none(opening: str) -> None:
    assert wire("Pilots back at work", dateline=opening).dateline is None


@pytest.mark.parametrize(
    ("printed", "city"),
    [
        ("EL-FASHER", "El-Fasher"),
        ("AIX-EN-PROVENCE", "Aix-en-Provence"),
        ("ROTHENBURG OB DER TAUBER", "Rothenburg ob der Tauber"),
        ("N'DJAMENA", "N'Djamena"),
        ("RIO DE JANEIRO", "Rio de Janeiro"),
        ("L'AQUILA, Italy", "L'Aquila"),
        ("STRATFORD-UPON-AVON", "Stratford-upon-Avon"),
        ("MCALLEN", "McAllen"),
        ("DALLAS/FORT WORTH", "Dallas/Fort Worth"),
        ("****SANTO DOMINGO", "Santo Domingo"),
        ("Punta de Bombon", "Punta de Bombon"),
        ("LE HAVRE", "Le Havre"),
        ("DAR ES SALAAM", "Dar es Salaam"),
        ("PORT-AU-PRINCE, Haiti", "Port-au-Prince"),
        ("STOKE-ON-TRENT", "Stoke-on-Trent"),
        ("SANA'A", "Sana'a"),
        ("COX'S BAZAR, Bangladesh", "Cox's Bazar"),
    ],
)
def test_city_as_a_person_writes_it(printed: str, city: str) -> None:
    assert city_of(printed) == city


@pytest.mark.parametrize(
    "opening",
    [
        "STOCKHOLM, March 3, 2026 (AFP) - Pilots",
        "PARIS, May 5 (Reuters) -- Pilots",
        "Gaza City, Palestinian Territories, Sept. 3, 2026 (AFP) - Pilots",
        "NEW YORK (AP) - Pilots",
        "Paris, March (AFP) - Pilots",
        "San Pedro de Macoris, March 3 (AFP) - Pilots",
        "LONDON, March 33 (AFP) - Pilots",
        "LONDON, March 3 (AFP) --- Pilots",
        "LONDON, March 3 (AFP) -Pilots",
        "London (Harbour) - Pilots",
        "LONDON, Tuesday, March 3 (AFP) - Pilots",
        "LONDON, March 3rd, 2026 (AFP) - Pilots",
        "SAN JOSE, Costa Rica, Feb. 26 - Pilots",
        "LONDON, March 3, 2026 -- Pilots",
        "LONDON, March 3 - AFP - Pilots",
        "LONDON, March 33 - Pilots",
        "LONDON, May 5 --- Pilots",
    ],
)
def test_a_plain_form_says_what_the_form_behind_it_says(opening: str) -> None:
    rules, patterns = [form[0] for form in FORMS], [form[-1] for form in FORMS]
    assert rules[:2] == ["dateline.agency", "dateline.day"]
    for at, plain in enumerate(patterns[:2]):
        general = patterns[rules.index(rules[at], 2)]
        found, wanted = plain.match(opening), general.match(opening)
        if found is not None:
            assert wanted is not None
            assert found.group() == wanted.group()
            said = found.groupdict()
            assert said == {key: wanted[key] for key in said}


def test_a_plain_day_leaves_the_agency_behind_its_dash() -> None:
    story = desk(f"Pilots back\n\nLONDON, March 3 - (Reuters) - {ONE}\n\n{TWO}\n")
    assert story.cuts[1].text == "LONDON, March 3 - (Reuters) -"


def test_an_unknown_name_in_brackets_is_no_agency() -> None:
    story = desk(f"Pilots back\n\nLondon (Harbour) - {ONE}\n\n{TWO}\n")
    assert story.dateline is None
    assert story.body.startswith("London (Harbour) - ")
