"""Reads the lists of ordinary words and of persons' names that a place name may be too."""

from __future__ import annotations

from pathlib import Path

import names as census
from english_words import get_english_words_set

from streams.places.folding import key
from tools.gazetteer.tablefiles import TABLES


def ordinary_words() -> set[str]:
    """English words that a dictionary (Webster's Second, public domain) writes lower case."""
    return {word for word in get_english_words_set(["web2"]) if word.islower()}


def foreign_words() -> set[str]:
    """Words of the other languages that also spell a division or a foreign name of a city, folded (common.txt)."""
    lines = (TABLES / "common.txt").read_text("utf-8").splitlines()
    return {key(word) for line in lines if not line.startswith("#") for word in line.split()}


def person_names(which: str, count: int) -> list[str]:
    """The ``count`` commonest names of the 1990 US census, lower case; ``which`` is a file of the package ``names``."""
    lines = (Path(census.__file__).parent / which).read_text("ascii").splitlines()
    return [line.split()[0].lower() for line in lines[:count]]
