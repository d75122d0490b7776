"""The ledger of what is cut from a text, and the text that is left; cuts never overlap, the text never changes."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff]+")
_ASCII_SPACES = (*range(9, 14), *range(28, 33))
_NO_SPACES = dict.fromkeys(_ASCII_SPACES)


class Span(NamedTuple):
    """``start`` inclusive, ``end`` exclusive, in code points; ``rule`` names who cut it."""

    start: int
    end: int
    rule: str


def solid(text: str) -> int:
    """How many characters of ``text`` are not white space: what a share is counted in."""
    return len(text.translate(_NO_SPACES)) if text.isascii() else sum(map(len, text.split()))


def collapsed(text: str) -> str:
    """``text`` with its white space collapsed to single spaces and none at the ends."""
    if text.isprintable() and "  " not in text:  # the only printable white space is the common space
        return text.strip(" ")
    return " ".join(text.split())


class Ledger:
    """Collects cuts over one text.

    A cut is trimmed of white space, and of what an earlier cut already took, so spans never overlap: whoever comes
    first keeps what they took. A cut above ``share`` of what is left is refused, and so is one that leaves nothing.
    """

    def __init__(self, text: str, share: float = 0.6) -> None:
        self.text = text
        self.share = share
        bare = text.translate(_NO_SPACES) if text.isascii() else "".join(text.split())
        # what is not printable and no white space may be invisible; walking the whole text for it costs more
        self._clear = bare.isprintable() or _INVISIBLE.search(text) is None
        self.left = len(bare) if self._clear else self._solid(text)
        self.refused: list[str] = []
        self._spans: list[Span] = []

    @property
    def spans(self) -> Sequence[Span]:
        """All cuts so far, by offset."""
        return self._spans

    def cut(self, rule: str, start: int, end: int, *, any_share: bool = False) -> bool:
        """Take one span out; False when nothing of it was left or when it was refused."""
        return self.cut_all(rule, ((start, end),), any_share=any_share)

    def cut_all(self, rule: str, ranges: Iterable[tuple[int, int]], *, any_share: bool = False) -> bool:
        """Take several spans out together, all or none. ``any_share`` lifts the share, not the rule that some stays."""
        pieces = [piece for start, end in ranges for piece in self._free(start, end)]
        if not pieces:
            return False
        taken = sum(self._solid(self.text[a:b]) for a, b in pieces)
        if taken >= self.left or (not any_share and taken > self.left * self.share):
            self.refused.append(rule)
            return False
        for a, b in pieces:
            insort(self._spans, Span(a, b, rule))
        self.left -= taken
        return True

    def cut_invisible(self, rule: str) -> None:
        """Take out every control character and zero-width mark that no other rule took; white space stays."""
        if self._clear:
            return
        for found in _INVISIBLE.finditer(self.text):
            for a, b in self._free(found.start(), found.end()):
                insort(self._spans, Span(a, b, rule))

    def is_cut(self, start: int, end: int) -> bool:
        """Nothing but white space of ``start`` to ``end`` is left."""
        at = self._first(start)
        if at == len(self._spans) or self._spans[at].start >= end:
            return self.text[start:end].isspace() or start >= end
        return not self._free(start, end)

    def remains(self, start: int, end: int) -> str:
        """What is left between ``start`` and ``end``, its white space collapsed."""
        at = self._first(start)
        if at == len(self._spans) or self._spans[at].start >= end:
            return collapsed(self.text[start:end])
        parts: list[str] = []
        while at < len(self._spans) and self._spans[at].start < end:
            span = self._spans[at]
            if span.start > start:
                parts.append(self.text[start : span.start])
            # a control character may stand inside a word; any other cut parts what stood around it
            if not _INVISIBLE.fullmatch(self.text, span.start, span.end):
                parts.append(" ")
            start = max(start, span.end)
            at += 1
        if start < end:
            parts.append(self.text[start:end])
        return collapsed("".join(parts))

    def paragraphs(self, ranges: Iterable[tuple[int, int]]) -> list[str]:
        """What is left of each range, white space collapsed, in order; a range of which nothing is left is left out."""
        spans, text = self._spans, self.text
        left: list[str] = []
        at = 0
        for start, end in ranges:
            while at < len(spans) and spans[at].end <= start:
                at += 1
            untouched = at == len(spans) or spans[at].start >= end
            piece = collapsed(text[start:end]) if untouched else self.remains(start, end)
            if piece:
                left.append(piece)
        return left

    def _solid(self, text: str) -> int:
        return solid(text if self._clear else _INVISIBLE.sub("", text))

    def _first(self, start: int) -> int:
        """Index of the first span that ends after ``start``."""
        at = bisect_left(self._spans, (start,))
        return at - 1 if at and self._spans[at - 1].end > start else at

    def _free(self, start: int, end: int) -> list[tuple[int, int]]:
        pieces: list[tuple[int, int]] = []
        start, end = max(start, 0), min(end, len(self.text))
        at = self._first(start)
        while start < end:
            stop = self._spans[at].start if at < len(self._spans) else end
            self._trimmed(start, min(stop, end), pieces)
            if stop >= end:
                break
            start = self._spans[at].end
            at += 1
        return pieces

    def _trimmed(self, start: int, end: int, into: list[tuple[int, int]]) -> None:
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start < end:
            into.append((start, end))
