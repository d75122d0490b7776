"""What the XML formats have in common below their element names: ids, times, places, names as values; invents none.

`Notes` collects what could not be used. Every function takes the text as the file has it, None included.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from streams.contracts.story import AltId, InfoSource, Kind, PubStatus
from streams.text.dates import has_zone, parse_stamp
from streams.text.daynames import month, weekday
from streams.text.words import word_set

_TOO_FAR_AHEAD = timedelta(days=2)
_ISO639_2 = {
    "eng": "en", "fre": "fr", "fra": "fr", "ger": "de", "deu": "de", "spa": "es", "por": "pt", "ara": "ar",
    "ita": "it", "dut": "nl", "nld": "nl", "rus": "ru", "chi": "zh", "zho": "zh", "jpn": "ja", "swe": "sv",
    "nor": "no", "nob": "nb", "nno": "nn", "dan": "da", "fin": "fi", "gre": "el", "ell": "el", "tur": "tr",
    "pol": "pl", "cat": "ca", "ukr": "uk",
}  # fmt: skip
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,4}")
_DOMAIN = re.compile(r"(?:www\.)?([a-z0-9-]{2,30})\.(?:com|org|net|info|[a-z]{2})(?:\.[a-z]{2})?", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_DATE_WORDS = word_set(
    "gmt utc cet cest mez mesz eet eest bst est edt pst pdt jst am pm uhr de del of the er st nd rd th"
)
_INITIALS = re.compile(r"[^\W\d_]{1,4}(?:[-/ ]{1,2}[^\W\d_]{1,4}){0,5}")
_BY = re.compile(r"(?:by|par|por|von|door|av|di|da)\s", re.IGNORECASE)
_STAMP = re.compile(r"\d{4}-?\d\d-?\d\d[T ]\d\d:?\d\d(?::?\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?")
_EMBARGO = re.compile(r"\b(?:embargo(?:ed)?|sperrfrist|not for (?:use|release|publication) (?:before|until))\b", re.I)
_LIFTED = re.compile(
    r"\b(?:no|without|sans|ohne|sin|not|lifted|none)\b[^.]{0,20}\bembargo|"
    r"\bembargo\w{0,3}\W{1,3}(?:lifted|no\b|none)",
    re.IGNORECASE,
)
_COMMENT_AT_MOST = 250


class Notes:
    """Warnings of one story, and when its message was received, which future dates are held against."""

    def __init__(self, received: datetime | None, earlier: Iterable[str] = ()) -> None:
        self.received = received
        self.warnings: list[str] = list(earlier)

    def warn(self, text: str) -> None:
        """Add a warning once."""
        if text not in self.warnings:
            self.warnings.append(text)

    def stamp(self, name: str, text: str | None, ahead: bool = False) -> datetime | None:
        """A time stamp in UTC, with or without zone; None with a warning for what is none (``YYYYMMDD``).

        ``ahead``: it may lie in the future, as an embargo does.
        """
        if not text:
            return None
        when = parse_stamp(text)
        if when is None:
            self.warn(f"{name}: {text[:40]!r} is no time stamp that can be true; left out")
            return None
        if not has_zone(text):
            self.warn(f"{name}: no time zone; read as UTC")
        if not ahead and self.received is not None and when - self.received > _TOO_FAR_AHEAD:
            self.warn(f"{name}: {text[:40]} lies after the message was received")
        return when

    def urgency(self, text: str | None) -> int | None:
        """1 to 8, 1 the most urgent; None, with a warning, for anything else: 9 is what each provider makes of it."""
        if text is None:
            return None
        if text.isascii() and text.isdigit() and len(text) <= 2 and 1 <= int(text) <= 8:
            return int(text)
        if text not in ("0",):
            self.warn(f"urgency: {text[:40]!r} is not a number from 1 to 8")
        return None

    def status(self, text: str | None) -> PubStatus | None:
        """``Usable``, ``stat:canceled``, ``Withheld`` and their like; None, with a warning, for an unknown word."""
        bare = (text or "").rpartition(":")[2].strip().lower()
        if not bare or bare == "embargoed":
            return None
        for known in _STATUS:
            if bare in _STATUS[known]:
                return known
        self.warn(f"status: {bare[:40]!r} is not one of the standard; taken as unknown")
        return None


_STATUS: dict[PubStatus, tuple[str, ...]] = {
    "usable": ("usable",),
    "withheld": ("withheld",),
    "canceled": ("canceled", "cancelled", "killed", "kill"),
}
_KINDS: dict[str, Kind] = {
    "flash": "flash", "alert": "alert", "bulletin": "alert", "urgent": "urgent", "advisory": "advisory",
    "kill": "kill", "kill notice": "kill",
}  # fmt: skip


def kind_of(item_type: str | None) -> Kind | None:
    """The kind that an item type states outright (AFP: ``Alert``); None for ``News``, which says nothing."""
    return _KINDS.get((item_type or "").rpartition(":")[2].strip().lower())


def language_tag(text: str | None) -> str | None:
    """A BCP 47 tag from what files write: ``EN``, ``en_US``, ``ger``; None for ``x-default`` and other non-languages.

    >>> language_tag("en_us"), language_tag("GER"), language_tag("x-default")
    ('en-US', 'de', None)
    """
    bare = text.strip() if text else ""
    if not _TAG.fullmatch(bare):
        return None
    primary, *rest = re.split("[-_]", bare)
    language = _ISO639_2.get(primary.lower(), primary.lower())
    if language == "und":
        return None
    return "-".join([language, *(part.upper() if len(part) == 2 else part for part in rest)])


def agency_name(text: str | None) -> str | None:
    """A party's name; a domain is the name before the dot: ``reuters.com`` → ``reuters``."""
    bare = " ".join(text.split()) if text else ""
    domain = _DOMAIN.fullmatch(bare)
    return (domain[1] if domain else bare) or None


def sources(*names: str | None) -> tuple[InfoSource, ...]:
    """The parties that wrote or provided the copy, each once."""
    found: dict[str, InfoSource] = {}
    for name in map(agency_name, names):
        if name:
            found.setdefault(name.casefold(), InfoSource(name, "agency"))
    return tuple(found.values())


def byline(text: str | None) -> str | None:
    """Who wrote it; None for desk initials (``jr/kt``) and for a sentence in the wrong element.

    EFE puts the initials that sign its copy into ``byline``, ANSA its second headline.
    """
    bare = " ".join(text.split()) if text else ""
    if not bare or not any(map(str.isalpha, bare)):
        return None
    if _INITIALS.fullmatch(bare) and ("/" in bare or bare.islower()):
        return None
    names = _WORD.findall(bare)
    small = sum(word.islower() for word in names)
    if not _BY.match(bare) and len(names) > 4 and small * 2 > len(names):
        return None
    return bare


def dateline(text: str | None) -> str | None:
    """A dateline that names a place; None for one that is only a date or a time, as TASS and others write it."""
    bare = " ".join(text.split()) if text else ""
    for word in _WORD.findall(bare[:200]):
        folded = word.casefold()
        if month(folded) is None and folded not in _DATE_WORDS and weekday(folded) is None:
            return bare
    return None


def embargo_in(texts: Iterable[str], notes: Notes) -> tuple[datetime | None, str | None]:
    """An embargo that stands only in a comment: its instant, or its words where the instant is not an ISO stamp.

    ``<!-- EMBARGOED UNTIL 2026-03-05T06:00:00+01:00 -->``, ``<!-- Embargo: 0001 GMT March 5 -->``.
    """
    for text in texts:
        if not _EMBARGO.search(text[:500]) or _LIFTED.search(text[:500]):
            continue
        stamp = _STAMP.search(text[:500])
        when = notes.stamp("embargo", stamp.group(), ahead=True) if stamp else None
        if when is not None:
            notes.warn("embargo: stands only in a comment; honoured")
            return when, None
        if any(map(str.isdigit, text)):
            notes.warn("embargo: stands only in a comment; passed on as a note")
            return None, text[:_COMMENT_AT_MOST]
    return None, None


def alt_ids(uri: str | None, *pairs: tuple[str | None, str]) -> tuple[AltId, ...]:
    """The agency's own ids with their roles, each once, those that are the URI itself left out."""
    found = [AltId(value.strip(), role) for value, role in pairs if value and value.strip() and value.strip() != uri]
    return tuple(dict.fromkeys(found))
