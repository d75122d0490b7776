"""Word lists: one string → a set, a list → a pattern that asks each letter once; nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any


def word_set(words: str) -> frozenset[str]:
    """The words of ``words``, parted by white space."""
    return frozenset(words.split())


def alternatives(words: Iterable[str], space: str = " ") -> str:
    """The alternatives of a pattern for any of ``words``, the longest that fits first; ``space`` is the pattern of one.

    A plain ``january|jan|june`` is tried word by word, and a hundred names of months cost as many steps; this one goes
    letter by letter.

    >>> alternatives(["jan", "january", "june"])
    'j(?:an(?:uary)?|une)'
    """
    tree: dict[str, Any] = {}
    for word in sorted(words):
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branches(tree, space)


def _branches(node: dict[str, Any], space: str) -> str:
    return "|".join(_branch(letter, below, space) for letter, below in node.items() if letter)


def _branch(letter: str, below: dict[str, Any], space: str) -> str:
    text = space if letter == " " else re.escape(letter)
    while len(below) == 1 and "" not in below:
        [(letter, below)] = below.items()
        text += space if letter == " " else re.escape(letter)
    rest = _branches(below, space)
    if not rest:
        return text
    return f"{text}(?:{rest}){'?' if '' in below else ''}"
