"""Copy as bytes → its telling words in order, their keys, its names, compiled. Is told which words tell nothing."""

from __future__ import annotations

import numpy as np
from numba import types

from streams.identity.compiled import BYTE_ARRAY, BYTES, KEY_ARRAY, LONG, LONG_ARRAY, compiled
from streams.identity.kernels.sketching import TYPOGRAPHIC, canonical_into

MOST = 256
"""Different words of a text that are put in order here: an opening has thirty, a table without a break hundreds."""
_BEGUN = np.uint64(0xCBF29CE484222325)


@compiled(LONG, LONG, types.uint8)
def _further(key, byte):
    key = (key ^ np.uint64(byte)) * np.uint64(0x9E3779B97F4A7C15)
    return key ^ key >> np.uint64(32)


@compiled(KEY_ARRAY, BYTES, types.boolean, types.int64)
def keys_of(words, slugged, slug):
    """The keys of words with a space between each, 64 bits of a hash; after them that of the slug, if there is one."""
    size, found, start, key = len(words), 0, 0, _BEGUN
    keys = np.empty(size // 2 + 2, np.int64)
    for at in range(size + 1):
        if at < size and words[at] != 32:
            key = _further(key, words[at])
            continue
        if at > start:
            keys[found] = np.int64(key)
            found += 1
        start, key = at + 1, _BEGUN
    if slugged:
        keys[found] = slug
        found += 1
    return keys[:found]


@compiled(types.boolean, BYTE_ARRAY, types.int64, types.int64, LONG_ARRAY)
def _tells(text, start, end, stop):
    """Whether a word tells something: a figure, or one of three letters and more that is not in ``stop``."""
    letters, key = end - start, _BEGUN
    for at in range(start, end):
        letters -= text[at] & 0xC0 == 0x80
        key = _further(key, text[at])
    if letters < 3 and not 48 <= text[start] <= 57:
        return False
    mask = np.uint64(len(stop) - 1)
    place = key & mask
    while stop[place] != 0 and stop[place] != key:
        place = (place + np.uint64(1)) & mask
    return stop[place] == 0


@compiled(types.int64, BYTE_ARRAY, types.int64, types.int64, types.int64, types.int64)
def _compared(text, start, end, other, other_end):
    """Less than 0 where one word comes before another in the order of Python's ``str``, 0 where it is the same."""
    while start < end and other < other_end:
        if text[start] != text[other]:
            return np.int64(text[start]) - np.int64(text[other])
        start += 1
        other += 1
    return (end - start) - (other_end - other)


@compiled(types.int64, BYTES, BYTE_ARRAY, LONG_ARRAY)
def telling_into(raw, out, stop):
    """Write the telling words of a text in UTF-8, each once and in order, to ``out`` from where ``raw`` and one byte
    more would end; return where they end, or -1 for what is left to Python: other than Latin letters, or too many.

    ``stop``: a table of a power of 2 of the keys of the words that any story has, each in the place that its low bits
    name or, where that is taken, in a later one; 0 for none. ``out`` has twice the bytes of ``raw`` and two more.
    """
    size = canonical_into(raw, out, 0)
    if size < 0:
        return -1
    starts, ends = np.empty(MOST, np.int64), np.empty(MOST, np.int64)
    found = start = 0
    for at in range(size + 1):
        if at < size and out[at] != 32:
            continue
        word, start = start, at + 1
        if at == word or not _tells(out, word, at, stop):
            continue
        low, high, known = 0, found, False
        while low < high:
            middle = (low + high) >> 1
            order = _compared(out, word, at, starts[middle], ends[middle])
            if order == 0:
                known = True
                break
            if order < 0:
                high = middle
            else:
                low = middle + 1
        if known:
            continue
        if found == MOST:
            return -1
        for later in range(found, low, -1):
            starts[later], ends[later] = starts[later - 1], ends[later - 1]
        starts[low], ends[low] = word, at
        found += 1
    end = len(raw) + 1
    for word in range(found):
        if word:
            out[end] = 32
            end += 1
        for at in range(starts[word], ends[word]):
            out[end] = out[at]
            end += 1
    return end


@compiled(types.int64, BYTES, types.int64)
def _letter(raw, at):
    """How many bytes the letter at a place takes; less than 0 for that many of something else, 0 for what is left to
    Python: other than Latin letters, and those that are written small with another."""
    byte = raw[at]
    if byte < 128:
        return 1 if 97 <= byte | 32 <= 122 else -1
    following = raw[at + 1]
    if byte == 0xC2:
        if following == 0xB5:
            return 0
        return 2 if following == 0xAA or following == 0xBA else -2
    if byte == 0xC3:
        return -2 if following == 0x97 or following == 0xB7 else 2
    return -3 if byte == 0xE2 and following == TYPOGRAPHIC[raw[at + 2]] else 0


@compiled(types.int64, BYTES, BYTE_ARRAY)
def names_into(raw, out):
    """Write the words of a text in UTF-8 with a capital that it nowhere writes small, themselves small, each once and a
    space after each, to ``out``, which has one byte more; return where they end, or -1 for what is left to Python.

    A word with a capital has two letters at least.
    """
    size, at, found = len(raw), 0, 0
    starts, ends = np.empty(size // 2 + 1, np.int64), np.empty(size // 2 + 1, np.int64)
    inside = False
    while at < size:
        letter = _letter(raw, at)
        if letter == 0:
            return -1
        if letter > 0:
            if not inside:
                starts[found], inside = at, True
            at += letter
        else:
            if inside:
                ends[found], inside = at, False
                found += 1
            at -= letter
    if inside:
        ends[found] = size
        found += 1
    room = 16
    while room < 2 * found:
        room *= 2
    seen, mask = np.zeros(room, np.uint64), np.uint64(room - 1)
    end = 0
    for capitals in range(2):
        for word in range(found):
            start, stop = starts[word], ends[word]
            wide = 1 + (raw[start] >= 128)
            capital = 65 <= raw[start] <= 90 or (raw[start] == 0xC3 and raw[start + 1] < 0x9F)
            if (capital and stop > start + wide) != (capitals == 1):
                continue
            key, to = _BEGUN, end
            for at in range(start, stop):
                byte = raw[at]
                if capitals:
                    if 65 <= byte <= 90:
                        byte = np.uint8(byte + 32)
                    elif byte == 0xC3 and raw[at + 1] == 0x9F:
                        byte = np.uint8(115)
                    elif at > start and raw[at - 1] == 0xC3:
                        byte = np.uint8(115) if byte == 0x9F else np.uint8(byte | 0x20)
                    out[to] = byte
                    to += 1
                key = _further(key, byte)
            place = key & mask
            while seen[place] != 0 and seen[place] != key:
                place = (place + np.uint64(1)) & mask
            if seen[place] == 0:
                seen[place] = key
                if capitals:
                    out[to] = 32
                    end = to + 1
    return end
