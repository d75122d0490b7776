"""Stories filed by number under their words, slugs, bands and sequences, with a record each, compiled. Finds none.

Of the two tables ``bands``, a narrow one, is for bands and sequences, and ``words``, a wide one, for words and slugs.
"""

from __future__ import annotations

import numpy as np
from numba import types

from streams.identity.compiled import BYTES, KEY_ARRAY, LONG, WORD_ARRAY, compiled
from streams.identity.kernels.table import BUCKETS, KEYS, MOST_NARROW, MOST_WIDE, TOP, add, find, held, remove

RECORD, SEQUENCE, RUNS, SKETCH = 18, 0, 1, 2
"""Words of a record, and where it has the story's sequence (0 for a free one), how many runs it is of and its folded
sketch of 16 words. The first record says how many there are, which is the first free one, and how many live."""
RECORDS, FREED, LIVE, SLUGS = 0, 1, 2, 3
BANDS = 10
"""10 bands of 3 minima find 91 % of the texts of a Jaccard similarity of 0.6, 74 % of 0.5, 48 % of 0.4 and 8 % of 0.2,
where 20 bands of 4 find 94, 72, 40 and 3 % and take twice the memory and time. Rare words and the slug find others.
"""
ROOM_A_STORY = (BANDS + 1) * MOST_NARROW
NO_SKETCH = 0xFFFFFFFF
"""The runs of a story without sketch."""


@compiled(LONG, LONG)
def _spread(value):
    """Another 32 bits for each 32 bits: keys of a narrow table are told by their low bits."""
    value = (value ^ value >> np.uint64(16)) * np.uint64(0x85EBCA6B) & np.uint64(0xFFFFFFFF)
    value = (value ^ value >> np.uint64(13)) * np.uint64(0xC2B2AE35) & np.uint64(0xFFFFFFFF)
    return value ^ value >> np.uint64(16)


@compiled(LONG, types.int64)
def _sequence_key(sequence):
    return _spread(np.uint64((sequence + (BANDS << 24)) & 0xFFFFFFFF))


@compiled(LONG, BYTES, types.int64)
def band_key(sketch, band):
    """A band: the bytes of three minima, and which band it is."""
    at = 4 * band
    value = (
        np.uint64(sketch[at]) | np.uint64(sketch[at + 1]) << np.uint64(8) | np.uint64(sketch[at + 2]) << np.uint64(16)
    )
    return _spread(value | np.uint64(band) << np.uint64(24))


@compiled(types.int64, WORD_ARRAY, WORD_ARRAY, types.int64)
def record_of(nodes, heads, sequence):
    """Where a story's record is; 0 for one that is not here."""
    link, _ = find(nodes, heads, _sequence_key(sequence))
    if link == 0:
        return 0
    first, _ = held(nodes, link)
    return np.int64(nodes[first])


@compiled(types.void, BYTES, WORD_ARRAY, types.int64)
def fold_into(sketch, folded, start):
    """Write the low four bits of each of a sketch's 128 bytes, as 16 words."""
    for at in range(16):
        word = np.uint32(0)
        for byte in range(4):
            place = 4 * at + byte
            both = np.uint32(sketch[place] & 15 | (sketch[place + 64] & 15) << 4)
            word |= both << np.uint32(8 * byte)
        folded[start + at] = word


@compiled(types.float64, WORD_ARRAY, types.int64, WORD_ARRAY, types.int64)
def agreement(records, start, folded, at):
    """The Jaccard similarity of two texts as their folded sketches tell it, 0 to 1, to within about 0.05."""
    differing = 0
    for word in range(16):
        bits = records[start + word] ^ folded[at + word]
        bits = (bits | bits >> np.uint32(1) | bits >> np.uint32(2) | bits >> np.uint32(3)) & np.uint32(0x11111111)
        differing += np.int64(np.uint32(bits * np.uint32(0x11111111)) >> np.uint32(28))
    return max(0.0, (1 - differing / 128 - 1 / 16) / (15 / 16))


@compiled(types.boolean, WORD_ARRAY, WORD_ARRAY, WORD_ARRAY, WORD_ARRAY, WORD_ARRAY, KEY_ARRAY, types.boolean, BYTES,
          types.int64, types.int64)  # fmt: skip
def insert(bands, band_heads, words, word_heads, records, keys, slugged, sketch, sequence, runs):
    """File a story under its bands, words and sequence, and under its slug if ``slugged``, the last of ``keys``.

    False, with nothing done, if one of the arrays lacks room. ``sketch`` is empty for a story without.
    """
    size = len(keys)
    if (
        bands[TOP] + ROOM_A_STORY > len(bands)
        or bands[BUCKETS] + BANDS + 1 >= len(band_heads)
        or words[TOP] + size * MOST_WIDE > len(words)
        or words[BUCKETS] + size >= len(word_heads)
        or (records[RECORDS] + 2) * RECORD > len(records)
    ):
        return False
    at = np.int64(records[FREED])
    if at:
        records[FREED] = records[at * RECORD + RUNS]
    else:
        at = np.int64(records[RECORDS]) + 1
        records[RECORDS] = at
    records[LIVE] += np.uint32(1)
    place = at * RECORD
    records[place + SEQUENCE] = sequence
    if len(sketch):
        records[place + RUNS] = max(1, runs)
        fold_into(sketch, records, place + SKETCH)
        for band in range(BANDS):
            add(bands, band_heads, band_key(sketch, band), at)
    else:
        records[place + RUNS] = NO_SKETCH
    add(bands, band_heads, _sequence_key(sequence), at)
    for word in range(size):
        known = words[KEYS]
        add(words, word_heads, np.uint64(keys[word]), at)
        if slugged and word == size - 1:
            records[SLUGS] += words[KEYS] - known
    return True


@compiled(types.boolean, WORD_ARRAY, WORD_ARRAY, WORD_ARRAY, WORD_ARRAY, WORD_ARRAY, KEY_ARRAY, types.boolean, BYTES,
          types.int64)  # fmt: skip
def discard(bands, band_heads, words, word_heads, records, keys, slugged, sketch, sequence):
    """Take a story out, given what it was filed by; False for one that is not here."""
    at = record_of(bands, band_heads, sequence)
    if at == 0:
        return False
    if records[at * RECORD + RUNS] != NO_SKETCH and len(sketch):
        for band in range(BANDS):
            remove(bands, band_heads, band_key(sketch, band), at)
    remove(bands, band_heads, _sequence_key(sequence), at)
    for word in range(len(keys)):
        known = words[KEYS]
        remove(words, word_heads, np.uint64(keys[word]), at)
        if slugged and word == len(keys) - 1:
            records[SLUGS] -= known - words[KEYS]
    records[at * RECORD + SEQUENCE] = 0
    records[at * RECORD + RUNS] = records[FREED]
    records[FREED] = at
    records[LIVE] -= np.uint32(1)
    return True


@compiled(types.int64, WORD_ARRAY, WORD_ARRAY, WORD_ARRAY, LONG, WORD_ARRAY)
def sequences_into(words, word_heads, records, key, out):
    """Write the sequences of the stories filed under a word or slug to ``out``, oldest first; return how many."""
    link, _ = find(words, word_heads, key)
    if link == 0:
        return 0
    first, count = held(words, link)
    for at in range(count):
        out[at] = records[np.int64(words[first + at]) * RECORD + SEQUENCE]
    return count
