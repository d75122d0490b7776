"""A word list written as one string → a set; nothing else."""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """The words of ``words``, parted by white space."""
    return frozenset(words.split())
