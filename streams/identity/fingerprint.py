"""Headline and body → the fingerprint that identity compares; refuses nothing, short copy just has no signature."""

from __future__ import annotations

import binascii
import hashlib

import numpy as np
from numpy.typing import NDArray

from streams.contracts.story import Fingerprint
from streams.identity.kernels.sketching import MINIMA, SEED, SHINGLE, print_into, sketch_into
from streams.identity.words import canonical

SCHEME = f"similarity1-{MINIMA}-{SEED}-b{SHINGLE}"
"""Names everything a signature depends on: a number for the algorithm, and what it is given."""


def fingerprint(headline: str, body: str, language: str | None) -> Fingerprint:
    """What to compare a story by, from its clean headline and body.

    ``exact`` and ``body`` hash the canonical words, so case, quotes, dashes, spacing and line ends do not count.
    The sketch is of the body's runs of three words (of the headline where there is no body). ``language`` takes no
    part: a story that one provider tags ``en`` and another ``en-GB`` is the same words.
    """
    del language
    head, text = headline.encode("utf-8", "surrogatepass"), body.encode("utf-8", "surrogatepass")
    out = np.empty(MINIMA + 1 + len(head) + len(text), np.uint8)
    middle, end, size = print_into(head, text, out)
    if middle < 0:
        out, middle, end, size = _of_any_script(headline, body)
    made = out.data
    return Fingerprint(
        scheme=SCHEME,
        exact=hashlib.sha256(made[MINIMA:end]).hexdigest(),
        body=hashlib.sha256(made[middle + 1 : end]).hexdigest(),
        signature=binascii.b2a_base64(made[:MINIMA], newline=False).decode("ascii") if size else "",
        shingles=size,
    )


def _of_any_script(headline: str, body: str) -> tuple[NDArray[np.uint8], int, int, int]:
    """What ``print_into`` makes, of words that are told in Python."""
    head, text = canonical(headline), canonical(body)
    out = np.frombuffer(bytearray(MINIMA) + head + b"\n" + text, np.uint8)
    middle, end = MINIMA + len(head), MINIMA + len(head) + 1 + len(text)
    return out, middle, end, sketch_into(out, middle, end)


def sketch(print_: Fingerprint) -> bytes | None:
    """A fingerprint's 128 bytes.

    None for a fingerprint without signature, or of another scheme, which cannot be compared. Raises ValueError for a
    signature of another size.
    """
    if not print_.signature or print_.scheme != SCHEME:
        return None
    raw = binascii.a2b_base64(print_.signature, strict_mode=True)
    if len(raw) != MINIMA:
        raise ValueError(f"a signature holds {MINIMA} bytes, not {len(raw)}")
    return raw
