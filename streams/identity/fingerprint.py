"""Headline and body → the fingerprint that identity compares; refuses nothing, short copy just has no signature."""

from __future__ import annotations

import binascii
import hashlib
import sys
from array import array

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from streams.contracts.story import Fingerprint
from streams.identity.words import SHINGLE, canonical, shingles

PERMUTATIONS = 128
SEED = 42
SCHEME = f"rminhash{RMinHash.ALGORITHM_VERSION}-{PERMUTATIONS}-{SEED}-b{SHINGLE}"
"""Names everything a signature depends on, the algorithm's version in the library included."""
FOLDED = PERMUTATIONS // 2
"""Bytes of a folded sketch."""
_LOW = 0 if sys.byteorder == "little" else 3
_NIBBLES = int.from_bytes(b"\x0f" * FOLDED, "little")
_LOWEST = int.from_bytes(b"\x11" * FOLDED, "little")


def fingerprint(headline: str, body: str, language: str | None) -> Fingerprint:
    """What to compare a story by, from its clean headline and body.

    ``exact`` and ``body`` hash the canonical words, so case, quotes, dashes, spacing and line ends do not count.
    The sketch is of the body's runs of three words (of the headline where there is no body). ``language`` takes no
    part: a story that one provider tags ``en`` and another ``en-GB`` is the same words.
    """
    del language
    head, text = canonical(headline), canonical(body)
    runs = shingles(text or head)
    ordered = np.sort(runs)
    return Fingerprint(
        scheme=SCHEME,
        exact=hashlib.sha256(head + b"\n" + text).hexdigest(),
        body=hashlib.sha256(text).hexdigest(),
        signature=binascii.b2a_base64(_minima(runs), newline=False).decode("ascii") if len(runs) else "",
        shingles=int(np.count_nonzero(ordered[1:] != ordered[:-1])) + (len(runs) > 0),
    )


def _minima(runs: NDArray[np.uint64]) -> bytes:
    """The low byte of each of 128 minima: one more in 256 agrees by chance, which is taken into account."""
    (row,) = RMinHash.digest_matrix_from_flat_token_hashes(runs, [0, len(runs)], PERMUTATIONS, SEED).to_rows()
    return array("I", row).tobytes()[_LOW::4]


def sketch(print_: Fingerprint) -> bytes | None:
    """A fingerprint's 128 bytes.

    None for a fingerprint without signature, or of another scheme, which cannot be compared. Raises ValueError for a
    signature of another size.
    """
    if not print_.signature or print_.scheme != SCHEME:
        return None
    raw = binascii.a2b_base64(print_.signature, strict_mode=True)
    if len(raw) != PERMUTATIONS:
        raise ValueError(f"a signature holds {PERMUTATIONS} bytes, not {len(raw)}")
    return raw


def folded(sketch: bytes) -> bytes:
    """The low four bits of each of a sketch's bytes: half the memory, and one in 16 agrees by chance."""
    low = int.from_bytes(sketch[:FOLDED], "little") & _NIBBLES
    high = int.from_bytes(sketch[FOLDED:], "little") & _NIBBLES
    return (low | high << 4).to_bytes(FOLDED, "little")


def agreement(a: bytes, b: bytes) -> float:
    """The Jaccard similarity of two texts as their folded sketches tell it, 0 to 1, to within about 0.05."""
    bits = int.from_bytes(a, "little") ^ int.from_bytes(b, "little")
    differing = ((bits | bits >> 1 | bits >> 2 | bits >> 3) & _LOWEST).bit_count()
    return max(0.0, (1 - differing / PERMUTATIONS - 1 / 16) / (15 / 16))
