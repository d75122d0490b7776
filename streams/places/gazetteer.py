"""Loads the compiled gazetteer and finds its names in text; it decides nothing about what a story means.

The file is built by ``python -m tools.gazetteer`` and checked against the hash in its own header. Names stay in it as
they are, one block of bytes: each is parsed when copy first uses it, since a newsroom meets few thousand of them.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from streams.errors import UsageError
from streams.places.names import NEVER, Meaning, Name, Reading, parse, read
from streams.places.spellings import Matcher

__all__ = ["LANGUAGES", "PACKAGED", "Gazetteer", "Hit", "Meaning", "Name", "Reading", "Region", "load", "read_m49"]

FORMAT = "gazetteer.3"
PACKAGED = Path(__file__).parent / "data" / "gazetteer.tsv.gz"
LANGUAGES = frozenset({"en", "fr", "es", "pt", "de", "ar"})
"""Languages with names of their own; copy in any other meets the names of every language."""
_HYPHENS = frozenset({"-", "‑", "–"})
_WORDS_IN_CAPITALS = frozenset({"us", "la"})
"""Names that are ordinary words in copy set in capitals throughout: "TELLS US TO LEAVE"."""
_AFTER_A_NAME = frozenset({",", "-", "'", "’"})
_LOOKED_UP = 20_000
"""Names at most whose looking up is remembered: the places that datelines give."""


Hit = tuple[int, int, Reading]
"""A name found: ``text[start:end]`` spells it, at word boundaries and in a case that a proper noun may have.

A plain tuple, since a story makes dozens and a frozen dataclass takes ten times as long to make.
"""


@dataclass(frozen=True, slots=True)
class Region:
    """One M49 region: its code, the region that holds it (None for a continent), its English name."""

    code: str
    parent: str | None
    name: str


@dataclass(frozen=True, slots=True)
class NamedRegion:
    """A region that copy names: its English name and the countries that it implies, sorted."""

    name: str
    countries: tuple[str, ...]


@dataclass(slots=True)
class Gazetteer:
    """The loaded gazetteer. Read only once made; ``version`` names format and content, ``size`` counts the names."""

    version: str
    size: int
    abbreviations: Mapping[str, tuple[str, str]]
    m49: Mapping[str, Region]
    region_of: Mapping[str, str]
    named_regions: Mapping[str, NamedRegion]
    neighbours: Mapping[str, frozenset[str]]
    historic: Mapping[str, int]
    former: Mapping[str, tuple[str, str]]
    media: frozenset[str]
    given: frozenset[str]
    surnames: frozenset[str]
    _lines: bytes = field(repr=False)
    _starts: array[int] = field(repr=False)
    _matcher: Matcher = field(repr=False)
    _names: dict[int, Name] = field(default_factory=dict, repr=False)
    _looked_up: dict[str, tuple[Meaning, ...]] = field(default_factory=dict, repr=False)
    _regions: dict[str, tuple[Region, ...]] = field(default_factory=dict, repr=False)
    _in_language: dict[str, dict[int, Reading | None]] = field(default_factory=dict, repr=False)

    @property
    def spellings(self) -> int:
        """How many spellings the matcher looks for: each name in the capitals that copy may give it."""
        return self._matcher.size

    def find(self, text: str, language: str) -> list[Hit]:
        """Every name in ``text``, left to right, longest first; never two that overlap, no masked one. Offsets in
        code points."""
        language = language if language in LANGUAGES else ""
        known = self._in_language.setdefault(language, {})
        shouted = text.isupper()
        hits: list[Hit] = []
        for number, start, end in self._matcher.find(text):
            try:
                reading = known[number]
            except KeyError:
                reading = known[number] = self._reading(number, language)
            if reading is None:
                continue
            if shouted or not reading.easy:
                after = text[end : end + 1]
                if reading.exact and text[start:end] != reading.exact:
                    continue
                if reading.hyphened and after not in _HYPHENS:
                    continue
                start += reading.shift
                if shouted and reading.pattern in _WORDS_IN_CAPITALS and start and after not in _AFTER_A_NAME:
                    continue
                if after == "." and reading.dotted and text[end - 1].isupper() and "." in text[start:end]:
                    end += 1
            hits.append((start, end, reading))
        return hits

    def look_up(self, folded: str) -> tuple[Meaning, ...]:
        """What one whole folded name may mean in any language, whatever its case; empty when it is not known."""
        known = self._looked_up.get(folded)
        if known is None:
            number = bisect_left(self._starts, folded, key=self._pattern)
            found = number < self.size and self._pattern(self._starts[number]) == folded
            known = self.name(number).meanings if found else ()
            if len(self._looked_up) < _LOOKED_UP:
                self._looked_up[folded] = known
        return known

    def regions(self, country: str) -> tuple[Region, ...]:
        """The M49 regions that hold ``country`` (ISO alpha-2), smallest first; empty when M49 does not list it."""
        known = self._regions.get(country)
        if known is None:
            out = []
            code = self.region_of.get(country)
            while code:
                region = self.m49[code]
                out.append(region)
                code = region.parent
            known = tuple(out)
            if out:
                self._regions[country] = known
        return known

    def name(self, number: int) -> Name:
        """The name at ``number`` in the file, 0 to ``size`` - 1, in the order of their patterns."""
        name = self._names.get(number)
        if name is None:
            start = self._starts[number]
            line = self._lines[start : self._lines.index(b"\n", start)].decode()
            name = self._names[number] = parse(line)
        return name

    def _pattern(self, start: int) -> str:
        return self._lines[start : self._lines.index(b"\t", start)].decode()

    def _reading(self, number: int, language: str) -> Reading | None:
        """As ``names.read``; ``~number`` where copy has the name in lower case."""
        name = self.name(number if number >= 0 else ~number)
        successor, _ = self.former.get(name.pattern, ("", ""))
        return read(name, language, number < 0, self.historic.get(name.pattern, NEVER), successor)


def load(path: Path | None = None) -> Gazetteer:
    """The gazetteer at ``path``, by default the packaged one. Raises UsageError when it is missing, of another
    format, or not what its header says."""
    digest, sections = _sections(path or PACKAGED)
    lines = sections.pop("names") + b"\n"
    starts = array("I", accumulate(map((1).__add__, map(len, lines.split(b"\n"))), initial=0))
    del starts[-2:]
    matcher = Matcher(*(sections.pop(title) for title in ("plain", "spelled", "small", "owners")))
    rows = {title: body.decode().split("\n") for title, body in sections.items()}
    regions, region_of = {}, {}
    for code, parent, title, members in _fields(rows["m49"]):
        regions[code] = Region(code, parent or None, title)
        region_of.update(dict.fromkeys(members.split(), code))
    return Gazetteer(
        version=f"{FORMAT}-{digest[:12]}",
        size=len(starts),
        abbreviations={text: (country, admin) for text, country, admin in _fields(rows["abbreviations"])},
        m49=regions,
        region_of=region_of,
        named_regions={
            slug: NamedRegion(title, tuple(implied.split())) for slug, title, implied in _fields(rows["regions"])
        },
        neighbours={code: frozenset(around.split()) for code, around in _fields(rows["neighbours"])},
        historic={pattern: int(year) for pattern, year in _fields(rows["historic"])},
        former={pattern: (country, phrase) for pattern, country, phrase in _fields(rows["former"])},
        media=frozenset(rows["media"]),
        given=frozenset(rows["given"][0].split()),
        surnames=frozenset(rows["surnames"][0].split()),
        _lines=lines,
        _starts=starts,
        _matcher=matcher,
    )


def read_m49() -> tuple[dict[str, str], dict[str, str]]:
    """The packaged M49 tree without the names: (parent by region code, smallest region's code by country)."""
    _, sections = _sections(PACKAGED)
    rows = list(_fields(sections["m49"].decode().split("\n")))
    parents = {code: parent for code, parent, _, _ in rows if parent}
    return parents, {country: code for code, _, _, members in rows for country in members.split()}


def _sections(path: Path) -> tuple[str, dict[str, bytes]]:
    """(SHA-256 of the content, sections by title). Raises UsageError for anything but a whole file of our format."""
    try:
        header_line, _, body = gzip.decompress(path.read_bytes()).partition(b"\n")
        header = json.loads(header_line)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise UsageError(f"{path}: cannot read the gazetteer ({error}); run python -m tools.gazetteer") from error
    digest = hashlib.sha256(body).hexdigest()
    if header.get("format") != FORMAT or header.get("sha256") != digest:
        raise UsageError(f"{path}: not a whole {FORMAT} file; rebuild it with python -m tools.gazetteer")
    sections: dict[str, bytes] = {}
    for part in body.split(b"\n@"):
        title, _, rest = part.partition(b"\n")
        sections[title.removeprefix(b"@").decode()] = rest
    return digest, sections


def _fields(lines: list[str]) -> Iterator[list[str]]:
    return (line.split("\t") for line in lines if line)
