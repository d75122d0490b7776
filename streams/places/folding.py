"""Folds text to the form that names are matched in, code point for code point; it changes no offset and drops nothing.

Lower case, Latin diacritics taken off, every character that is no letter or digit made a space. One code point
stays one code point, so that a position in the folded text is the position in the story.
"""

from __future__ import annotations

import unicodedata


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
# Combining marks stay where they are, as a letter: a decomposed name would else break in the middle of a word.
_ASCII = {code: _TABLE[code] for code in range(128)}


class _Rest(dict[int, str]):
    """Folds code points outside the table on first sight; bounded by the size of Unicode's planes in use."""

    def __missing__(self, code: int) -> str:
        folded = _fold_code_point(code)
        if len(self) < 20_000:
            self[code] = folded
        return folded


_REST = _Rest(_TABLE)


def fold(text: str) -> str:
    """``text`` in matching form; ``len(fold(text)) == len(text)`` for every input."""
    return text.translate(_ASCII) if text.isascii() else text.translate(_REST)


def key(name: str) -> str:
    """The pattern of a name: folded, no spaces at its ends: ``U.S.`` → ``u s``, ``Côte-d'Or`` → ``cote d or``."""
    return fold(name).strip()
