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
)
_STOP = frozenset(_STOP_WORDS.split())
SLUG_KEYWORDS = 6
"""Up to this many keywords stand for the slug where the slugline is a service word: AFP slugs an alert ``alert`` and
gives the story's slug as keywords (``alert``, ``Freedonia``, ``quake``). More are search terms."""
SHORT = 30
"""Words up to which copy is an alert or a headline more than a story: compared by its words, not its shingles."""

PASSAGE = 60
"""Characters from which a paragraph is more than a phrase."""
_TELLS = re.compile(r"[\"“”„«»]")


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
        return tuple(sorted(self.head | telling(words("".join(self.paragraphs[:1])))))

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
        return self.kind in ("alert", "flash")

    @property
    def short(self) -> bool:
        """Whether it is too short for its shingles to mean much: an alert, a flash, a one-line item."""
        return self.length <= SHORT

    @cached_property
    def shingles(self) -> frozenset[int]:
        """The hashes of the body's runs of three words; of the headline's where there is no body."""
        return frozenset(shingles(canonical("\n".join(self.paragraphs)) or canonical(self.headline)).tolist())

    @cached_property
    def passages(self) -> frozenset[str]:
        """The paragraphs that belong to one event, for somebody is quoted in them: background quotes nobody."""
        return frozenset([p for p in self.paragraphs if len(p) > PASSAGE and _TELLS.search(p)])

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
        return figures(self.headline)

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


def telling(tokens: list[str]) -> frozenset[str]:
    """The words that tell one story from another: no stop words, nothing of one or two letters, figures kept."""
    return frozenset([t for t in tokens if (len(t) > 2 and t not in _STOP) or t[0].isdigit() or ord(t[0]) > 0x2E80])
