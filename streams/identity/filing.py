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

from streams.identity.compiled import BYTES, KEY_ARRAY, WORD_ARRAY, compiled

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
WORD, LONG = types.uint32, types.uint64


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


# ---- the text index: records of stories, which are filed by number under their words, slugs, bands and sequences

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
RAREST = 12
"""How many of a story's words are looked up, the rarest."""
SHORTLIST = 12
"""How many stories that share rare words have their likeness estimated."""
SHORT_RUNS = 28
"""Runs of three words up to which copy is as short as an alert: its likeness cannot be estimated, its words count."""
CONTAINED, LIKELY, LIKELY_SHORT = 0.5, 0.75, 0.25
"""Two full stories are compared word by word from this estimated share of the shorter text in the longer, or from this
sum of that share and the share of rare words at the top that they have in common: with a far lower limit, no full send
was joined with earlier copy under another slug, or none, that came to less than 0.76 or to half of the text. Where one
is an alert more of them are compared, by the last sum."""
LIKELY_CONTINUED = 0.35
"""The sum from which copy that says that it carries on earlier copy is compared: a recast keeps a quote and a few
words, and its slug may have changed on the way."""
_MANY = 16
"""Stories found by their bands from which on a single band in common is not enough."""
_SEEN, _MET = 1024, 720
"""Places of the table in which the stories met are counted, and how many that can be: 12 words, a slug, 10 bands
and 24 alerts find 624."""
_OFTEN, _BANDED, _SLUGGED, _ALERT, _POSSIBLE = 255, 1 << 8, 1 << 16, 1 << 17, 1 << 18
"""What is noted of a story met, above how many of the words it has: the bands, and whether by slug, alert, at all."""


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
def _band_key(sketch, band):
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
            add(bands, band_heads, _band_key(sketch, band), at)
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
            remove(bands, band_heads, _band_key(sketch, band), at)
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


@compiled(types.void, WORD_ARRAY, WORD_ARRAY, WORD_ARRAY, types.int64, types.int64)
def _note(met, told, order, number, what):
    """Note something of a story met; ``order`` begins with how many there are, then says where each stands."""
    place = np.int64(np.uint32(np.uint32(number) * np.uint32(0x9E3779B1)) >> np.uint32(22))
    while met[place] != 0 and met[place] != number:
        place = (place + 1) & (_SEEN - 1)
    if met[place] == 0:
        if order[0] == _MET:
            return
        met[place] = number
        order[0] += np.uint32(1)
        order[np.int64(order[0])] = place
    if what >= _SLUGGED:
        told[place] |= np.uint32(what)
    else:
        told[place] += np.uint32(what)


@compiled(types.void, WORD_ARRAY, types.int64, WORD_ARRAY, WORD_ARRAY, WORD_ARRAY, types.int64)
def _note_all(nodes, link, met, told, order, what):
    first, count = held(nodes, link)
    for at in range(first, first + count):
        _note(met, told, order, np.int64(nodes[at]), what)


@compiled(types.int64, WORD_ARRAY, WORD_ARRAY, KEY_ARRAY, types.int64, WORD_ARRAY, WORD_ARRAY, WORD_ARRAY)
def _note_words(words, word_heads, keys, size, met, told, order):
    """Count how many of the 12 rarest known words each story has; return how many those are. Of words that have all
    the stories they can, only those of the first half count."""
    links = np.empty(size, np.int64)
    several = known = 0
    for word in range(size):
        link, _ = find(words, word_heads, np.uint64(keys[word]))
        if link == 0:
            continue
        if held(words, link)[1] > 1:
            links[several] = link
            several += 1
        elif known < RAREST:
            _note_all(words, link, met, told, order, 1)
            known += 1
    alone, wanted = known, 2
    while known < RAREST and wanted <= NEWEST:
        for word in range(several):
            if known < RAREST and held(words, links[word])[1] == wanted:
                if wanted < NEWEST or known < max(alone, RAREST // 2):
                    _note_all(words, links[word], met, told, order, 1)
                known += 1
        wanted += 1
    return known


@compiled(types.void, WORD_ARRAY, WORD_ARRAY, WORD_ARRAY, WORD_ARRAY, types.int64, types.int64)
def _shortlist(records, met, told, order, need, most):
    """Note the stories that have the most words, the newer first, as possible: ``most`` of those with ``need``."""
    best = np.zeros(most, np.uint64)
    where = np.zeros(most, np.int64)
    for at in range(1, np.int64(order[0]) + 1):
        place = np.int64(order[at])
        if told[place] & _OFTEN < need:
            continue
        rank = np.uint64(told[place] & _OFTEN) << np.uint64(32)
        rank |= np.uint64(records[np.int64(met[place]) * RECORD + SEQUENCE])
        to = most
        while to and best[to - 1] < rank:
            to -= 1
        for later in range(most - 1, to, -1):
            best[later], where[later] = best[later - 1], where[later - 1]
        if to < most:
            best[to], where[to] = rank, place
    for at in range(most):
        if best[at]:
            told[where[at]] |= np.uint32(_POSSIBLE)


@compiled(types.void, WORD_ARRAY, WORD_ARRAY, WORD_ARRAY, WORD_ARRAY, WORD_ARRAY, BYTES)
def _note_bands(bands, band_heads, met, told, order, sketch):
    """Note as possible the stories that agree with a sketch in a band, or in two where many do."""
    for band in range(BANDS):
        link, _ = find(bands, band_heads, _band_key(sketch, band))
        if link:
            _note_all(bands, link, met, told, order, _BANDED)
    found = 0
    for at in range(1, np.int64(order[0]) + 1):
        found += told[np.int64(order[at])] & 0xFF00 != 0
    need = _BANDED if found <= _MANY else 2 * _BANDED
    for at in range(1, np.int64(order[0]) + 1):
        if told[np.int64(order[at])] & 0xFF00 >= need:
            told[np.int64(order[at])] |= np.uint32(_POSSIBLE)


@compiled(types.float64, WORD_ARRAY, types.int64, WORD_ARRAY, types.int64)
def agreement(records, start, folded, at):
    """The Jaccard similarity of two texts as their folded sketches tell it, 0 to 1, to within about 0.05."""
    differing = 0
    for word in range(16):
        bits = records[start + word] ^ folded[at + word]
        bits = (bits | bits >> np.uint32(1) | bits >> np.uint32(2) | bits >> np.uint32(3)) & np.uint32(0x11111111)
        differing += np.int64(np.uint32(bits * np.uint32(0x11111111)) >> np.uint32(28))
    return max(0.0, (1 - differing / 128 - 1 / 16) / (15 / 16))


@compiled(types.float64, WORD_ARRAY, types.int64, WORD_ARRAY, types.int64)
def _contained(records, place, mine, runs):
    """The estimated share of the shorter text's runs in the longer."""
    theirs = np.int64(records[place + RUNS])
    if theirs == NO_SKETCH or runs == 0:
        return 0.0
    likeness = agreement(records, place + SKETCH, mine, 0)
    share = likeness * (runs + theirs) / ((1 + likeness) * min(runs, theirs))
    return share if share < 1.0 else 1.0


@compiled(types.int64, WORD_ARRAY, WORD_ARRAY, WORD_ARRAY, WORD_ARRAY, WORD_ARRAY, KEY_ARRAY, types.boolean, BYTES,
          types.int64, types.boolean, WORD_ARRAY, WORD_ARRAY)  # fmt: skip
def candidates(bands, band_heads, words, word_heads, records, keys, slugged, sketch, runs, continues, alerts, out):
    """Write the sequences of the stories worth comparing to ``out``, the most promising first; return how many."""
    met, told, order = np.zeros(_SEEN, np.uint32), np.zeros(_SEEN, np.uint32), np.empty(_MET + 1, np.uint32)
    order[0] = 0
    known = _note_words(words, word_heads, keys, len(keys) - slugged, met, told, order)
    _shortlist(records, met, told, order, max(2, known // 4), SHORTLIST if runs > SHORT_RUNS else 2 * SHORTLIST)
    if slugged:
        link, _ = find(words, word_heads, np.uint64(keys[-1]))
        if link:
            _note_all(words, link, met, told, order, _SLUGGED | _POSSIBLE)
    mine = np.empty(16, np.uint32)
    if len(sketch):
        _note_bands(bands, band_heads, met, told, order, sketch)
        fold_into(sketch, mine, 0)
    for alert in alerts:
        number = record_of(bands, band_heads, np.int64(alert))
        if number:
            _note(met, told, order, number, _ALERT | _POSSIBLE)
    scores, found, most = np.empty(len(out), np.float64), 0, len(out)
    lookups, enough = max(6, known), LIKELY_CONTINUED if continues else LIKELY
    for at in range(1, np.int64(order[0]) + 1):
        of = told[np.int64(order[at])]
        if not of & _POSSIBLE:
            continue
        place = np.int64(met[np.int64(order[at])]) * RECORD
        sequence, theirs = np.int64(records[place + SEQUENCE]), np.int64(records[place + RUNS])
        if sequence == 0:
            continue
        shared = np.int64(of & _OFTEN) / lookups
        contained = _contained(records, place, mine, runs) if len(sketch) else 0.0
        short = min(runs, 0 if theirs == NO_SKETCH else theirs) <= SHORT_RUNS
        worth = contained >= CONTAINED or contained + shared >= (LIKELY_SHORT if short else enough)
        if not (worth or of & (_SLUGGED | _ALERT)):
            continue
        score = contained + shared + (0.6 if of & _SLUGGED else 0.0)
        to = found
        while to and (scores[to - 1] < score or (scores[to - 1] == score and np.int64(out[to - 1]) < sequence)):
            to -= 1
        if to == most:
            continue
        found = min(found + 1, most)
        for later in range(found - 1, to, -1):
            scores[later], out[later] = scores[later - 1], out[later - 1]
        scores[to], out[to] = score, sequence
    return found
