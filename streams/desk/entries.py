"""A record → one version as the list shows it: its words, tags and the words behind each tag. Reads leniently."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from streams.errors import Reason, Rejected

MOST_WORDS = 6
"""Different words shown as the cause of one tag."""
CONTINENTS = frozenset({"002", "009", "019", "142", "150"})
"""M49 codes that say little on a chip: shown after the regions in them."""
MOST_COUNTRIES = 8
MOST_REGIONS = 6
NOTE_LENGTH = 400
"""Characters of the reason that a kill or correction gives."""
UNKNOWN = "unknown"
_END = re.compile(r"[\s/]+\Z")
"""The strokes that end an advisory: ``ADDS details ///``."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A country (``code`` ISO alpha-2, ``name`` None: the browser knows it) or region, and what caused it.

    ``words``: the different expressions in the copy, in their order; empty for a region that is there because a
    country of the story lies in it. ``roles``: of a country, as in the record.
    """

    code: str
    name: str | None
    words: tuple[str, ...]
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One version. ``at``: when the copy was made (RFC 3339), None if unknown; ``seen``: milliseconds since the epoch
    at which the wire published it; ``processed`` orders the versions of a family.

    ``outlet``: who republished the agency's copy, where it came through one. ``note``: what the agency says was done,
    or for a kill why. ``retracts``: (``uri``, ``version``) of what it takes back. ``of``: the same of what it follows.
    """

    uri: str
    version: str
    story: str
    relation: str
    kind: str
    headline: str
    at: str | None
    seen: int
    processed: str
    urgency: int | None
    language: str | None
    slugline: str | None
    agency: str
    outlet: str | None
    note: str | None
    countries: tuple[Tag, ...]
    regions: tuple[Tag, ...]
    desks: tuple[str, ...]
    of: tuple[str, str] | None
    retracts: tuple[tuple[str, str], ...]

    @property
    def key(self) -> tuple[str, str]:
        """What makes it this version: a record on several topics, or read again, is still one."""
        return self.uri, self.version


def entry_of(record: Any, seen: int) -> Entry:
    """Return *record* (JSON of ``story.v1``) as an entry. Raises :class:`Rejected` (``malformed``) for a broken one."""
    try:
        return _entry(record, seen)
    except (KeyError, IndexError, TypeError, AttributeError, ValueError) as error:
        raise Rejected(Reason.MALFORMED, f"a broken record: {type(error).__name__}: {error}") from error


def _entry(record: dict[str, Any], seen: int) -> Entry:
    item = record["item"]
    of = record.get("of")
    origin = record.get("provenance") or {}
    return Entry(
        uri=str(item["uri"]),
        version=str(item.get("version", "")),
        story=str(record["story"]),
        relation=str(record["relation"]),
        kind=str(record.get("kind") or "story"),
        headline=headline_of(record),
        at=item.get("versionCreated") or origin.get("received"),
        seen=seen,
        processed=str(record.get("processed") or ""),
        urgency=item.get("urgency"),
        language=item.get("language"),
        slugline=item.get("slugline"),
        agency=agency_of(record),
        outlet=outlet_of(record),
        note=note_of(record),
        countries=tuple(_country(tag, record) for tag in (record.get("countries") or ())[:MOST_COUNTRIES]),
        regions=_regions(record),
        desks=tuple(record.get("desks") or ()),
        of=(str(of["uri"]), str(of["version"])) if of else None,
        retracts=tuple((str(r["uri"]), str(r.get("version", ""))) for r in record.get("retracts") or ()),
    )


def headline_of(record: dict[str, Any]) -> str:
    """The headline to print; empty where the record has none."""
    headlines = record["item"].get("headlines") or ()
    return str(headlines[0].get("value") or "") if headlines else ""


def body_of(record: dict[str, Any]) -> str:
    """The clean body, paragraphs parted by a blank line; empty where the record has none."""
    bodies = record["item"].get("bodies") or ()
    return str(bodies[0].get("value") or "") if bodies else ""


def agency_of(record: dict[str, Any]) -> str:
    """Who the copy comes from, as the list names it: the agency, else who distributed it, else the feed's source."""
    sources = record["item"].get("infoSources") or ()
    for role in ("agency", "distributor"):
        for source in sources:
            if source.get("role") == role and source.get("name"):
                return str(source["name"])
    return str((record.get("provenance") or {}).get("source") or UNKNOWN)


def outlet_of(record: dict[str, Any]) -> str | None:
    """Who republished an agency's copy; None for copy that comes from whom :func:`agency_of` names."""
    sources = record["item"].get("infoSources") or ()
    names = {role: str(s["name"]) for s in reversed(sources) if (role := s.get("role")) and s.get("name")}
    return names.get("distributor") if "agency" in names else None


def note_of(record: dict[str, Any]) -> str | None:
    """What the agency says was done: the advisory, and for a kill its text, for there is the reason (``The source has
    withdrawn the information``); None where nothing is said."""
    note = _END.sub("", str(record["item"].get("edNote") or ""))
    if record["relation"] == "kill":
        said = " ".join(body_of(record).split())
        note = ": ".join(part for part in (note, said) if part)
    if len(note) > NOTE_LENGTH:
        note = note[:NOTE_LENGTH].rsplit(" ", 1)[0] + " …"
    return note or None


def words_behind(spans: Any, record: dict[str, Any]) -> tuple[str, ...]:
    """The different expressions that evidence *spans* point at, in their order, at most :data:`MOST_WORDS`."""
    texts = {"headline": headline_of(record), "body": body_of(record)}
    said = (texts[span["field"]][span["start"] : span["end"]] for span in spans or ())
    return tuple(dict.fromkeys(filter(None, said)))[:MOST_WORDS]


def _country(tag: dict[str, Any], record: dict[str, Any]) -> Tag:
    words = words_behind(tag.get("evidence"), record)
    dateline = record.get("dateline") or {}
    city = dateline.get("city")
    if "dateline" in (tag.get("roles") or ()) and dateline.get("country") == tag["code"] and city and city not in words:
        words = (*words, str(city))
    return Tag(str(tag["code"]), None, words, tuple(tag.get("roles") or ()))


def _regions(record: dict[str, Any]) -> tuple[Tag, ...]:
    """Those that the copy names, then the narrower ones, then continents."""
    tags = [_region(tag, record) for tag in record.get("regions") or ()]
    tags.sort(key=lambda tag: (tag.code in CONTINENTS, tag.code.isdigit()))
    return tuple(tags[:MOST_REGIONS])


def _region(tag: dict[str, Any], record: dict[str, Any]) -> Tag:
    if tag.get("scheme") == "m49":
        return Tag(str(tag["code"]), str(tag["name"]), ())
    # The record does not say which expression named which region: a mention above countries that reads like the
    # region's own name is its proof.
    name = str(tag["name"])
    above = [m["text"] for m in record.get("mentions") or () if m.get("country") is None]
    own = [text for text in above if text.casefold().removeprefix("the ") in name.casefold()]
    return Tag(str(tag["code"]), name, tuple(dict.fromkeys(own or above))[:MOST_WORDS])
