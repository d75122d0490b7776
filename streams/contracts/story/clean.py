"""A story after the copy desk, and the receipt of what was taken away. No behaviour beyond their shape."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import msgspec

from streams.contracts.story.raw import InfoSource, Kind, PubStatus, RawStory

Field = Literal["headline", "body", "raw"]
"""Which text offsets count in: ``item.headlines[0].value``, ``item.bodies[0].value``, or the decoded raw text."""


class Cut(msgspec.Struct, frozen=True, gc=False):
    """One span taken out of the copy: ``text == raw_story.copy[start:end]``. ``rule`` e.g. ``credits.agency-line``."""

    rule: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dateline:
    """``text`` as printed (``MOSCOW, Aug 29, 2014 (AFP) -``), ``country`` ISO 3166-1 alpha-2."""

    text: str
    city: str | None
    country: str | None
    date: date | None


class DateMention(msgspec.Struct, frozen=True, gc=False):
    """A relative or partial date and the day it means: ``on Tuesday`` → 2015-10-20."""

    field: Field
    start: int
    end: int
    text: str
    date: date


class Signals(msgspec.Struct, frozen=True, gc=False):
    """What an advisory or notice says was done, for identity. All from the copy itself, never guessed.

    ``verbs`` from the closed set adds, updates, recasts, raises, trims, clarifies, refiles, removes; ``paragraphs``
    the paragraph numbers it names (1-based); ``refers_to`` headline, slug or id text that a kill or correction
    names; ``lead`` the number in ``2nd lead``; ``take`` in ``(2 of 3)``.
    """

    verbs: tuple[str, ...] = ()
    corrects: bool = False
    kills: bool = False
    paragraphs: tuple[int, ...] = ()
    refers_to: tuple[str, ...] = ()
    lead: int | None = None
    take: int | None = None


class CleanStory(msgspec.Struct, frozen=True, gc=False):
    """One story after the copy desk: what can be printed, and the receipt of what was taken away.

    Invariant: ``"".join(body.split())`` equals ``copy`` minus every cut, white space removed. ``body`` is
    paragraphs parted by one blank line. ``headline_role`` is ``derived`` when the copy had none.
    ``reference_date`` is the day that relative dates were counted from.
    """

    raw: RawStory
    headline: str
    headline_role: Literal["main", "derived"]
    body: str
    kind: Kind
    language: str | None
    slugline: str | None
    by: str | None
    dateline: Dateline | None
    located: str | None
    ed_note: str | None
    urgency: int | None
    pub_status: PubStatus
    embargoed_until: datetime | None
    captions: tuple[str, ...]
    info_sources: tuple[InfoSource, ...]
    signals: Signals
    dates: tuple[DateMention, ...]
    reference_date: date | None
    cuts: tuple[Cut, ...]
    warnings: tuple[str, ...]
