"""Relative and partial days in running text → the day meant; what is ambiguous is left out, not guessed.

``on Tuesday`` is the last such day up to the reference, that day included; the next one where its clause looks ahead
(``will meet on Tuesday``, ``until Friday``, ``mardi prochain``). ``Sept 30`` is that day in the nearest year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from streams.text.dates import safe_date
from streams.text.telling import Tongue
from streams.text.tongues import TONGUES
from streams.text.words import word_set


class RelativeDay(NamedTuple):
    """``text[start:end]`` means ``day``; offsets in the text that was searched."""

    start: int
    end: int
    day: date


_STOPS = ".!?;:؟؛"
_MARKS = ",.!?;:\"'“”„‘’«»()[]…–—-"
_OPENING = re.compile(r"(?:^|[.!?:\n])[\s\"“«¡¿]{0,3}$")
_CLAUSE_AT_MOST = 110
_BEFORE_AT_MOST = 24
_NEAREST = 5
_NUMBER_BEFORE = re.compile(r"(?<![\w.,:/-])([0-3]?\d)(?:er|º|ª|st|nd|rd|th)?\.?\s{0,3}(?:de\s|d['’]|of\s)?$")
_MAY_COUNT = "erfthdºª"
"""Last letters of what may stand between a number and its month: ``1er``, ``3 de``, ``2nd of``."""
_NUMBER_AFTER = re.compile(r"\.?\s{0,3}([0-3]?\d)(?:st|nd|rd|th)?(?![\d:])")
_MONTH_END = re.compile(r"(?:/[^\W\d_]{2,12})?\.?")
_YEAR = re.compile(r"\s{0,2},?\s{0,3}(?:de\s|del\s)?(?:19|20)\d\d\b")
_RUNS_ON = re.compile(r"[,.]\d|[-–/]\d|\w")
_IN = re.compile(r"(?i)(?:^|\W)in\s(?:early\s|late\s|mid-?\s?)?$")
_ON = re.compile(r"(?i)(?:^|\W)on\s$")
_COUNTED = re.compile(r"\s?%|\s(\w{3,12})")
# "Since January 11 people have died": the number may count what follows it, so no one can tell.
_COUNTS = word_set(
    "people persons men women children boys girls soldiers troops civilians workers passengers migrants protesters "
    "officers percent per million billion trillion thousand hundred dead others more countries members years months "
    "days hours minutes times points dollars euros pounds barrels tonnes tons deaths miles kilometres kilometers "
    "metres meters students pupils residents journalists prisoners hostages villagers fishermen miners"
)
_DAY_OF_MONTH = re.compile(r"\s(?:\(([0-3]?\d)\)|([0-3]?\d)(?![\w:.,/%-]*\d)(?!\s?%)(?=[\s,.;)]|$))")
_TOO_CLOSE = 24
_PLAINLY_NEAREST = 150  # days: the same day of another year is further off by more than two months
_DAYS = tuple(timedelta(days=days) for days in range(8))
_APART = dict.fromkeys(map(ord, "\n(\"“”„«»'‘’[,.:;—–"), " ")


def find_relative(text: str, language: str | None, reference: date) -> tuple[RelativeDay, ...]:
    """Every relative or partial day in ``text`` whose meaning is clear from ``reference``.

    An unknown language is read as English, a known one without rules here gives nothing. Days with a written year are
    neither relative nor partial and are not among the answers.
    """
    tongue = TONGUES.get(language.split("-", 1)[0].lower() if language else "en")
    if tongue is None:
        return ()
    found = tongue.finder.find_matches_as_indexes(text)
    return tuple(_read(text, found, tongue, reference)) if found else ()


def _read(
    text: str, found: list[tuple[int, int, int]], tongue: Tongue, reference: date
) -> Iterator[RelativeDay]:  # fmt: skip
    length = len(text)
    for form, start, end in found:
        follows = text[end] if end < length else "\n"
        if follows.isalnum() or follows in "_'’":
            continue
        if start and (text[start - 1].isalnum() or text[start - 1] in "-'’_"):
            continue
        if not tongue.capitals and text[start].isupper() and not _OPENING.search(text[max(0, start - 3) : start]):
            continue  # Plácido Domingo is no Sunday
        meaning, number = tongue.says[form]
        if meaning == "month":
            partial = _partial(text, (start, end), number, tongue, reference)
            if partial is not None:
                yield partial
            continue
        # what counts behind a day is a word, so where no space follows there is nothing to look for
        spaced = follows.isspace()
        leading = _leading(text, start, tongue)
        if not tongue.skip_before.isdisjoint(leading) or (
            spaced and tongue.skip_after is not None and tongue.skip_after.match(text, end)
        ):
            continue
        if meaning == "word":
            yield RelativeDay(start, end, reference + timedelta(days=number))
            continue
        said = ""
        for phrase in leading:
            if phrase in tongue.before:
                said = phrase
                break
        opening = start - len(said) - 1 if said else start
        day = None
        if spaced and (text[end + 1 : end + 2].isdigit() or text.startswith("(", end + 1)):
            day = _numbered(text, end, number, reference)
        if day is None and tongue.forms[form] not in tongue.numbered:
            day = _weekday(text, (opening, end), number, said, spaced, tongue, reference)
        if day is not None:
            yield RelativeDay(opening, end, day)


def _leading(text: str, start: int, tongue: Tongue) -> tuple[str, ...]:
    """The last three, two and one words before a day, case-folded, where single spaces part them and it.

    Left out are those that no phrase of ``tongue`` can be: nearly always the last word tells that.
    """
    if not start or not text[start - 1].isspace():
        return ()
    least = max(0, start - _BEFORE_AT_MOST)
    space = text.rfind(" ", least, start - 1)
    last = text[space + 1 : start - 1]
    if space > 0 and last.isalpha():
        last = last.casefold()
        if last not in tongue.closing:
            return ()
        second = text[text.rfind(" ", least, space) + 1 : space]
        if second.isalpha() and f"{second.casefold()} {last}" not in tongue.closing_two:
            return (last,)
    return _leading_words(text, start)


def _leading_words(text: str, start: int) -> tuple[str, ...]:
    before = text[max(0, start - _BEFORE_AT_MOST) : start]
    cut_short = start > _BEFORE_AT_MOST and text[start - _BEFORE_AT_MOST - 1].isalnum()
    words = before[:-1].translate(_APART).casefold().split(" ")[cut_short:]
    if not words or not words[-1]:
        return ()
    last = words[-1]
    if len(words) == 1:
        return (last,)
    two = f"{words[-2]} {last}"
    return (two, last) if len(words) == 2 else (f"{words[-3]} {two}", two, last)


def _partial(
    text: str, span: tuple[int, int], month: int, tongue: Tongue, reference: date
) -> RelativeDay | None:  # fmt: skip
    """A day and month without a year around the month's name: ``3 de marzo``, ``12. März``; ``Sept 30`` in English.

    ``In January 11 people drowned`` names no day, ``since January 11 people have drowned`` may or may not.
    """
    start, end = span
    ahead = None
    if start > 1 and not (text[start - 1] == " " and text[start - 2].isalpha() and text[start - 2] not in _MAY_COUNT):
        ahead = _NUMBER_BEFORE.search(text, max(0, start - 12), start)
    if ahead is not None:
        start, day = ahead.start(), int(ahead[1])
        ended = _MONTH_END.match(text, end)
        end = ended.end() if ended and ended.end() < len(text) and ended.group() != "." else end
    elif tongue.month_first:
        after = None if text[end + 1 : end + 2].isalpha() else _NUMBER_AFTER.match(text, end)
        if after is None or _IN.search(text[max(0, start - 9) : start]):
            return None
        counted = None if _ON.search(text[max(0, start - 4) : start]) else _COUNTED.match(text, after.end())
        if counted is not None and (counted[1] is None or counted[1] in _COUNTS):
            return None
        day, end = int(after[1]), after.end()
    else:
        return None
    if _YEAR.match(text, end) or _RUNS_ON.match(text, end) or (start and text[start - 1] in ".,:-"):
        return None
    meant = _nearest(month, day, reference)
    return None if meant is None else RelativeDay(start, end, meant)


def _nearest(month: int, day: int, reference: date) -> date | None:
    """The day in the year nearest to ``reference``; None where last year's and next year's are about as near."""
    year = reference.year
    this = safe_date(year, month, day)
    if this is not None and abs((this - reference).days) <= _PLAINLY_NEAREST:
        return this
    years = (year, year - 1, year + 1)
    tries = sorted(
        (abs((tried - reference).days), tried) for year in years if (tried := safe_date(year, month, day)) is not None
    )
    if not tries or (len(tries) > 1 and tries[1][0] - tries[0][0] < _TOO_CLOSE):
        return None
    return tries[0][1]


def _numbered(text: str, end: int, weekday: int, reference: date) -> date | None:
    """A weekday with its day of the month, ``segunda-feira (10)``, ``lundi 10``: that day within two weeks."""
    found = _DAY_OF_MONTH.match(text, end)
    if found is None:
        return None
    number = int(found[1] or found[2])
    back = (reference.weekday() - weekday) % 7
    for days in (-back, 7 - back, -back - 7, 14 - back):
        tried = reference + timedelta(days=days)
        if tried.day == number:
            return tried
    return None


def _weekday(
    text: str, span: tuple[int, int], number: int, said: str, spaced: bool, tongue: Tongue, reference: date
) -> date | None:  # fmt: skip
    """The last or next such day; None for one that a past clause puts six days back, where copy would give the date."""
    back = (reference.weekday() - number) % 7
    turn = tongue.turn.get(said)
    if turn == "last" or (spaced and tongue.last_after is not None and tongue.last_after.match(text, span[1])):
        return reference - _DAYS[back or 7]
    if turn == "next" or (spaced and tongue.next_after is not None and tongue.next_after.match(text, span[1])):
        return reference + _DAYS[(7 - back) % 7 or 7]
    if turn == "since":
        return reference - _DAYS[back]
    if turn == "until" or _looks_ahead(text, span, tongue):
        return reference + _DAYS[(7 - back) % 7]
    return None if back == 6 else reference - _DAYS[back]


def _looks_ahead(text: str, span: tuple[int, int], tongue: Tongue) -> bool:
    """The clause speaks of what is to come.

    Its last telling word before the day decides; where there is none, the first one after: ``On Friday, the court
    will rule``.
    """
    start, end = span
    opens = max(0, start - _CLAUSE_AT_MOST)
    clause = text[max(opens, text.rfind("\n", opens, start) + 1) : start].casefold()
    # nearly always one of the last words decides, so the others are not parted before they are asked
    words = clause.rsplit(None, _NEAREST)
    after, left = "", len(words) <= _NEAREST
    at = len(words)
    while at:
        at -= 1
        if not at and not left:
            words, left = words[0].split(), True
            at = len(words) - 1
        written = words[at]
        if written[-1] in _STOPS:
            break
        word = written.strip(_MARKS)
        if tongue.may_tell(word):
            before = words[at - 1].rsplit(None, 1)[-1].strip(_MARKS) if at else ""
            if tongue.ahead.tells(word, after, before):
                return True
            if tongue.past.tells(word, after, before):
                return False
        after = word
    return _told_after(text, end, tongue)


def _told_after(text: str, end: int, tongue: Tongue) -> bool:
    clause = text[end : end + _CLAUSE_AT_MOST]
    words = clause.partition("\n")[0].casefold().split()[: tongue.verb_within]
    before = ""
    for at, found in enumerate(words):
        word = found.strip(_MARKS)
        if tongue.may_tell(word):
            following = words[at + 1].strip(_MARKS) if at + 1 < len(words) else ""
            if tongue.past.tells(word, following, before):
                return False
            if tongue.surely_ahead.tells(word, following, before):
                return True
        if found[-1] in _STOPS:
            break
        before = word
    return False
