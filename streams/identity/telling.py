"""Canonical words → those that tell one story from another, and their stems; compares nothing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from streams.identity.kernels.wording import keys_of, telling_into
from streams.identity.words import words

_STOP_WORDS = (
    "the and for with from that this was were are has have had its his her not but who after over says said say will"
    " les des une dans pour par sur est aux avec que qui son ses los las una con por para del que sus der die das den"
    " dem des ein eine und mit von für auf ist bei nach sind wird im zum zur as at in of on to a an by is it"
    " della delle dei degli nella nel dal dalla sul sulla alla gli uno che sono non dos das uma num numa nos nas pelo"
    " pela foi mais le la el il lo au du os um na no em ne"
)
STOP = frozenset(_STOP_WORDS.split())
"""Words that any story has; a name that is one of them, ``Das``, tells nothing."""
_NUMBERS = (
    ("two", "deux", "dos", "dois", "duas", "zwei", "due"),
    ("three", "trois", "tres", "três", "drei", "tre"),
    ("four", "quatre", "cuatro", "quatro", "vier", "quattro"),
    ("five", "cinq", "cinco", "fünf", "cinque"),
    ("six", "seis", "sechs", "sei"),
    ("seven", "sept", "siete", "sete", "sieben", "sette"),
    ("eight", "huit", "ocho", "oito", "acht", "otto"),
    ("nine", "neuf", "nueve", "nove", "neun"),
    ("ten", "dix", "diez", "dez", "zehn", "dieci"),
    ("eleven", "onze", "once", "elf", "undici"),
    ("twelve", "douze", "doce", "doze", "zwölf", "dodici"),
)
_COUNTED = {word: str(n) for n, forms in enumerate(_NUMBERS, 2) for word in forms}
"""Small numbers as agencies write them out, in headlines too."""
STEM = 6
"""Letters by which words of headlines and openings are compared: ``Philippine`` and ``Philippines``, ``kündigt`` and
``kündigte`` are one word there."""


def _places(keys: list[int]) -> NDArray[np.uint64]:
    """Keys in a table of a power of 2: see ``telling_into``."""
    table = np.zeros(1 << (4 * len(keys)).bit_length(), np.uint64)
    for key in keys:
        place = key % len(table)
        while table[place]:
            place = (place + 1) % len(table)
        table[place] = key
    return table


_STOP = _places(keys_of(" ".join(sorted(STOP)).encode(), False, 0).view(np.uint64).tolist())


def opening_words(opening: str) -> str:
    """The telling words of a text, each once, in order, with a space between each: what a story is found by."""
    raw = opening.encode("utf-8", "surrogatepass")
    start = len(raw) + 1
    out = np.empty(2 * start, np.uint8)
    end = telling_into(raw, out, _STOP)
    if end < 0:
        return " ".join(sorted(telling(words(opening))))
    return out[start:end].tobytes().decode()


def telling(tokens: list[str]) -> frozenset[str]:
    """The words that tell one story from another: no stop words, nothing of one or two letters, figures kept."""
    known = set(tokens).difference(STOP)
    return frozenset([t for t in known if len(t) > 2 or t[0].isdigit() or ord(t[0]) > 0x2E80])


def counted(some: frozenset[str]) -> list[str]:
    """The small numbers among some words, in figures: ``Six dead`` is another toll than ``11 dead``."""
    return [_COUNTED[word] for word in some & _COUNTED.keys()]


def stems(some: frozenset[str]) -> frozenset[str]:
    """Words cut to their first letters, figures whole."""
    return frozenset([word if len(word) <= STEM or word[0].isdigit() else word[:STEM] for word in some])
