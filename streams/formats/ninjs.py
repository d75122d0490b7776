"""IPTC ninjs 1.x, 2.x and 3.x → raw stories; bad dates are warned of, items that are no text are refused.

One reader for all three: property names are compared without case, hyphens and underscores, so ``versioncreated`` (1.x)
and ``versionCreated`` (2.x, 3.x) are one. Takes a single item, a list, or the answer of a search, ``{"items": [...]}``.
"""

from __future__ import annotations

import re
from typing import Any

from streams.contracts.story import AgencyPlace, AltId, InfoSource, RawStory
from streams.errors import Reason, Rejected
from streams.formats import jsontext
from streams.formats.fields import Fields
from streams.formats.format import Format, all_within_cap
from streams.formats.ids import to_uri
from streams.formats.ninjs_body import body_of
from streams.formats.republished import is_republished
from streams.formats.sniff import Message
from streams.text.countrycodes import alpha2
from streams.text.markup import to_paragraphs
from streams.text.words import word_set

_NOT_TEXT = word_set("picture photo image graphic audio video animation event planning")
_NO_WRITER = re.compile(r"photo|camera|editor|illustrat|graphic|video")
_WRAPPERS = ("item", "items", "hits", "newsitems", "data")
_SIGNS = word_set(
    "headline headlines bodytext bodyhtml bodyxhtml bodies versioncreated descriptiontext standard pubstatus slugline"
)


def detect(message: Message) -> bool:
    """JSON. Whether it is ninjs only the parsed value tells."""
    return message.looks_json


def parse(message: Message) -> tuple[RawStory, ...]:
    """Every text item of the message, in order.

    Raises Rejected: MALFORMED or UNSAFE for the JSON, TOO_LARGE above the cap on items,
    UNSUPPORTED where nothing in it is a ninjs text item.
    """
    value, repaired = jsontext.load(message.text)
    items = all_within_cap(_items(value), "items")
    if not items:
        raise Rejected(Reason.UNSUPPORTED, "JSON without the properties of a ninjs item")
    texts = [item for item in items if str(item.text("type") or "text").lower() not in _NOT_TEXT]
    if not texts:
        raise Rejected(Reason.UNSUPPORTED, f"a ninjs item of type {items[0].text('type')}, no text")
    stories: list[RawStory] = []
    for item in texts:
        story = _story(item, len(stories), message, repaired)
        if story is not None:
            stories.append(story)
    return tuple(stories)


def _items(value: Any) -> list[Fields]:
    if isinstance(value, list):
        return [item for member in value if isinstance(member, dict) for item in _items(member)]
    if not isinstance(value, dict):
        return []
    fields = Fields(value)
    if fields.has_any(_SIGNS):
        return [fields]
    for wrapper in _WRAPPERS:
        inner = fields.get(wrapper)
        if inner is not None:
            return _items(inner)
    return []


def _story(item: Fields, index: int, message: Message, repaired: tuple[str, ...]) -> RawStory | None:
    """One item as a raw story, or None when it has neither headline nor copy and withdraws nothing."""
    headline = _line(_role(item, "headlines", ("main", None)) or item.text("headline") or item.text("title"))
    copy, captions, body_warnings = body_of(item)
    status = _status(item)
    if not any(map(str.isalnum, (headline or "") + copy)) and status != "canceled":
        return None
    provider = _provider(item, message)
    own_id = item.text("uri") or item.text("guid") or item.text("id")
    uri = to_uri(own_id, provider)
    received = message.raw.received or message.raw.arrived
    version_created = item.stamp("versioncreated", received) or item.stamp("contentcreated", received)
    first_created = item.stamp("firstcreated", received)
    embargo = item.stamp("embargoeduntil", None) or item.stamp("embargoed", None)
    return RawStory(
        index=index,
        format=FORMAT.name,
        parser=FORMAT.parser,
        copy=copy,
        provider=provider,
        uri=uri,
        version=item.text("version"),
        headline=headline,
        slugline=item.text("slugline") or item.text("slug"),
        by=item.text("by") or item.text("byline") or _authors(item),
        located=item.text("located"),
        ed_note=item.text("ednote"),
        language=item.text("language"),
        urgency=item.number("urgency", 1, 8),
        pub_status=status,
        embargoed_until=embargo,
        first_created=first_created,
        version_created=version_created,
        usage_terms=item.text("usageterms"),
        copyright_notice=item.text("copyrightnotice"),
        captions=captions,
        keywords=_keywords(item),
        alt_ids=_alt_ids(item, uri, own_id),
        info_sources=_info_sources(item),
        places=_places(item),
        republished=is_republished(copy),
        warnings=(*message.warnings, *repaired, *body_warnings, *item.warnings),
    )


def _status(item: Fields) -> Any:
    said = (item.text("pubstatus") or "").lower()
    known = {"usable": "usable", "withheld": "withheld", "canceled": "canceled", "cancelled": "canceled"}
    if said and said not in known:
        item.warnings.append(f"pubstatus: {said[:40]!r} is not one of the standard; taken as unknown")
    return known.get(said)


def _role(item: Fields, name: str, wanted: tuple[str | None, ...]) -> str | None:
    """The value in a list such as ``headlines`` whose role comes first in ``wanted``, else the first value."""
    members = [Fields(m) for m in item.members(name)]
    for role in wanted:
        for member in members:
            if member.text("role") == role and member.text("value"):
                return member.text("value")
    return next((member.text("value") for member in members if member.text("value")), None)


def _provider(item: Fields, message: Message) -> str | None:
    """The envelope's word first, then what the item says of itself."""
    for name in ("provider", "source", "copyrightholder"):
        value = item.text(name)
        if message.provider or value:
            return message.provider or value
    return None


def _line(value: str | None) -> str | None:
    """One line of text, out of markup where an editor's page put its own in."""
    if value and ("<" in value or "&" in value):
        return " ".join(to_paragraphs(value).paragraphs) or None
    return value


def _authors(item: Fields) -> str | None:
    """Who wrote it. Photographers and editors stand in the same list, by their role."""
    people = [Fields(member) for member in item.members("authors")]
    writers = [p.text("name") for p in people if not _NO_WRITER.search((p.text("role") or "").lower())]
    return ", ".join(dict.fromkeys(name for name in writers if name)) or None


def _keywords(item: Fields) -> tuple[str, ...]:
    found = item.get("keywords") or item.get("keyword")
    members = found if isinstance(found, list) else [found]
    return tuple(dict.fromkeys(m.strip() for m in members if isinstance(m, str) and m.strip()))


def _alt_ids(item: Fields, uri: str | None, own_id: str | None) -> tuple[AltId, ...]:
    found: list[AltId] = []
    if own_id and own_id.strip() != uri:
        found.append(AltId(own_id.strip(), "id"))
    guid = item.text("guid")
    if guid and guid not in (uri, own_id):
        found.append(AltId(guid, "guid"))
    for member in map(Fields, item.members("altids")):
        value = member.text("value")
        if value:
            found.append(AltId(value, member.text("role") or "altId"))
    alternative = item.get("altids")
    if isinstance(alternative, dict):  # 1.x: one property for each id
        found += [AltId(str(v), str(k)) for k, v in alternative.items() if isinstance(v, str | int) and str(v)]
    reference = item.text("originaltransmissionreference")
    if reference:
        found.append(AltId(reference, "ref"))
    return tuple(dict.fromkeys(found))


def _info_sources(item: Fields) -> tuple[InfoSource, ...]:
    found: list[InfoSource] = []
    for name in ("infosources", "infosource"):
        for member in map(Fields, item.members(name)):
            value = member.text("name")
            role = (member.text("role") or "").lower()
            if value:
                found.append(InfoSource(value, "distributor" if "distrib" in role else "agency"))
    return tuple(dict.fromkeys(found))


def _places(item: Fields) -> tuple[AgencyPlace, ...]:
    found: list[AgencyPlace] = []
    for name in ("places", "place"):
        for member in map(Fields, item.members(name)):
            label = member.text("name")
            country = alpha2(member.text("code") or member.text("countrycode") or member.text("literal"))
            if label or country:
                origin = "origin" in (member.text("rel") or "").lower()
                found.append(AgencyPlace(label, country, "origin" if origin else "about"))
    return tuple(dict.fromkeys(found))


FORMAT = Format(
    name="ninjs",
    title="IPTC ninjs 1.x, 2.x, 3.x",
    version="1",
    used_by=("AFP", "dpa", "TT", "NTB", "AAP", "users of Superdesk"),
    detect=detect,
    parse=parse,
)
