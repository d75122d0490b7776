"""Sluglines → the part that names the story; leads, takes and the bare service words are not part of it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LENGTH = 200
"""Characters of a slug that are looked at."""
_SERVICE_WORDS = (
    "alert alerta alerte alarm eilmeldung flash urgent urgente eil dringend notice advisory avis aviso hinweis"
    " hintergrund kill correction corrected correctif corrige corrección rectificatif berichtigung update lead"
    " writethru advisories bc apnewsalert newsalert تنبيه عاجل خبر"
)
_SERVICE = frozenset(_SERVICE_WORDS.split())
"""What a slug may consist of without naming a story: AFP's alerts are slugged ``alert``, in six languages."""

_ORDINAL = r"\d{1,2}(?:st|nd|rd|th|er|[eè]re|e|o|a|[.ºª])?"
_TAIL = re.compile(
    rf"""(?:[\s,/|;-](?:{_ORDINAL}[\s-]?
        (?:lead|ld|leadall|adv|add|take|papier|synth[eè]se|zusammenfassung|zf|actualizaci[oó]n|cubierta|resumen|update)
        |(?:1st|2nd|3rd|\dth)?[\s-]?ld-?writethru|lead(?:all)?|urgent|alert|kill|corr?e[ck]\w{{0,12}}|corrig\w{{0,12}}
        |berichtigung|refile|update|wrap|papier(?:\sg[eé]n[eé]ral)?|synth[eè]se|zusammenfassung|zf|cubierta|resumen)|,\s?{_ORDINAL}[\s-]?[^\W\d_]{{0,14}})[\s,/.\d-]{{0,12}}$""",
    re.IGNORECASE | re.VERBOSE,
)
"""What marks a slug as a further send: ``,lead``, ``,2ndlead``, ``,1a cubierta``. After a comma any word with an
ordinal before it does: each language desk has its own."""
_BRACKETS = re.compile(r"\s?\([^()]{2,30}\)$")
"""``FREEDONIA HUELGA (Ampliación)``, ``FLOOD-SARNIA (Latest)``: EFE and Bernama say so what send it is."""
_SUBJECTS = re.compile(r"[^\W\d_]+(?:/[^\W\d_]+){1,4}")
"""``Brände/Industrie/Freedonien``: APA files by subjects between strokes, which many stories of a day share."""
_LEAD_WITHIN = re.compile(r"(?:\d{1,2}(?:st|nd|rd|th))?ld")
"""``SARNIA-2NDLD HARBOUR``: PTI marks a lead in the middle of its slug."""
_WORDS = re.compile(r",\s?\d{2,4}\s?")
"""``BC-FD--Harbour Strike,130``: AP counts the words of a story behind its slug, which says nothing of a lead."""
_SPLIT = re.compile(r"[\s,/|;:_–—-]+")


def slug_key(slugline: str | None) -> str | None:
    """The slug as a key: ``Peru-quake,1stlead`` → ``peru-quake``; None when it names no story (``alert``).

    Order and repeats are kept, case, accents' composition and separators are not.
    """
    return _read(slugline[:LENGTH])[0] if slugline else None


def marks_lead(slugline: str | None) -> bool:
    """Whether a slug says itself that its story was sent before: ``Peru-quake,2ndlead``, ``Perú-sismo,1a cubierta``."""
    return _read(slugline[:LENGTH])[1] if slugline else False


@lru_cache(maxsize=1024)
def _read(slugline: str) -> tuple[str | None, bool]:
    """The key and whether a lead is marked. Kept for the slugs of late: all versions of a story have the same few."""
    plain = unicodedata.normalize("NFKC", slugline).casefold().strip(" /")
    if plain.endswith(")"):
        plain = _BRACKETS.sub("", plain)
    named = _TAIL.sub("", plain)
    lead = named != plain and _WORDS.fullmatch(plain, len(named)) is None
    if _SUBJECTS.fullmatch(named):
        return None, lead
    parts = [p for p in _SPLIT.split(named) if p]
    if "ld" in named and any(map(_LEAD_WITHIN.fullmatch, parts)):
        parts, lead = [p for p in parts if not _LEAD_WITHIN.fullmatch(p)], True
    if all(p in _SERVICE for p in parts):
        return None, lead
    while len(parts) > 1 and parts[0] in _SERVICE:
        parts = parts[1:]
    return "-".join(parts), lead


def slug_overlap(a: str, b: str) -> float:
    """How far two slug keys agree: the share of the shorter one's parts that the other has too, 0 to 1."""
    left, right = set(a.split("-")), set(b.split("-"))
    return len(left & right) / min(len(left), len(right))
