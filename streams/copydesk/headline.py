"""The headline: the copy's first line of words, or one derived from the body; never both, never an empty story."""

from __future__ import annotations

import re

from streams.copydesk import byline
from streams.copydesk.rulebook import book
from streams.copydesk.sheet import Sheet
from streams.text.layout import Paragraph
from streams.text.sentences import cap, first_sentence

_BOOK = book("headline")
RULES = _BOOK.rules

MARKED_END = re.compile(r"\s*=\s*$")
_DERIVED_AT_MOST = 160
_WHOLE_AT_MOST = 250
_LINE_AT_MOST = 250
_SLACK = 40
_KEYWORDS_AT_MOST = 2
_PATH = re.compile(r"[^.!?\n]{2,40}(?:\s[>›»/|]\s[^.!?\n]{2,40}){1,4}")
_TRAIL = (">", "›", "»", "/", "|")
_SECTIONS = _BOOK.listed("section")
_DECK = _BOOK.lines("headline.deck")


def is_section(unit: Paragraph, after: Paragraph | None) -> bool:
    """A line above the real headline: ``World``, ``Accueil > Monde``, ``INTERNACIONAL``, and a trail that ends in the
    headline itself, ``Home » World » Pilots go back to work``."""
    text, words = unit.text, unit.text.split()
    if after is not None and text.endswith(after.text) and text[: -len(after.text)].rstrip().endswith(_TRAIL):
        return True
    if _PATH.fullmatch(text) and len(words) <= 8:
        return True
    if len(words) > 3 or text.endswith((".", "?", "!", ":")) or after is None:
        return False
    longer = len(after.text.split()) >= 4 and after.first == unit.last + 1
    return all(w.casefold().strip("&,") in _SECTIONS for w in words if w != "&") or (
        longer and after.block == unit.block
    )


def deck(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a line under the headline that is marked as such: ``Utl.: …``."""
    return (
        ":" in unit.text[:6]
        and len(unit.text) <= _LINE_AT_MOST
        and _DECK.fullmatch(unit.text)
        and sheet.cut("headline.deck", unit)
    )


def repeated(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a line of a site's head that only says the headline again, above the picture or the byline."""
    said = sheet.headline
    return (
        sheet.is_site
        and said is not None
        and abs(len(unit.text) - len(said)) <= _SLACK
        and _bare(unit.text) == _bare(said)
        and sheet.cut("headline.repeated", unit)
    )


def take(sheet: Sheet, at: int, following: int) -> int:
    """Read the headline from the unit at ``at``; ``following`` counts the units below that may be the body.

    Returns how many units it took; 0 when that unit is no headline but the copy's first words.
    """
    unit = sheet.units[at]
    closing = _closing(sheet, at)
    if closing is None and (following == 0 or not _reads_as_headline(unit) or _is_indented_prose(sheet, unit)):
        return 0
    last = _continued(sheet, at) if closing is None else closing
    if (
        closing is not None
        and at < closing
        and len(unit.text.split()) <= _KEYWORDS_AT_MOST < len(sheet.units[closing].text.split())
    ):  # a line that a headline is wrapped after is a full one
        sheet.slugline = sheet.slugline or sheet.words(unit.start, unit.end).rstrip("/: ")
        return int(sheet.cut("slugline.keywords", unit, any_share=True))
    lines = [unit, *(u for u in sheet.units[at + 1 : last + 1] if not byline.head_line(sheet, u))]
    if len(lines) == 1:
        taken = sheet.cut("headline.line", unit, any_share=True)
    else:
        taken = sheet.ledger.cut_all("headline.line", [(u.start, u.end) for u in lines], any_share=True)
    if not taken:
        return 0
    printed = " ".join([sheet.words(u.start, u.end) for u in lines])
    sheet.headline = MARKED_END.sub("", printed) if "=" in printed else printed
    return last - at + 1


def closed_below(sheet: Sheet, at: int) -> bool:
    """A line further down closes in `` =``, in another block: what stands at ``at`` is a keyword line above it."""
    if "=" not in sheet.flat:
        return False
    return any(
        u.text.endswith(" =") and not _DECK.fullmatch(u.text) and u.block != sheet.units[at].block
        for u in sheet.units[at + 1 : at + 7]
    )


def _closing(sheet: Sheet, at: int) -> int | None:
    """The unit that ends in `` =``, within three of ``at`` and in the same block."""
    if "=" not in sheet.flat:
        return None
    for index in range(at, min(at + 3, len(sheet.units))):
        unit = sheet.units[index]
        if unit.block != sheet.units[at].block or len(unit.text) > _LINE_AT_MOST:
            return None
        if unit.text.endswith(" ="):
            return index
    return None


def _continued(sheet: Sheet, at: int) -> int:
    """A headline wrapped over two lines: its first line is full and the second ends the block."""
    units, layout = sheet.units, sheet.layout
    if not layout.wrapped or at + 1 >= len(units):
        return at
    line, rest = units[at], units[at + 1]
    if rest.block != line.block or rest.indent >= 2 or rest.first != line.last + 1:
        return at
    ends_block = at + 2 >= len(units) or units[at + 2].block != line.block
    full = len(line.text) + 1 + len(rest.text.split(" ", 1)[0]) > layout.width * 0.9
    return at + 1 if ends_block and full and rest.text[:1].isalnum() and not rest.text.endswith(".") else at


def _reads_as_headline(unit: Paragraph) -> bool:
    """One line, not too long, not a sentence of the body."""
    if unit.last > unit.first or len(unit.text) > _LINE_AT_MOST:
        return False
    return not (unit.text.endswith((".", '."')) and len(unit.text) > 110)


def _is_indented_prose(sheet: Sheet, unit: Paragraph) -> bool:
    """A later take goes on where the last one stopped, under the slug and without a headline."""
    return sheet.slugline is not None and unit.indent >= 2 and unit.text.endswith(".")


def derive(body: str) -> str:
    """A headline for copy that has none: the first sentence, whole up to 250 characters when it is all there is.

    Original example: ``Drones hit fuel depot in Freedonia: army`` as the one line of an alert is its own headline.
    """
    first = body.split("\n\n", 1)[0]
    if first == body and len(body) <= _WHOLE_AT_MOST:
        return first_sentence(body)
    return cap(first_sentence(first), _DERIVED_AT_MOST)


def cut_repeated(sheet: Sheet, headline: str | None) -> None:
    """Cut a first paragraph that only says the headline again."""
    if not headline:
        return
    for unit in sheet.units[sheet.body_from : sheet.body_from + 2]:
        if sheet.is_cut(unit):
            continue
        if unit.start < sheet.dateline_end:
            return  # what a dateline opens is the body, even where it says no more than the headline
        # words alone are compared, so a paragraph of more than twice the length cannot say the same
        if unit.end - unit.start <= 2 * len(headline) + _SLACK:
            said = _bare(headline)
            if said and _bare(sheet.ledger.remains(unit.start, unit.end)) == said:
                sheet.cut("headline.repeated", unit)
        return


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
