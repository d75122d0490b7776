"""Which language a text is in, by script and by its commonest words; None where neither tells it clearly."""

from __future__ import annotations

import re
from itertools import repeat

_COMMON = {
    "en": (
        "the of and to in that is was for on with as it by at from he said his has were are which be this an had "
        "not but who year years month months week first two three loss profit net sales ended half record prior"
    ),
    "fr": (
        "le la les des du et en une que qui dans est pour pas sur au aux plus par avec ce il a été son sont ses "
        "cette selon était ont l d qu"
    ),
    "es": (
        "el la los las del y en una que con por para se su es lo como más al un este fue según sus ha no entre "
        "desde pero"
    ),
    "pt": (
        "o os as da do das dos e em uma que com por para se não na no ao um mais foi como pela pelo são seu sua "
        "segundo também"
    ),
    "de": (
        "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er "
        "hat dass sie nach bei"
    ),
    "it": "il di che la e è per un una in del della con non sono da al le si nel alla gli dei ha anche più come ma l d",
    "nl": "de het een en van in is dat op te zijn voor met die niet aan er om ook als bij door naar over werd heeft",
    "sv": "och att det i en som är på för av med den till inte om ett han har de var jag från kan så men",
    "da": "og i at det er en til på som af for med den der ikke de har han et var fra blev sig vil",
}  # fmt: skip
COMMON_WORDS: dict[str, tuple[str, ...]] = {}
for _language, _list in _COMMON.items():
    for _word in _list.split():
        COMMON_WORDS[_word] = (*COMMON_WORDS.get(_word, ()), _language)
# A word's vote as one number with a field for each language, so that a text's votes are one sum
_BITS = 12
_FIELD = (1 << _BITS) - 1
_PLACE = {_language: at * _BITS for at, _language in enumerate(sorted(_COMMON))}
_VOTES = {_word: sum(1 << _PLACE[_language] for _language in _languages) for _word, _languages in COMMON_WORDS.items()}

_SCRIPTS = (
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
)
# Cyrillic: ``ы`` and ``э`` are Russian where no letter of a neighbour stands beside them, ``ї`` and ``є`` Ukrainian
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_RUSSIAN, _UKRAINIAN = re.compile("[ыэ]"), re.compile("[їє]")
_NEITHER = re.compile("[ўјљњћђџѓќѕәқғңөұүһӣӯҳҷӑӗҫ]")
# A twelfth of Polish is such letters; copy of another language that is full of Polish names has a third of that
_POLISH = re.compile("[ąćęłńśźż]", re.IGNORECASE)
_ANY_SCRIPT = re.compile("[\u0370-\u04ff\u0590-\u06ff\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_TOKEN = re.compile(r"[^\W\d_]+")
_GLANCE, _SAMPLE = 360, 1200
_PLAINLY = 9


def detect(text: str) -> str | None:
    """BCP 47 primary tag, or None when unsure. Looks at the first 360 characters, at 1,200 where those leave a doubt.

    Cyrillic gives Russian or Ukrainian by the letters that only they have, and None for its other languages.
    """
    sample = text[:_SAMPLE]
    if not sample.isascii() and _ANY_SCRIPT.search(sample):
        letters = sum(map(str.isalpha, sample))
        for language, pattern in _SCRIPTS:
            if len(pattern.findall(sample)) > letters * 0.3:
                return language
        if len(_CYRILLIC.findall(sample)) > letters * 0.5:
            return _cyrillic(sample.lower())
    best, most, second, words = _vote(sample[:_GLANCE].lower().split())
    if most >= _PLAINLY and most > second * 2 and most >= words * 0.15:
        return best
    if most < words * 0.15 and _is_polish(sample):
        return "pl"
    best, most, second, words = _vote(_TOKEN.findall(sample.lower()))
    # tables of figures have few words of any kind: two of one language and none of another will do there
    if most >= 2 and second == 0:
        return best
    return best if most >= 3 and most >= words * 0.08 and most > second * 1.25 else None


def _is_polish(sample: str) -> bool:
    return "ł" in sample and len(_POLISH.findall(sample)) > sum(map(str.isalpha, sample)) * 0.04


def _cyrillic(sample: str) -> str | None:
    russian, ukrainian = _RUSSIAN.search(sample), _UKRAINIAN.search(sample)
    if _NEITHER.search(sample) or (russian and ukrainian):
        return None
    if russian and "і" not in sample:
        return "ru"
    return "uk" if ukrainian else None


def _vote(tokens: list[str]) -> tuple[str | None, int, int, int]:
    """The language whose common words stand there most often, how often, how often those of the next, of how many."""
    total = sum(map(_VOTES.get, tokens, repeat(0)))
    if not total:
        return None, 0, 0, len(tokens)
    best, most, second = "", 0, 0
    for language, place in _PLACE.items():  # by name, so of two that tie the first is the best
        votes = total >> place & _FIELD
        if votes > most:
            best, most, second = language, votes, most
        elif votes > second:
            second = votes
    return best, most, second, len(tokens)
