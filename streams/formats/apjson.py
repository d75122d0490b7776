"""AP's JSON (``data.item``, its NITF body beside it) → raw stories; without a body the headline stays, none is made up.

Takes one item, a feed of items, and an item alone. Pictures, sound and video are refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from streams.contracts.story import AgencyPlace, AltId, InfoSource, PubStatus, RawStory
from streams.errors import Reason, Rejected
from streams.formats import jsontext
from streams.formats.fields import Fields
from streams.formats.format import Format, all_within_cap
from streams.formats.ids import to_uri
from streams.formats.sniff import Message
from streams.text.countrycodes import alpha2
from streams.text.markup import Marked, to_paragraphs

_BODIES = ("bodyhtml", "bodynitf", "bodyxhtml", "body", "story", "content", "nitf", "text", "main")
_HOLDERS = ("nitf", "bodynitf", "story", "body", "text", "renditions")
# a permanent id; the etag names one retrieval and would make every re-read a new story
_ALT_IDS = ("itemid", "friendlykey", "transref", "recordid")
_STATES: dict[str, PubStatus] = {
    "usable": "usable", "embargoed": "usable", "withheld": "withheld", "canceled": "canceled", "cancelled": "canceled",
}  # fmt: skip
_LATEST_EMBARGO = timedelta(days=366)


def detect(message: Message) -> bool:
    """JSON that holds AP's ``altids`` with an ``itemid``, which no ninjs has."""
    text = message.text
    return message.looks_json and '"altids"' in text and '"itemid"' in text


def parse(message: Message) -> tuple[RawStory, ...]:
    """Every text item, in order.

    Raises Rejected: MALFORMED or UNSAFE for the JSON, TOO_LARGE above the cap on items,
    UNSUPPORTED where it holds no item of text.
    """
    value, repaired = jsontext.load(message.text)
    found = all_within_cap(_items(value, {}, 0), "items")
    if not found:
        raise Rejected(Reason.UNSUPPORTED, "JSON without an item of AP's")
    texts = [(item, beside) for item, beside in found if (item.text("type") or "text").lower() in ("text", "composite")]
    if not texts:
        raise Rejected(Reason.UNSUPPORTED, f"an AP item of type {found[0][0].text('type')}, no text")
    stories: list[RawStory] = []
    for item, beside in texts:
        story = _story(item, beside, len(stories), message, repaired)
        if story is not None:
            stories.append(story)
    return tuple(stories)


def _items(value: Any, beside: Mapping[str, Any], depth: int) -> list[tuple[Fields, Mapping[str, Any]]]:
    """Every object with ``altids``, with the object around its ``data``, where AP's downloaders put the body."""
    if depth > 6:
        return []
    if isinstance(value, list):
        return [pair for member in value for pair in _items(member, _object(member), depth + 1)]
    if not isinstance(value, dict):
        return []
    if isinstance(value.get("altids"), dict):
        return [(Fields(value), beside)]
    found: list[tuple[Fields, Mapping[str, Any]]] = []
    for name in ("data", "item", "items"):
        if name in value:
            found += _items(value[name], {**beside, **value}, depth + 1)
    return found


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _story(
    item: Fields, beside: Mapping[str, Any], index: int, message: Message, repaired: tuple[str, ...]
) -> RawStory | None:
    """One item as a raw story, or None when it has neither headline nor copy and withdraws nothing."""
    headline = item.text("headline") or item.text("title")
    marked = _body(item, beside)
    copy = "\n\n".join(marked.paragraphs)
    status = _status(item)
    if not any(map(str.isalnum, (headline or "") + copy)) and status != "canceled":
        return None
    if not copy:
        item.warnings.append("body: none in the message; headline and summary only")
    received = message.raw.received or message.raw.arrived
    alt_ids = _alt_ids(item)
    return RawStory(
        index=index,
        format=FORMAT.name,
        parser=FORMAT.parser,
        copy=copy,
        provider=message.provider or item.text("provider"),
        uri=_uri(item, alt_ids),
        version=item.text("version"),
        headline=headline,
        slugline=item.text("slugline"),
        by=_by(item),
        located=_city(item),
        ed_note=item.text("ednote"),
        language=item.text("language"),
        urgency=item.number("urgency", 1, 8),
        pub_status=status,
        embargoed_until=_embargo(item, received),
        first_created=item.stamp("firstcreated", received),
        version_created=item.stamp("versioncreated", received),
        usage_terms=_usage(item),
        copyright_notice=item.text("copyrightnotice"),
        captions=tuple(dict.fromkeys((*_summary(item), *marked.captions, *_pictures(item)))),
        keywords=_keywords(item),
        alt_ids=alt_ids,
        info_sources=_sources(item),
        places=_places(item),
        warnings=(*message.warnings, *repaired, *item.warnings),
    )


def _body(item: Fields, beside: Mapping[str, Any]) -> Marked:
    """The body's markup, whether AP's downloaders put it in the item, beside it or in a rendition."""
    for holder in (item, Fields(beside)):
        source = _markup(holder, 0)
        if source:
            # a whole NITF document: head and body.head say again what the item says
            start = source.find("<body.content")
            end = source.find("</body.content>", start)
            if start >= 0:
                source = source[start : end if end >= 0 else len(source)]
            return to_paragraphs(source)
    return Marked((), ())


def _markup(fields: Fields, depth: int) -> str | None:
    for name in _BODIES:
        value = fields.get(name)
        if isinstance(value, str) and value.strip():
            return value
    if depth < 3:
        for name in _HOLDERS:
            for member in fields.members(name):
                found = _markup(Fields(member), depth + 1)
                if found:
                    return found
    return None


def _status(item: Fields) -> PubStatus | None:
    said = (item.text("pubstatus") or "").lower()
    if said and said not in _STATES:
        item.warnings.append(f"pubstatus: {said[:40]!r} is not one that AP documents; taken as unknown")
    return _STATES.get(said)


def _embargo(item: Fields, received: datetime | None) -> datetime | None:
    """The end of the embargo: a time, or a flag that says no time."""
    if isinstance(item.get("embargoed"), bool):
        if item.get("embargoed"):
            item.warnings.append("embargoed: said without a time")
        return None
    until = item.stamp("embargoed", None) or item.stamp("embargoeduntil", None) or item.stamp("releasedatetime", None)
    if until and received and until - received > _LATEST_EMBARGO:
        item.warnings.append("embargoed: more than a year ahead")
    return until


def _uri(item: Fields, alt_ids: tuple[AltId, ...]) -> str | None:
    """AP's address of the item without its query, which names one retrieval."""
    address = (item.text("uri") or "").partition("?")[0].partition("#")[0]
    own = next((alt.value for alt in alt_ids if alt.role == "itemid"), None)
    return to_uri(address or own, "ap")


def _alt_ids(item: Fields) -> tuple[AltId, ...]:
    found: list[AltId] = []
    for member in item.members("altids"):
        ids = Fields(member)
        found += [AltId(value, name) for name in _ALT_IDS if (value := ids.text(name))]
    return tuple(dict.fromkeys(found))


def _by(item: Fields) -> str | None:
    lines = [Fields(member) for member in item.members("bylines")]
    names = [line.text("by") or line.text("name") for line in lines]
    return ", ".join(dict.fromkeys(name for name in names if name)) or item.text("byline")


def _city(item: Fields) -> str | None:
    """The city as AP's place file writes it; its ``located`` is the dateline in capitals with the state."""
    for member in item.members("datelinelocation"):
        city = Fields(member).text("city")
        if city:
            return city
    return None


def _places(item: Fields) -> tuple[AgencyPlace, ...]:
    found: list[AgencyPlace] = []
    for member in item.members("datelinelocation"):
        place = Fields(member)
        country = alpha2(place.text("countrycode"))
        name = place.text("city") or place.text("countryname")
        if name or country:
            found.append(AgencyPlace(name, country, "origin"))
    for member in item.members("place"):
        place = Fields(member)
        rels = place.get("rels")
        direct = not isinstance(rels, list) or "direct" in rels
        if direct and (name := place.text("name")):
            found.append(AgencyPlace(name, alpha2(place.text("countrycode")), "about"))
    return tuple(dict.fromkeys(found))


def _usage(item: Fields) -> str | None:
    terms = item.get("usageterms")
    listed = terms if isinstance(terms, list) else [terms]
    return " ".join(term.strip() for term in listed if isinstance(term, str)).strip() or None


def _summary(item: Fields) -> list[str]:
    """AP's summary of the story, for front pages: it says again what the first paragraphs say."""
    summary = item.text("descriptionsummary") or item.text("headlineextended")
    return [" ".join(summary.split())] if summary else []


def _pictures(item: Fields) -> list[str]:
    associations = item.get("associations")
    members = list(associations.values()) if isinstance(associations, dict) else item.members("associations")
    captions = [
        Fields(member).text("descriptioncaption") or Fields(member).text("caption")
        for member in members
        if isinstance(member, dict)
    ]
    return [" ".join(caption.split()) for caption in captions if caption]


def _keywords(item: Fields) -> tuple[str, ...]:
    found = item.get("keywords")
    listed = found if isinstance(found, list) else [found]
    return tuple(dict.fromkeys(word.strip() for word in listed if isinstance(word, str) and word.strip()))


def _sources(item: Fields) -> tuple[InfoSource, ...]:
    names = [Fields(member).text("name") for member in item.members("infosource")]
    return tuple(dict.fromkeys(InfoSource(name, "agency") for name in names if name))


FORMAT = Format(
    name="apjson",
    title="AP Media API JSON",
    version="1",
    used_by=("AP", "Canadian Press"),
    detect=detect,
    parse=parse,
)
