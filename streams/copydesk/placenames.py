"""A dateline's place as a person writes it: ``EL-FASHER`` → ``El-Fasher``; knows no places, only how names are set."""

from __future__ import annotations

import re
from functools import lru_cache

from streams.text.words import word_set

PARTICLES = word_set(
    "de del della delle dels di da do das dos des du la le les los las el al es ash upon sur sous am an auf bei ob vor "
    "der den im in of the and y et und nad unter sul op en aan"
)
"""Small words inside a name: ``Rothenburg ob der Tauber``, ``Aix-en-Provence``."""
_SMALL = PARTICLES | {"au", "aux", "on"}
"""Those too, small in a name that is known to be one; between two capitals ``Focus on Harbours`` is none."""
_PIECE = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=4096)
def city_of(place: str) -> str:
    """The city as a person writes it: ``EL-FASHER`` → ``El-Fasher``, ``N'DJAMENA`` → ``N'Djamena``."""
    city = " ".join(place.split(",", 1)[0].split("(", 1)[0].split()).strip(" *-")
    if city.endswith(".") and not city.endswith(("St.", "D.C.")) and city[-5:-2] != " a.":
        city = city.rstrip(".")
    upper = sum(map(str.isupper, city))
    if upper < 2 or upper < sum(map(str.islower, city)):
        return city
    return " ".join(_recase(word, at == 0) for at, word in enumerate(city.split()))


def _recase(word: str, first: bool) -> str:
    if not first and word.lower() in _SMALL:
        return word.lower()
    if re.fullmatch(r"(?:[A-Z]\.){1,4}", word):
        return word
    parts = word.split("-")
    middle = [
        p.lower() if 0 < at < len(parts) - 1 and p.lower() in _SMALL else _PIECE.sub(_capital, p)
        for at, p in enumerate(parts)
    ]
    joined = "-".join(middle)
    return re.sub(r"^Mc([a-z])", lambda m: "Mc" + m.group(1).upper(), joined)


def _capital(found: re.Match[str]) -> str:
    word = found.group()
    before = found.string[max(0, found.start() - 3) : found.start()]
    # L'Aquila, N'Djamena; but Sana'a, Nuku'alofa, Cox's Bazar
    if len(before) == 3 and before[2] in "'’" and before[:2].isalpha():
        return word.lower()
    return word[0].upper() + word[1:].lower()
