"""Datelines that open the first paragraph; reads place and day, leaves the country to the places stage.

``text`` is the dateline as printed, ``city`` as a person would write it, ``date`` only where the copy states a day.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from streams.contracts.story import Dateline
from streams.copydesk.agencies import AGENCY, agencies_in
from streams.copydesk.rulebook import book
from streams.copydesk.sheet import Sheet
from streams.text.dates import DAY_PATTERN, WrittenDay, nearest, safe_date, written
from streams.text.daynames import WEEKDAY_PATTERN
from streams.text.layout import Paragraph
from streams.text.words import word_set

_BOOK = book("dateline")
RULES = _BOOK.rules

_BIG = r"[^\W\d_a-zß-öø-ÿ][\w'.-]{0,24}"
_LINK = (
    r"(?:de|del|della|di|da|do|das|dos|des|du|la|le|les|los|las|el|al|upon|sur|sous|am|an|auf|bei|ob|vor|der|im|in|of|"
    r"the|and|y|et|und|sul|op|en|aan|den|es|ash|nad|unter|delle|dels)"
)
_WORD = rf"(?:a[drstnz]-|e[lrz]-|al-|ash-|l'|d'|s-)?{_BIG}(?:/{_BIG})?"
_NAME = rf"{_WORD}(?:[ ]{{1,3}}(?:{_LINK}[ ]){{0,2}}{_WORD}){{0,4}}"
# Places whose name goes on in small letters: ``Nations unies (Etats-Unis)``, ``A bord du Jeanne Barret``
_SEA_OR_SEAT = (
    rf"Nations[ ]unies|(?:[ÀA][ ]bord[ ](?:du|de[ ]la|de[ ]l'|de)|An[ ]Bord[ ]de[rs]|A[ ]bordo[ ]del?(?:[ ]la)?|"
    rf"Aboard[ ](?:the|a|an))[ ]?{_NAME}"
)
_PLACE = (
    rf"(?P<place>\**(?:{_SEA_OR_SEAT}|{_NAME})(?:[ ]city|[ ]a\.[ ]?[MRSON]\.)?(?:[ ]\({_NAME}\))?(?:[ ]\[{_NAME}\])?"
    rf"(?:,[ ]{{0,2}}(?:the[ ])?{_NAME}){{0,3}})"
)
# Possessive, where a space or bracket must follow: a word is tried whole or not at all, which costs half the time.
_PLACE_WHOLE = _PLACE.replace(_BIG, _BIG + "+")
_ARABIC_PLACE = r"(?P<place>[\u0600-\u06ff]{2,20}(?: [\u0600-\u06ff()]{2,20}){0,3})"
_WHEN = (
    rf"(?:(?:(?:{WEEKDAY_PATTERN}),? )?(?:(?P<dmy>[0-3]?\d\.[01]?\d\.\d\d)(?!\d)|(?P<day>{DAY_PATTERN}))|"
    r"(?P<short>[0-3]?\d/[01]?\d))"
)
_JUNK = r"[\s,.;|-]{0,4}"
# ``Port Sarnia March 3, 2026 - 11:15 am GMT+3`` with nothing after it, as sites set it on a line of its own
_CLOCK_LEFT = r"(?:\s\d{1,2}[:.]\d\d(?: ?(?i:[ap]\.?m\.?))?(?: [A-Z]{3,4}(?:[+-]\d{1,2})?)?$)?"
_DASH = r"(?:\.?\s{0,2}[-–—−•_=]{1,3}|:|\.)"
_WIRE = (
    rf"\((?P<wire>(?:{AGENCY}|[A-Za-z]{{2,12}}(?:\.(?:com|org|net))?(?:[ /-][A-Za-z]{{2,12}}){{0,2}})"
    rf"(?:[/, ]{{1,2}}(?:{AGENCY})){{0,2}})\)"
)

# The commonest form of all, ``PARIS, March 3, 2026 (AFP) - `` in plain letters. The form after it says the same of it
# at four times the cost.
_PLAIN_NAME = r"[A-Z][A-Za-z]{0,23}(?: [A-Z][A-Za-z]{0,23}){0,3}"
_PLAIN_DAY = (
    r"(?P<m1>Jan(?:uary)?|Feb(?:ruary)?|March|April|May|June|July|Aug(?:ust)?|Sept(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\.? (?P<d1>[0-3]?\d)(?:, (?P<y1>(?:19|20)\d\d))?"
)
_PLAIN = (
    rf"(?P<place>{_PLAIN_NAME}(?:, {_PLAIN_NAME})?)(?:, (?P<day>{_PLAIN_DAY}))? \((?P<wire>[A-Za-z]{{2,12}})\)"
    r" -{1,2}(?=[ ])"
)

_FORMS: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (name, re.compile(sign), re.compile(pattern))
    for name, sign, pattern in (
        ("dateline.agency", r"\(", _PLAIN),
        ("dateline.agency", r"\(", (
            rf"(?:{_PLACE_WHOLE}|"
            rf"{_ARABIC_PLACE.replace('place', 'place_ar')}){_JUNK}(?i:{_WHEN})?{_JUNK}(?i:{_WIRE})\s{{0,3}}(?:"
            rf"{_DASH}|(?=\s)|$)"
        )),
        ("dateline.agency", r", [0-3]?\d \(", (
            rf"(?P<place>{_NAME}), (?P<bare>[0-3]?\d) \((?P<wire>(?i:{AGENCY}))\)\s{{0,2}}(?:{_DASH}|(?=\s)|$)"
        )),
        ("dateline.agency", r"^[\u0600-\u06ff].{1,60} - \d", (
            rf"{_ARABIC_PLACE.replace('place', 'place_ar')} - [0-3]?\d - [01]?\d \((?P<wire>{AGENCY})\)\s?[-–—]{{1,2}}"
        )),
        ("dateline.day", r"\d.{0,24}?[-–—•]", (
            rf"{_PLACE_WHOLE}{_JUNK}(?i:{_WHEN})[,.]?(?:\s{{0,2}}(?:,\s)?\(?(?P<wire>(?i:{AGENCY}))\)?)?\s{{0,3}}[-–—•]{{1,3}}"
            rf"{_CLOCK_LEFT}"
        )),
        ("dateline.agency-first", r"^\(", (
            rf"\((?P<wire>(?i:{AGENCY}))\)\s?[-–—]?\s?{_PLACE}{_JUNK}(?i:{_WHEN})?\s?[-–—]"
        )),
        ("dateline.no-place", r"\(", (
            rf"(?i:{_WHEN})?{_JUNK}\((?P<wire>(?i:{AGENCY}))\)\s{{0,2}}(?:[-–—]{{1,2}}(?=\s)|(?=[A-ZÀ-Þ0-9\"«']))"
        )),
        ("dateline.brackets", r"^\(.{4,60}\)", (
            rf"\({_PLACE}\s?[-–—,]\s?(?i:{_WHEN})\)(?:\s?[-–—:]{{1,2}}(?=\s))?"
        )),
        ("dateline.stroke", r"/[A-Za-z-]{2,30}/", (
            rf"{_PLACE}{_JUNK}(?i:{_WHEN})?{_JUNK}/(?P<wire>(?i:{AGENCY}))/\.?(?:\s{{0,2}}[-–—]{{1,2}})?"
        )),
        ("dateline.stroke", r"/ ?[\u0600-\u06ff]", (
            rf"{_ARABIC_PLACE.replace('place', 'place_ar').replace('{0,3}', '{0,3}?')}(?: في)?{_JUNK}"
            rf"(?i:{_WHEN})?{_JUNK}/ ?(?P<wire>{AGENCY}) ?/(?:\s{{0,2}}[-–—:]{{1,2}})?"
        )),
        ("dateline.bars", r"\|.{2,40}\|", rf"{_PLACE_WHOLE}\s?\|\s?(?P<wire>(?i:{AGENCY}))\s?\|[^\n]{{0,80}}$"),
        ("dateline.bar", r"\|", rf"{_PLACE_WHOLE}\s?\|\s?(?P<wire>(?-i:[A-ZÀ-Þ]{{2,10}}))(?:\s[-–—])?(?=\s[A-ZÀ-Þ\"])"),
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
_SIGNS = re.compile("[(–—•/|-]")
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
        for rule, pattern in _SITE_FORMS:
            if rule == "dateline.stop" and sheet.language not in ("de", None):
                continue
            matched = pattern.match(text)
            if (
                matched
                and len(matched["place"].split()) <= 4
                and _plausible(matched)
                and _accept(sheet, unit, rule, matched)
            ):
                return True
    return False


def opens(sheet: Sheet, unit: Paragraph, surely: bool = False) -> bool:
    """A clear dateline opens ``unit``: a form that names the agency, a day, or a place in capitals. Cuts nothing.

    ``surely``: neither may a headline such as ``CORRECTED - PORT REOPENS`` pass for one. It then takes a day or an
    agency, a dash, and words after it.
    """
    first = _first(sheet, unit)
    if first is None or not surely:
        return first is not None
    rule, found = first
    dashed = found.group().rstrip().endswith(("-", "–", "—", "•", "_"))
    return rule != "dateline.capitals" and (dashed or rule == "dateline.stroke") and len(unit.text) - found.end() > 40


def from_format(text: str, reference: date | None) -> Dateline:
    """A dateline that the format gives outright, read by the same patterns."""
    bare = " ".join(text.split())
    for _, _, pattern in _FORMS:
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
    if not _SIGNS.search(opening):
        return None
    text = whole[: _AT_MOST * 2]
    for rule, sign, pattern in _FORMS:
        if sign.search(opening):
            found = pattern.match(text)
            if found and found.end() <= _AT_MOST and _plausible(found):
                return rule, found
    return None


def _accept(sheet: Sheet, unit: Paragraph, rule: str, found: re.Match[str]) -> bool:
    place, wire = _place(found), _group(found, "wire")
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
    place = (_group(found, "place") or _group(found, "place_ar") or "").strip(" *,.")
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


_SMALL = word_set(
    "de del della delle dels di da do das dos des du la le les los las el al es ash upon sur sous am an der im in of "
    "the and y et und nad unter au aux on"
)
_PIECE = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=4096)
def city_of(place: str) -> str:
    """The city as a person writes it: ``EL-FASHER`` → ``El-Fasher``, ``N'DJAMENA`` → ``N'Djamena``."""
    city = " ".join(place.split(",", 1)[0].split("(", 1)[0].split()).strip(" *-")
    if city.endswith(".") and not city.endswith(("St.", "D.C.")) and city[-5:-2] != " a.":
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
    word = found.group()
    before = found.string[max(0, found.start() - 3) : found.start()]
    # L'Aquila, N'Djamena; but Sana'a, Nuku'alofa, Cox's Bazar
    if len(before) == 3 and before[2] in "'’" and before[:2].isalpha():
        return word.lower()
    return word[0].upper() + word[1:].lower()
