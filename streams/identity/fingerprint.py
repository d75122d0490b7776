"""Headline and body → the fingerprint that identity compares; refuses nothing, short copy just has no signature."""

from __future__ import annotations

import base64
import hashlib
import sys
from array import array

from rensa import RMinHash

from streams.contracts.story import Fingerprint
from streams.identity.words import SHINGLE, shingles, words

PERMUTATIONS = 128
SEED = 42
SCHEME = f"rminhash{RMinHash.ALGORITHM_VERSION}-{PERMUTATIONS}-{SEED}-r{SHINGLE}"
"""Names everything a signature depends on, the algorithm's version in the library included."""
_SIZE = 4 * PERMUTATIONS


def fingerprint(headline: str, body: str, language: str | None) -> Fingerprint:
    """What to compare a story by, from its clean headline and body.

    ``exact`` and ``body`` hash the canonical words, so case, quotes, dashes, spacing and line ends do not count.
    The sketch is of the body's runs of three words (of the headline where there is no body). ``language`` takes no
    part: a story that one provider tags ``en`` and another ``en-GB`` is the same words.
    """
    del language
    head, text = words(headline), words(body)
    joined = " ".join(text)
    runs = shingles(text or head)
    return Fingerprint(
        scheme=SCHEME,
        exact=hashlib.sha256(f"{' '.join(head)}\n{joined}".encode()).hexdigest(),
        body=hashlib.sha256(joined.encode()).hexdigest(),
        signature=base64.b64encode(_minima(runs)).decode("ascii") if runs else "",
        shingles=len(set(runs)),
    )


def _minima(runs: array[int]) -> bytes:
    (row,) = RMinHash.digest_matrix_from_flat_token_hashes(runs, [0, len(runs)], PERMUTATIONS, SEED).to_rows()
    minima = array("I", row)
    if sys.byteorder == "big":
        minima.byteswap()
    return minima.tobytes()


def sketch(print_: Fingerprint) -> bytes | None:
    """The low byte of each of a fingerprint's 128 minima: a quarter of the memory, and one more in 256 agree by chance.

    None for a fingerprint without signature, or of another scheme, which cannot be compared. Raises ValueError for a
    signature that does not hold 128 minima.
    """
    if not print_.signature or print_.scheme != SCHEME:
        return None
    raw = base64.b64decode(print_.signature, validate=True)
    if len(raw) != _SIZE:
        raise ValueError(f"a signature holds {_SIZE} bytes, not {len(raw)}")
    return raw[::4]


def agreement(a: bytes, b: bytes) -> float:
    """The Jaccard similarity of two texts as their sketches tell it, 0 to 1, to within about 0.04."""
    differing = int.from_bytes(a, "little") ^ int.from_bytes(b, "little")
    equal = differing.to_bytes(PERMUTATIONS, "little").count(0)
    return max(0.0, (equal / PERMUTATIONS - 1 / 256) / (255 / 256))
