"""Copy and its mentions → pieces of text, each with the country it stands for. Changes no character, finds no place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from streams.contracts.story import Dateline, Mention


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of copy. ``mark`` is what stands behind a mention in brackets: the country (ISO alpha-2), or for a place
    above countries or left ambiguous its kind (``region``); None for plain copy. The texts joined are the copy."""

    text: str
    mark: str | None = None


def marked(text: str, spans: Iterable[tuple[int, int, str]]) -> tuple[Piece, ...]:
    """*text* in pieces, the (start, end, mark) of *spans* marked; spans outside *text* or over another are left out.

    >>> marked("Damascus fell quiet", [(0, 8, "SY")])
    (Piece(text='Damascus', mark='SY'), Piece(text=' fell quiet', mark=None))
    """
    pieces: list[Piece] = []
    at = 0
    for start, end, mark in sorted(spans):
        if not at <= start < end <= len(text):
            continue
        if start > at:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], mark))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return tuple(pieces)


def mark_of(mention: Mention) -> str:
    """The country of a mention, or its kind where it has none."""
    return mention.country or mention.kind


def marked_field(text: str, field: str, mentions: Iterable[Mention]) -> tuple[Piece, ...]:
    """The headline or body with its mentions marked."""
    return marked(text, [(m.start, m.end, mark_of(m)) for m in mentions if m.field == field])


def marked_caption(text: str, mentions: Iterable[Mention]) -> tuple[Piece, ...]:
    """A caption with the names marked that headline or body carry under one meaning only.

    Captions have no mentions of their own: a name that the copy uses for two places is left plain, and so is one
    that the copy does not use.
    """
    meanings: dict[str, set[str]] = {}
    for mention in mentions:
        meanings.setdefault(mention.text, set()).add(mark_of(mention))
    names = sorted((name for name, marks in meanings.items() if len(marks) == 1), key=len, reverse=True)
    if not names:
        return marked(text, ())
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
    return marked(text, [(m.start(), m.end(), next(iter(meanings[m.group()]))) for m in pattern.finditer(text)])


def marked_dateline(dateline: Dateline) -> tuple[Piece, ...]:
    """The dateline as printed, its city marked with the country found for it; unmarked where none was."""
    city, country = dateline.city, dateline.country
    if not city or not country:
        return marked(dateline.text, ())
    start = dateline.text.casefold().find(city.casefold())
    return marked(dateline.text, [(start, start + len(city), country)] if start >= 0 else ())
