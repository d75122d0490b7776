"""Inflects nationalities in English, French and Spanish; by rule alone: it looks no word up."""

from __future__ import annotations

_EN_PLURAL = ("n", "i", "o", "r", "t", "k", "g", "d", "w")


def english(word: str) -> list[str]:
    """``Syrian`` → Syrian, Syrians; ``Chinese`` stays; irregular plurals are written out in the table."""
    no_plural = word.endswith(("ish", "ch", "ese", "men", "ss", "s", "women"))
    return [word] if no_plural or not word.endswith((*_EN_PLURAL, "ole", "uk", "ab", "ne")) else [word, word + "s"]


def french(word: str) -> list[str]:
    """Masculine and feminine, singular and plural: ``syrien`` → syrien, syriens, syrienne, syriennes."""
    if word.endswith("grec"):
        feminine = word + "que"
    elif word.endswith("turc"):
        feminine = word[:-1] + "que"
    elif word.endswith(("ien", "éen", "yen", "ton")):
        feminine = word + "ne"
    elif word.endswith(("e", "è")):
        feminine = word
    else:
        feminine = word + "e"
    plural = word if word.endswith(("s", "x", "z")) else word + "s"
    return sorted({word, plural, feminine, feminine + "s"})


def spanish(word: str) -> list[str]:
    """Masculine and feminine, singular and plural: ``francés`` → francés, franceses, francesa, francesas."""
    plain = word.translate(str.maketrans("áéíóú", "aeiou"))
    if word.endswith("o"):
        return [word, word + "s", word[:-1] + "a", word[:-1] + "as"]
    if word.endswith(("és", "án", "ín", "ón")):
        stem = word[:-2] + plain[-2:]
        return [word, stem + "es", stem + "a", stem + "as"]
    if word.endswith(("í", "ú")):
        return [word, word + "s", word + "es"]
    if word.endswith(("l", "n", "r")):
        return [word, word + "a", word + "es", word + "as"]
    return [word, word + "s"]
