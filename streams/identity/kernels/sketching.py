"""Copy as bytes → canonical words, hashes of runs of them, the least of those, in compiled loops; compares nothing.

The words are those of ``streams.identity.words``, which says what is a word and does in Python what is not Latin.
"""

from __future__ import annotations

import unicodedata

import numpy as np
from numba import types

from streams.identity.compiled import BYTE_ARRAY, BYTES, LONG_ARRAY, compiled

MINIMA, SEED = 128, 42
SHINGLE = 3
"""Words in a shingle. On 63 labelled pairs of versions of wire stories, 32 bands of 4 find 88 % by 3-word shingles
and 82 % by 5-word ones; as the only test 5 words would be a little the better (F1 0.947 against 0.937), but here they
find candidates, and other evidence decides. A three-line urgent still has a score of 3-word shingles."""
LIMIT = 20_000
"""Words looked at: a story of 20,000 words is a table gone astray, and its first 20,000 tell it from any other."""
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_FURTHER = 0
"""What the table below says of a character that takes more care than one byte for another."""


def _letter(code: int) -> int:
    character = chr(code)
    if character in "\x01¹²³¼½¾µß\u00ad":
        return _FURTHER
    small = unicodedata.normalize("NFKC", character).casefold()
    return ord(small) if len(small) == 1 and small.isalnum() and ord(small) < 256 else ord(" ")


_LETTERS = np.array([_letter(code) for code in range(256)], np.uint8)
TYPOGRAPHIC = np.zeros(256, np.uint8)
"""The last byte of ``“”‘’–—…•€`` in UTF-8 → the one before it, after E2: they are spaces among words."""
for _first, _second, _third in ["“”‘’–—…•€"[n].encode() for n in range(9)]:
    TYPOGRAPHIC[_third] = _second


@compiled(types.int64, BYTES, BYTE_ARRAY, types.int64)
def canonical_into(raw, out, start):
    """Write the canonical words of a text in UTF-8 to ``out`` from ``start``, a space between each; return where they
    end, or -1 for a text with other than Latin letters. ``out`` has as many bytes as ``raw`` from there."""
    size, at, end, words = len(raw), 0, start, 0
    between = True
    while at < size:
        byte = raw[at]
        at += 1
        letter = np.uint8(32)
        if byte < 128:
            letter = _LETTERS[byte]
            if (
                letter == 32
                and (byte == 46 or byte == 44)
                and at >= 2
                and at < size
                and 48 <= raw[at - 2] <= 57
                and 48 <= raw[at] <= 57
            ):
                letter = np.uint8(46)
        elif byte == 0xC2 or byte == 0xC3:
            letter = _LETTERS[(byte & 3) << 6 | raw[at] & 63]
            at += 1
        elif byte == 0xE2 and raw[at] == TYPOGRAPHIC[raw[at + 1]]:
            at += 2
        else:
            return -1
        if letter == 32:
            between = True
            continue
        if letter == 0:
            return -1
        if between:
            if words == LIMIT:
                return end
            words += 1
            between = False
            if end > start:
                out[end] = 32
                end += 1
        if letter < 128:
            out[end] = letter
        else:
            out[end] = 0xC0 | letter >> 6
            end += 1
            out[end] = 0x80 | letter & 63
        end += 1
    return end


@compiled(types.uint64, types.uint64)
def _mixed(run):
    run ^= run >> np.uint64(32)
    run *= _MIX
    return run ^ run >> np.uint64(32)


@compiled(types.int64, BYTE_ARRAY, types.int64, types.int64, LONG_ARRAY)
def runs_into(text, start, end, runs):
    """Write the 64-bit hashes of the runs of three words of a canonical text to ``runs``, repeats and all; return how
    many. Shorter copy is one run. ``runs`` has room for one a word.

    The hash of a run is the sum of its bytes, and of a space after each word, times the powers of an odd number, mixed.
    """
    if start == end:
        return 0
    first = second = np.uint64(0)
    first_power = second_power = power = _BASE
    word = np.uint64(0)
    words = made = 0
    for at in range(start, end + 1):
        byte = np.uint64(32) if at == end else np.uint64(text[at])
        word += byte * power
        if byte != 32:
            power *= _BASE
            continue
        # power is here that of the word's length and its space: what the next word's sum is multiplied by.
        words += 1
        if words >= SHINGLE:
            runs[made] = _mixed(first + first_power * (second + second_power * word))
            made += 1
        first, first_power = second, second_power
        second, second_power = word, power
        word, power = np.uint64(0), _BASE
    if words < SHINGLE:
        runs[0] = _mixed(second if words == 1 else first + first_power * second)
        return 1
    return made


@compiled(types.int64, LONG_ARRAY, types.int64)
def distinct(runs, size):
    """Put the different ones of the first ``size`` hashes first, in their order; return how many they are."""
    room = 64
    while room < 2 * size:
        room *= 2
    seen = np.zeros(room, np.uint64)
    zero = False
    kept = 0
    for at in range(size):
        run = runs[at]
        if run == 0:
            if zero:
                continue
            zero = True
        else:
            place = np.int64(run & np.uint64(room - 1))
            while seen[place] != 0 and seen[place] != run:
                place = (place + 1) & (room - 1)
            if seen[place] == run:
                continue
            seen[place] = run
        runs[kept] = run
        kept += 1
    return kept


@compiled(types.void, LONG_ARRAY, types.int64, BYTE_ARRAY, types.int64)
def minima_into(runs, size, out, start):
    """Write a byte of each of 128 minima of ``size`` hashes, one at least, to ``out`` from ``start``.

    Two texts agree in a byte as often as they share runs, and once in 256 by chance, which is taken into account.
    In each round every hash falls to one of 128 places, and the least stays; a place is of the first round that reached
    it. When all are taken it ends: after a round or five, not 128. Places that chance has not reached in 128 rounds
    have a round each. (Dahlgaard, Knudsen and Thorup, "Fast similarity sketching", 2017; its error is below MinHash's.)
    """
    least, reached = np.empty(MINIMA, np.uint32), np.full(MINIMA, -1, np.int64)
    missing, number = MINIMA, 0
    while missing:
        salt = np.uint64(number + SEED) * _BASE
        for at in range(size):
            mixed = (runs[at] ^ salt) * _MIX
            mixed = (mixed ^ mixed >> np.uint64(32)) * _BASE
            place = np.int64(mixed >> np.uint64(57)) if number < MINIMA else number - MINIMA
            value = np.uint32(mixed >> np.uint64(25) & np.uint64(0xFFFFFFFF))
            if reached[place] < 0:
                reached[place] = number
                least[place] = value
                missing -= 1
            elif reached[place] == number:
                least[place] = min(least[place], value)
        number += 1
    for place in range(MINIMA):
        out[start + place] = least[place] & np.uint32(255)


@compiled(types.int64, BYTE_ARRAY, types.int64, types.int64)
def sketch_into(out, middle, end):
    """Write the sketch of a story whose words stand in ``out`` as ``print_into`` puts them; return how many different
    runs there are."""
    start, stop = middle + 1, end
    if start == stop:
        start, stop = MINIMA, middle
    if start == stop:
        return 0
    runs = np.empty((stop - start) // 2 + 1, np.uint64)
    size = distinct(runs, runs_into(out, start, stop, runs))
    minima_into(runs, size, out, 0)
    return size


@compiled(types.UniTuple(types.int64, 3), BYTES, BYTES, BYTE_ARRAY)
def print_into(headline, body, out):
    """Write a story's sketch to the first 128 bytes of ``out``, then the canonical words of headline and body, a line
    end between; return where the headline and the body end and how many different runs there are.

    The runs are the body's, or the headline's where there is no body. The first is -1 for copy with other than Latin
    letters, of which nothing is made. ``out`` has 129 bytes more than both texts.
    """
    middle = canonical_into(headline, out, MINIMA)
    if middle < 0:
        return -1, -1, 0
    out[middle] = 10
    end = canonical_into(body, out, middle + 1)
    if end < 0:
        return -1, -1, 0
    return middle, end, sketch_into(out, middle, end)
