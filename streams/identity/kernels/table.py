"""Numbers filed under keys, in flat arrays, compiled: a hash table that grows a bucket at a time. Knows no story.

A table is two arrays. In ``nodes`` the first words say what it holds; then come its nodes, one a key, whose room is
taken again when they go. ``heads`` has a chain of nodes a bucket. For each key filed one bucket is split in two (linear
hashing), so no insertion waits for a rebuild. A key has a node of the size it needs: a number alone takes 12 bytes, 16
in a wide table; the newest so many are kept of a key that many numbers share. A key of a narrow table is 32 bits and is
the key itself; of a wide one it is 64 bits of a hash.

A link to a node is its place times four plus its size, from 0; 0 is none. Layout of a node: the next one's link, the
key (two words where wide), how many numbers it holds (unless it is of the smallest size), the numbers, oldest first.
"""

from __future__ import annotations

import numpy as np
from numba import types

from streams.identity.compiled import LONG, WORD_ARRAY, compiled

TOP, BUCKETS, KEYS, WIDE, FREE, HEADER = 0, 1, 2, 3, 4, 8
"""Where ``nodes`` says what is taken of it, how many buckets and keys there are, whether keys are of 64 bits, and the
first free node of each of four sizes."""
NEWEST = 40
"""Numbers remembered per word, the newest: a word that 40 later stories used tells nothing any more."""
SAME = 8
"""Numbers remembered per band, the newest: one that eight later stories have too is of a template, and the rest of a
copy's bands are its own."""
MOST_WIDE, MOST_NARROW = 4 + NEWEST, 3 + SAME
"""Words of memory that a key takes at most."""


@compiled(types.int64, types.int64, types.int64)
def _room(wide, size):
    """How many numbers a node of a size has room for."""
    if size == 0:
        return 1
    if wide:
        return 4 if size == 1 else 12 if size == 2 else NEWEST
    return 3 if size == 1 else SAME


@compiled(types.int64, WORD_ARRAY, types.int64)
def _take(nodes, size):
    """A free node's place."""
    wide = np.int64(nodes[WIDE])
    place = np.int64(nodes[FREE + size])
    if place:
        nodes[FREE + size] = nodes[place]
        return place
    place = np.int64(nodes[TOP])
    nodes[TOP] = place + 2 + wide + (size > 0) + _room(wide, size)
    return place


@compiled(types.void, WORD_ARRAY, types.int64, types.int64)
def _give_back(nodes, place, size):
    nodes[place] = nodes[FREE + size]
    nodes[FREE + size] = place


@compiled(types.int64, WORD_ARRAY, LONG)
def _bucket(nodes, key):
    buckets = np.uint64(nodes[BUCKETS])
    half = np.uint64(1)
    while half * np.uint64(2) <= buckets:
        half *= np.uint64(2)
    at = key & (half * np.uint64(2) - np.uint64(1))
    return np.int64(at if at < buckets else at - half)


@compiled(types.UniTuple(types.int64, 2), WORD_ARRAY, WORD_ARRAY, LONG)
def find(nodes, heads, key):
    """The link to a key's node, 0 for none, and the place in ``nodes`` of the link that leads to it, or less than 0,
    ``-1 - bucket``, where that is the bucket's own."""
    bucket = _bucket(nodes, key)
    low, high = np.uint32(key & np.uint64(0xFFFFFFFF)), np.uint32(key >> np.uint64(32))
    wide = nodes[WIDE]
    link, before = np.int64(heads[bucket]), -1 - bucket
    while link:
        place = link >> 2
        if nodes[place + 1] == low and (not wide or nodes[place + 2] == high):
            break
        before = place
        link = np.int64(nodes[place])
    return link, before


@compiled(types.UniTuple(types.int64, 2), WORD_ARRAY, types.int64)
def held(nodes, link):
    """Where the numbers of a node begin and how many it holds."""
    at = (link >> 2) + 2 + np.int64(nodes[WIDE])
    if link & 3 == 0:
        return at, 1
    return at + 1, np.int64(nodes[at])


@compiled(types.void, WORD_ARRAY, WORD_ARRAY, types.int64, types.int64)
def _lead(nodes, heads, before, link):
    if before < 0:
        heads[-1 - before] = link
    else:
        nodes[before] = link


@compiled(types.void, WORD_ARRAY, WORD_ARRAY)
def _split(nodes, heads):
    """Add a bucket: the nodes of one that belong there go over."""
    buckets = np.int64(nodes[BUCKETS])
    half = 1
    while half * 2 <= buckets:
        half *= 2
    link, stays, goes = np.int64(heads[buckets - half]), np.int64(0), np.int64(0)
    while link:
        place = link >> 2
        following = np.int64(nodes[place])
        if np.int64(nodes[place + 1]) & half:
            nodes[place] = goes
            goes = link
        else:
            nodes[place] = stays
            stays = link
        link = following
    heads[buckets - half] = stays
    heads[buckets] = goes
    nodes[BUCKETS] = buckets + 1


@compiled(types.int64, WORD_ARRAY, WORD_ARRAY, types.int64, types.int64, types.int64)
def _resized(nodes, heads, link, before, size):
    """Move a node's numbers to one of another size, which takes its place in the chain; return the new link."""
    old, wide = link >> 2, np.int64(nodes[WIDE])
    first, count = held(nodes, link)
    place = _take(nodes, size)
    for at in range(2 + wide):
        nodes[place + at] = nodes[old + at]
    to = place + 2 + wide
    if size:
        nodes[to] = count
        to += 1
    for at in range(count):
        nodes[to + at] = nodes[first + at]
    link = place << 2 | size
    _lead(nodes, heads, before, link)
    return link


@compiled(types.void, WORD_ARRAY, WORD_ARRAY, LONG, types.int64)
def add(nodes, heads, key, number):
    """File a number as the newest under a key. The caller has seen to the room: MOST_… words and a bucket."""
    wide = np.int64(nodes[WIDE])
    link, before = find(nodes, heads, key)
    if link == 0:
        place = _take(nodes, 0)
        bucket = _bucket(nodes, key)
        nodes[place] = heads[bucket]
        nodes[place + 1] = key & np.uint64(0xFFFFFFFF)
        if wide:
            nodes[place + 2] = key >> np.uint64(32)
        nodes[place + 2 + wide] = number
        heads[bucket] = place << 2
        nodes[KEYS] += np.uint32(1)
        if nodes[KEYS] > nodes[BUCKETS]:
            _split(nodes, heads)
        return
    size = link & 3
    first, count = held(nodes, link)
    if count == _room(wide, size):
        if count == (NEWEST if wide else SAME):
            for at in range(first, first + count - 1):
                nodes[at] = nodes[at + 1]
            nodes[first + count - 1] = number
            return
        old = link >> 2
        link = _resized(nodes, heads, link, before, size + 1)
        _give_back(nodes, old, size)
        first, count = held(nodes, link)
    nodes[first + count] = number
    nodes[first - 1] = count + 1


@compiled(types.void, WORD_ARRAY, WORD_ARRAY, LONG, types.int64)
def remove(nodes, heads, key, number):
    """Take a number out from under a key, if it is still there; a key with none left is gone."""
    link, before = find(nodes, heads, key)
    if link == 0:
        return
    first, count = held(nodes, link)
    at = first
    while at < first + count and nodes[at] != number:
        at += 1
    if at == first + count:
        return
    place, size = link >> 2, link & 3
    if count == 1:
        _lead(nodes, heads, before, np.int64(nodes[place]))
        _give_back(nodes, place, size)
        nodes[KEYS] -= np.uint32(1)
        return
    for to in range(at, first + count - 1):
        nodes[to] = nodes[to + 1]
    nodes[first - 1] = count - 1
    if count == 2:
        _resized(nodes, heads, link, before, 0)
        _give_back(nodes, place, size)
