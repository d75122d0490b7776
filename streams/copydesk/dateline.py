"""Datelines that open the first paragraph; reads place and day, leaves the country to the places stage.

``text`` is the dateline as printed, ``city`` as a person would write it, ``date`` only where the copy states a day.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from streams.contracts.story import Dateline
from streams.copydesk import captions
from streams.copydesk.agencies import agencies_in
from streams.copydesk.dateline_forms import CREDITED, FORMS, SIGNS, SITE_FORMS
from streams.copydesk.placenames import city_of
from streams.copydesk.rulebook import book
from streams.copydesk.sheet import Sheet
from streams.text.dates import WrittenDay, nearest, safe_date, written
from streams.text.daynames import WEEKDAY_PATTERN
from streams.text.layout import Paragraph

_BOOK = book("dateline")
RULES = _BOOK.rules

_SECTIONS = book("headline").listed("section")
_AT_MOST = 110
_PROSE_FROM, _CREDIT_AT_MOST = 60, 60
_NOTICES = "|".join(
    (book("advisory").any("attention", "corrects", "refiles"), book("kind").any("flash", "alert"), r"urgente?")
)
_NOT_PLACES = re.compile(
    rf"(?i)(?!a [^\W\d_])(?:{_BOOK.any('not_places')}|{_NOTICES}|foto\w{{0,4}}|embargo\w{{0,4}}|{WEEKDAY_PATTERN})\b"
)


def read(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a dateline at the start of ``unit`` and keep what it says."""
    first = _first(sheet, unit)
    if first is not None and _accept(sheet, unit, *first):
        return True
    if sheet.is_site:
        text = unit.text[: _AT_MOST * 2]
        for rule, pattern in SITE_FORMS:
            if rule == "dateline.stop" and sheet.language not in ("de", None):
                continue
            matched = pattern.match(text)
            if (
                matched
                and (matched.end() < len(text) or _over_prose(sheet, unit))
                and len(matched["place"].split()) <= 4
                and _plausible(matched)
                and captions.split_credit(unit.text) is None  # ``Sarnia: Boats wait. Photo: …`` is a caption
                and _accept(sheet, unit, rule, matched)
            ):
                return True
    return False


def credit(text: str) -> str | None:
    """The rule of a line that names the agency and where it wrote, and nothing else: ``AFP, Sarnia``."""
    return "dateline.credited" if len(text) <= _CREDIT_AT_MOST and CREDITED.fullmatch(text) else None


def credited(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut such a line of a page, unless it names a section."""
    found = CREDITED.fullmatch(unit.text) if sheet.is_site and len(unit.text) <= _CREDIT_AT_MOST else None
    if found is None or _place(found).casefold() in _SECTIONS or not _plausible(found):
        return False
    return _accept(sheet, unit, "dateline.credited", found)


def opens(sheet: Sheet, unit: Paragraph, surely: bool = False) -> bool:
    """A clear dateline opens ``unit``: a form that names the agency, a day, or a place in capitals. Cuts nothing.

    ``surely``: neither may a headline such as ``CORRECTED - PORT REOPENS`` pass for one. It then takes a day or an
    agency, a dash, and words after it.
    """
    first = _first(sheet, unit)
    if first is None or not surely:
        return first is not None
    rule, found = first
    if rule == "dateline.capitals":
        return False
    if rule == "dateline.agency" and found.end() == len(unit.text):
        return _over_prose(sheet, unit)  # AFP's texts have it on a line of its own
    dashed = found.group().rstrip().endswith(("-", "–", "—", "•", "_"))
    return (dashed or rule == "dateline.stroke") and len(unit.text) - found.end() > 40


def _over_prose(sheet: Sheet, unit: Paragraph) -> bool:
    """The next paragraph is prose: what stands above it on a line of its own may be where it was written."""
    below = next((u for u in sheet.units[sheet.body_from + 1 :] if u.start > unit.start and not sheet.is_cut(u)), None)
    return below is not None and len(below.text) > _PROSE_FROM and below.text.endswith((".", '"', "."))


def from_format(text: str, reference: date | None) -> Dateline:
    """A dateline that the format gives outright, read by the same patterns."""
    bare = " ".join(text.split())
    for _, _, _, pattern in FORMS:
        matched = pattern.match(bare)
        if matched:
            return Dateline(text, city_of(_place(matched)), None, _day(matched, reference))
    return Dateline(text, city_of(bare.split(",", 1)[0].split("(", 1)[0]) or None, None, None)


def _first(sheet: Sheet, unit: Paragraph) -> tuple[str, re.Match[str]] | None:
    """The first form that fits the start of a paragraph, and what it finds.

    A paragraph is asked more than once on its way down the head, so the answer is kept.
    """
    if unit.start not in sheet.datelines:
        sheet.datelines[unit.start] = _find(unit.text)
    return sheet.datelines[unit.start]


def _find(whole: str) -> tuple[str, re.Match[str]] | None:
    """A form whose telling sign is not there is not tried."""
    opening = whole[:_AT_MOST]
    held = [sign for sign in SIGNS if sign in opening]
    if not held:
        return None
    text = whole[: _AT_MOST * 2]
    for rule, signs, sign, pattern in FORMS:
        if not signs.isdisjoint(held) and (sign is None or sign.search(opening)):
            found = pattern.match(text)
            if found and found.end() <= _AT_MOST and _plausible(found):
                return rule, found
    return None


def _accept(sheet: Sheet, unit: Paragraph, rule: str, found: re.Match[str]) -> bool:
    place, wire = _place(found), _group(found, "wire") or _group(found, "wire_ar") or _group(found, "wire_en")
    if unit is sheet.units[-1] and not unit.text[found.end() :].strip():
        return False
    if not sheet.cut(rule, (unit.start, unit.start + found.end()), any_share=True):
        return False
    printed = sheet.words(unit.start, unit.start + found.end())
    day = _day(found, _reference(sheet))
    if place or day:  # the agency alone says neither where nor when
        sheet.dateline = Dateline(printed, city_of(place) or None, None, day)
    sheet.dateline_end = unit.start + found.end()
    sheet.add_source(agencies_in(wire) if wire else ())
    return True


def _plausible(found: re.Match[str]) -> bool:
    """The place is no label such as ``Update``; brackets hold an agency, an unknown one needs more signs."""
    place, wire = _place(found), _group(found, "wire")
    if not place and "place" not in found.re.groupindex:
        return bool(wire)
    if not _may_be_place(place):
        return False
    return (
        not wire
        or bool(agencies_in(wire))
        or (
            found.group()[-1] in "-–—_"
            and (
                wire.islower() or place.split(",", 1)[0].isupper() or bool(_group(found, "day") or _group(found, "dmy"))
            )
        )
    )


@lru_cache(maxsize=4096)
def _may_be_place(place: str) -> bool:
    return _NOT_PLACES.match(place) is None and any(map(str.isalpha, place))


def _group(found: re.Match[str], name: str) -> str | None:
    """What a form's group holds; None for a form that has no such group."""
    return found[name] if name in found.re.groupindex else None


def _place(found: re.Match[str]) -> str:
    place = (_group(found, "place") or _group(found, "place_ar") or _group(found, "place_en") or "").strip(" *,.")
    return place + "." if place[-4:-1] == " a." else place  # Frankfurt a.M., Halle a.S.


def _reference(sheet: Sheet) -> date | None:
    when = sheet.raw.version_created or sheet.raw.first_created or sheet.received
    return when.date() if when else None


def _day(found: re.Match[str], reference: date | None) -> date | None:
    """The stated day; a year that is left out comes from when the copy was sent, else the day stays unknown."""
    if figures := _group(found, "dmy"):  # 06.10.26, as Swiss agencies write it
        number, month, year = map(int, figures.split("."))
        return safe_date(2000 + year, month, number)
    if bare := _group(found, "bare"):  # MADRID, 3 (EUROPA PRESS): the day of the month it was sent in, or was it late
        near = (reference + timedelta(days=ahead) for ahead in range(1, -8, -1)) if reference else ()
        return next((day for day in near if day.day == int(bare)), None)
    if not _group(found, "day"):
        return None
    day: WrittenDay | None = written(found)
    if day is None:
        return None
    if day.year is not None:
        return day.dated()
    return nearest(day, reference) if reference else None
