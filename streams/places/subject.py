"""Finds the country that acts or is acted on in headline or lead, by the agency habit alone; it parses no grammar.

Agency copy opens with its subject: "Peru's president flew to Lisbon", "A Peruvian bank …". So the first country
named is the subject, unless the words before it make it a place or a part of something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from streams.places import words
from streams.places.expressions import Found

REACH = 40
"""Code points into headline or lead within which the subject is named; further on stands what it does."""
NAMED = 0.5
"""Least weight of a subject: neither a source nor a mere attribute."""
_WORDS = re.compile(r"\b(?!son of\b)[^\W\d_]+")
"""A word before; "the son of" is no French "his"."""


def subject(found: Sequence[Found], headline: str, body: str, lead_end: int) -> str | None:
    """The country that headline, else lead (``body[:lead_end]``), name first, where it is named as one who acts.

    None where the first one is only a place or a part of what is said or owned, or told of another subject: "A quake in
    Peru …", "The firm said its Peruvian arm …", "Trenby, a Peruvian port, …". A headline that only says where
    ("Gunmen kill priest in Peru") leaves it to the lead. ``found``: in reading order.
    """
    for item in found:
        if item.field == "body" and item.start >= lead_end:
            return None
        if item.country is None or item.weight < NAMED:
            continue
        text = headline if item.field == "headline" else body
        before = text[: item.start].lower()
        if item.kind in {"country", "demonym"} and item.start <= REACH:
            if "," not in before and not any(word in words.NO_SUBJECT_AFTER for word in _WORDS.findall(before)):
                return item.country
        elif not before.endswith(" in "):
            return None
        if item.field == "body":
            return None
    return None
