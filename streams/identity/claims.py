"""An advisory and what moved → whether the copy bears the advisory out, claim by claim; reads no copy but the note.

``RECASTS with arrest, RAISES toll, ADDS quotes``; ``CORRECTS para 4 and 9 to say Thursday, not Friday``. What an
advisory does not say is not claimed, and what cannot be told is left open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from streams.contracts.record import Change, Claim
from streams.contracts.story import Signals
from streams.identity.movedfigures import counts
from streams.identity.words import words

_QUOTES = re.compile(
    r"\b(?:quotes?|quoting|reactions?|comments?|citations?|d[ée]clarations?|r[ée]actions?|citas?|declaraciones|reacciones"
    r"|cita[çc][õo]es|declara[çc][õo]es|rea[çc][õo]es|zitate?n?|reaktion(?:en)?)\b|تصريحات|اقتباسات|ردود",
    re.IGNORECASE,
)
_TOLL = re.compile(
    r"\b(?:toll|dead|deaths|killed|injured|casualties|bilan|morts|bless[ée]s|balance|muertos|heridos|saldo|mortos|feridos"
    r"|opferzahl|todeszahl|tote|toten|verletzte|verletzten)\b|حصيلة|قتلى|جرحى",
    re.IGNORECASE,
)
_SAID = re.compile(r"[\"“”„«»]")
_NOT = re.compile(
    r"(?P<now>[^.;:\n]{1,120}?)[,(]?\s(?:and\s|et\s|y\s|e\s|und\s)?"
    r"(?:not|instead\sof|rather\sthan|non(?:\spas)?|au\slieu\sde|no|en\slugar\sde|en\svez\sde|n[ãa]o|em\svez\sde|nicht"
    r"|statt|anstatt|وليس|بدلا\sمن)\s(?P<was>[^\s,.;:()/]{1,40}(?:\s[^\s,.;:()/]{1,40}){0,3})",
    re.IGNORECASE,
)
_SEND_AGAIN = "refiles"
_EDITS = ("paragraph_edited", "paragraph_added", "paragraph_removed", "headline", "figure")


def claims_of(
    signals: Signals, note: str | None, changes: Sequence[Change], *, compared: bool = True, whole: bool = True
) -> tuple[Claim, ...]:
    """What the advisory claims, each held against ``changes``.

    ``compared``: whether there was earlier copy to compare with; without it nothing can be told. ``whole``: whether
    ``changes`` lists everything; where it was cut short, what it does not show may still be so.
    """
    if not signals.verbs and not signals.corrects:
        return ()
    text = note or ""
    claims = [_claim(verb, text, changes) for verb in signals.verbs]
    if signals.corrects:
        claims += _corrections(text, signals.paragraphs, changes)
    return tuple(
        claim if compared and (whole or claim.agrees) else Claim(claim.verb, claim.what, claim.paragraph, None, None)
        for claim in claims
    )


def _claim(verb: str, note: str, changes: Sequence[Change]) -> Claim:
    what = None
    if verb in ("adds", "updates") and (named := _QUOTES.search(note)):
        what = named.group().casefold()
    if verb == "raises" and (named := _TOLL.search(note)):
        what = named.group().casefold()
    if verb == _SEND_AGAIN:
        return Claim(verb, None, None, None, None)
    shows = _adds_quote if what and verb == "adds" else _SHOWS.get(verb, _moves)
    found = [n for n, change in enumerate(changes) if shows(change)]
    if verb == "raises" and what:
        found.sort(key=lambda n: not _TOLL.search(changes[n].noun or ""))
    return Claim(verb, what, None, bool(found), found[0] if found else None)


def _corrections(note: str, paragraphs: Sequence[int], changes: Sequence[Change]) -> list[Claim]:
    """A claim for each paragraph named, else one; with the words put in the place of others where the note has them."""
    said = [(match["now"].strip(), match["was"].strip()) for match in _NOT.finditer(note)]
    claims = []
    named: Sequence[int | None] = paragraphs or (None,)
    for paragraph in named:
        there = [(n, c) for n, c in enumerate(changes) if c.what in _EDITS and _at(c, paragraph)]
        what = None
        if said:
            what = _put_right(*said[0])
            there = [(n, c) for n, c in there if any(_swaps(c, *pair) for pair in said)]
        claims.append(Claim("corrects", what, paragraph, bool(there), there[0][0] if there else None))
    return claims


def _put_right(now: str, was: str) -> str:
    """``to say Thursday``, ``Friday`` → ``Thursday, not Friday``; of ``im 3. Absatz 17``, ``19 Jahre`` the figures."""
    last, first = now.split()[-1], was.split()[0]
    if counts(last.casefold()) and counts(first.casefold()):
        return f"{last}, not {first}"
    return f"{' '.join(now.split()[-len(was.split()) :])}, not {was}"


def _at(change: Change, paragraph: int | None) -> bool:
    return paragraph is None or paragraph - 1 in (change.index, change.was)


def _swaps(change: Change, now: str, was: str) -> bool:
    """Whether a change takes out words of what was said and puts in words of what is said now."""
    before, after = frozenset(words(change.before or "")), frozenset(words(change.after or ""))
    return bool(frozenset(words(was)) & before - after) and bool(frozenset(words(now)) & after - before)


def _moves(change: Change) -> bool:
    return change.what in _EDITS


def _adds(change: Change) -> bool:
    if change.what == "paragraph_edited":
        return len((change.after or "").split()) >= len((change.before or "").split()) + 3
    return change.what == "paragraph_added"


def _adds_quote(change: Change) -> bool:
    return change.what in ("paragraph_added", "paragraph_edited") and bool(
        len(_SAID.findall(change.after or "")) > len(_SAID.findall(change.before or ""))
    )


def _raises(change: Change) -> bool:
    if change.what != "figure":
        return False
    before, after = _number(change.before), _number(change.after)
    return before is not None and after is not None and after > before


def _cuts(change: Change) -> bool:
    if change.what == "paragraph_edited":
        return len((change.after or "").split()) < len((change.before or "").split())
    return change.what == "paragraph_removed"


def _recasts(change: Change) -> bool:
    return change.what == "headline" or (change.what in ("paragraph_edited", "paragraph_added") and change.index == 0)


_SHOWS: dict[str, Callable[[Change], bool]] = {
    "adds": _adds,
    "raises": _raises,
    "recasts": _recasts,
    "trims": _cuts,
    "removes": _cuts,
}
_SMALL = (
    ("one", "un", "une", "uno", "una", "um", "uma", "ein", "eine", "واحد"),
    ("two", "deux", "dos", "dois", "duas", "zwei"),
    ("three", "trois", "tres", "três", "drei"),
    ("four", "quatre", "cuatro", "quatro", "vier"),
    ("five", "cinq", "cinco", "fünf"),
    ("six", "seis", "sechs"),
    ("seven", "sept", "siete", "sete", "sieben"),
    ("eight", "huit", "ocho", "oito", "acht"),
    ("nine", "neuf", "nueve", "nove", "neun"),
    ("ten", "dix", "diez", "dez", "zehn"),
    ("eleven", "onze", "once", "elf"),
    ("twelve", "douze", "doce", "doze", "zwölf"),
)
_VALUES = {word: n for n, forms in enumerate(_SMALL, 1) for word in forms} | {
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "dozens": 24,
    "hundred": 100,
}


def _number(text: str | None) -> float | None:
    """A figure's value: ``1,204`` and ``nine``; None for a weekday or a word not known as a number."""
    plain = (text or "").casefold()
    if plain in _VALUES:
        return float(_VALUES[plain])
    grouped = re.fullmatch(r"\d{1,3}(?:[., ]\d{3})+", plain)
    digits = re.sub(r"[., ]", "", plain) if grouped else plain.replace(",", ".")
    try:
        return float(digits)
    except ValueError:
        return None
