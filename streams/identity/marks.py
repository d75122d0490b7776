"""An entry → what it is found by: ids, hashes of bytes and text, its profile; keeps nothing, finds nothing."""

from __future__ import annotations

from streams.contracts.story import Fingerprint
from streams.identity.entry import Entry, Filed
from streams.identity.fingerprint import sketch
from streams.identity.index import Marks
from streams.identity.profile import ONE_LINE_KINDS, Profile, continues

_KINDS = {"exact": 0, "body": 0x5BD1E9955BD1E99}
BODY_ALONE = 40
"""Words a body must have to tell a story without its headline: "Payout 14 pence against 14" is any company's."""


def entry_profile(entry: Entry) -> Profile:
    """The comparable parts of an entry."""
    return Profile(
        headline=entry.headline,
        paragraphs=entry.paragraphs,
        at=entry.at,
        kind=entry.kind,
        source=entry.source,
        distributors=entry.distributors,
        slug=entry.slug,
        dated=entry.dated,
        day_marks=entry.day_marks,
        signals=entry.signals,
        continues=continues(entry.signals, entry.slugline),
        created=entry.version_created,
        countries=entry.countries,
        city=entry.city,
        agencies=entry.agencies,
    )


def repeats(entry: Entry | Filed) -> bool:
    """Whether an entry is the very words of an earlier one: what finds that one finds it too."""
    of = entry.identity.of
    return entry.outcome == "duplicate" and of is not None and of.method in ("bytes", "text")


def entry_ids(entry: Entry | Filed) -> list[str]:
    """Every id an entry can be found by: its own uri, the one it was published under, the agency's full ids."""
    own, uri = entry.uri, entry.identity.uri
    if own == uri and not entry.alt_ids:
        return [own]
    found = {own, uri}
    found.update([alt.value for alt in entry.alt_ids if alt.role != "ref" and telling_id(alt.value)])
    return sorted(found)


def telling_id(value: str) -> bool:
    """Whether an id names one item for good. Agencies use short ones again: ``TX-PAR-ABC12`` is another day's too."""
    return ":" in value or "/" in value or len(value) >= 20


def entry_prints(entry: Entry | Filed) -> list[int]:
    """The hashes that find exact copies of an entry; none for a repeat, for what it repeats is found."""
    if repeats(entry):
        return []
    marks = [print_key("exact", entry.fingerprint.exact)]
    if entry.fingerprint.shingles + 2 >= BODY_ALONE:
        marks.append(print_key("body", entry.fingerprint.body))
    return marks


def print_key(kind: str, value: str) -> int:
    """A SHA-256 in hex as a key of 60 bits: ``kind`` is ``exact`` or ``body``, which no text has the same of."""
    return int(value[:15], 16) ^ _KINDS[kind]


def index_marks(marks: Profile, print_: Fingerprint) -> Marks:
    """What the text index files a story by."""
    return Marks(marks.filed, marks.slug, sketch(print_), print_.shingles, marks.alert, marks.continues)


def entry_marks(entry: Entry | Filed) -> Marks:
    """What the text index filed an entry by, from the entry alone: its copy is not looked at."""
    print_ = entry.fingerprint
    return Marks(entry.words, entry.slug, sketch(print_), print_.shingles, entry.kind in ONE_LINE_KINDS)


def version_number(version: str | None) -> int:
    """A version as a number to count on from: ``"3"`` → 3; what is no number counts as 1."""
    return int(version) if version and version.isascii() and version.isdigit() and len(version) <= 18 else 1
