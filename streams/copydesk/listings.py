"""Links to other stories under a heading of their own, wherever they stand; a heading alone takes no prose with it."""

from __future__ import annotations

from collections.abc import Iterator

from streams.copydesk.boilerplate import ENDS_SENTENCE, is_furniture
from streams.copydesk.rulebook import book
from streams.copydesk.sheet import Sheet
from streams.text.layout import Paragraph

_LISTING = book("boilerplate").lines("boilerplate.listing")
_LISTING_AT_MOST, _LINK_AT_MOST, _LINKS_AT_MOST, _PROSE_FROM = 50, 140, 8, 80


def cut(sheet: Sheet) -> None:
    """Cut a heading over links to other stories and the links under it: ``Mehr zum Thema``, ``RELATED STORIES``.

    A link is a line of four words or more without a full stop, and there are at most eight. When nothing but such lines
    stands below the heading, shorter ones are links as well.
    """
    units = sheet.units
    for at, unit in enumerate(units):
        if at == 0 or not is_heading(unit.text):
            continue
        below = [u for u in units[at + 1 :] if not sheet.is_cut(u)]
        links = list(_links(below))
        closes = not any(u.text.endswith(ENDS_SENTENCE) and not is_furniture(u.text) for u in below)
        prose_above = any(len(u.text) > _PROSE_FROM and u.text.endswith(ENDS_SENTENCE) for u in units[:at])
        if not prose_above:
            continue
        if not closes:
            links = [u for u in links if len(u.text.split()) >= 4]
        sheet.cut("boilerplate.listing", unit)
        for link in links:
            sheet.cut("boilerplate.listing", link)


def is_heading(text: str) -> bool:
    """A heading that other stories' headlines follow."""
    return len(text) <= _LISTING_AT_MOST and _LISTING.fullmatch(text)


def _links(below: list[Paragraph]) -> Iterator[Paragraph]:
    """The lines under a heading that read as other stories' headlines."""
    for unit in below[:_LINKS_AT_MOST]:
        if len(unit.text) > _LINK_AT_MOST or unit.text.endswith(ENDS_SENTENCE) or unit.text.startswith(("(", "©", '"')):
            return
        yield unit
