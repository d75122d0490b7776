"""Names of months and weekdays in English, French, Spanish, Portuguese, German, Italian and Arabic; tables only.

Russian has months alone, as its datelines write them. Keys are case-folded and without full stops. A name that two
languages share has the same number in both.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from streams.text.words import alternatives

_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "en-short": "jan feb mar apr - jun jul aug sep oct nov dec",
    "en-ap": "- - - - - - - - sept - - -",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "fr-short": "janv févr - avr - - juil - - - - déc",
    "fr-ats": "- - - - - - - aoû - - - -",
    "fr-flat": "- fevrier - - - - - aout - - - decembre",
    "fr-old": "- fév - - - - juill - - - - -",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "es-short": "ene - - abr - - - ago set - - dic",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "pt-short": "- fev - - - - - - - out - dez",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "de-at": "jänner feber - - - - - - - - - -",
    "de-short": "- - mär - - - - - - okt - -",
    "de-wire": "- - mrz - - - - - - - - -",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "it-short": "gen - - - mag giu lug - - ott - -",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ru-short": "янв фев мар апр - июн июл авг сен окт ноя дек",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "ar-levant": "- شباط آذار نيسان أيار حزيران تموز آب أيلول - - -",
    "ar-maghreb": "جانفي فيفري - أفريل ماي جوان جويلية أوت - - - -",
    "ar-more": "- - - ابريل - - - اغسطس - اكتوبر - -",
}
_WEEKDAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "de": "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
}
_MORE_WEEKDAYS = {
    "de": {"sonnabend": 5},
    "es": {"miercoles": 2, "sabado": 5},
    "ar": {"الإثنين": 0, "الاربعاء": 2, "الاحد": 6},
}


def _numbered(names: str, first: int) -> dict[str, int]:
    return {name: number for number, name in enumerate(names.split(), first) if name != "-"}


MONTHS: dict[str, int] = {name: n for names in _MONTHS.values() for name, n in _numbered(names, 1).items()}
"""Month name or abbreviation, case-folded, without a full stop → 1 to 12."""

MONTHS_OF: dict[str, dict[str, int]] = {}
"""Language → its own month names and abbreviations, as in `MONTHS`."""
for _key, _names in _MONTHS.items():
    MONTHS_OF.setdefault(_key.split("-", 1)[0], {}).update(_numbered(_names, 1))

WEEKDAYS: dict[str, dict[str, int]] = {
    lang: _numbered(names, 0) | _MORE_WEEKDAYS.get(lang, {}) for lang, names in _WEEKDAYS.items()
}
"""Language → weekday name, case-folded → 0 (Monday) to 6."""

ANY_WEEKDAY: dict[str, int] = {name: n for table in WEEKDAYS.values() for name, n in table.items()}

MONTH_PATTERN = alternatives(MONTHS)
WEEKDAY_PATTERN = alternatives(ANY_WEEKDAY)
"""Alternatives for patterns that ignore case."""


@lru_cache(maxsize=1024)
def month(name: str) -> int | None:
    """1 to 12 for a month's name or abbreviation in any of the languages, with or without its full stop."""
    key = unicodedata.normalize("NFC", name.strip().rstrip(".")).casefold()
    return MONTHS.get(key)


@lru_cache(maxsize=1024)
def weekday(name: str) -> int | None:
    """0 (Monday) to 6 for a weekday's name in any of the languages."""
    return ANY_WEEKDAY.get(unicodedata.normalize("NFC", name.strip()).casefold())
