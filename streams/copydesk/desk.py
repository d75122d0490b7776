"""The order of work on one story: tail, head, middle, body, and what can be said of it; holds no rule itself."""

from __future__ import annotations

from datetime import datetime

from streams.contracts.story import CleanStory, Cut, Dateline, PubStatus, RawStory
from streams.copydesk import (
    advisory,
    boilerplate,
    byline,
    captions,
    credits,
    dateline,
    dates,
    embargo,
    headline,
    house,
    kills,
    kind,
    signoff,
    slugline,
    sources,
    terms,
    wirehead,
)  # fmt: skip
from streams.copydesk.sheet import Sheet, open_sheet
from streams.text.language import detect
from streams.text.layout import Paragraph

_HEAD_UNITS_AT_MOST = 30
_AHEAD = 3
_TAIL_LINES_AT_MOST = 80
_POINTS = ("* ", "- ", "• ", "– ", "· ")
_POINTS_AT_MOST = 10


def clean(raw: RawStory, received: datetime | None) -> CleanStory:
    """Take from ``raw.copy`` all that is not to be printed, read what it says, and keep a receipt of every cut.

    ``received`` is when the newsroom got the copy; it gives the year to datelines without one and the day to "today"
    where the copy says neither. The same arguments give the same story: no clock, no chance.
    """
    sheet = open_sheet(raw, received)
    sheet.language = raw.language or detect(raw.copy)
    advisory.notebook(sheet)
    _tail(sheet)
    if sheet.is_text:
        _head(sheet)
    else:
        _structured_head(sheet)
    headline.cut_repeated(sheet, raw.headline or sheet.headline)
    captions.middle(sheet)
    boilerplate.middle(sheet)
    house.middle(sheet)
    wirehead.controls(sheet)
    return _finish(sheet)


def _tail(sheet: Sheet) -> None:
    """From the last line up, as long as lines are recognised; on sites first everything below the agency's credit."""
    if sheet.is_site:
        _credit_line(sheet)
    lines = sheet.layout.lines
    paragraphs = sheet.layout.paragraphs
    at = len(paragraphs) - 1
    last = len(lines) - 1
    passed_credit = False
    end = max(0, last - _TAIL_LINES_AT_MOST)
    while last >= end and at >= 0:
        line, paragraph = lines[last], paragraphs[at]
        if sheet.is_cut(line):
            last -= 1
        elif wirehead.tail_line(sheet, line) or (len(line.text) < 40 and credits.tail_line(sheet, line)):
            last -= 1
            passed_credit = True
        elif last == paragraph.last and _tail_paragraph(sheet, paragraph):
            last = paragraph.first - 1
        else:
            if not passed_credit:
                credits.line_end(sheet, line)
            return
        while at > 0 and last < paragraphs[at].first:
            at -= 1


def _tail_paragraph(sheet: Sheet, paragraph: Paragraph) -> bool:
    return (
        advisory.tail_line(sheet, paragraph)
        or signoff.tail_line(sheet, paragraph)
        or credits.tail_line(sheet, paragraph)
        or terms.line(sheet, paragraph)
        or house.tail_line(sheet, paragraph)
        or boilerplate.tail_line(sheet, paragraph)
    )


def _credit_line(sheet: Sheet) -> None:
    """Find the agency's credit below the body of republished copy, cut it and the site's own lines under it."""
    units = sheet.units
    prose = 0
    for at, unit in enumerate(units):
        if prose >= 1 and len(unit.text) <= 160 and credits.tail_line(sheet, unit):
            boilerplate.after_credit(sheet, at)
            return
        prose += len(unit.text) > 160 or (len(unit.text) > 90 and unit.text.endswith("."))


def _head(sheet: Sheet) -> None:
    """Down to the first paragraph of the body: slug, marks, headline, byline, advisory, captions, dateline."""
    units = sheet.units
    at = 0
    while at < min(len(units), _HEAD_UNITS_AT_MOST):
        unit = units[at]
        sheet.body_from = at
        if sheet.is_cut(unit):
            at += 1
            continue
        if sheet.headline is not None and dateline.opens(sheet, unit, surely=True) and dateline.read(sheet, unit):
            return
        if _transmission_line(sheet, unit):
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
            if _furniture(sheet, unit):
                at += 1
                continue
            if dateline.read(sheet, unit):
                return
            taken = _captions(sheet, at) or int(boilerplate.short_line(sheet, unit))
        if taken == 0:
            return
        at += taken
    sheet.body_from = min(at, len(units))


def _transmission_line(sheet: Sheet, unit: Paragraph) -> bool:
    """Lines that may stand above the headline as well as under it."""
    return (
        wirehead.head_line(sheet, unit)
        or kills.head_line(sheet, unit)
        or kind.head_line(sheet, unit)
        or embargo.head_line(sheet, unit)
        or advisory.head_line(sheet, unit, sheet.headline is not None)
        or (sheet.headline is not None and terms.line(sheet, unit))
    )


def _top(sheet: Sheet, at: int) -> int:
    """A line above the headline, or the headline itself; 0 when the body starts here."""
    unit, units = sheet.units[at], sheet.units
    below = units[at + 1] if at + 1 < len(units) else None
    if (
        sheet.slugline is None
        and _left_below(sheet, at) > 0
        and slugline.head_line(sheet, unit, headline.closed_below(sheet, at))
    ):
        return 1
    if (
        sheet.is_site
        and _left_below(sheet, at) > 1
        and headline.is_section(unit, below)
        and sheet.cut("headline.section", unit)
    ):
        return 1
    if sheet.is_site and boilerplate.head_line(sheet, unit):
        return 1
    return headline.take(sheet, at, _left_below(sheet, at))


def _left_below(sheet: Sheet, at: int) -> int:
    """How many units below ``at`` are still uncut; 2 stands for two or more."""
    units, left = sheet.units, 0
    for below in range(at + 1, len(units)):
        left += not sheet.is_cut(units[below])
        if left == 2:
            break
    return left


def _furniture(sheet: Sheet, unit: Paragraph) -> bool:
    """A line of names, dates or buttons between headline and body."""
    return (
        byline.head_line(sheet, unit)
        or boilerplate.head_line(sheet, unit)
        or credits.line(sheet, unit)
        or house.head_line(sheet, unit)
    )


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


def _structured_head(sheet: Sheet) -> None:
    """The first paragraphs of a structured format's body: advisory, byline and dateline that stand in the copy."""
    has_headline = bool(sheet.raw.headline)
    for at, unit in enumerate(sheet.units[:6]):
        sheet.body_from = at
        if sheet.is_cut(unit):
            continue
        if dateline.read(sheet, unit):
            return
        if not _left_below(sheet, at):
            byline.head_line(sheet, unit)  # a body of nothing but a byline keeps it, and tells who wrote
            return
        known = (
            kills.head_line(sheet, unit)
            or kind.head_line(sheet, unit)
            or embargo.head_line(sheet, unit)
            or advisory.head_line(sheet, unit, has_headline)
            or terms.line(sheet, unit)
            or byline.head_line(sheet, unit)
            or credits.line(sheet, unit)
        )
        if not known:
            _below_points(sheet, at)
            return


def _below_points(sheet: Sheet, at: int) -> None:
    """A dateline under a summary in points, ``* Shares fall``: it is read, the points stay."""
    for unit in sheet.units[at : at + _POINTS_AT_MOST]:
        if not unit.text.startswith(_POINTS):
            if unit is not sheet.units[at]:
                dateline.read(sheet, unit)
            return


def _finish(sheet: Sheet) -> CleanStory:
    raw = sheet.raw
    paragraphs = sheet.ledger.paragraphs((p.start, p.end) for p in sheet.layout.paragraphs)
    body = "\n\n".join(paragraphs)
    language = sheet.language
    given = raw.headline or sheet.headline
    slug = raw.slugline or sheet.slugline
    slug_and_marks = ", ".join([slug or "", *sheet.marks])
    notes = [raw.ed_note] if raw.ed_note else []
    notes += [note for note in sheet.notes if note not in notes]
    note = "\n".join(notes)
    killed = raw.pub_status == "canceled" or kills.is_kill(given, slug or "", note, body, "KILL" in sheet.marks)
    judged = kind.judge(sheet, killed, given, slug or "", len(paragraphs), len(body))
    stated = _dateline(sheet)
    reference = dates.reference_of(sheet)
    top = given or headline.derive(body) or note or slug or ""
    refers = kills.refers_to(given, body, slug) if killed else kills.corrected(note)
    for rule in dict.fromkeys(sheet.ledger.refused):
        sheet.warnings.append(f"{rule}: would have taken too much of the copy; left in")
    return CleanStory(
        raw=raw,
        headline=top,
        headline_role="main" if given else "derived",
        body=body,
        kind=judged,
        language=language,
        slugline=slug,
        by=byline.tidy(raw.by) if raw.by else sheet.by,
        dateline=stated,
        located=raw.located or (stated.city if stated else None),
        ed_note=note or None,
        urgency=raw.urgency if raw.urgency is not None else sheet.urgency,
        pub_status=_status(sheet, killed),
        embargoed_until=raw.embargoed_until or sheet.embargoed_until or _embargo_in_note(sheet),
        captions=tuple(dict.fromkeys((*raw.captions, *sheet.captions))),
        info_sources=sources.gather(sheet),
        signals=advisory.signals(note, slug_and_marks, given or "", killed, refers),
        dates=dates.mentions(sheet, top, body, language, reference),
        reference_date=reference,
        cuts=tuple(Cut(s.rule, raw.copy[s.start : s.end], s.start, s.end) for s in sheet.ledger.spans),
        warnings=(*raw.warnings, *sheet.warnings),
    )


def _dateline(sheet: Sheet) -> Dateline | None:
    if sheet.dateline is None and sheet.raw.dateline:
        when = sheet.raw.version_created or sheet.received
        sheet.dateline = dateline.from_format(sheet.raw.dateline, when.date() if when else None)
    return sheet.dateline


def _embargo_in_note(sheet: Sheet) -> datetime | None:
    """The embargo that a format's own note states and its own field does not."""
    note = sheet.raw.ed_note
    return embargo.in_note(note, sheet) if note else None


def _status(sheet: Sheet, killed: bool) -> PubStatus:
    if killed:
        return "canceled"
    if sheet.withheld:
        return "withheld"
    return sheet.raw.pub_status or "usable"
