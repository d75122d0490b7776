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
SCHEME = f"rminhash{RMinHash.ALGORITHM_VERSION}-{PERMUTATIONS}-{SEED}-w{SHINGLE}"
"""Names everything a signature depends on, the algorithm's version in the library included."""

# A sketch cannot be built from its minima by a constructor, but it can be unpickled: the state is a header, the
# same for every sketch of one size and seed, and the minima as varints. An empty sketch has 128 minima of five bytes.
_EMPTY: bytes = RMinHash(num_perm=PERMUTATIONS, seed=SEED).__getstate__()
_HEADER = _EMPTY[: -5 * PERMUTATIONS]
_SEVEN = int.from_bytes(b"\x7f\0\0\0\0" * PERMUTATIONS, "little")
_MORE = int.from_bytes(b"\x80\x80\x80\x80\0" * PERMUTATIONS, "little")


def fingerprint(headline: str, body: str, language: str | None) -> Fingerprint:
    """What to compare a story by, from its clean headline and body.

    ``exact`` and ``body`` hash the canonical words, so case, quotes, dashes, spacing and line ends do not count.
    The sketch is of the body's 3-word shingles (of the headline where there is no body). ``language`` takes no part:
    a story that one provider tags ``en`` and another ``en-GB`` is the same words.
    """
    del language
    head, text = words(headline), words(body)
    joined = " ".join(text)
    distinct = set(shingles(text or head))
    signature = ""
    if distinct:
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        sketch.update(sorted(distinct))
        signature = base64.b64encode(_little_endian(array("I", sketch.digest()))).decode("ascii")
    return Fingerprint(
        scheme=SCHEME,
        exact=hashlib.sha256(f"{' '.join(head)}\n{joined}".encode()).hexdigest(),
        body=hashlib.sha256(joined.encode()).hexdigest(),
        signature=signature,
        shingles=len(distinct),
    )


def sketch(signature: str) -> RMinHash:
    """The MinHash of a stored signature. Raises ValueError when it does not hold 128 minima."""
    raw = base64.b64decode(signature, validate=True)
    if len(raw) != 4 * PERMUTATIONS:
        raise ValueError(f"a signature holds {4 * PERMUTATIONS} bytes, not {len(raw)}")
    # Each minimum as a varint of exactly five bytes: spread the 32 bits over five lanes of seven, all at once.
    lanes = bytearray(5 * PERMUTATIONS)
    for byte in range(4):
        lanes[byte::5] = raw[byte::4]
    number = int.from_bytes(lanes, "little")
    spread = _MORE
    for lane in range(5):
        spread |= (number & (_SEVEN << (7 * lane))) << lane
    made = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    made.__setstate__(_HEADER + spread.to_bytes(5 * PERMUTATIONS, "little"))
    return made


def _little_endian(minima: array[int]) -> bytes:
    if sys.byteorder == "big":
        minima.byteswap()
    return minima.tobytes()
