"""The order of work on a story's head, down to the first paragraph of the body; holds no rule itself."""

from __future__ import annotations

from streams.copydesk import (
    advisory,
    boilerplate,
    byline,
    captions,
    credits,
    dateline,
    embargo,
    headline,
    house,
    kills,
    kind,
    pagedays,
    slugline,
    terms,
    wirehead,
)  # fmt: skip
from streams.copydesk.agencies import agency
from streams.copydesk.sheet import LineRule, Sheet, first_cut
from streams.text.layout import Paragraph

_HEAD_UNITS_AT_MOST = 30
_AHEAD = 3
_POINTS = ("* ", "- ", "• ", "– ", "· ")
_POINTS_AT_MOST = 10
_NAME_AT_MOST = 5
_DECK_AT_MOST, _DECK_LINES_AT_MOST = 240, 8

# Lines that may stand above the headline as well as under it
_TRANSMISSION: tuple[LineRule, ...] = (
    wirehead.head_line, kills.head_line, kind.head_line, embargo.head_line, advisory.head_line, terms.head_line,
)  # fmt: skip
# Lines of names, dates or buttons between headline and body
_FURNITURE: tuple[LineRule, ...] = (
    byline.head_line, boilerplate.head_line, credits.line, dateline.credited, house.head_line, headline.deck,
    headline.repeated,
)  # fmt: skip
# What still stands in the copy of a structured format
_STRUCTURED: tuple[LineRule, ...] = (
    wirehead.drawn, kills.head_line, kind.head_line, embargo.head_line, advisory.head_line, terms.line,
    byline.head_line, credits.line,
)  # fmt: skip


def text(sheet: Sheet) -> None:
    """Down to the first paragraph of the body: slug, marks, headline, byline, advisory, captions, dateline."""
    units = sheet.units
    wirehead.stamp(sheet)
    at = 0
    while at < min(len(units), _HEAD_UNITS_AT_MOST):
        unit = units[at]
        sheet.body_from = at
        if sheet.is_cut(unit):
            at += 1
            continue
        if sheet.headline is not None and dateline.opens(sheet, unit, surely=True) and dateline.read(sheet, unit):
            return
        if first_cut(_TRANSMISSION, sheet, unit):
            at += 1
            continue
        if sheet.headline is None:
            if dateline.opens(sheet, unit, surely=True) and dateline.read(sheet, unit):
                return
            taken = _top(sheet, at)
        else:
            if not _left_below(sheet, at):
                dateline.read(sheet, unit)
                return
            if first_cut(_FURNITURE, sheet, unit):
                at += 1
                continue
            if dateline.read(sheet, unit):
                return
            taken = _captions(sheet, at) or int(boilerplate.short_line(sheet, unit))
        if taken == 0:
            if sheet.headline is None and sheet.is_site:
                dateline.read(sheet, unit)  # a page's copy without its headline: any form of dateline may open it
            elif sheet.headline is not None and unit.text.startswith(_POINTS):
                _under_points(sheet, at)
            elif sheet.headline is not None and sheet.is_site and len(unit.text) <= _DECK_AT_MOST:
                _under_deck(sheet, at + 1)
            return
        at += taken
    sheet.body_from = min(at, len(units))


def _top(sheet: Sheet, at: int) -> int:
    """A line above the headline, or the headline itself; 0 when the body starts here."""
    unit, units = sheet.units[at], sheet.units
    below = units[at + 1] if at + 1 < len(units) else None
    above = wirehead.above_text(sheet, unit)
    left = _left_below(sheet, at)
    if (
        (sheet.slugline is None or above)
        and left > 0
        and (
            slugline.head_line(sheet, unit, above or headline.closed_below(sheet, at))
            or (not sheet.is_site and slugline.above_headline(sheet, unit, below))
        )
    ):
        return 1
    if sheet.is_site and left > 1 and headline.is_section(unit, below) and sheet.cut("headline.section", unit):
        return 1
    if sheet.is_site and (boilerplate.head_line(sheet, unit) or (left > 1 and credits.line(sheet, unit))):
        return 1
    if not sheet.is_site and pagedays.agency_day(sheet, unit):
        return 1
    if _is_signed(sheet, unit, below) and byline.head_line(sheet, unit):
        return 1
    if not sheet.is_site and left > 1 and agency(unit.text) and credits.line(sheet, unit):
        return 1
    return headline.take(sheet, at, left)


def _is_signed(sheet: Sheet, unit: Paragraph, below: Paragraph | None) -> bool:
    """Copy without a headline opens with its author's name: a few words, not in capitals, right above a dateline."""
    if below is None or unit.text.isupper() or len(unit.text.split()) > _NAME_AT_MOST:
        return False
    return dateline.opens(sheet, below, surely=True)


def _left_below(sheet: Sheet, at: int) -> int:
    """How many units below ``at`` are still uncut; 2 stands for two or more."""
    units, left = sheet.units, 0
    for below in range(at + 1, len(units)):
        left += not sheet.is_cut(units[below])
        if left == 2:
            break
    return left


def _under_points(sheet: Sheet, at: int) -> None:
    """Note, byline and dateline under a summary in points, ``* Shares fall``: they are read, the points stay."""
    units = sheet.units
    below = at
    while below < len(units) and below < at + _POINTS_AT_MOST and units[below].text.startswith(_POINTS):
        below += 1
    for unit in units[below : below + _AHEAD]:
        if dateline.read(sheet, unit):
            return
        if not (advisory.head_line(sheet, unit) or byline.head_line(sheet, unit)):
            return


def _under_deck(sheet: Sheet, at: int) -> None:
    """Byline, day and buttons of a page under its summary: they are cut and read, the summary stays."""
    units = sheet.units
    missed = 0
    for index in range(at, min(len(units), at + _DECK_LINES_AT_MOST)):
        unit = units[index]
        if sheet.is_cut(unit):
            continue
        if not _left_below(sheet, index) or dateline.opens(sheet, unit):
            dateline.read(sheet, unit)
            return
        if first_cut(_FURNITURE, sheet, unit):
            missed = 0
            continue
        taken = captions.head_line(sheet, index)
        missed += not taken
        if missed == 2 or len(unit.text) > _DECK_AT_MOST:
            return


def _captions(sheet: Sheet, at: int) -> int:
    """Captions between headline and body, by their credit or a dateline that follows; 0 when the body starts here."""
    taken = captions.head_line(sheet, at)
    if taken or not sheet.is_site:
        return taken
    units = sheet.units
    for ahead in range(at + 1, min(at + _AHEAD, len(units))):
        if sheet.is_cut(units[ahead]):
            continue
        if dateline.opens(sheet, units[ahead]):
            return int(captions.before_dateline(sheet, units[at]))
        if len(units[at].text) > 400:
            break
    return 0


def structured(sheet: Sheet) -> None:
    """The first paragraphs of a structured format's body: advisory, byline and dateline that stand in the copy."""
    for at, unit in enumerate(sheet.units[:6]):
        sheet.body_from = at
        if sheet.is_cut(unit):
            continue
        if dateline.read(sheet, unit):
            return
        if not _left_below(sheet, at):
            byline.head_line(sheet, unit)  # a body of nothing but a byline keeps it, and tells who wrote
            return
        if not (first_cut(_STRUCTURED, sheet, unit) or (sheet.raw.republished and boilerplate.head_line(sheet, unit))):
            _below_points(sheet, at)
            return


def _below_points(sheet: Sheet, at: int) -> None:
    """A dateline under a summary in points, ``* Shares fall``: it is read, the points stay."""
    for unit in sheet.units[at : at + _POINTS_AT_MOST]:
        if not unit.text.startswith(_POINTS):
            if unit is not sheet.units[at]:
                dateline.read(sheet, unit)
            return
