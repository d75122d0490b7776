"""Loads the compiled gazetteer and finds its names in text; it decides nothing about what a story means.

The file is built by ``python -m tools.gazetteer`` and checked against the hash in its own header. Every name is
matched in one pass (Aho-Corasick, leftmost longest) over folded text, from a word's start; its end and its
capitals are checked here.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import ahocorasick_rs

from streams.errors import UsageError
from streams.places.folding import fold

FORMAT = "gazetteer.2"
PACKAGED = Path(__file__).parent / "data" / "gazetteer.tsv.gz"
LANGUAGES = frozenset({"en", "fr", "es", "pt", "de", "ar"})
"""Languages with names of their own; copy in any other meets the names of every language."""
LOWER_CASE_DEMONYMS = frozenset({"fr", "es", "pt", "de"})
_HYPHENS = frozenset({"-", "‑", "–"})
_WORDS_IN_CAPITALS = frozenset({"us", "la"})
"""Names that are ordinary words in copy set in capitals throughout: "TELLS US TO LEAVE"."""
_AFTER_A_NAME = frozenset({",", "-", "'", "’"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing a name may mean. ``kind`` as in tools/gazetteer/entries.py; ``population`` 0 when unknown."""

    kind: str
    languages: frozenset[str]
    country: str
    admin: str
    population: int


@dataclass(frozen=True, slots=True)
class Name:
    """One folded spelling with all it may mean, best known first. ``flags``: w an ordinary English word too,
    g also a given name, s also a surname, h only before a hyphen, t begins with an article that is no part of it."""

    pattern: str
    shape: str
    case: str
    flags: str
    meanings: tuple[Meaning, ...]


class Hit(NamedTuple):
    """A name found: ``text[start:end]`` spells it, at word boundaries and in a case that a proper noun may have.

    A named tuple, since a story makes dozens and a frozen dataclass takes three times as long to make.
    """

    start: int
    end: int
    name: Name
    meanings: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """One M49 region: its code, the region that holds it (None for a continent), its English name."""

    code: str
    parent: str | None
    name: str


class _Entry(NamedTuple):
    """A name as one language has it. ``capitals``: where its shape has any; ``lower``: what it means in lower case."""

    name: Name
    meanings: tuple[Meaning, ...]
    capitals: tuple[int, ...]
    lower: tuple[Meaning, ...]


@dataclass(slots=True)
class Gazetteer:
    """The loaded gazetteer. Read only once made; ``version`` names format and content, ``size`` counts the names."""

    version: str
    size: int
    abbreviations: Mapping[str, tuple[str, str]]
    m49: Mapping[str, Region]
    region_of: Mapping[str, str]
    named_regions: Mapping[str, str]
    neighbours: Mapping[str, frozenset[str]]
    historic: Mapping[str, int]
    former: Mapping[str, tuple[str, str]]
    media: frozenset[str]
    given: frozenset[str]
    surnames: frozenset[str]
    _lines: list[str] = field(repr=False)
    _matcher: ahocorasick_rs.BytesAhoCorasick = field(repr=False)
    _names: dict[int, Name] = field(default_factory=dict, repr=False)
    _index: dict[str, int] = field(default_factory=dict, repr=False)
    _in_language: dict[str, dict[int, _Entry]] = field(default_factory=dict, repr=False)

    def find(self, text: str, language: str) -> Iterator[Hit]:
        """Every name in ``text``, left to right, longest first; never two that overlap. Offsets in code points."""
        folded = f" {fold(text)} "
        language = language if language in LANGUAGES else ""
        known = self._in_language.setdefault(language, {})
        any_case, shouted = language in LOWER_CASE_DEMONYMS, text.isupper()
        for index, start, stop in self._matches(folded):
            if folded[stop] != " ":
                continue
            name, meanings, capitals, lower = known.get(index) or self._entry(index, language)
            end = stop - 1
            written = text[start:end]
            if written.islower():
                # Most of these are words that happen to spell a town: nothing is asked of them that can be saved.
                if not lower:
                    continue
                if written != name.shape and not (any_case or _cased(name, written, capitals)):
                    continue
                meanings = lower
            elif not meanings or (written != name.shape and not _cased(name, written, capitals)):
                continue
            if shouted and name.pattern in _WORDS_IN_CAPITALS and start and text[end : end + 1] not in _AFTER_A_NAME:
                continue
            if name.flags:
                if "h" in name.flags and text[end : end + 1] not in _HYPHENS:
                    continue
                if "t" in name.flags and meanings[0].kind != "R":
                    start += 4
            if "." in written and written[-1].isupper() and text[end : end + 1] == ".":
                end += 1
            yield Hit(start, end, name, meanings)

    def _matches(self, folded: str) -> Sequence[tuple[int, int, int]]:
        """(pattern, start, stop) in code points. The matcher reads bytes, which is faster; nearly all folded copy is
        ASCII, where a byte is a code point, and the rest is counted up from match to match."""
        data = folded.encode()
        matches: Sequence[tuple[int, int, int]] = self._matcher.find_matches_as_indexes(data)
        if len(data) == len(folded):
            return matches
        points, last, counted = [], 0, 0
        for index, start, stop in matches:
            begin = counted + len(data[last:start].decode())
            last, counted = stop, begin + len(data[start:stop].decode())
            points.append((index, begin, counted))
        return points

    def look_up(self, folded: str) -> tuple[Meaning, ...]:
        """What one whole folded name may mean in any language, whatever its case; empty when it is not known."""
        index = self._index.get(folded)
        return () if index is None else self._name(index).meanings

    def regions(self, country: str) -> tuple[Region, ...]:
        """The M49 regions that hold ``country`` (ISO alpha-2), smallest first; empty when M49 does not list it."""
        out = []
        code = self.region_of.get(country)
        while code:
            region = self.m49[code]
            out.append(region)
            code = region.parent
        return tuple(out)

    def _name(self, index: int) -> Name:
        """The parsed name of a pattern; parsed when first met, since a newsroom meets few of them."""
        name = self._names.get(index)
        if name is None:
            pattern, shape, case, flags, meanings = self._lines[index].split("\t")
            parsed = []
            for meaning in meanings.split("|"):
                kind, languages, country, admin, population = meaning.split(":")
                parsed.append(Meaning(kind, frozenset(languages.split(",")), country, admin, int(population or 0)))
            name = self._names[index] = Name(pattern, shape, case, flags, tuple(parsed))
        return name

    def _entry(self, index: int, language: str) -> _Entry:
        """The name and its meanings in a language, kept: a newsroom meets the same few thousand again and again."""
        name = self._name(index)
        meanings = tuple(m for m in name.meanings if "*" in m.languages or language in m.languages)
        capitals = tuple(place for place, char in enumerate(name.shape) if char.isupper())
        lower = meanings if name.case == "i" else tuple(meaning for meaning in meanings if meaning.kind == "D")
        entry = self._in_language[language][index] = _Entry(name, meanings, capitals, lower)
        return entry


def _cased(name: Name, written: str, capitals: tuple[int, ...]) -> bool:
    """Does ``written`` carry the capitals of a proper noun? All capitals pass, as in an old wire's headline."""
    if name.case == "i":
        return True
    if name.case == "u":
        return False
    for place in capitals:
        if not written[place].isupper():
            return written.isupper()
    return True


def load(path: Path | None = None) -> Gazetteer:
    """The gazetteer at ``path``, by default the packaged one. Raises UsageError when it is missing, of another
    format, or not what its header says."""
    digest, sections = _sections(path or PACKAGED)
    lines = sections["names"]
    patterns = [line[: line.index("\t")] for line in lines]
    regions, region_of = {}, {}
    for line in sections["m49"]:
        code, parent, title, members = line.split("\t")
        regions[code] = Region(code, parent or None, title)
        region_of.update(dict.fromkeys(members.split(), code))
    return Gazetteer(
        version=f"{FORMAT}-{digest[:12]}",
        size=len(lines),
        abbreviations={text: (country, admin) for text, country, admin in _fields(sections["abbreviations"])},
        m49=regions,
        region_of=region_of,
        named_regions=dict(line.split("\t", 1) for line in sections["regions"]),
        neighbours={code: frozenset(around.split()) for code, around in _fields(sections["neighbours"])},
        historic={pattern: int(year) for pattern, year in _fields(sections["historic"])},
        former={pattern: (country, phrase) for pattern, country, phrase in _fields(sections["former"])},
        media=frozenset(sections["media"]),
        given=frozenset(sections["given"][0].split()),
        surnames=frozenset(sections["surnames"][0].split()),
        _lines=lines,
        _matcher=ahocorasick_rs.BytesAhoCorasick(
            [f" {pattern}".encode() for pattern in patterns],
            matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
            implementation=ahocorasick_rs.Implementation.ContiguousNFA,
        ),
        _index={pattern: index for index, pattern in enumerate(patterns)},
    )


def read_m49() -> tuple[dict[str, str], dict[str, str]]:
    """The packaged M49 tree without the names: (parent by region code, smallest region's code by country)."""
    _, sections = _sections(PACKAGED)
    rows = list(_fields(sections["m49"]))
    parents = {code: parent for code, parent, _, _ in rows if parent}
    return parents, {country: code for code, _, _, members in rows for country in members.split()}


def _sections(path: Path) -> tuple[str, dict[str, list[str]]]:
    """(SHA-256 of the content, lines by section). Raises UsageError for anything but a whole file of our format."""
    try:
        header_line, _, body = gzip.decompress(path.read_bytes()).partition(b"\n")
        header = json.loads(header_line)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise UsageError(f"{path}: cannot read the gazetteer ({error}); run python -m tools.gazetteer") from error
    digest = hashlib.sha256(body).hexdigest()
    if header.get("format") != FORMAT or header.get("sha256") != digest:
        raise UsageError(f"{path}: not a whole {FORMAT} file; rebuild it with python -m tools.gazetteer")
    sections: dict[str, list[str]] = {}
    for part in body.decode().split("\n@"):
        title, _, rest = part.partition("\n")
        sections[title.removeprefix("@")] = rest.split("\n") if rest else []
    return digest, sections


def _fields(lines: list[str]) -> Iterator[list[str]]:
    return (line.split("\t") for line in lines if line)
