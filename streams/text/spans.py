"""The ledger of what is cut from a text, and the text that is left; cuts never overlap, the text never changes."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from streams.text.layout import Layout, Paragraph, flatten

# Controls, what is not seen, and what deceives: reading turned round, signs that are tags, codes of no character
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u202d\u202e\u2060\ufeff"
    "\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]+"
)


class Span(NamedTuple):
    """``start`` inclusive, ``end`` exclusive, in code points; ``rule`` names who cut it."""

    start: int
    end: int
    rule: str


def collapsed(text: str) -> str:
    """``text`` with its white space collapsed to single spaces and none at the ends."""
    # (looked for from the end: a third of what it costs from the start)
    if text.isprintable() and text.rfind("  ") < 0:  # the only printable white space is the common space
        return text.strip(" ")
    return " ".join(text.split())


class Ledger:
    """Collects cuts over one text.

    A cut is trimmed of white space, and of what an earlier cut already took, so spans never overlap: whoever comes
    first keeps what they took. A cut above ``share`` of what is left is refused, and so is one that leaves nothing.
    """

    def __init__(self, text: str, share: float = 0.6, layout: Layout | None = None) -> None:
        """``layout`` is the text's, where there is one already."""
        self.text = text
        self.share = share
        flat, tidy = (layout.flat, layout.tidy) if layout is not None else (flatten(text), False)
        self._flat = flat
        self._clear = tidy or _INVISIBLE.search(text) is None
        # in such a text a paragraph's flat text is its copy but for the line ends
        self._tidy, self._plain = tidy, tidy and text.isascii()
        self.left = len(flat) - flat.count(" ")
        self.refused: list[str] = []
        self._spans: list[Span] = []

    @property
    def spans(self) -> Sequence[Span]:
        """All cuts so far, by offset."""
        return self._spans

    def cut(self, rule: str, start: int, end: int, *, any_share: bool = False) -> bool:
        """Take one span out; False when nothing of it was left or when it was refused."""
        text, spans = self.text, self._spans
        if (
            0 <= start < end <= len(text)
            and (not spans or start >= spans[-1].end or end <= spans[0].start)
            and not (text[start].isspace() or text[end - 1].isspace())
        ):
            return self._take(rule, [(start, end)], any_share)
        return self._take(rule, self._free(start, end), any_share)

    def cut_all(self, rule: str, ranges: Iterable[tuple[int, int]], *, any_share: bool = False) -> bool:
        """Take several spans out together, all or none. ``any_share`` lifts the share, not the rule that some stays."""
        return self._take(rule, [piece for start, end in ranges for piece in self._free(start, end)], any_share)

    def _take(self, rule: str, pieces: list[tuple[int, int]], any_share: bool) -> bool:
        if not pieces:
            return False
        # flat text has a space for all that is white or invisible: a share is counted in what is neither
        count, taken = self._flat.count, 0
        for a, b in pieces:
            taken += b - a - count(" ", a, b)
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

    def touches(self, start: int, end: int) -> bool:
        """A cut may have taken something between ``start`` and ``end``; none did where all are above or all below."""
        spans = self._spans
        return bool(spans) and start < spans[-1].end and end > spans[0].start

    def is_cut(self, start: int, end: int) -> bool:
        """Nothing but white space of ``start`` to ``end`` is left."""
        spans = self._spans
        if not self.touches(start, end):
            return self.text[start:end].isspace() or start >= end
        at = self._first(start)
        if at == len(spans) or spans[at].start >= end:
            return self.text[start:end].isspace() or start >= end
        first = spans[at]
        if first.start <= start and first.end >= end:
            return True
        text, alone = self.text, at + 1 == len(spans) or spans[at + 1].start >= end
        if (first.start > start and not text[start].isspace()) or (
            alone and first.end < end and not text[end - 1].isspace()
        ):
            return False
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
            if self._clear or not _INVISIBLE.fullmatch(self.text, span.start, span.end):
                parts.append(" ")
            start = max(start, span.end)
            at += 1
        if start < end:
            parts.append(self.text[start:end])
        return collapsed("".join(parts))

    def paragraphs(self, laid_out: Iterable[Paragraph]) -> list[str]:
        """What is left of each paragraph of the text, white space collapsed, without those of which nothing is left."""
        spans, text, plain = self._spans, self.text, self._plain
        left: list[str] = []
        at, count = 0, len(spans)
        cut_from, cut_to = spans[0][:2] if spans else (len(text), len(text))
        for start, end, _, _, _, _, flat in laid_out:
            while cut_to <= start and at < count:
                at += 1
                cut_from, cut_to = spans[at][:2] if at < count else (len(text), len(text))
            if cut_from < end and at < count:
                piece = "" if cut_from <= start and cut_to >= end else self.remains(start, end)
            else:
                piece = flat if plain else text[start:end]
                if not plain or piece.rfind("  ") >= 0:  # (looked for from the end: a third of the cost)
                    piece = self._collapsed(piece)
            if piece:
                left.append(piece)
        return left

    def _collapsed(self, piece: str) -> str:
        """`collapsed` for a piece with no white space at its ends."""
        if self._tidy and "\r" not in piece:
            piece = piece.replace("\n", " ")
            if piece.rfind("  ") < 0:  # what else there is of white space is the common space
                return piece
        return " ".join(piece.split())

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
