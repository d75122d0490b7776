"""Finds every spelling of every name in one pass over the copy, capitals and all; it knows no meaning.

A name is written as its shape has it, with more of its words opened by capitals, or all in capitals; nationalities in
lower case too, in the languages that write them so. What is spelled otherwise is no name, so that the ordinary words
that copy mostly consists of ("reading", "in south Korea" up to its capital) are passed over by the matcher itself.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import ahocorasick_rs

from streams.places.folding import cased, latin

LOWER_CASE_DEMONYMS = frozenset({"fr", "es", "pt", "de"})
REACH = 60
"""Bytes that are read again for a name inside one that broke off."""
_SPACE = ord(" ")


class Matcher:
    """The compiled spellings (Aho-Corasick, leftmost longest, from a word's start). Read only once made.

    Made of (shape, case, may it be in lower case) for each name; the number of a name is its place in that order.
    """

    __slots__ = ("_automaton", "_names", "size")

    def __init__(self, names: Iterable[tuple[str, str, bool]]) -> None:
        patterns: list[bytes] = []
        owners = array("i")
        for number, (shape, case, lower) in enumerate(names):
            if case == "p" and not lower and shape.isascii() and shape.isalpha() and shape[0].isupper():
                # As below, for the two names in three that are one plain word: loading takes half the time.
                patterns += (f" {shape}".encode(), f" {shape.upper()}".encode())
                owners.extend((number, number))
                continue
            plain = shape.isascii() and shape.replace(" ", "").isalnum()
            for spelling in _spellings(shape if plain else cased(shape), case, lower):
                owner = ~number if spelling.islower() else number
                patterns.append(f" {spelling}".encode())
                owners.append(owner)
                if not plain and not spelling.isascii() and max(spelling) <= "\xff":
                    # As bytes of copy in Latin letters too; above, of all other copy.
                    patterns.append(f" {spelling}".encode("latin-1"))
                    owners.append(owner)
        self.size = len(patterns)
        self._names = owners
        self._automaton = ahocorasick_rs.BytesAhoCorasick(
            patterns,
            matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
            implementation=ahocorasick_rs.Implementation.ContiguousNFA,
        )

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """(number, start, end) of each whole-word name in ``text``, left to right, in code points; none overlap.

        The number of one in lower case throughout is given as ``~number``.
        """
        data = latin(text)
        if data is not None:
            return self._matches(b" %b " % data)
        data = f" {cased(text)} ".encode()
        return _counted(data, self._matches(data))

    def _matches(self, data: bytes) -> list[tuple[int, int, int]]:
        """``find`` in bytes."""
        names, seek = self._names, self._automaton.find_matches_as_indexes
        found: list[tuple[int, int, int]] = []
        covered = 0
        for spelling, start, stop in seek(data):
            if start < covered:
                continue
            if data[stop] == _SPACE:
                found.append((names[spelling], start, stop - 1))
                continue
            # "L'Argentine" opens like "L.A.", which must not hide the name in it.
            inner = data.find(b" ", start + 1, stop)
            while inner > 0:
                within = data[inner : inner + REACH]
                for spelled, begin, end in seek(within)[:1]:
                    if begin == 0 and within[end : end + 1] == b" ":
                        found.append((names[spelled], inner, inner + end - 1))
                        covered = inner + end
                inner = data.find(b" ", inner + 1, stop) if start >= covered else 0
        return found


def _counted(data: bytes, found: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Places in bytes of UTF-8 as code points, counted from match to match."""
    points, last, counted = [], 0, 0
    for number, start, end in found:
        begin = counted + len(data[last:start].decode())
        last, counted = end + 1, begin + len(data[start : end + 1].decode())
        points.append((number, begin, counted - 1))
    return points


def _spellings(shape: str, case: str, lower: bool) -> set[str]:
    """What copy may write for a name: ``Isle of Man``, ``Isle Of Man``, ``ISLE OF MAN``."""
    small = shape.lower()
    if case == "u" or small == shape.upper():
        return {shape}
    found = {shape, _upper(shape)}
    if not shape[0].isupper():
        found.add(_upper(shape[0]) + shape[1:])
    if " " in shape:
        found.add(" ".join([_upper(word[:1]) + word[1:] for word in shape.split(" ")]))
    if case == "i" or lower:
        found.add(small)
    return found


def _upper(text: str) -> str:
    """In capitals, code point for code point: ``ß`` stays."""
    capitals = text.upper()
    return capitals if len(capitals) == len(text) else "".join([c if len(c.upper()) > 1 else c.upper() for c in text])
