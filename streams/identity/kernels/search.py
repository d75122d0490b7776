"""A story's words, slug and sketch → the filed stories worth comparing with it, compiled. Files nothing."""

from __future__ import annotations

import numpy as np
from numba import types

from streams.identity.compiled import BYTES, KEY_ARRAY, WORD_ARRAY, compiled
from streams.identity.kernels.records import (
    BANDS,
    NO_SKETCH,
    RECORD,
    RUNS,
    SEQUENCE,
    SKETCH,
    agreement,
    band_key,
    fold_into,
    record_of,
)
from streams.identity.kernels.table import NEWEST, find, held

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
        link, _ = find(bands, band_heads, band_key(sketch, band))
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
