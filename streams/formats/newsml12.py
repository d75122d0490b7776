"""NewsML 1.0 to 1.2 → raw stories, one for each item with copy; passes over pictures, follows no reference.

A ``NewsItem`` nests ``NewsComponent``s, and what holds for one is said there or in any around it: every field is asked
for from the inside out. Which component is the copy is told by its role and media type (`newsml12_components`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from streams.contracts.story import AgencyPlace, PubStatus, RawStory
from streams.errors import Reason, Rejected
from streams.formats import xmltree, xmlvalues
from streams.formats.format import Format
from streams.formats.ids import to_uri
from streams.formats.newsml12_components import Content, contents_of
from streams.formats.newsml12_ids import Ids, ids_of
from streams.formats.sniff import Message
from streams.formats.xmlbody import same_words
from streams.formats.xmltree import Element, attribute, below, child, children, first, words
from streams.text.countrycodes import alpha2
from streams.text.words import word_set

_DESCRIPTIVE = ("DescriptiveMetadata", "DescriptiveMetada")  # TASS writes the second
_ADVISORY_LINES = ("advisoryline", "advisory", "ednote", "editorsnote", "correctionline")
_PRODUCT_LINES = ("productline",)
_LINES = word_set("HeadLine DateLine ByLine SlugLine CopyrightLine KeywordLine")
_IN_LINE = re.compile(r"\s{0,3}\|\s{0,3}")


def detect(message: Message) -> bool:
    """XML whose first element is ``NewsML``."""
    return message.looks_markup and xmltree.root_name(message.text) == "NewsML"


def parse(message: Message) -> tuple[RawStory, ...]:
    """Every text story, in order.

    Raises Rejected: MALFORMED or UNSAFE for the XML, TOO_LARGE above the cap on stories, UNSUPPORTED where all items
    are pictures, sound or references, NO_STORY where there is nothing to print at all.
    """
    tree = xmltree.parse(message.text)
    stories: list[RawStory] = []
    media = 0
    for item in xmltree.items(tree.root, "NewsItem"):
        contents = contents_of(item)
        if not contents and _has_media(item):
            media += 1
            continue
        ids = ids_of(item)
        sender = attribute(child(tree.root, "NewsEnvelope", "SentFrom", "Party"), "FormalName")
        for at, content in enumerate(contents or [_only_lines(item)]):
            notes = xmlvalues.Notes(message.raw.received or message.raw.arrived, (*message.warnings, *tree.warnings))
            story = _story(item, content, ids, at, len(stories), message, notes, sender)
            if story is not None:
                stories.append(story)
    if not stories and media:
        raise Rejected(Reason.UNSUPPORTED, f"NewsML: {media} items, none of them text")
    return tuple(stories)


def _only_lines(item: Element) -> Content:
    """A story without copy: what its outermost component says."""
    component = child(item, "NewsComponent")
    return Content((item,) if component is None else (component, item))


def _has_media(item: Element) -> bool:
    return any(
        attribute(content, "Href") or first(content, "DataContent") is not None
        for content in below(item, "ContentItem")
    ) or next(below(item, "NewsItemRef"), None) is not None  # fmt: skip


def _story(
    item: Element,
    content: Content,
    ids: Ids,
    at: int,
    index: int,
    message: Message,
    notes: xmlvalues.Notes,
    sender: str | None,
) -> RawStory | None:
    """One story, or None when it has neither headline nor copy and withdraws nothing."""
    chain = content.chain
    management = child(item, "NewsManagement")
    lines = _lines(chain)
    headline = _first(lines, "HeadLine") or content.title
    stated = _first(lines, "DateLine")
    by = ", ".join(filter(None, dict.fromkeys(map(xmlvalues.byline, lines.get("ByLine", ()))))) or content.by
    copy = _without_heading(content.copy, headline, stated, by)
    status = notes.status(_value(child(management, "Status")))
    if not any(map(str.isalnum, (headline or "") + copy)) and status != "canceled":
        return None
    embargo, status, said = _embargo(item, management, status, notes)
    provider = next(_parties(chain, "Provider"), None) or xmlvalues.agency_name(sender)
    # not by who delivered it: the same file must have the same id by whichever way it came
    uri = to_uri(ids.stable, ids.provider or provider or message.provider)
    if uri and at:
        uri = f"{uri}#{at + 1}"
    where = xmlvalues.dateline(stated) or content.dateline
    places = tuple(_places(chain))
    return RawStory(
        index=index,
        format=FORMAT.name,
        parser=FORMAT.parser,
        copy=copy,
        provider=message.provider or provider or next(_parties(chain, "Source"), None),
        uri=uri,
        version=ids.revision,
        headline=headline,
        slugline=_first(lines, "SlugLine") or words(child(item, "Identification", "NameLabel")),
        by=by or None,
        dateline=where,
        located=next((place.name for place in places if place.rel == "origin" and place.name), None) or content.located,
        ed_note="\n".join(filter(None, (*_notes(chain), content.ed_note, said))) or None,
        language=_language(chain),
        urgency=notes.urgency(_value(child(management, "Urgency"))),
        kind=xmlvalues.kind_of(_value(child(management, "NewsItemType"))),
        pub_status=status,
        embargoed_until=embargo,
        first_created=notes.stamp("FirstCreated", words(child(management, "FirstCreated"))),
        version_created=notes.stamp("ThisRevisionCreated", words(child(management, "ThisRevisionCreated"))),
        usage_terms=_usage(chain),
        copyright_notice=_first(lines, "CopyrightLine"),
        captions=content.captions,
        keywords=_keywords(chain, lines.get("KeywordLine", [])),
        alt_ids=xmlvalues.alt_ids(uri, *ids.others),
        info_sources=xmlvalues.sources(provider, *_parties(chain, "Source")),
        places=places or content.places,
        warnings=tuple(notes.warnings),
    )


def _value(element: Element | None) -> str | None:
    """``FormalName``, where it should be, or the text, where TASS puts it."""
    return attribute(element, "FormalName") or words(element)


def _lines(chain: tuple[Element, ...]) -> dict[str, list[str]]:
    """The texts of each line in the innermost ``NewsLines`` that has it filled."""
    found: dict[str, list[str]] = {}
    for component in chain:
        here: dict[str, list[str]] = {}
        for lines in children(component, "NewsLines"):
            for line in lines:
                name = line.tag.rpartition("}")[2] if isinstance(line.tag, str) else ""
                if name in _LINES and name not in found and (text := words(line)):
                    here.setdefault(name, []).append(text)
        found.update(here)
    return found


def _first(lines: dict[str, list[str]], name: str) -> str | None:
    return lines[name][0] if name in lines else None


def _metadata(chain: tuple[Element, ...]) -> Iterator[Element]:
    """The descriptive metadata, from the inside out."""
    for component in chain:
        for name in _DESCRIPTIVE:
            yield from children(component, name)


def _without_heading(copy: str, headline: str | None, dateline: str | None, by: str | None) -> str:
    """Solita's HTML starts with its own headline and ``2.4.2026 16:02 CEST | Publisher | Annual report``."""
    paragraphs = copy.split("\n\n")
    if len(paragraphs) < 2:
        return copy
    if same_words(paragraphs[0], headline):
        del paragraphs[0]
    parts = _IN_LINE.split(paragraphs[0][:300]) if paragraphs else []
    if len(parts) > 1 and parts[0] == dateline and by in parts:
        del paragraphs[0]
    return "\n\n".join(paragraphs)


def _embargo(
    item: Element, management: Element | None, status: PubStatus | None, notes: xmlvalues.Notes
) -> tuple[datetime | None, PubStatus | None, str | None]:
    """``Status`` Embargoed ends when ``StatusWillChange`` says so; without that it withholds. Then comments."""
    said = (_value(child(management, "Status")) or "").lower()
    if said == "embargoed":
        change = child(management, "StatusWillChange", "DateAndTime")
        until = notes.stamp("StatusWillChange", words(change), ahead=True)
        if until is None:
            notes.warn("embargo: no time given; withheld")
            return None, "withheld", None
        return until, None, None
    embargo, comment = xmlvalues.embargo_in(xmltree.comments(item), notes)
    return embargo, status, comment


def _notes(chain: tuple[Element, ...]) -> Iterator[str]:
    """AFP's advisory line, then its product line, which says that there are pictures: ``(Picture+Video)``."""
    for wanted in (_ADVISORY_LINES, _PRODUCT_LINES):
        for component in chain:
            for lines in children(component, "NewsLines"):
                for line in children(lines, "NewsLine"):
                    if (_value(child(line, "NewsLineType")) or "").lower() in wanted:
                        yield words(child(line, "NewsLineText")) or ""


def _language(chain: tuple[Element, ...]) -> str | None:
    for metadata in _metadata(chain):
        tag = xmlvalues.language_tag(_value(child(metadata, "Language")))
        if tag:
            return tag
    return next(filter(None, (xmlvalues.language_tag(xmltree.language_of(c)) for c in chain)), None)


def _property(element: Element, name: str) -> str | None:
    for given in children(element, "Property"):
        if given.get("FormalName") == name and attribute(given, "Value"):
            return attribute(given, "Value")
    return None


def _places(chain: tuple[Element, ...]) -> Iterator[AgencyPlace]:
    """Places as coded, the innermost first: ``Origin`` is where the copy comes from, all else what it is about."""
    seen: set[AgencyPlace] = set()
    for metadata in _metadata(chain):
        for holder in (*children(metadata, "Location"), metadata):
            country = alpha2(_property(holder, "Country"))
            name = _property(holder, "City") or _property(holder, "CountryArea")
            origin = (holder.get("HowPresent") or "").lower() == "origin"
            place = AgencyPlace(name, country, "origin" if origin else "about")
            if (name or country) and place not in seen:
                seen.add(place)
                yield place


def _keywords(chain: tuple[Element, ...], lines: list[str]) -> tuple[str, ...]:
    found: list[str] = []
    for metadata in _metadata(chain):
        for given in children(metadata, "Property"):
            value = attribute(given, "Value")
            if given.get("FormalName") == "Keyword" and value:
                found.append(value)
    return tuple(dict.fromkeys(found + lines))


def _usage(chain: tuple[Element, ...]) -> str | None:
    for component in chain:
        for rights in children(component, "RightsMetadata"):
            said = [words(part) for usage in children(rights, "UsageRights") for part in usage]
            if any(said):
                return "; ".join(filter(None, said))
    return None


def _parties(chain: tuple[Element, ...], role: str) -> Iterator[str]:
    """The parties of that role, those of the innermost component first."""
    for component in chain:
        for metadata in children(component, "AdministrativeMetadata"):
            for holder in children(metadata, role):
                for party in children(holder, "Party"):
                    name = xmlvalues.agency_name(attribute(party, "FormalName"))
                    if name:
                        yield name


FORMAT = Format(
    name="newsml12",
    title="IPTC NewsML 1.0 to 1.2",
    version="1",
    used_by=("AFP", "Kyodo", "EFE", "TASS", "Belga", "ANA-MPA", "Business Wire", "Solita"),
    detect=detect,
    parse=parse,
)
