"""What a format says outright of a story, as a person can read it: no control, nothing unseen. Leaves the copy alone.

The copy keeps every sign that came, for the receipts count in it, and the desk cuts what must not be printed. Headline,
byline, slug and captions have no receipt: a NUL breaks a consumer, an escape sequence a terminal, a sign that turns the
reading round deceives whoever approves it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from operator import attrgetter
from typing import Any

from streams.contracts import structs
from streams.contracts.story import RawStory

_SPACES = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u200b\u202d\u202e\u2060\ufeff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]+"
)
_DOUBLE = re.compile("  +")
_ONE = (
    "uri", "version", "headline", "slugline", "by", "dateline", "located", "ed_note", "language", "usage_terms",
    "copyright_notice",
)  # fmt: skip
_DECLARED = attrgetter(*_ONE)
_LINES = frozenset(("ed_note", "usage_terms", "copyright_notice"))
"""Fields that may have several lines."""


def readable(text: str, lines: bool = False) -> str:
    """*text* without what is not to be read; line ends and tabs are spaces unless *lines*.

    >>> readable("Ferry \\x1b[31msails\\u202e\\n at\\x00 last")
    'Ferry [31msails at last'
    """
    if text.isprintable():
        return text
    if not lines:
        return _DOUBLE.sub(" ", _UNSEEN.sub("", _SPACES.sub(" ", text))).strip(" ")
    return "\n".join(_UNSEEN.sub("", line) for line in text.splitlines())


def tidied(story: RawStory) -> RawStory:
    """*story* with its declared fields readable; the same object where they are."""
    changed: dict[str, Any] = {}
    if not all(map(str.isprintable, filter(None, _DECLARED(story)))):
        for name in _ONE:
            value = getattr(story, name)
            better = readable(value, name in _LINES) if value else value
            if better != value:
                changed[name] = better or None
    for name in ("captions", "keywords"):
        values = getattr(story, name)
        if values and not all(map(str.isprintable, values)):
            changed[name] = tuple(better for value in values if (better := readable(value, name == "captions")))
    for name, field in (("alt_ids", "value"), ("info_sources", "name"), ("places", "name")):
        members = getattr(story, name)
        if any(not (getattr(member, field) or "").isprintable() for member in members):
            changed[name] = tuple(
                replace(member, **{field: readable(value)}) if (value := getattr(member, field)) else member
                for member in members
            )
    return structs.replace(story, **changed) if changed else story
