"""Names → every spelling that copy may give them, as the lines that the matcher loads; it knows no meaning.

A name is written as its shape has it, with more of its words opened by capitals, or all in capitals; nationalities in
lower case too, in the languages that write them so.
"""

from __future__ import annotations

from collections.abc import Iterable

from streams.places.folding import cased


def sections(names: Iterable[tuple[str, str, bool]]) -> dict[str, bytes]:
    """The sections ``plain``, ``spelled``, ``small`` and ``owners``, as ``places.spellings.Matcher`` takes them.

    Made of (shape, case, may it be in lower case) of each name. A spelling that two names share is the first one's.
    """
    taken: set[str] = set()
    lines: dict[str, list[str]] = {"plain": [], "spelled": [], "small": []}
    owners: dict[str, list[str]] = {title: [] for title in lines}
    for shape, case, lower in names:
        spellings = _spellings(shape if _is_plain(shape) else cased(shape), case, lower) - taken
        taken |= spellings
        if spellings == {shape, shape.upper()} and shape.isascii() and " " not in shape and shape[0].isupper():
            spellings = {shape}
            kind = "plain"
        else:
            kind = "spelled"
        small = {spelling for spelling in spellings if spelling.islower()}
        for title, found in ((kind, spellings - small), ("small", small)):
            lines[title] += sorted(found)
        for title, row in owners.items():
            row.append(str(len(small) if title == "small" else len(spellings - small) if title == kind else 0))
    return {title: "\n".join(rows).encode() for title, rows in lines.items()} | {
        "owners": "\n".join("".join(row) for row in owners.values()).encode()
    }


def _is_plain(shape: str) -> bool:
    return shape.isascii() and shape.replace(" ", "").isalnum()


def _spellings(shape: str, case: str, lower: bool) -> set[str]:
    """What copy may write for a name: ``Isle of Man``, ``Isle Of Man``, ``ISLE OF MAN``."""
    small = shape.lower()
    if case == "u" or small == shape.upper():
        return {shape}
    found = {shape, _upper(shape)}
    if not shape[0].isupper():
        found.add(_upper(shape[0]) + shape[1:])
    if " " in shape:
        found.add(" ".join([_upper(word[:1]) + word[1:] for word in shape.split(" ")]))
    if case == "i" or lower:
        found.add(small)
    return found


def _upper(text: str) -> str:
    """In capitals, code point for code point: ``ß`` stays."""
    capitals = text.upper()
    return capitals if len(capitals) == len(text) else "".join([c if len(c.upper()) > 1 else c.upper() for c in text])
