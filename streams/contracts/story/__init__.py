"""The values that the pure stages hand to each other, frozen; no behaviour beyond their shape.

Dataclasses, but for those that a story has dozens of, and the stories with their dozens of fields: as msgspec structs
they are made in a sixth to a third of the time and written in half to three quarters of it, and the garbage collector
does not walk them. None of them can be part of a cycle. :func:`streams.contracts.structs.replace` is for them.

Offsets are always Unicode code points, ``start`` inclusive, ``end`` exclusive. Times are aware datetimes
in UTC, dates are ``datetime.date``. ``None`` means unknown: no stage invents a value.

==========  ==================================================================================
raw         a raw message, and a story as a format parser found it
clean       a story after the copy desk, with its cuts
located     the places stage's word on it
normalised  the value of ``wire.normalised.v1``
==========  ==================================================================================
"""

from __future__ import annotations

from streams.contracts.story.clean import CleanStory, Cut, Dateline, DateMention, Field, Signals
from streams.contracts.story.located import CountryTag, Evidence, Located, Mention, RegionTag
from streams.contracts.story.normalised import Fingerprint, NormalisedStory, Provenance
from streams.contracts.story.raw import AgencyPlace, AltId, InfoSource, Kind, Origin, PubStatus, RawMessage, RawStory

__all__ = [
    "AgencyPlace",
    "AltId",
    "CleanStory",
    "CountryTag",
    "Cut",
    "DateMention",
    "Dateline",
    "Evidence",
    "Field",
    "Fingerprint",
    "InfoSource",
    "Kind",
    "Located",
    "Mention",
    "NormalisedStory",
    "Origin",
    "Provenance",
    "PubStatus",
    "RawMessage",
    "RawStory",
    "RegionTag",
    "Signals",
]
