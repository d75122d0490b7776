"""Where the first sentence of a text ends; knows the usual abbreviations, and parses no grammar."""

from __future__ import annotations

import re

_STOP = re.compile(r"[.!?…](?:[\"'”’»)]{0,3})(?=\s|$)|[؟。！？]")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'“‘])(?:[A-Za-z]|Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|Capt|Sgt|Prof|Rev|Jr|Sr|No|vs|Inc|Corp|Co|Ltd|"
    r"U\.S|U\.N|U\.K|E\.U|D\.C|a\.m|p\.m|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[A-Z](?:\.[A-Z]){1,4}|M|"
    r"Mme|z\.B|bzw|Nr|ca|"
    r"\d{1,2})$"
)

_SHORTEST = 24


def first_sentence(text: str) -> str:
    """The first sentence of ``text``, its stop included; the whole of it when no stop is found.

    A stop within the first 24 characters is taken for an abbreviation's: ``Freedonia, Ind. man wins prize``.
    """
    for stop in _STOP.finditer(text, _SHORTEST, 1200):
        if text[stop.start()] != "." or not _ABBREVIATION.search(text[max(0, stop.start() - 12) : stop.start()]):
            return text[: stop.end()]
    return text


def cap(text: str, limit: int) -> str:
    """``text`` if it keeps within ``limit`` characters, else what fits up to the end of a word, and an ellipsis."""
    if len(text) <= limit:
        return text
    short = text[: limit - 1]
    if not text[limit - 1].isspace() and " " in short:
        short = short[: short.rindex(" ")]
    return short.rstrip(" ,;:-–—") + "…"
