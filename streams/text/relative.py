"""Relative and partial days in running text → the day meant; what is ambiguous is left out, not guessed.

``on Tuesday`` is the last such day up to the reference, that day included; the next one where its clause looks ahead
(``will meet on Tuesday``, ``until Friday``, ``mardi prochain``). ``Sept 30`` is that day in the nearest year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from streams.text.dates import DAY_PATTERN, nearest, written
from streams.text.daynames import MONTHS, WEEKDAYS


@dataclass(frozen=True, slots=True)
class RelativeDay:
    """``text[start:end]`` means ``day``; offsets in the text that was searched."""

    start: int
    end: int
    day: date


@dataclass(frozen=True, slots=True)
class _Tongue:
    """How one language says it. ``core`` finds weekdays, words such as yesterday, and months; the rest looks around."""

    core: re.Pattern[str]
    words: dict[str, int]
    weekdays: dict[str, int]
    before: re.Pattern[str]
    ahead: re.Pattern[str]
    past: re.Pattern[str]
    skip_before: re.Pattern[str]
    skip_after: re.Pattern[str]
    next_after: re.Pattern[str]
    last_after: re.Pattern[str]
    capitals: bool


_NEVER = r"(?!)"


def _tongue(
    lang: str, before: str, words: dict[str, int], *, ahead: str, past: str, skip_before: str = _NEVER,
    skip_after: str = _NEVER, next_after: str = _NEVER, last_after: str = _NEVER, capitals: bool = False,
) -> _Tongue:  # fmt: skip
    """``capitals``: weekdays and months are written with a capital, so a small one (``may``) is another word."""
    weekdays = WEEKDAYS[lang]
    forms = {name.capitalize() for name in (*weekdays, *MONTHS)} | set(words) | {word.capitalize() for word in words}
    if not capitals:
        forms |= {*weekdays, *MONTHS}
    # No flag and no \\b in front: an alternation of literals lets the engine skip to their first letters.
    core = re.compile("(?:" + "|".join(sorted(map(re.escape, forms), key=len, reverse=True)) + r")(?![\w'’])")
    return _Tongue(
        core, words, weekdays, re.compile(rf"(?<!\w)(?:{before})\s$", re.IGNORECASE),
        re.compile(ahead, re.IGNORECASE), re.compile(past, re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{skip_before})\s$", re.IGNORECASE), re.compile(rf"\s(?:{skip_after})", re.IGNORECASE),
        re.compile(rf"\s(?:{next_after})\b", re.IGNORECASE), re.compile(rf"\s(?:{last_after})\b", re.IGNORECASE),
        capitals,
    )  # fmt: skip


_TONGUES: dict[str, _Tongue] = {
    "en": _tongue(
        "en",
        r"(?:late |early |earlier |later )?(?:on|since|until|till|by|from|last|next|this|late|early|through|"
        r"before|after)|(?:on|late on|early on) (?:the )?",
        {"yesterday": -1, "today": 0, "tomorrow": 1, "tonight": 0},
        ahead=(
            r"\b(?:will|would|shall|due|until|till|scheduled|expected|plan(?:s|ned)?|set (?:for|to)|to be held|"
            r"going to|next|coming|ahead of|before|starting|upcoming|takes? place|begins?|opens?|deadline|by|"
            r"about to|hopes? to|slated)\b|'ll\b"
        ),
        past=(
            r"\b(?:said|says|told|announced|reported|wrote|was|were|had|came|went|began|took|met|fell|rose|won|"
            r"lost|killed|made|found|left|held|gave|saw|struck|hit|sent|shot|cut|set(?! (?:for|to))|"
            r"(?<!be )(?<!is )(?<!are )(?!expected|planned|scheduled|slated|based|need|speed|indeed|hundred|"
            r"exceed)\w{2,20}ed)\b"
        ),
        skip_before=(
            r"every|each|any|a|Black|Good|Ash|Super|Bloody|Palm|Easter|Cyber|Holy|Maundy|Shrove|Fat|most|some|Whit|"
            r"Giving|Giant|first|second|third|fourth"
        ),
        skip_after=(
            r"(?:Times|Telegraph|Mail|Mirror|Express|Post|Herald|Independent|Night|Nation|Morning Herald|School|"
            r"Club|prayers|market)s?\b"
        ),
        capitals=True,
    ),
    "fr": _tongue(
        "fr",
        r"ce|depuis|jusqu'à|avant|dès|le",
        {"hier": -1, "avant-hier": -2, "aujourd'hui": 0, "demain": 1, "après-demain": 2},
        ahead=(
            r"\b(?:doit|doivent|devait|devrait|devraient|prévue?s?|jusqu|avant|aura|auront|sera|seront|prochaine?|"
            r"à partir de|d'ici|attendue?s?|\w{3,15}(?:era|eront|ira|iront))\b"
        ),
        past=r"\b(?:a|ont|avait|était|est|été|dit|annoncé|déclaré|indiqué|selon|\w{3,15}(?:é|és|ée|ées))\b",
        skip_before=r"chaque|tous les|les|un|premier|deuxième|dernier",
        next_after=r"prochain", last_after=r"dernier|passé",
    ),
    "es": _tongue(
        "es",
        r"el|este|del|al|desde el|hasta el|pasado",
        {"ayer": -1, "anteayer": -2, "hoy": 0},
        ahead=(
            r"\b(?:debe|deberá|hasta|antes|próximo|prevista?o?|programada?o?|será|serán|tendrá|a partir|"
            r"\w{3,15}(?:ará|erá|irá|arán|erán|irán))\b"
        ),
        past=r"\b(?:dijo|informó|informaron|anunció|según|fue|fueron|ha|han|había|\w{2,15}(?:ó|aron|ieron))\b",
        skip_before=r"cada|todos los|los|un|primer|santo",
        next_after=r"próximo|que viene", last_after=r"pasado",
    ),
    "pt": _tongue(
        "pt",
        r"na|nesta|neste|no|até|desde|da|do",
        {"ontem": -1, "anteontem": -2, "hoje": 0, "amanhã": 1},
        ahead=r"\b(?:deve|devem|até|próxim[oa]|previst[oa]|será|serão|terá|\w{3,15}(?:ará|erá|irá|arão|erão|irão))\b",
        past=r"\b(?:disse|informou|anunciou|segundo|foi|foram|\w{2,15}(?:ou|aram|eram|iram))\b",
        skip_before=r"cada|toda|todas as|às|aos",
        next_after=r"que vem|próxim[oa]", last_after=r"passad[oa]",
    ),
    "de": _tongue(
        "de",
        r"am|bis|seit|vom|zum|ab|diesen|am späten|am frühen|bis zum|noch am",
        {"gestern": -1, "vorgestern": -2, "heute": 0, "übermorgen": 2},
        ahead=r"\b(?:wird|werden(?! konnte)|soll|sollen|will|wollen|bis|kommenden|nächsten|geplant|ab|vor)\b",
        past=(
            r"\b(?:hat|hatte|haben|hatten|wurde|wurden|ist|war|waren|sagte|teilte|sind|laut|erklärte|mitteilte|"
            r"\w{3,18}te)\b"
        ),
        skip_before=r"jeden|bild am|welt am|jedem|ein|einem|der",
        skip_after=r"(?:aktuell)\b", capitals=True,
    ),
    "ar": _tongue(
        "ar", r"يوم", {"أمس": -1, "اليوم": 0, "غدا": 1},
        ahead=r"(?:سوف|المقبل|حتى|قبل|القادم)", past=_NEVER, next_after=r"المقبل|القادم", last_after=r"الماضي",
    ),
}  # fmt: skip
_STOP = re.compile(r"[.!?;:]\s|\n")
_DAY = re.compile(DAY_PATTERN, re.IGNORECASE)
_DAY_FIRST = re.compile(r"(?<!\d)[0-3]?\d")
_RUNS_ON = re.compile(r"[,.]\d|[-–/]\d|\w")
_UNTIL = ("until", "till", "by", "before", "bis", "jusqu", "avant", "hasta", "até")
_OPENING = re.compile(r"(?:^|[.!?:\n])[\s\"“«¡¿]{0,3}$")
_CLAUSE_AT_MOST = 110
_BEFORE_AT_MOST = 18


def find_relative(text: str, language: str | None, reference: date) -> tuple[RelativeDay, ...]:
    """Every relative or partial day in ``text`` whose meaning is clear from ``reference``.

    An unknown language is read as English, a known one without rules here gives nothing. Days with a written year are
    neither relative nor partial and are not among the answers.
    """
    tongue = _TONGUES.get(language.split("-", 1)[0].lower() if language else "en")
    return () if tongue is None else tuple(_find(text, tongue, reference))


def _find(text: str, tongue: _Tongue, reference: date) -> Iterator[RelativeDay]:
    for found in tongue.core.finditer(text):
        start, end = found.span()
        if start and (text[start - 1].isalnum() or text[start - 1] in "-'’"):
            continue
        if not tongue.capitals and text[start].isupper() and not _OPENING.search(text[max(0, start - 3) : start]):
            continue  # Plácido Domingo is no Sunday
        name = found.group().casefold()
        if name not in tongue.words and name not in tongue.weekdays:
            partial = _partial(text, start, end, reference)
            if partial is not None:
                yield partial
            continue
        leading = text[max(0, start - _BEFORE_AT_MOST) : start]
        if tongue.skip_before.search(leading) or tongue.skip_after.match(text, end):
            continue
        preposition = tongue.before.search(leading)
        said = preposition.group().strip().casefold() if preposition else ""
        opening = start - len(leading) + preposition.start() if preposition else start
        if name in tongue.words:
            yield RelativeDay(start, end, reference + timedelta(days=tongue.words[name]))
            continue
        day = _weekday(text, (opening, end), tongue.weekdays[name], said, tongue, reference)
        if day is not None:
            yield RelativeDay(opening, end, day)


def _partial(text: str, start: int, end: int, reference: date) -> RelativeDay | None:
    """A day and month without a year around the month's name at ``start``: ``Sept 30``, ``3 de marzo``."""
    for opening in (start, *(m.start() for m in _DAY_FIRST.finditer(text, max(0, start - 12), start))):
        found = _DAY.match(text, opening)
        if (
            found is None
            or found.end() < end
            or (opening and (text[opening - 1].isalnum() or text[opening - 1] in ".,:-"))
        ):
            continue
        day = written(found)
        if day is None or day.year is not None or _RUNS_ON.match(text, found.end()):
            continue
        meant = nearest(day, reference)
        if meant is not None:
            return RelativeDay(opening, found.end(), meant)
    return None


def _weekday(
    text: str, span: tuple[int, int], number: int, said: str, tongue: _Tongue, reference: date
) -> date | None:  # fmt: skip
    """The last or next such day; None for one that a past clause puts six days back, where copy would give the date."""
    back = (reference.weekday() - number) % 7
    if said.endswith(("last", "dernier")) or tongue.last_after.match(text, span[1]):
        return reference - timedelta(days=back or 7)
    if said.endswith(("next", "kommenden", "nächsten")) or tongue.next_after.match(text, span[1]):
        return reference + timedelta(days=(7 - back) % 7 or 7)
    if said.startswith(_UNTIL) or _looks_ahead(text, span[0], tongue):
        return reference + timedelta(days=(7 - back) % 7)
    return None if back == 6 else reference - timedelta(days=back)


def _looks_ahead(text: str, end: int, tongue: _Tongue) -> bool:
    """The clause before the day speaks of what is to come: its last telling word is one of the future."""
    start = max(0, end - _CLAUSE_AT_MOST)
    for stop in _STOP.finditer(text, start, end):
        start = stop.end()
    ahead = past = -1
    for found in tongue.ahead.finditer(text, start, end):
        ahead = found.start()
    for found in tongue.past.finditer(text, max(start, ahead, 0), end):
        past = found.start()
    return ahead > past
