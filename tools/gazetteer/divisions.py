"""Writes tables/divisions.tsv from the npm package iso3166-2-db: ``python -m tools.gazetteer.divisions FOLDER``.

FOLDER is the unpacked package (MIT; it collects the names of GeoNames, CC BY 4.0, and of Wikipedia's titles by division
of ISO 3166-2). The table is in the tree, so that a rebuild of the gazetteer needs no npm. It keeps no name unchecked:
what is not a plain name in the script of its language is left out.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "fr", "es", "de", "pt", "ar")
TARGET = Path(__file__).parent / "tables" / "divisions.tsv"
HEAD = (
    "# First-level divisions in six languages, written by tools/gazetteer/divisions.py from the npm package\n"
    "# iso3166-2-db 2.3.11 (MIT; names of GeoNames, CC BY 4.0, and of Wikipedia's titles). Spellings parted by bars.\n"
    "# Columns: country, " + ", ".join(LANGUAGES) + "\n"
)
_OFFICE = re.compile(
    r"^(?:(?:la |the )?(?:état|région|province|département|canton|comté|ville|district|république|kraï|oblast|"
    r"estado|región|provincia|departamento|cantón|condado|comunidad autónoma|república|óblast|krai|distrito|"
    r"região|província|cantão|land|kanton|provinz|region|republik|state|region|republic|governorate)"
    r"(?: du| de la| de l['’]| des| de| d['’]| del| do| da| of| libre de)?) ?(?=[A-ZÀ-Ý])",
    re.IGNORECASE,
)
_OFFICE_AFTER = re.compile(
    r" (?:oblast|krai|region|province|state|republic|district|county|governorate|prefecture|"
    r"department|division|municipality|territory|canton)$",
    re.IGNORECASE,
)
_ARABIC_OFFICE = re.compile(r"^(?:محافظة|ولاية|مقاطعة|إقليم|منطقة|جمهورية|مدينة) ")
_LATIN = re.compile(r"^[A-ZÀ-ÝŚŞŠŽ][\w'’. -]+$")
_ARABIC = re.compile(r"^[ء-ي ]{4,}$")


def plain(name: str, language: str) -> str | None:
    """``Región de Bretaña`` → ``Bretaña``; None for what is written in another script or with signs."""
    name = re.sub(r"[\u200b-\u200f\u202a-\u202e]", "", name).strip()
    if language == "ar":
        name = re.sub(r"[\u064b-\u0652]", "", _ARABIC_OFFICE.sub("", name))
        return name if _ARABIC.match(name) else None
    name = _OFFICE_AFTER.sub("", _OFFICE.sub("", name))
    return name if _LATIN.match(name) and len(name) > 3 else None


def spellings(names: Iterable[str | None], language: str) -> list[str]:
    """The plain spellings among ``names``, sorted."""
    return sorted({shown for name in names if name and (shown := plain(name, language))})


def rows(package: Path) -> list[str]:
    """One tab-parted line a division that is named in any of the languages, sorted."""
    world: dict[str, dict[str, Any]] = json.loads((package / "data" / "iso3166-2.json").read_text("utf-8"))
    geonames: dict[str, dict[str, str]] = json.loads((package / "data" / "names_geonames.json").read_text("utf-8"))
    lines = set()
    for code, country in world.items():
        for division in country.get("regions", ()):
            known = geonames.get(str(division["reference"].get("geonames")), {})
            names = ["|".join(spellings((known.get(at), division["names"].get(at)), at)) for at in LANGUAGES]
            if any(names):
                lines.add("\t".join((code, *names)))
    return sorted(lines)


if __name__ == "__main__":
    TARGET.write_text(HEAD + "\n".join(rows(Path(sys.argv[1]))) + "\n", "utf-8")
