"""Copy for the window's benchmark: cheap to make, with words as rare and stories as alike as on a wire. No news in it.

Deterministic: story *number* is the same words on any machine. Words are coined; how often each comes falls with its
rank as in any language, and each story has names and figures of its own. Every fifth story carries an earlier one on:
its first paragraph recast, one paragraph more, the rest kept.
"""

from __future__ import annotations

import random
from array import array
from bisect import bisect_left
from functools import cache
from itertools import accumulate

FURTHER = 0.2
"""Share of stories that are a further version of an earlier one."""
_BACK = 2000
"""How far back the earlier one is, at most."""
_VOCABULARY = 40_000
_SYLLABLES = [c + v for c in ("b", "c", "dr", "f", "gl", "k") for v in "aeiou"]


def _word(number: int) -> str:
    parts = []
    while True:
        number, syllable = divmod(number, len(_SYLLABLES))
        parts.append(_SYLLABLES[syllable])
        if not number:
            return "".join(parts)


@cache
def _pool() -> list[str]:
    """65,536 words to draw evenly from: the n-th commonest is in it in proportion to 1 / (n + 3), Zipf's law."""
    often = list(accumulate([1 / (n + 3) for n in range(_VOCABULARY)]))
    return [_word(bisect_left(often, often[-1] * (place + 0.5) / 65_536)) for place in range(65_536)]


def _sentence(draw: random.Random, words: int) -> str:
    pool = _pool()
    return " ".join([pool[place] for place in array("H", draw.randbytes(2 * words))]).capitalize() + "."


def _lead(draw: random.Random, name: str) -> str:
    return f"{_sentence(draw, 9)[:-1]} {name} {_sentence(draw, 12)[:-1].lower()} {draw.randint(11, 98_000)}."


def _story(number: int, words: int) -> tuple[str, list[str]]:
    draw = random.Random(number)  # noqa: S311 - reproducible copy, no secret
    name = _word(draw.getrandbits(30)).capitalize()
    lead = _lead(draw, name)
    rest = [f"{_sentence(draw, 14)} {_sentence(draw, 14)}" for _ in range(max(1, words // 28 - 1))]
    return f"{_sentence(draw, 6)[:-1]} {name}", [lead, *rest]


def story(number: int, words: int) -> tuple[str, list[str]]:
    """Return the headline and the paragraphs of story *number*, of about *words* words."""
    draw = random.Random(-1 - number)  # noqa: S311
    if number == 0 or draw.random() >= FURTHER:
        return _story(number, words)
    headline, paragraphs = _story(number - draw.randint(1, min(number, _BACK)), words)
    kept = headline.rpartition(" ")[2]
    return f"{_sentence(draw, 5)[:-1]} {kept}", [_lead(draw, kept), *paragraphs[1:], _sentence(draw, 20)]
