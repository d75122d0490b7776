"""Relative days of headline and body, and the days the copy says it was printed; resolves none without a reference.

The reference is the dateline's day, else the printed day, else the day when the copy was sent, in
the zone of its dateline where that city is known.
"""

from __future__ import annotations

from datetime import UTC, date

from streams.contracts.story import DateMention, Field
from streams.copydesk.rule import Rule
from streams.copydesk.sheet import Sheet
from streams.text.relative import find_relative
from streams.text.zones import local_day

RULES: tuple[Rule, ...] = ()


def reference_of(sheet: Sheet) -> date | None:
    """The day that relative days are counted from."""
    if sheet.dateline is not None and sheet.dateline.date is not None:
        return sheet.dateline.date
    if sheet.published:
        return sheet.published[-1].day
    when = sheet.raw.version_created or sheet.raw.first_created or sheet.received
    if when is None:
        return None
    city = sheet.dateline.city if sheet.dateline is not None else sheet.raw.located
    return local_day(when.astimezone(UTC), city)


def mentions(
    sheet: Sheet, headline: str, body: str, language: str | None, reference: date | None
) -> tuple[DateMention, ...]:
    """Days in headline and body, then the printed days with offsets into the raw copy."""
    found: list[DateMention] = []
    if reference is not None:
        texts: tuple[tuple[Field, str], ...] = (("headline", headline), ("body", body))
        for field, text in texts:
            days = find_relative(text, language, reference)
            found += [DateMention(field, d.start, d.end, text[d.start : d.end], d.day) for d in days]
    copy = sheet.raw.copy
    found += [DateMention("raw", p.start, p.end, copy[p.start : p.end], p.day) for p in sheet.published]
    return tuple(found)
