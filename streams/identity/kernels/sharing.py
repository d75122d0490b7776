"""Hashes of runs of words → a table of the different ones, and how many two tables share, compiled. Knows no text."""

from __future__ import annotations

import numpy as np
from numba import types

from streams.identity.compiled import LONG, LONG_ARRAY, compiled

_ZERO = np.uint64(0x9E3779B97F4A7C15)
"""What stands for the hash 0, which is what a free place of a table holds."""


@compiled(types.int64, LONG_ARRAY, LONG)
def _place(table, run):
    """Where a hash stands in a table, or the free place that it would take."""
    mask = np.uint64(len(table) - 1)
    place = run & mask
    while table[place] != 0 and table[place] != run:
        place = (place + np.uint64(1)) & mask
    return np.int64(place)


@compiled(types.int64, LONG_ARRAY, LONG_ARRAY)
def collect(runs, table):
    """Put hashes in a table of zeros, of a power of 2 that is more than they are; return how many different ones."""
    found = 0
    for at in range(len(runs)):
        run = runs[at] if runs[at] else _ZERO
        place = _place(table, run)
        found += table[place] == 0
        table[place] = run
    return found


@compiled(types.int64, LONG_ARRAY, LONG_ARRAY)
def shared(table, other):
    """How many hashes two tables have in common."""
    if len(table) > len(other):
        table, other = other, table
    found = 0
    for at in range(len(table)):
        run = table[at]
        if run:
            found += other[_place(other, run)] == run
    return found
