"""Folds text to the form that names are matched in, code point for code point; it changes no offset and drops nothing.

Latin diacritics taken off, every character that is no letter or digit made a space; lower case for keys, capitals
kept where they tell a name from a word. One code point stays one code point, so that a position in the folded text
is the position in the story.
"""

from __future__ import annotations

import unicodedata

MOST_SIGNS = 40
"""Different characters outside Latin-1 that copy in Latin letters may have; beyond, it is taken letter by letter."""


def _fold_code_point(code: int) -> str:
    """One code point folded to exactly one: ``É`` → ``e``, ``-`` → space, ``ß`` stays."""
    char = chr(code)
    if not char.isalnum():
        return " "
    base = unicodedata.normalize("NFKD", char)[:1] or char
    lowered = base.lower()
    folded = lowered if len(lowered) == 1 else base
    return folded if folded.isalnum() else " "


_SPECIAL = {"ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ł": "l", "Ł": "l", "ı": "i", "İ": "i", "æ": "æ", "Æ": "æ"}
_TABLE: dict[int, str] = {code: _fold_code_point(code) for code in range(0x0000, 0x0250)}
_TABLE.update({ord(char): folded for char, folded in _SPECIAL.items()})
_TABLE.update({code: _fold_code_point(code) for code in range(0x1E00, 0x1F00)})
_TABLE.update(dict.fromkeys(range(8192, 8304), " "))
_ASCII = {code: _TABLE[code] for code in range(128)}


class _Rest(dict[int, str]):
    """Folds code points outside the table on first sight; bounded by the size of Unicode's planes in use."""

    def __missing__(self, code: int) -> str:
        folded = _fold_code_point(code)
        if len(self) < 20_000:
            self[code] = folded
        return folded


_REST = _Rest(_TABLE)


class _Cased(dict[int, str]):
    """The same with capitals kept: ``É`` → ``E``."""

    def __missing__(self, code: int) -> str:
        folded = _REST[code]
        capital = folded.upper()
        if chr(code).isupper() and len(capital) == 1:
            folded = capital
        if len(self) < 20_000:
            self[code] = folded
        return folded


_CASED = _Cased()


def _latin_byte(code: int) -> int:
    folded = ord(_CASED[code])
    return folded if folded < 256 else code


_LATIN = bytes(_latin_byte(code) for code in range(256))


def fold(text: str) -> str:
    """``text`` in lower-case matching form; ``len(fold(text)) == len(text)`` for every input."""
    return text.translate(_ASCII) if text.isascii() else text.translate(_REST)


def key(name: str) -> str:
    """The pattern of a name: folded, no spaces at its ends: ``U.S.`` → ``u s``, ``Côte-d'Or`` → ``cote d or``."""
    return fold(name).strip()


def cased(text: str) -> str:
    """``text`` folded with its capitals kept: ``Côte-d'Or`` → ``Cote d Or``; ``fold(text)`` but for case."""
    return text.translate(_CASED)


def latin(text: str) -> bytes | None:
    """``cased(text)`` in Latin-1, a byte a code point, ten times as fast as ``cased``; None when it has letters that
    Latin-1 has not.

    Modern copy has quotes and dashes outside Latin-1 and a few names from Warsaw or Ankara: each such character is
    folded throughout the text once, and there are never many different ones.
    """
    for _ in range(MOST_SIGNS):
        try:
            return text.encode("latin-1").translate(_LATIN)
        except UnicodeEncodeError as error:
            char = text[error.start]
            folded = _CASED[ord(char)]
            if folded > "\xff":
                return None
            text = text.replace(char, folded)
    return None
