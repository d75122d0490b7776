"""A story's comparable parts: its shingles, names, figures and headline, computed when first asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from streams.contracts.story import Kind, Signals
from streams.identity.forms import beside, sessions
from streams.identity.once import Once
from streams.identity.slugs import marks_lead, slug_key
from streams.identity.telling import STOP, counted, opening_words, stems, telling
from streams.identity.words import Shingles, canonical, figures, names, tickers, words

SLUG_KEYWORDS = 6
"""Up to this many keywords stand for the slug where the slugline is a service word: AFP slugs an alert ``alert`` and
gives the story's slug as keywords (``alert``, ``Freedonia``, ``quake``). More are search terms."""
SHORT = 30
"""Words up to which copy is an alert or a headline more than a story: compared by its words, not its shingles."""

ONE_LINE_KINDS = ("alert", "flash")
"""Kinds that are one line with no story under it. Which kinds go out on the topic of alerts is the agents' own list."""
_QUOTE = re.compile(r"[\"“”„«»]([^\"“”„«»\n]{16,400})[\"“”„«»]")
QUOTE_WORDS = 6
"""Words from which what somebody said is told again by nobody else: ``"Ring of Fire"`` is in every quake's story."""
_NOBODY: frozenset[str] = frozenset()
PROSE_WORDS = 8
"""Words from which a paragraph is prose more than a credit or a button."""
_GMT = re.compile(r"\b(\d\d?)[:.h]?(\d\d) GMT")


@dataclass(eq=False)
class Profile:
    """What is compared of one story; words are canonical, sets are only ever intersected and counted.

    Most stories meet nothing worth comparing, so all but the words at the top waits until it is needed. ``day_marks``
    and ``distributors``: as of an entry. Nobody writes to one once made; it is not frozen, for each story has one and
    a frozen one takes three times as long to make.
    """

    headline: str
    paragraphs: tuple[str, ...]
    at: datetime | None
    kind: Kind
    source: str | None
    distributors: tuple[str, ...]
    slug: str | None
    dated: date | None
    day_marks: tuple[date, ...]
    signals: Signals
    continues: bool = False
    created: datetime | None = None
    countries: tuple[str, ...] = ()
    city: str | None = None
    agencies: tuple[str, ...] = ()

    @Once
    def seconds(self) -> float | None:
        """When it came, in Unix seconds; None when that is not known."""
        return None if self.at is None else self.at.timestamp()

    @property
    def reprint(self) -> bool:
        """Whether it is an outlet's copy."""
        return bool(self.distributors)

    @property
    def alert(self) -> bool:
        """Whether it is an alert or flash."""
        return self.kind in ONE_LINE_KINDS

    @property
    def filed(self) -> str:
        """The telling words of headline and first paragraph, in order, with a space between each: what a story is found
        by. Not kept, for it is needed once."""
        first = self.paragraphs[0] if self.paragraphs else ""
        return opening_words(f"{self.headline}\n{first}")

    @Once
    def days(self) -> frozenset[date]:
        """The days that it speaks of."""
        return frozenset(self.day_marks)

    # ---- the headline and the opening

    @Once
    def head_words(self) -> list[str]:
        """The headline's words."""
        return words(self.headline)

    @Once
    def head(self) -> frozenset[str]:
        """The headline's telling words."""
        return telling(self.head_words)

    @Once
    def lead(self) -> frozenset[str]:
        """The telling words of the first two paragraphs."""
        return telling(words(" ".join(self.paragraphs[:2])))

    @Once
    def head_stems(self) -> frozenset[str]:
        """The headline's telling words, cut to their stems."""
        return stems(self.head)

    @Once
    def lead_stems(self) -> frozenset[str]:
        """The telling words of the first two paragraphs, cut to their stems."""
        return stems(self.lead)

    @Once
    def top_stems(self) -> frozenset[str]:
        """The telling words of headline and first two paragraphs, cut to their stems."""
        return self.head_stems | self.lead_stems

    @Once
    def beside(self) -> str:
        """What it is beside the news, a profile or a factbox; empty for the news itself."""
        return beside(self.slug, self.headline)

    @Once
    def sessions(self) -> frozenset[str]:
        """The parts of the day that its headline reports on: an opening, a close."""
        return sessions(self.slug, self.head_words)

    @Once
    def head_city(self) -> frozenset[str]:
        """The words of the dateline's city, where the headline names it: ``Tanker burns in Orlova``."""
        city = frozenset(words(self.city)) if self.city else _NOBODY
        return city if city <= self.head else _NOBODY

    @Once
    def head_figures(self) -> frozenset[str]:
        """The headline's figures."""
        return figures(self.headline).union(counted(self.head))

    @Once
    def tickers(self) -> frozenset[str]:
        """The firms that headline or first paragraph name by exchange code."""
        return tickers("\n".join((self.headline, *self.paragraphs[:1])))

    # ---- the body

    @Once
    def text(self) -> str:
        """The body."""
        return "\n".join(self.paragraphs)

    @Once
    def plain(self) -> bytes:
        """The body's canonical words, a space between each."""
        return canonical(self.text)

    @Once
    def length(self) -> int:
        """Words in the body."""
        return self.plain.count(b" ") + 1 if self.plain else 0

    @property
    def short(self) -> bool:
        """Whether it is too short for its shingles to mean much: an alert, a flash, a one-line item."""
        return self.length <= SHORT

    @Once
    def shingles(self) -> Shingles:
        """The body's runs of three words; the headline's where there is no body."""
        return Shingles(self.plain or canonical(self.headline))

    @Once
    def vocabulary(self) -> frozenset[str]:
        """Every word of headline and body."""
        return frozenset([*self.plain.decode().split(), *self.head_words])

    @Once
    def names(self) -> frozenset[str]:
        """The body's words with a capital that it never writes small: people, firms, places, but not ``The``."""
        return names(self.text) - STOP

    @Once
    def figures(self) -> frozenset[str]:
        """The body's figures."""
        return figures(self.text)

    @Once
    def lower(self) -> frozenset[str]:
        """The paragraphs from the third on in which nobody is quoted: where background stands."""
        paragraphs = self.paragraphs[2:]
        return frozenset([p for p in paragraphs if not _quotes(p)] if _quotes(self.text) else paragraphs)

    @Once
    def prose(self) -> frozenset[bytes]:
        """The paragraphs of eight words and more, in canonical words: what no site writes under a story."""
        return frozenset([one for p in self.paragraphs if (one := canonical(p)).count(b" ") >= PROSE_WORDS - 1])

    @Once
    def hours(self) -> frozenset[str]:
        """The times GMT that it speaks of, ``0951 GMT`` and ``09:51 GMT`` alike."""
        return frozenset([hour + minute for hour, minute in _GMT.findall(self.text)]) if "GMT" in self.text else _NOBODY

    @Once
    def quotes(self) -> frozenset[str]:
        """What people are quoted as saying, in canonical words."""
        if not _quotes(self.text):
            return _NOBODY
        said = [" ".join(words(quote)) for p in self.paragraphs if _quotes(p) for quote in _QUOTE.findall(p)]
        return frozenset([one for one in said if one.count(" ") >= QUOTE_WORDS - 1])


def story_slug(slugline: str | None, keywords: tuple[str, ...]) -> str | None:
    """The slug key: of the slugline, or of a few keywords where the slugline is a service word such as ``alert``."""
    key = slug_key(slugline)
    if key is None and slugline and len(keywords) <= SLUG_KEYWORDS:
        key = slug_key("-".join(keywords))
    return key


def continues(signals: Signals, slugline: str | None) -> bool:
    """Whether copy says itself that it carries on earlier copy: by its advisory, as a numbered lead of its slug, or as
    a take after the first."""
    later_take = signals.take is not None and signals.take > 1
    return bool(signals.verbs or signals.corrects or signals.lead or later_take) or marks_lead(slugline)


def other_language(a: str | None, b: str | None) -> bool:
    """Whether two stories are surely of different languages; one that cannot be told may be of any (an alert)."""
    return a is not None and b is not None and a.split("-")[0].casefold() != b.split("-")[0].casefold()


def _quotes(text: str) -> bool:
    """Whether somebody is quoted. Six searches for a character each take a tenth of what one regex does."""
    if text.isascii():
        return '"' in text
    return '"' in text or "“" in text or "”" in text or "„" in text or "«" in text or "»" in text
