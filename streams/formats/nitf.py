"""NITF 2.5 to 3.6 → raw stories, on their own or inside NewsML (`parts_of`); follows no reference out of the file.

Agencies differ in what they fill: PA ``du-key`` and ``ends``, AP ``ed-msg`` and ``block``, AAP ``date.expire`` and
``anpa-keyword``, EFE ``evloc`` and initials as byline, CP ``revision-history``, NTB ``du-key`` with a version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from streams.contracts.story import AgencyPlace, RawStory
from streams.errors import Reason, Rejected
from streams.formats import xmltree, xmlvalues
from streams.formats.format import Format
from streams.formats.ids import to_uri
from streams.formats.sniff import Message
from streams.formats.xmlbody import Body, body_of
from streams.formats.xmltree import Element, attribute, below, child, children, first, words
from streams.text.countrycodes import alpha2
from streams.text.words import word_set

_SLUG_METAS = ("slug", "slugline", "anpa-keyword", "ntbstikkord")
_SLUG = re.compile(r"[^\W_]{1,25}(?:-[^\W_]{1,25}){1,8}")
_EDITORS_NOTES = word_set("editorsnote ednote editors-note endnote")


@dataclass(frozen=True, slots=True)
class Parts:
    """What ``body.head`` and ``body.content`` say: all that NITF inside another format adds to that format's own."""

    headline: str | None
    by: str | None
    dateline: str | None
    located: str | None
    distributor: str | None
    ed_note: str | None
    body: Body
    places: tuple[AgencyPlace, ...]


def detect(message: Message) -> bool:
    """XML whose first element is ``nitf``."""
    return message.looks_markup and (xmltree.root_name(message.text) or "").lower() == "nitf"


def parse(message: Message) -> tuple[RawStory, ...]:
    """The one story of the file. Raises Rejected: MALFORMED or UNSAFE for the XML, NO_STORY when there is none."""
    tree = xmltree.parse(message.text)
    notes = xmlvalues.Notes(message.raw.received or message.raw.arrived, (*message.warnings, *tree.warnings))
    root = tree.root
    parts = parts_of(root, words(child(root, "head", "title")))
    data = first(child(root, "head"), "docdata")
    status = notes.status(attribute(data, "management-status"))
    if not any(map(str.isalnum, (parts.headline or "") + parts.body.copy)) and status != "canceled":
        raise Rejected(Reason.NO_STORY, "NITF: no headline and no copy")
    story = _story(root, data, parts, message, notes)
    return (story,)


def parts_of(nitf: Element, title: str | None) -> Parts:
    """Read an ``nitf`` element. ``title`` is the headline where there is no ``hl1``."""
    body = child(nitf, "body")
    head = child(body, "body.head")
    headline = words(first(child(head, "hedline"), "hl1")) or title
    content = child(body, "body.content")
    read = body_of(content, headline) if content is not None else Body()
    if not read.paragraphs and content is None and body is not None:
        read = body_of(body, headline)  # Some write their paragraphs straight into ``body``
    elif not read.paragraphs:
        abstract = child(head, "abstract")
        if abstract is not None:
            summary = body_of(abstract, headline)
            read = Body(summary.paragraphs, (*read.captions, *summary.captions), read.byline, read.dateline)
    place = _place_of(child(head, "dateline"))
    return Parts(
        headline=headline,
        by=xmlvalues.byline(_byline(child(head, "byline"))) or xmlvalues.byline(read.byline),
        dateline=_dateline(child(head, "dateline")) or xmlvalues.dateline(read.dateline),
        located=place.name if place else None,
        distributor=words(child(head, "distributor")),
        ed_note="\n".join(_head_notes(head)) or None,
        body=read,
        places=(place,) if place else (),
    )


def _story(root: Element, data: Element | None, parts: Parts, message: Message, notes: xmlvalues.Notes) -> RawStory:
    head = child(root, "head")
    metas = {(meta.get("name") or "").lower(): attribute(meta, "content") for meta in below(head, "meta")}
    document = first(data, "doc-id")
    own_id, key = attribute(document, "id-string"), first(data, "du-key")
    # A ``du-key`` with a version is what stays the same from version to version; without one PA writes its slug there
    dynamic = attribute(key, "key") if attribute(key, "version") else None
    owner = first(data, "doc.copyright")
    carrier = attribute(first(data, "from-src"), "src-name")
    provider = (
        xmlvalues.agency_name(attribute(document, "regsrc"))
        or parts.distributor
        or carrier
        or metas.get("aap-source")
        or attribute(owner, "holder")
    )
    # not by who delivered it: the same file must have the same id by whichever way it came
    uri = to_uri(dynamic or own_id, provider or message.provider)
    issued = notes.stamp("date.issue", _norm(data, "date.issue"))
    embargo, said = _embargo(root, data, issued or message.raw.received, notes)
    status = notes.status(attribute(data, "management-status"))
    if (attribute(data, "management-status") or "").lower() == "embargoed" and embargo is None:
        status = "withheld"
        notes.warn("embargo: no time given; withheld")
    return RawStory(
        index=0,
        format=FORMAT.name,
        parser=FORMAT.parser,
        copy=parts.body.copy,
        provider=message.provider or provider,
        uri=uri,
        version=attribute(key, "version"),
        headline=parts.headline,
        slugline=next((metas[name] for name in _SLUG_METAS if metas.get(name)), None) or _slug_title(head),
        by=parts.by,
        dateline=parts.dateline,
        located=parts.located,
        ed_note="\n".join(dict.fromkeys(filter(None, (*_notes(head), parts.ed_note, said)))) or None,
        language=xmlvalues.language_tag(attribute(root, "baselang"))
        or xmlvalues.language_tag(xmltree.language_of(root))
        or xmlvalues.language_tag(xmltree.language_of(child(root, "body"))),
        urgency=notes.urgency(attribute(first(head, "urgency"), "ed-urg")),
        pub_status=status,
        embargoed_until=embargo,
        first_created=None,
        version_created=issued,
        usage_terms=_usage(root, data),
        copyright_notice=words(first(root, "copyrite")) or _copyright(owner),
        captions=parts.body.captions,
        keywords=tuple(_keywords(data)),
        alt_ids=xmlvalues.alt_ids(uri, (own_id, "doc-id"), (dynamic, "du-key")),
        info_sources=xmlvalues.sources(
            parts.distributor, attribute(document, "regsrc"), carrier, metas.get("aap-source")
        ),
        places=(*parts.places, *_event_places(data)),
        warnings=tuple(notes.warnings),
    )


def _norm(data: Element | None, name: str) -> str | None:
    return attribute(first(data, name), "norm")


def _embargo(
    root: Element, data: Element | None, sent: datetime | None, notes: xmlvalues.Notes
) -> tuple[datetime | None, str | None]:
    """A release after the issue (the receipt where none is given), or what a comment or a ``fixture`` says."""
    release = notes.stamp("date.release", _norm(data, "date.release"), ahead=True)
    stated = (attribute(data, "management-status") or "").lower() == "embargoed"
    if release is not None and (stated or (sent is not None and release > sent)):
        return release, None
    fixtures = [attribute(fixture, "fix-id") or "" for fixture in below(data, "fixture")]
    return xmlvalues.embargo_in([*fixtures, *xmltree.comments(root)], notes)


def _byline(element: Element | None) -> str | None:
    """The persons where they are marked, else all but their titles."""
    if element is None:
        return None
    people = [words(person) for person in below(element, "person")]
    if any(people):
        return ", ".join(filter(None, people))
    whole, title = words(element), words(first(element, "byttl"))
    return whole.replace(title, " ").strip(" ,;-") if whole and title else whole


def _dateline(element: Element | None) -> str | None:
    """The printed line; of a location with parts, its parts; of a ``story.date`` only what is no time stamp."""
    if element is None:
        return None
    date = words(child(element, "story.date"))
    location = child(element, "location")
    place = ", ".join(filter(None, map(words, children(location, "*")))) if location is not None else ""
    if place:
        return xmlvalues.dateline(place)
    whole = words(element)
    if whole and date and len(date) >= 8 and date[:8].isdigit():
        whole = whole.replace(date, " ")
    return xmlvalues.dateline(whole)


def _place_of(element: Element | None) -> AgencyPlace | None:
    location = child(element, "location")
    if location is None:
        return None
    city, country = first(location, "city"), first(location, "country")
    name = words(city) or (words(location) if next(children(location, "*"), None) is None else None)
    code = alpha2(attribute(country, "iso-cc")) or alpha2(words(country))
    return AgencyPlace(name, code, "origin") if name or code else None


def _event_places(data: Element | None) -> Iterator[AgencyPlace]:
    for event in below(data, "evloc"):
        city, code = attribute(event, "city"), alpha2(attribute(event, "iso-cc"))
        if city or code:
            yield AgencyPlace(city, code, "about")


def _head_notes(head: Element | None) -> Iterator[str]:
    for note in below(head, "note"):
        if (note.get("noteclass") or note.get("type") or "").lower() in _EDITORS_NOTES:
            yield words(note) or ""


def _notes(head: Element | None) -> Iterator[str]:
    """``ed-msg`` and, as the Canadian Press has it, the comment of the revision: ``ADDS quotes``."""
    for message in below(head, "ed-msg"):
        yield attribute(message, "info") or words(message) or ""
    for revision in below(head, "revision-history"):
        yield attribute(revision, "comment") or ""


def _slug_title(head: Element | None) -> str | None:
    """The Canadian Press puts its slug where others put the headline: ``Harbour-Pilots-Strike``."""
    title = words(child(head, "title"))
    return title if title and _SLUG.fullmatch(title) else None


def _usage(root: Element, data: Element | None) -> str | None:
    rights = first(data, "doc.rights")
    said = [attribute(rights, "type"), attribute(rights, "limitations")]
    return " ".join(filter(None, said)) or words(first(first(root, "rights"), "rights.limitations"))


def _copyright(owner: Element | None) -> str | None:
    holder, year = attribute(owner, "holder"), attribute(owner, "year")
    return " ".join(filter(None, ("Copyright", year, holder))) if holder else None


def _keywords(data: Element | None) -> Iterator[str]:
    seen: set[str] = set()
    for keyword in below(data, "keyword"):
        word = attribute(keyword, "key") or words(keyword)
        if word and word not in seen:
            seen.add(word)
            yield word


FORMAT = Format(
    name="nitf",
    title="IPTC NITF 2.5 to 3.6",
    version="1",
    used_by=("PA", "AP", "AAP", "EFE", "ANSA", "NTB", "The Canadian Press"),
    detect=detect,
    parse=parse,
)
