"""A story's comparable parts: its shingles, names, figures and headline, computed when first asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from streams.contracts.story import Kind, Signals
from streams.identity.slugs import marks_lead, slug_key
from streams.identity.words import canonical, figures, names, shingles, tickers, words

_STOP_WORDS = (
    "the and for with from that this was were are has have had its his her not but who after over says said say will"
    " les des une dans pour par sur est aux avec que qui son ses los las una con por para del que sus der die das den"
    " dem des ein eine und mit von für auf ist bei nach sind wird im zum zur as at in of on to a an by is it"
    " della delle dei degli nella nel dal dalla sul sulla alla gli uno che sono non dos das uma num numa nos nas pelo"
    " pela foi mais le la el il lo au du os um na no em ne"
)
_STOP = frozenset(_STOP_WORDS.split())
_NUMBERS = (
    ("two", "deux", "dos", "dois", "duas", "zwei", "due"),
    ("three", "trois", "tres", "três", "drei", "tre"),
    ("four", "quatre", "cuatro", "quatro", "vier", "quattro"),
    ("five", "cinq", "cinco", "fünf", "cinque"),
    ("six", "seis", "sechs", "sei"),
    ("seven", "sept", "siete", "sete", "sieben", "sette"),
    ("eight", "huit", "ocho", "oito", "acht", "otto"),
    ("nine", "neuf", "nueve", "nove", "neun"),
    ("ten", "dix", "diez", "dez", "zehn", "dieci"),
    ("eleven", "onze", "once", "elf", "undici"),
    ("twelve", "douze", "doce", "doze", "zwölf", "dodici"),
)
_COUNTED = {word: str(n) for n, forms in enumerate(_NUMBERS, 2) for word in forms}
"""Small numbers as agencies write them out, in headlines too: ``Six dead`` is another toll than ``11 dead``."""
SLUG_KEYWORDS = 6
"""Up to this many keywords stand for the slug where the slugline is a service word: AFP slugs an alert ``alert`` and
gives the story's slug as keywords (``alert``, ``Freedonia``, ``quake``). More are search terms."""
SHORT = 30
"""Words up to which copy is an alert or a headline more than a story: compared by its words, not its shingles."""

ALERTS = ("alert", "flash")
_TELLS = re.compile(r"[\"“”„«»]")
_QUOTE = re.compile(r"[\"“”„«»]([^\"“”„«»\n]{16,400})[\"“”„«»]")
QUOTE_WORDS = 6
"""Words from which what somebody said is told again by nobody else: ``"Ring of Fire"`` is in every quake's story."""
STEM = 6
"""Letters by which words of headlines and openings are compared: ``Philippine`` and ``Philippines``, ``kündigt`` and
``kündigte`` are one word there."""


@dataclass(frozen=True)
class Profile:
    """What is compared of one story; words are canonical, sets are only ever intersected and counted.

    Most stories meet nothing worth comparing, so all but the words at the top waits until it is needed.
    """

    headline: str
    paragraphs: tuple[str, ...]
    at: datetime | None
    kind: Kind
    source: str | None
    reprint: bool
    slug: str | None
    dated: date | None
    days: frozenset[date]
    signals: Signals
    continues: bool = False
    created: datetime | None = None
    countries: tuple[str, ...] = ()

    @cached_property
    def head(self) -> frozenset[str]:
        """The headline's telling words."""
        return telling(words(self.headline))

    @cached_property
    def lead(self) -> frozenset[str]:
        """The telling words of the first two paragraphs."""
        return telling(words(" ".join(self.paragraphs[:2])))

    @cached_property
    def top(self) -> frozenset[str]:
        """The telling words of headline and first two paragraphs."""
        return self.head | self.lead

    @cached_property
    def filed(self) -> tuple[str, ...]:
        """The telling words of headline and first paragraph, in order: what a story is found by."""
        return tuple(sorted(telling(words("\n".join((self.headline, *self.paragraphs[:1]))))))

    @cached_property
    def _words(self) -> list[str]:
        return words("\n".join(self.paragraphs))

    @property
    def length(self) -> int:
        """Words in the body."""
        return len(self._words)

    @property
    def alert(self) -> bool:
        """Whether it is an alert or flash."""
        return self.kind in ALERTS

    @property
    def short(self) -> bool:
        """Whether it is too short for its shingles to mean much: an alert, a flash, a one-line item."""
        return self.length <= SHORT

    @cached_property
    def shingles(self) -> frozenset[int]:
        """The hashes of the body's runs of three words; of the headline's where there is no body."""
        return frozenset(shingles(canonical("\n".join(self.paragraphs)) or canonical(self.headline)).tolist())

    @cached_property
    def lower(self) -> frozenset[str]:
        """The paragraphs from the third on in which nobody is quoted: where background stands."""
        return frozenset([p for p in self.paragraphs[2:] if not _TELLS.search(p)])

    @cached_property
    def quotes(self) -> frozenset[str]:
        """What people are quoted as saying, in canonical words."""
        said = [" ".join(words(quote)) for p in self.paragraphs for quote in _QUOTE.findall(p)]
        return frozenset([one for one in said if one.count(" ") >= QUOTE_WORDS - 1])

    @cached_property
    def head_stems(self) -> frozenset[str]:
        """The headline's telling words, cut to their stems."""
        return stems(self.head)

    @cached_property
    def lead_stems(self) -> frozenset[str]:
        """The telling words of the first two paragraphs, cut to their stems."""
        return stems(self.lead)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of headline and body."""
        return frozenset(words(self.headline)).union(self._words)

    @cached_property
    def names(self) -> frozenset[str]:
        """The body's words with a capital that it never writes small: people, firms, places, but not ``The``."""
        return names("\n".join(self.paragraphs)) - _STOP

    @cached_property
    def figures(self) -> frozenset[str]:
        """The body's figures."""
        return figures("\n".join(self.paragraphs))

    @cached_property
    def head_figures(self) -> frozenset[str]:
        """The headline's figures."""
        found = figures(self.headline)
        counted = self.head & _COUNTED.keys()
        return found.union([_COUNTED[word] for word in counted]) if counted else found

    @cached_property
    def tickers(self) -> frozenset[str]:
        """The firms that headline or first paragraph name by exchange code."""
        return tickers("\n".join((self.headline, *self.paragraphs[:1])))


def story_slug(slugline: str | None, keywords: tuple[str, ...]) -> str | None:
    """The slug key: of the slugline, or of a few keywords where the slugline is a service word such as ``alert``."""
    key = slug_key(slugline)
    if key is None and slugline and len(keywords) <= SLUG_KEYWORDS:
        key = slug_key("-".join(keywords))
    return key


def continues(signals: Signals, slugline: str | None) -> bool:
    """Whether copy says itself that it carries on earlier copy: by its advisory, or as a numbered lead of its slug."""
    return bool(signals.verbs or signals.corrects or signals.lead) or marks_lead(slugline)


def other_language(a: str | None, b: str | None) -> bool:
    """Whether two stories are surely of different languages; one that cannot be told may be of any (an alert)."""
    return a is not None and b is not None and a.split("-")[0].casefold() != b.split("-")[0].casefold()


def stems(some: frozenset[str]) -> frozenset[str]:
    """Words cut to their first letters, figures whole."""
    return frozenset([word if word[0].isdigit() else word[:STEM] for word in some])


def telling(tokens: list[str]) -> frozenset[str]:
    """The words that tell one story from another: no stop words, nothing of one or two letters, figures kept."""
    known = set(tokens).difference(_STOP)
    return frozenset([t for t in known if len(t) > 2 or t[0].isdigit() or ord(t[0]) > 0x2E80])
