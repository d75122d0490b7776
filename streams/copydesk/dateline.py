"""Datelines that open the first paragraph; reads place and day, leaves the country to the places stage.

``text`` is the dateline as printed, ``city`` as a person would write it, ``date`` only where the copy states a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from streams.contracts.story import Dateline
from streams.copydesk.agencies import AGENCY, agencies_in
from streams.copydesk.rule import Rule
from streams.copydesk.sheet import Sheet
from streams.text.dates import DAY_PATTERN, WrittenDay, nearest, written
from streams.text.daynames import WEEKDAY_PATTERN
from streams.text.layout import Paragraph
from streams.text.words import word_set

RULES = (
    Rule("dateline.agency", "Place, day, agency in brackets, dash", "AFP, AP, dpa, EFE, Xinhua, Kyodo", (
        "Port Sarnia, Freedonia, March 3, 2026 (AFP) -"
    ), "lead"),
    Rule("dateline.day", "Place, day, dash", "Reuters until the 1990s", "PORT SARNIA, March 3 -", "lead"),
    Rule("dateline.agency-first", "Agency in brackets, place, day", "ANSA", "(ANSA) - PORTO SARNO, 03 MAR -", "lead"),
    Rule("dateline.stroke", "Place, day, agency between strokes", "TASS", "PORT SARNIA, March 3. /TASS/.", "lead"),
    Rule("dateline.capitals", "Place in capitals, then a bullet or a dash", (
        "The Straits Times, SCMP and other papers"
    ), "PORT SARNIA •", "lead"),
    Rule("dateline.colon", "Place and a colon", "Gulf and Indian papers", "Port Sarnia:", "lead", site=True),
    Rule("dateline.stop", (
        "Place and a full stop, in German also with agency"
    ), "German papers", "Bad Sarnheim.", "lead", site=True),
    Rule("dateline.dash", (
        "Place and a long dash, or a full stop and dash"
    ), "Spanish and French papers", "Puerto Sarnia.-", "lead", site=True),
)  # fmt: skip

_BIG = r"[^\W\d_a-zß-öø-ÿ][\w'.-]{0,24}"
_LINK = (
    r"(?:de|del|della|di|da|do|das|dos|des|du|la|le|les|los|las|el|al|upon|sur|sous|am|an|der|im|in|of|the|and|y|"
    r"et|und|sul|op|en|aan|den)"
)
_WORD = rf"(?:al-|el-|as-|an-|ad-|ash-|l'|d'|s-)?{_BIG}(?:/{_BIG})?"
_NAME = rf"{_WORD}(?:[ ]{{1,3}}(?:{_LINK}[ ]){{0,2}}{_WORD}){{0,4}}"
_PLACE = rf"(?P<place>\**{_NAME}(?:[ ]city)?(?:[ ]\({_NAME}\))?(?:,[ ]{{0,2}}(?:the[ ])?{_NAME}){{0,3}})"
_ARABIC_PLACE = r"(?P<place>[\u0600-\u06ff]{2,20}(?: [\u0600-\u06ff()]{2,20}){0,3})"
_WHEN = rf"(?:(?:(?:{WEEKDAY_PATTERN}),? )?(?P<day>{DAY_PATTERN})|(?P<short>[0-3]?\d/[01]?\d))"
_JUNK = r"[\s,.;-]{0,4}"
_DASH = r"(?:\.?\s{0,2}[-–—−•_]{1,3}|:|\.)"
_WIRE = (
    rf"\((?P<wire>(?:{AGENCY}|[A-Za-z]{{2,12}}(?:[ /-][A-Za-z]{{2,12}}){{0,2}})(?:[/, ]{{1,2}}(?:{AGENCY})){{0,2}})\)"
)

_FORMS: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (name, re.compile(sign), re.compile(pattern))
    for name, sign, pattern in (
        ("dateline.agency", r"\(", (
            rf"(?:{_PLACE}|"
            rf"{_ARABIC_PLACE.replace('place', 'place_ar')}){_JUNK}(?i:{_WHEN})?{_JUNK}(?i:{_WIRE})\s{{0,3}}(?:"
            rf"{_DASH}|(?=\s)|$)"
        )),
        ("dateline.day", r"\d.{0,24}?[-–—•]", (
            rf"{_PLACE}{_JUNK}(?i:{_WHEN})[,.]?(?:\s{{0,2}}(?:,\s)?\(?(?i:{AGENCY})\)?)?\s{{0,3}}[-–—•]{{1,3}}"
        )),
        ("dateline.agency-first", r"^\(", (
            rf"\((?P<wire>(?i:{AGENCY}))\)\s?[-–—]?\s?{_PLACE}{_JUNK}(?i:{_WHEN})?\s?[-–—]"
        )),
        ("dateline.stroke", r"/[A-Za-z-]{2,30}/", (
            rf"{_PLACE}{_JUNK}(?i:{_WHEN})?{_JUNK}/(?P<wire>(?i:{AGENCY}))/\.?(?:\s{{0,2}}[-–—]{{1,2}})?"
        )),
        ("dateline.capitals", r"[-–—•]", (
            r"(?P<place>\**(?:St\.? )?[^\W\d_a-zß-öø-ÿ]{2}(?:[^\W\d_a-zß-öø-ÿ]|[ .'/-]){0,38}"
            r"(?:,[ ](?:[^\W\d_a-zß-öø-ÿ][\w.'-]{0,20}[ ]?){1,3}){0,2})\s{0,2}(?:[•–—]|-{1,2}(?=\s))"
        )),
    )
)  # fmt: skip
_COLON = re.compile(rf"(?P<place>{_NAME}(?:,[ ]{_NAME})?):(?=\s[\"'“]?[A-ZÀ-Þ0-9])")
_STOP = re.compile(rf"(?P<place>{_NAME}(?:/{_NAME})?)\.(?=\s[\"'„“»]?[A-ZÄÖÜ])")
_LONG_DASH = re.compile(rf"(?P<place>{_NAME}(?:,[ ]{_NAME}){{0,2}})(?:\s?\.\s?[-–—]{{1,2}}|\s[•–—])(?=\s)")
_SITE_FORMS = (("dateline.dash", _LONG_DASH), ("dateline.colon", _COLON), ("dateline.stop", _STOP))
_AT_MOST = 110
_NOT_PLACES = re.compile(
    r"(?i)(?:breaking|update[sd]?|watch|video|analysis|opinion|explainer|factbox|note|editor|question|answer|"
    r"exclusive|profile|review|"
    r"kill|alert|urgent|flash|corrects?|correction|attention|embargo\w*|photo|foto|source|q|a|"
    + WEEKDAY_PATTERN + r")\b"
)  # fmt: skip


def read(sheet: Sheet, unit: Paragraph) -> bool:
    """Cut a dateline at the start of ``unit`` and keep what it says."""
    for rule, found in _matches(unit):
        if _accept(sheet, unit, rule, found):
            return True
    if sheet.is_site:
        text = unit.text[: _AT_MOST * 2]
        for rule, pattern in _SITE_FORMS:
            if rule == "dateline.stop" and sheet.language not in ("de", None):
                continue
            matched = pattern.match(text)
            if matched and len(matched["place"].split()) <= 4 and _accept(sheet, unit, rule, matched):
                return True
    return False


def opens(sheet: Sheet, unit: Paragraph, surely: bool = False) -> bool:
    """A clear dateline opens ``unit``: a form that names the agency, a day, or a place in capitals. Cuts nothing.

    ``surely``: neither may a headline such as ``CORRECTED - PORT REOPENS`` pass for one. It then takes a day or an
    agency, a dash, and words after it.
    """
    for rule, found in _matches(unit):
        if not _plausible(found):
            continue
        if not surely:
            return True
        dashed = found.group().rstrip().endswith(("-", "–", "—", "•", "_"))
        return (
            rule != "dateline.capitals" and (dashed or rule == "dateline.stroke") and len(unit.text) - found.end() > 40
        )
    return False


def from_format(text: str, reference: date | None) -> Dateline:
    """A dateline that the format gives outright, read by the same patterns."""
    bare = " ".join(text.split())
    for _, _, pattern in _FORMS:
        matched = pattern.match(bare)
        if matched:
            return Dateline(text, city_of(_place(matched)), None, _day(matched, reference))
    return Dateline(text, city_of(bare.split(",", 1)[0].split("(", 1)[0]) or None, None, None)


def _matches(unit: Paragraph) -> Iterator[tuple[str, re.Match[str]]]:
    """What each form finds at the start of a paragraph; a form whose telling sign is not there is not tried."""
    text = unit.text[: _AT_MOST * 2]
    for rule, sign, pattern in _FORMS:
        if sign.search(text, 0, _AT_MOST):
            found = pattern.match(text)
            if found and found.end() <= _AT_MOST:
                yield rule, found


def _accept(sheet: Sheet, unit: Paragraph, rule: str, found: re.Match[str]) -> bool:
    if not _plausible(found):
        return False
    place, wire = _place(found), found.groupdict().get("wire")
    rest = unit.text[found.end() :].strip()
    if not rest and unit is sheet.units[-1]:
        return False
    if not sheet.cut(rule, (unit.start, unit.start + found.end())):
        return False
    printed = sheet.words(unit.start, unit.start + found.end())
    sheet.dateline = Dateline(printed, city_of(place), None, _day(found, _reference(sheet)))
    sheet.dateline_end = unit.start + found.end()
    sheet.add_source(agencies_in(wire) if wire else ())
    return True


def _plausible(found: re.Match[str]) -> bool:
    """The place is no label such as ``Update``; brackets hold an agency, an unknown one needs more signs."""
    place, wire = _place(found), found.groupdict().get("wire")
    if _NOT_PLACES.match(place) or not any(map(str.isalpha, place)):
        return False
    return (
        not wire
        or bool(agencies_in(wire))
        or (found.group()[-1] in "-–—_" and (wire.islower() or place.isupper() or bool(found["day"])))
    )


def _place(found: re.Match[str]) -> str:
    groups = found.groupdict()
    return (groups.get("place") or groups.get("place_ar") or "").strip(" *,.")


def _reference(sheet: Sheet) -> date | None:
    when = sheet.raw.version_created or sheet.raw.first_created or sheet.received
    return when.date() if when else None


def _day(found: re.Match[str], reference: date | None) -> date | None:
    """The stated day; a year that is left out comes from when the copy was sent, else the day stays unknown."""
    if not found.groupdict().get("day"):
        return None
    day: WrittenDay | None = written(found)
    if day is None:
        return None
    if day.year is not None:
        return day.dated()
    return nearest(day, reference) if reference else None


_SMALL = word_set(
    "de del della di da do das dos des du la le les los las el al upon sur sous am an der im in of the and y et und"
)
_PIECE = re.compile(r"[^\W\d_]+")


def city_of(place: str) -> str:
    """The city as a person writes it: ``EL-FASHER`` → ``El-Fasher``, ``N'DJAMENA`` → ``N'Djamena``."""
    city = " ".join(place.split(",", 1)[0].split("(", 1)[0].split()).strip(" *-")
    if city.endswith(".") and not city.endswith(("St.", "D.C.")):
        city = city.rstrip(".")
    upper = sum(map(str.isupper, city))
    if upper < 2 or upper < sum(map(str.islower, city)):
        return city
    return " ".join(_recase(word, at == 0) for at, word in enumerate(city.split()))


def _recase(word: str, first: bool) -> str:
    if not first and word.lower() in _SMALL:
        return word.lower()
    if re.fullmatch(r"(?:[A-Z]\.){1,4}", word):
        return word
    parts = word.split("-")
    middle = [
        p.lower() if 0 < at < len(parts) - 1 and p.lower() in _SMALL else _PIECE.sub(_capital, p)
        for at, p in enumerate(parts)
    ]
    joined = "-".join(middle)
    return re.sub(r"^Mc([a-z])", lambda m: "Mc" + m.group(1).upper(), joined)


def _capital(found: re.Match[str]) -> str:
    return found.group()[0].upper() + found.group()[1:].lower()
