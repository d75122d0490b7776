"""A story's comparable parts, computed once: word shingles, names, figures, headline; compares nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from streams.contracts.story import Kind, Signals
from streams.identity.slugs import slug_key
from streams.identity.words import figures, names, shingles, tickers, words

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


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared of one story. Words are canonical; sets are only ever intersected and counted."""

    at: datetime | None
    created: datetime | None
    kind: Kind
    language: str | None
    source: str | None
    reprint: bool
    slug: str | None
    city: str | None
    dated: date | None
    signals: Signals
    length: int
    shingles: frozenset[str]
    lead: frozenset[str]
    headline: frozenset[str]
    top: frozenset[str]
    head_figures: frozenset[str]
    figures: frozenset[str]
    names: frozenset[str]
    vocabulary: frozenset[str]
    tickers: frozenset[str]
    days: frozenset[date]

    @property
    def short(self) -> bool:
        """Whether it is too short for its shingles to mean much: an alert, a flash, a one-line item."""
        return self.length <= SHORT


def story_slug(slugline: str | None, keywords: tuple[str, ...]) -> str | None:
    """The slug key: of the slugline, or of a few keywords where the slugline is a service word such as ``alert``."""
    key = slug_key(slugline)
    if key is None and slugline and len(keywords) <= SLUG_KEYWORDS:
        key = slug_key("-".join(keywords))
    return key


def top_words(headline: str, paragraphs: tuple[str, ...]) -> frozenset[str]:
    """``Profile.top`` alone: the telling words of headline and first two paragraphs."""
    return telling(words(headline)) | telling(words(" ".join(paragraphs[:2])))


def telling(tokens: list[str]) -> frozenset[str]:
    """The words that tell one story from another: no stop words, nothing of one or two letters, figures kept."""
    return frozenset(t for t in tokens if (len(t) > 2 and t not in _STOP) or t[0].isdigit() or ord(t[0]) > 0x2E80)


def profile(
    headline: str,
    paragraphs: tuple[str, ...],
    *,
    at: datetime | None,
    created: datetime | None,
    kind: Kind,
    language: str | None,
    source: str | None,
    distributors: tuple[str, ...],
    slugline: str | None,
    keywords: tuple[str, ...],
    city: str | None,
    dated: date | None,
    days: tuple[date, ...],
    signals: Signals,
) -> Profile:
    """The comparable parts of a story from its clean headline and paragraphs."""
    body = "\n".join(paragraphs)
    head, text = words(headline), words(body)
    told = telling(head)
    lead = telling(words(" ".join(paragraphs[:2])))
    return Profile(
        at=at,
        created=created,
        kind=kind,
        language=language,
        source=source,
        reprint=bool(distributors),
        slug=story_slug(slugline, keywords),
        city=city.casefold() if city else None,
        dated=dated,
        signals=signals,
        length=len(text),
        shingles=frozenset(shingles(text or head)),
        lead=lead,
        headline=told,
        top=told | lead,
        head_figures=figures(headline),
        figures=figures(body),
        names=names(body),
        vocabulary=frozenset(head).union(text),
        tickers=tickers("\n".join((headline, *paragraphs[:1]))),
        days=frozenset(days),
    )
