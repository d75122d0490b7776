"""The likeliest language of copy too short to be sure of. For choosing company only; it never tells a reader."""

from __future__ import annotations

import re

from streams.text.language import COMMON_WORDS

_WIRE = ("en", "fr", "es", "pt", "de", "it")
_TOKEN = re.compile(r"[^\W\d_]+")
_SAMPLE = 1200
_OF_ALERTS = {
    "en": "at least after near off over dead dies killed killing kills hit hits injured missing says police minister "
    "official officials people president quake resigns strikes court capital",
    "fr": "de après dans contre chez moins mort blessés disparus selon annonce ministre préfet préfecture pompiers "
    "police gouvernement parquet séisme alerte flash large alors visé meurt morts",
    "es": "a de tras al en el menos muertos muerto heridos desaparecidos deja dejan miles personas según alcalde "
    "gobierno policía presidente ministro sismo alerta urgente hacia frente fallece muere",
    "pt": "a de após em no na ao menos mortos morto feridos desaparecidos deixa deixam milhares pessoas segundo "
    "governo polícia presidente ministro sismo alerta urgente diz fogo morre pelo",
    "de": "nach bei mindestens tote toter verletzte vermisste gegen über unter polizei regierung minister präsident "
    "erdbeben eil eilmeldung gestorben stirbt tritt zurück meldet mehrere",
    "it": "a dopo in nel nella almeno morti morto feriti dispersi governo polizia ministro presidente terremoto contro "
    "secondo muore urgente della del di una cade lo dello delle degli nello nelle negli allo dallo dalle sullo sulle",
}
"""What alerts are made of, by language: who says it, how many, what was done."""
ENOUGH = 0.6
"""Votes needed: one word that two languages share is no sign yet."""
_WORDS: dict[str, frozenset[str]] = {word: frozenset(languages) for word, languages in COMMON_WORDS.items()}
for _language, _list in _OF_ALERTS.items():
    for _word in _list.split():
        _WORDS[_word] = _WORDS.get(_word, frozenset()) | {_language}
_MARKS = (
    (("es",), re.compile(r"[ñ¿¡]|(?:ción|ciones|dores|ados|adas|ieron|mente)\b")),
    (("pt",), re.compile(r"[ãõ]|(?:ção|ções|dores|ados|adas|aram|eiro|eira|eiros|eiras)\b|nh|lh")),
    (("de",), re.compile(r"[ßäöü]|(?:ung|ungen|heit|keit|icht|tz)\b|sch")),
    (("fr",), re.compile(r"[èêœë]|\b(?:[jns]|qu)['’]|\w(?:eux|aux|ées?|é|eur|ment|aire|oire)\b")),
    (("it",), re.compile(r"\b(?:un|dell|nell|all|dall|sull)['’]|\w[àèìòù]\b|(?:zione|zioni|tt[aoie]|gli|glia)\b")),
    (("es", "pt"), re.compile(r"[áíóú]|\w\w[oa]s\b")),
    (("es", "it", "pt"), re.compile(r"\w\w[oa]\b")),
    (("fr", "it", "pt"), re.compile(r"\bà\b")),
    (("fr", "it"), re.compile(r"\b[cdl]['’]")),
    (("fr", "pt"), re.compile(r"[çâô]")),
    (("en",), re.compile(r"(?:ing|ght|ck|th|sh|ly)s?\b|['’]s\b|\bwh")),
)
"""Letters and endings that a language writes and its neighbours hardly do; each counts as one word,
shared by those that have it."""


def guess(text: str) -> str | None:
    """The likeliest of the wire's languages, however little shows it; None where two tie or nothing shows.

    A one-line alert (``Derrumbe en una mina deja a 12 atrapados``) has too few words for
    :func:`streams.text.language.detect`. A word that several languages share counts for less in each.
    """
    sample = text[:_SAMPLE].lower()
    votes = dict.fromkeys(_WIRE, 0.0)
    # Each word once: an alert's body says its headline again, and a word both languages know must not count twice.
    for token in sorted(set(_TOKEN.findall(sample))):
        shared = _WORDS.get(token, frozenset())
        for language in shared:
            if language in votes:
                votes[language] += 1 / len(shared)
    for languages, letters in _MARKS:
        if letters.search(sample):
            for language in languages:
                votes[language] += 1 / len(languages)
    ranked = sorted(votes.items(), key=lambda item: (-round(item[1], 6), item[0]))
    (best, most), (_, second) = ranked[:2]
    return best if most > second + 1e-6 and most >= ENOUGH else None
