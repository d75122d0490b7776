"""Old and new copy → what moved, by paragraph and figure; bounded, and never says why."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from streams.contracts.record import Change
from streams.identity.words import words

ALIKE = 0.5
"""Share of words two paragraphs must have in common to be one paragraph edited."""

_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozens"
    " scores"
    " un une deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante"
    " cinquante soixante cent mille uno una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce"
    " quince veinte treinta cuarenta cincuenta sesenta cien mil um dois quatro sete oito nove dez doze vinte trinta"
    " zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig hundert tausend"
)
_NUMBER_WORDS = frozenset(_NUMBERS.split())
_WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche lunes"
    " martes miércoles jueves viernes sábado domingo segunda terça quarta quinta sexta montag dienstag mittwoch"
    " donnerstag freitag samstag sonnabend sonntag"
)
_DAYS = frozenset(_WEEKDAYS.split())
_PIECE = re.compile(r"\d+(?:[.,:/-]\d+)*|[^\W\d_]+(?:-[^\W\d_]+)*")


def changes_between(
    old_headline: str, old: tuple[str, ...], new_headline: str, new: tuple[str, ...], limit: int
) -> tuple[Change, ...]:
    """What a reader of the old copy would find moved in the new, headline first, then by paragraph; at most ``limit``.

    Paragraphs are matched by their words, so re-wrapping and quote marks are no change. An edited paragraph comes
    with a ``figure`` for each number, number word or weekday that another took the place of (``three`` → ``five``,
    ``Friday`` → ``Thursday``); a paragraph that only moved is not listed.
    """
    found: list[Change] = []
    if words(old_headline) != words(new_headline):
        found.append(Change("headline", None, old_headline, new_headline))
        found.extend(_figures(old_headline, new_headline, None))
    verbatim = frozenset(old) & frozenset(new)
    before = {i: words(p) for i, p in enumerate(old) if p not in verbatim}
    after = {j: words(p) for j, p in enumerate(new) if p not in verbatim}
    same = {tuple(w) for w in before.values()} & {tuple(w) for w in after.values()}
    gone = [i for i, w in before.items() if w and tuple(w) not in same]
    come = [j for j, w in after.items() if w and tuple(w) not in same]
    edited = _pair_up([before[i] for i in gone], [after[j] for j in come])
    partner = {come[b]: gone[a] for a, b in edited}
    paired = set(partner.values())
    for j in come:
        if j in partner:
            found.append(Change("paragraph_edited", j, old[partner[j]], new[j]))
            found.extend(_figures(old[partner[j]], new[j], j))
        else:
            found.append(Change("paragraph_added", j, None, new[j]))
    found.extend(Change("paragraph_removed", i, old[i], None) for i in gone if i not in paired)
    return tuple(found[:limit])


def _pair_up(old: list[list[str]], new: list[list[str]]) -> list[tuple[int, int]]:
    """Which lost paragraph became which new one: the most alike first, each once. Bounded by taking 60 of each."""
    scored = []
    bags_new = [frozenset(p) for p in new[:60]]
    for a, paragraph in enumerate(old[:60]):
        bag = frozenset(paragraph)
        for b, other in enumerate(bags_new):
            share = len(bag & other) / max(1, min(len(bag), len(other)))
            if share >= ALIKE and len(bag & other) / max(1, len(bag | other)) >= ALIKE / 2:
                scored.append((-share, abs(a - b), a, b))
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    pairs = []
    for _, _, a, b in sorted(scored):
        if a not in taken_a and b not in taken_b:
            taken_a.add(a)
            taken_b.add(b)
            pairs.append((a, b))
    return pairs


def _figures(old: str, new: str, index: int | None) -> list[Change]:
    left, right = _PIECE.findall(old)[:400], _PIECE.findall(new)[:400]
    moved: list[Change] = []
    matcher = SequenceMatcher(None, [p.casefold() for p in left], [p.casefold() for p in right], autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag != "replace":
            continue
        was = [p for p in left[a1:a2] if _counts(p)]
        now = [p for p in right[b1:b2] if _counts(p)]
        moved.extend(Change("figure", index, a, b) for a, b in zip(was, now, strict=False))
    return moved


def _counts(piece: str) -> bool:
    plain = piece.casefold()
    return plain[0].isdigit() or plain in _DAYS or any(p in _NUMBER_WORDS for p in plain.split("-"))
