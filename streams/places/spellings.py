"""Finds every spelling of every name in one pass over the copy, capitals and all; it knows no meaning.

A name is written as its shape has it, with more of its words opened by capitals, or all in capitals; nationalities in
lower case too, in the languages that write them so. What is spelled otherwise is no name, so that the ordinary words
that copy mostly consists of ("reading", "in south Korea" up to its capital) are passed over by the matcher itself.
"""

from __future__ import annotations

from array import array
from itertools import chain, repeat

import ahocorasick_rs

from streams.errors import UsageError
from streams.places.folding import cased, latin

REACH = 60
"""Bytes that are read again for a name inside one that broke off."""
_SPACE = ord(" ")
_DIGITS = bytes((code - ord("0")) % 256 for code in range(256))


class Matcher:
    """The compiled spellings (Aho-Corasick, leftmost longest, from a word's start). Read only once made.

    Made of four sections of the gazetteer, lines of UTF-8 (tools/gazetteer/spelled.py writes them), so that loading
    spells nothing and loops over few. ``plain``: names of one ASCII word, also written in capitals. ``spelled``: each
    spelling of all others. ``small``: spellings in lower case throughout. ``owners``: a line for each of the three with
    a digit for each name, how many of the lines are its. The number of a name is its place in that order.
    """

    __slots__ = ("_automaton", "_names", "size")

    def __init__(self, plain: bytes, spelled: bytes, small: bytes, owners: bytes) -> None:
        whose = [_owners(counts) for counts in owners.split(b"\n")]
        names = array("i", (*whose[0], *whose[0], *whose[1], *(~number for number in whose[2])))
        patterns = [*_patterns(plain), *_patterns(plain.upper()), *_patterns(spelled), *_patterns(small)]
        if len(patterns) != len(names):
            raise UsageError(
                f"the gazetteer has {len(patterns)} spellings of {len(names)} owners; rebuild it with"
                " python -m tools.gazetteer"
            )
        for place in range(2 * len(whose[0]), len(patterns)):
            if not patterns[place].isascii():
                spelling = patterns[place].decode()
                if max(spelling) <= "\xff":
                    # As bytes of copy in Latin letters too; above, of all other copy.
                    patterns.append(spelling.encode("latin-1"))
                    names.append(names[place])
        self.size = len(patterns)
        self._names = names
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


def _patterns(lines: bytes) -> list[bytes]:
    """The lines, each opened by a space: where a word starts."""
    return (b" " + lines.replace(b"\n", b"\n ")).split(b"\n") if lines else []


def _owners(counts: bytes) -> list[int]:
    """Whose each line is: ``b"201"`` → ``[0, 0, 2]``."""
    return list(chain.from_iterable(map(repeat, range(len(counts)), counts.translate(_DIGITS))))
