"""The order of work on one story: tail, head, middle, and what can be said of it; holds no rule itself."""

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
    head,
    headline,
    house,
    kills,
    kind,
    listings,
    signoff,
    sites,
    sources,
    terms,
    wirehead,
)  # fmt: skip
from streams.copydesk.sheet import LineRule, Sheet, first_cut, open_sheet
from streams.text.language import detect
from streams.text.layout import Paragraph, rejoined

_TAIL_LINES_AT_MOST = 80
# Paragraphs that may stand under the last one of the story
_TAIL: tuple[LineRule, ...] = (
    advisory.tail_line, signoff.tail_line, credits.tail_line, byline.tail_line, captions.tail_line, terms.line,
    house.tail_line, boilerplate.tail_line,
)  # fmt: skip


def clean(raw: RawStory, received: datetime | None) -> CleanStory:
    """Take from ``raw.copy`` all that is not to be printed, read what it says, and keep a receipt of every cut.

    ``received`` is when the newsroom got the copy; it gives the year to datelines without one and the day to "today"
    where the copy says neither. The same arguments give the same story: no clock, no chance.
    """
    sheet = open_sheet(raw, received)
    sheet.language = raw.language or detect(raw.copy)
    advisory.notebook(sheet)
    if raw.format == "plain":
        sheet.is_site = sites.told(sheet)
    if sheet.is_site:
        listings.cut(sheet)
    _tail(sheet)
    if sheet.is_text:
        head.text(sheet)
    else:
        head.structured(sheet)
    headline.cut_repeated(sheet, raw.headline or sheet.headline)
    captions.middle(sheet)
    boilerplate.middle(sheet)
    house.middle(sheet)
    wirehead.middle(sheet)
    wirehead.controls(sheet)
    return _finish(sheet)


def _tail(sheet: Sheet) -> None:
    """From the last line up, as long as lines are recognised; on sites first everything below the agency's credit."""
    if sheet.is_site and sheet.is_text:
        _credit_line(sheet)
    lines = sheet.layout.lines
    paragraphs = sheet.layout.paragraphs
    at = len(paragraphs) - 1
    last = len(lines) - 1
    passed_credit = False
    end = max(0, last - _TAIL_LINES_AT_MOST)
    while last >= end and at >= 0:
        line, paragraph = lines[last], paragraphs[at]
        if sheet.is_cut(line) or wirehead.tail_line(sheet, line) or credits.more(sheet, line):
            last -= 1
        elif len(line.text) < 40 and credits.tail_line(sheet, line):
            last -= 1
            passed_credit = True
        elif first_cut(_TAIL, sheet, paragraph if last == paragraph.last else _up_to(sheet, paragraph, line)):
            last = paragraph.first - 1
        else:
            if boilerplate.line_end(sheet, line):
                return
            above = lines[last - 1] if last else None
            if not signoff.line_end(sheet, line, above) and not passed_credit:
                credits.line_end(sheet, line)
            return
        while at > 0 and last < paragraphs[at].first:
            at -= 1


def _up_to(sheet: Sheet, paragraph: Paragraph, line: Paragraph) -> Paragraph:
    """What is left of a paragraph whose lines under ``line`` are cut: a sign-off with the time of sending below it."""
    return paragraph._replace(end=line.end, text=sheet.flat[paragraph.start : line.end])


def _credit_line(sheet: Sheet) -> None:
    """Find what closes the story on a page, cut it and the site's own lines under it.

    That is the agency's credit, or a line that stands under every story and never in one: initials, rights, keywords.
    """
    prose, closing = 0, boilerplate.closing(sheet)
    for at, unit in enumerate(sheet.units):
        closes = prose >= 1 and len(unit.text) <= 160
        if closes and (credits.tail_line(sheet, unit) or (at == closing and first_cut(_TAIL, sheet, unit))):
            boilerplate.after_credit(sheet, at)
            return
        prose += len(unit.text) > 160 or (len(unit.text) > 90 and unit.text.endswith("."))


def _finish(sheet: Sheet) -> CleanStory:
    raw = sheet.raw
    paragraphs = sheet.ledger.paragraphs(sheet.layout.paragraphs)
    body = "\n\n".join(paragraphs)
    if sheet.layout.wrapped:
        body = rejoined(body, raw.copy)
    language = sheet.language
    given = raw.headline or sheet.headline
    slug = raw.slugline or sheet.slugline
    slug_and_marks = ", ".join([slug or "", *sheet.marks])
    notes = [raw.ed_note] if raw.ed_note else []
    notes += [note for note in sheet.notes if note not in notes]
    note = "\n".join(notes)
    killed = raw.pub_status == "canceled" or kills.is_kill(given, slug or "", note, body, "KILL" in sheet.marks)
    judged = kind.judge(sheet, killed, given, slug or "", body)
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
        signals=advisory.signals(note, slug_and_marks, given or "", killed, refers, sheet.corrected),
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
