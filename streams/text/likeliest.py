"""The likeliest language of copy too short to be sure of. For choosing company only; it never tells a reader."""

from __future__ import annotations

import re

from streams.text.language import COMMON_WORDS

_WIRE = ("en", "fr", "es", "pt", "de")
_TOKEN = re.compile(r"[^\W\d_]+")
_SAMPLE = 1200
_MARKS = (
    ("es", re.compile(r"[ñ¿¡]|(?:ción|ciones|dores|ados|adas|ieron)\b")),
    ("pt", re.compile(r"[ãõ]|(?:ção|ções|dores|ados|adas|aram)\b")),
    ("de", re.compile(r"[ßäöü]|(?:ung|ungen|heit|keit)\b")),
    ("fr", re.compile(r"[èêœ]|\b(?:[ldnsc]|qu)['’]|(?:eux|aux|ées?)\b")),
)
"""Letters and endings that a language writes and its neighbours hardly do; each counts as one word."""


def guess(text: str) -> str | None:
    """The likeliest of the wire's languages, however little shows it; None where two tie or nothing shows.

    A one-line alert (``Derrumbe en una mina deja a 12 atrapados``) has too few words for
    :func:`streams.text.language.detect`. A word that several languages share counts for less in each.
    """
    sample = text[:_SAMPLE].lower()
    votes = dict.fromkeys(_WIRE, 0.0)
    # Each word once: an alert's body says its headline again, and a word both languages know must not count twice.
    for token in sorted(set(_TOKEN.findall(sample))):
        shared = COMMON_WORDS.get(token, ())
        for language in shared:
            if language in votes:
                votes[language] += 1 / len(shared)
    for language, letters in _MARKS:
        votes[language] += bool(letters.search(sample))
    ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    return ranked[0][0] if ranked[0][1] > ranked[1][1] else None
