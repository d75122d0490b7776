"""Inflects nationalities in the six languages of the tables; by rule alone: it looks no word up."""

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


def portuguese(word: str) -> list[str]:
    """Masculine and feminine, singular and plural: ``francês`` → francês, franceses, francesa, francesas.

    Forms in -ão, -ã, -ões … are irregular and stand in the table one by one.
    """
    if word.endswith("ês"):
        stem = word[:-2] + "es"
        return [word, stem + "es", stem + "a", stem + "as"]
    if word.endswith("eu"):
        return [word, word + "s", word[:-1] + "ia", word[:-1] + "ias"]
    if word.endswith("o") and not word.endswith("ão"):
        return [word, word + "s", word[:-1] + "a", word[:-1] + "as"]
    if word.endswith("ol"):
        return [word, word + "a"]
    return [word] if word.endswith(("ão", "l", "r", "s", "z")) else [word, word + "s"]


def german(word: str) -> list[str]:
    """The adjective in every case (``syrisch`` → syrisch, syrische, syrischen …), the noun in every case, masculine
    and feminine (``Syrer`` → Syrer, Syrern, Syrers, Syrerin, Syrerinnen; ``Russe`` → Russe, Russen, Russin …)."""
    if word.endswith("sch"):
        return [word, *(word + ending for ending in ("e", "em", "en", "er", "es"))]
    if word.endswith("er"):
        return [word, *(word + ending for ending in ("n", "s", "in", "innen"))]
    if word.endswith("e"):
        return [word, word + "n", word[:-1] + "in", word[:-1] + "innen"]
    return [word]


def arabic(word: str) -> list[str]:
    """Masculine, feminine and plurals, each bare, with the article and with "and the": ``سوري`` → سوري, السوري,
    والسوري, سورية … Of two words (``كوري شمالي``) both take ending and article.
    """
    parts = word.split(" ")
    forms = []
    for ending in ("", "ة", "ون", "ين", "ات"):
        last = [part + (ending if part.endswith("ي") else "") for part in parts]
        definite = " ".join("ال" + part for part in last)
        forms += [" ".join(last), definite, "و" + definite]
    return forms
