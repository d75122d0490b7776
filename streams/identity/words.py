"""Copy → canonical words, shingles, names and figures; compares nothing and knows no other story."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
from numpy.typing import NDArray

from streams.identity.kernels.sharing import collect, shared
from streams.identity.kernels.sketching import LIMIT, canonical_into, runs_into
from streams.identity.kernels.wording import names_into

_MARKS = re.compile("[\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069\u00ad\ufeff]")
_POINT = re.compile(r"[.,](?=\d)(?<=\d.)")
_TOKEN = re.compile("[^\\W_\x01]+(?:\x01[^\\W_\x01]+)*")
_UNSPACED = re.compile("([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])")
_LETTERS = re.compile(r"[^\W\d_]+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*(?:[-/]\d+(?![.,]?\d))*")
_FIGURE_ASCII = re.compile(r"[0-9]+(?:[.,][0-9]+)*(?:[-/][0-9]+(?![.,]?[0-9]))*")
"""``1-3/8``, ``2-1`` and ``2026-03-09`` are one figure each, the ends of ``3.0-3.4`` are two."""
_THOUSANDS = re.compile(r",(?=\d{3}(?:\D|$))")
_IDLE = re.compile(r"^([\d,]+)(?:\.0{1,2}|(\.\d)0)$")
"""``6.50`` and ``6.5`` are one figure, ``8.00`` and ``8`` too; ``1.200`` may be in thousands."""
_EXCHANGES = ("NYSE", "NASDAQ", "Nasdaq", "LSE", "TSX", "ASX")
_TICKER = re.compile(rf"<([A-Z][A-Z0-9.]{{0,9}})>|\b(?:{'|'.join(_EXCHANGES)}) ?: ?([A-Z]{{1,6}})\b")
_FIGURES = bytes(code if chr(code) in "0123456789.,-/" else 32 for code in range(256))


def words(text: str) -> list[str]:
    """The canonical words of a text: NFKC, casefolded, punctuation out; a number with its decimals is one word.

    Arabic vowel signs and tatweel are left out (one desk writes them, the next does not); in scripts without spaces
    each character is a word. ``"A 6.9-magnitude quake"`` → ``["a", "6.9", "magnitude", "quake"]``.
    """
    plain = _latin(text)
    return _any_words(text) if plain is None else plain.decode().split(" ") if plain else []


def canonical(text: str) -> bytes:
    """The canonical words of a text, a space between each, in UTF-8: what fingerprints are made from."""
    plain = _latin(text)
    return " ".join(_any_words(text)).encode() if plain is None else plain


def _latin(text: str) -> bytes | None:
    """The canonical words of a text of Latin-1 letters, as nearly all copy is but for its quotes and dashes; None for
    one that takes more care."""
    raw = text.encode("utf-8", "surrogatepass")
    out = np.empty(len(raw) + 1, np.uint8)
    end = canonical_into(raw, out, 0)
    return None if end < 0 else out[:end].tobytes()


def _any_words(text: str) -> list[str]:
    text = text.replace("\x01", " ")
    plain = unicodedata.normalize("NFKC", _MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold())
    plain = _POINT.sub("\x01", _UNSPACED.sub(r" \1 ", plain))
    return [token.replace("\x01", ".") for token in _TOKEN.findall(plain)[:LIMIT]]


def shingles(plain: bytes) -> NDArray[np.uint64]:
    """The 64-bit hashes of the runs of three words of a canonical text, repeats and all; shorter copy is one run."""
    if not plain:
        return np.zeros(0, np.uint64)
    runs = np.empty(len(plain) // 2 + 1, np.uint64)
    return runs[: runs_into(np.frombuffer(bytearray(plain), np.uint8), 0, len(plain), runs)]


class Shingles:
    """The different runs of three words of a canonical text, to be counted and compared with those of another."""

    __slots__ = ("_runs", "_size")

    def __init__(self, plain: bytes) -> None:
        runs = shingles(plain)
        self._runs = np.zeros(1 << (2 * len(runs)).bit_length(), np.uint64)
        self._size: int = collect(runs, self._runs)

    def __len__(self) -> int:
        return self._size

    def shared(self, other: Shingles) -> int:
        """How many of them another text has too."""
        found: int = shared(self._runs, other._runs)
        return found


def names(text: str) -> frozenset[str]:
    """Words that a text writes with a capital and nowhere without, as canonical words: people, firms, places.

    The first word of a sentence is among them when it does not occur elsewhere. Empty for scripts without capitals.
    """
    raw = text.encode("utf-8", "surrogatepass")
    out = np.empty(len(raw) + 1, np.uint8)
    end = names_into(raw, out)
    if end >= 0:
        return frozenset(out[:end].tobytes().decode().split())
    return _any_names(text)


def _any_names(text: str) -> frozenset[str]:
    cased = set(_LETTERS.findall(text))
    capital = {word for word in cased if len(word) > 1 and word[0].isupper()}
    return frozenset([word.casefold() for word in capital]) - (cased - capital)


def tickers(text: str) -> frozenset[str]:
    """The firms a text names by exchange code: ``Acme Mills <ACM.N> said`` → ``{"acm.n"}``."""
    if "<" not in text and not any(exchange in text for exchange in _EXCHANGES):
        return frozenset()
    return frozenset((a or b).casefold() for a, b in _TICKER.findall(text))


def figures(text: str) -> frozenset[str]:
    """The numbers of a text, thousands separators and idle noughts out: ``{"7.2418", "1-3/8", "12000"}``. A snap says
    ``6.50%``, its story 6.5 percent."""
    try:
        sparse = b" ".join(text.encode("latin-1").translate(_FIGURES).split()).decode("ascii")
    except UnicodeEncodeError:
        found = _FIGURE.findall(text)
    else:
        found = _FIGURE_ASCII.findall(sparse)
    if "." in text and "0" in text:
        found = [_IDLE.sub(r"\1\2", f) if f[-1] == "0" and "." in f else f for f in found]
    return frozenset([_THOUSANDS.sub("", f) if "," in f else f for f in found])
