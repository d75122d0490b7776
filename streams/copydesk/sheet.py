"""The sheet on the desk: one story's copy, its layout, the ledger of cuts, and what the rules have read so far.

Rules read ``flat`` text and cut through `Sheet.cut`; they never change the copy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from streams.contracts.story import Dateline, InfoSource, RawStory
from streams.text.layout import Layout, Paragraph, lay_out
from streams.text.spans import Ledger

_HEAD_LINES_AT_MOST = 5
# Where headline, slug and all stand in the copy itself; the first are pages and papers, with lines of their own
SITE_FORMATS = frozenset(("republished", "htmlpage"))
TEXT_FORMATS = SITE_FORMATS | {"plain", "iptc7901"}


@dataclass(frozen=True, slots=True)
class PublishedDay:
    """A day on which the copy says it was published or printed; offsets into the copy."""

    start: int
    end: int
    day: date


@dataclass(slots=True)
class Sheet:
    """One story on the desk. ``units`` are what its head is read by: paragraphs, those of the first block by line.

    ``is_text``: a text format, where headline, slug and all stand in the copy itself. ``is_site``: copy that a site or
    paper republished.
    """

    raw: RawStory
    received: datetime | None
    layout: Layout
    ledger: Ledger
    units: list[Paragraph]
    is_text: bool
    is_site: bool
    body_from: int = 0
    headline: str | None = None
    slugline: str | None = None
    by: str | None = None
    dateline: Dateline | None = None
    dateline_end: int = 0
    urgency: int | None = None
    embargoed_until: datetime | None = None
    withheld: bool = False
    corrected: bool = False
    language: str | None = None
    marks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    sources: list[InfoSource] = field(default_factory=list)
    published: list[PublishedDay] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    datelines: dict[int, tuple[str, re.Match[str]] | None] = field(default_factory=dict)

    @property
    def has_headline(self) -> bool:
        """The headline is known: read from the copy of a text format, given by any other."""
        return self.headline is not None if self.is_text else bool(self.raw.headline)

    @property
    def flat(self) -> str:
        """The copy for matching: same offsets, see `streams.text.layout`."""
        return self.layout.flat

    def cut(self, rule: str, span: Paragraph | tuple[int, int], *, any_share: bool = False) -> bool:
        """Cut a line, paragraph or range; False when the ledger refused it or nothing of it was left."""
        return self.ledger.cut(rule, span[0], span[1], any_share=any_share)  # start and end come first in all three

    def is_cut(self, span: Paragraph) -> bool:
        """Nothing is left of a line or paragraph."""
        start, end = span[0], span[1]
        # there is a word in every line and paragraph, so one that no cut touches is not cut
        return self.ledger.touches(start, end) and self.ledger.is_cut(start, end)

    def words(self, start: int, end: int) -> str:
        """The copy between two offsets as a value: white space collapsed, invisible characters gone."""
        value = " ".join(self.raw.copy[start:end].split())
        return value if value.isprintable() else "".join(c for c in value if c.isprintable()).strip()

    def add_source(self, names: Iterable[str], role: str = "agency") -> None:
        """Note who wrote or republished the copy, each once."""
        for name in names:
            source = InfoSource(name, "distributor" if role == "distributor" else "agency")
            if source not in self.sources:
                self.sources.append(source)


LineRule = Callable[[Sheet, Paragraph], bool]
"""Cuts a line, or leaves it: True when it was cut."""


def first_cut(rules: Iterable[LineRule], sheet: Sheet, unit: Paragraph) -> bool:
    """Try rules in their order until one cuts the line."""
    for rule in rules:  # noqa: SIM110 - asked of every line, and any() takes twice as long
        if rule(sheet, unit):
            return True
    return False


def open_sheet(raw: RawStory, received: datetime | None) -> Sheet:
    """Lay out the copy of ``raw``; ``received`` is only ever used to count days from."""
    layout = lay_out(raw.copy, raw.paragraphs_per_line)
    is_text = raw.format in TEXT_FORMATS
    units = _units(layout) if is_text else list(layout.paragraphs)
    ledger = Ledger(raw.copy, layout=layout)
    is_site = raw.format in SITE_FORMATS or raw.format == "rss" or raw.republished
    return Sheet(raw, received, layout, ledger, units, is_text, is_site)


def _units(layout: Layout) -> list[Paragraph]:
    """Paragraphs, those at the head of wrapped text by line: slug, headline and byline follow line on line there."""
    if not layout.wrapped:
        return list(layout.paragraphs)
    units: list[Paragraph] = []
    in_head = True
    for paragraph in layout.paragraphs:
        lines = paragraph.last - paragraph.first + 1
        if in_head and paragraph.indent < 2 and lines <= _HEAD_LINES_AT_MOST and not _is_prose(paragraph, lines):
            units += layout.lines[paragraph.first : paragraph.last + 1]
        else:
            in_head = in_head and paragraph.indent < 2 and lines == 1
            units.append(paragraph)
    return units


def _is_prose(paragraph: Paragraph, lines: int) -> bool:
    if paragraph.text.startswith("BC-"):
        return False  # AP's keyword line, with headline and note to editors right under it
    return (lines >= 3 and paragraph.text.endswith((".", '"'))) or paragraph.text.startswith(("(", "ATTENTION"))
