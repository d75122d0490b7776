"""NewsML-G2 → raw stories: items alone or in a message; passes over packages and pictures, follows no reference.

Codes are read by what comes after the colon, since every agency names its schemes as it likes. dpa marks byline and
dateline in its XHTML and keeps contacts in notes, Reuters locates an item at the desk that filed it, ANSA puts HTML
into plain text, STT leaves elements empty, AP and others nest NITF.
"""

from __future__ import annotations

from collections.abc import Iterator

from streams.contracts.story import AgencyPlace, AltId, RawStory
from streams.errors import Reason, Rejected
from streams.formats import nitf, xmltree, xmlvalues
from streams.formats.format import Format
from streams.formats.ids import to_uri
from streams.formats.sniff import Message
from streams.formats.xmlbody import Body, body_of, body_of_text
from streams.formats.xmltree import Element, attribute, below, child, children, first, text_in, words
from streams.text.countrycodes import alpha2
from streams.text.words import word_set

_ITEMS = ("newsItem", "packageItem")
_ROOTS = word_set("newsitem newsmessage packageitem knowledgeitem conceptitem catalogitem planningitem")
_NOT_TEXT = word_set("picture photo graphic audio video animation concept still")
_PRIVATE_NOTES = word_set("notepad closingline contacts dpacontacts localities")
_NOT_BODY = word_set("headline subheadline teaser summary slug byline dateline keywords note")
_EARLIER = word_set("derivedfrom previousversion replaces supersedes corrects evolvedfrom")
_KILLS = word_set("kill cancel withdraw")


def detect(message: Message) -> bool:
    """XML whose first element is an item or a message of NewsML-G2, in any name space."""
    return message.looks_markup and (xmltree.root_name(message.text) or "").lower() in _ROOTS


def parse(message: Message) -> tuple[RawStory, ...]:
    """Every text item, in order.

    Raises Rejected: MALFORMED or UNSAFE for the XML, UNSUPPORTED where no item in it is text, NO_STORY where there is
    no item at all.
    """
    tree = xmltree.parse(message.text)
    stories: list[RawStory] = []
    passed = 0
    for item in xmltree.items(tree.root, *_ITEMS):
        notes = xmlvalues.Notes(message.raw.received or message.raw.arrived, (*message.warnings, *tree.warnings))
        if not _is_text(item):
            passed += 1
            continue
        story = _story(item, len(stories), message, notes)
        if story is not None:
            stories.append(story)
    if not stories and (passed or xmltree.local(tree.root) not in ("newsitem", "newsmessage")):
        raise Rejected(Reason.UNSUPPORTED, "NewsML-G2 without a text item")
    return tuple(stories)


def _is_text(item: Element) -> bool:
    """Text, by its class; an item composed of several kinds is text where text is in it."""
    kind = _code(child(item, "itemMeta", "itemClass"))
    if kind == "composite" and child(item, "contentSet", "inlineXML") is None:
        return False
    return xmltree.local(item) == "newsitem" and kind not in _NOT_TEXT


def _code(element: Element | None) -> str:
    """What stands after the colon of a code: ``icls:text`` → ``text``."""
    return (attribute(element, "qcode") or attribute(element, "uri") or "").replace("/", ":").rpartition(":")[2].lower()


def _role(element: Element) -> str:
    return (attribute(element, "role") or "").rpartition(":")[2].lower()


def _name(element: Element | None) -> str | None:
    """A party's or place's name, or its literal."""
    return words(child(element, "name")) or attribute(element, "literal")


def _story(item: Element, index: int, message: Message, notes: xmlvalues.Notes) -> RawStory | None:
    """One item as a story, or None when it has neither headline nor copy and withdraws nothing."""
    meta, content, rights = child(item, "itemMeta"), child(item, "contentMeta"), child(item, "rightsInfo")
    headline = _headline(content) or words(child(meta, "title"))
    body, inner = _body(child(item, "contentSet"), headline)
    headline = headline or (inner.headline if inner else None)
    signals = {_code(signal) for signal in below(meta, "signal")}
    status = notes.status(attribute(child(meta, "pubStatus"), "qcode") or words(child(meta, "pubStatus")))
    if not _KILLS.isdisjoint(signals):
        status = "canceled"
    if not any(map(str.isalnum, (headline or "") + body.copy)) and status != "canceled":
        return None
    provider = _provider(child(meta, "provider"))
    guid = attribute(item, "guid")
    # not by who delivered it: the same file must have the same id by whichever way it came
    uri = to_uri(guid, provider or message.provider)
    embargo, said = None, None
    stated = child(meta, "embargoed")
    if stated is not None:
        embargo = notes.stamp("embargoed", words(stated), ahead=True)
        if embargo is None:  # the standard: an empty element is an embargo without end
            status = "withheld"
            notes.warn("embargo: no time given; withheld")
    else:
        embargo, said = xmlvalues.embargo_in(xmltree.comments(item), notes)
    by = xmlvalues.byline(_joined(content, "by")) or (inner.by if inner else None) or xmlvalues.byline(body.byline)
    located = child(content, "located")
    if (attribute(located, "type") or "").startswith("cptType:"):
        located = None  # Reuters: the desk that filed it, in Bangalore mostly, not where the news is from
    return RawStory(
        index=index,
        format=FORMAT.name,
        parser=FORMAT.parser,
        copy=body.copy,
        provider=message.provider or provider,
        uri=uri,
        version=attribute(item, "version"),
        headline=headline,
        slugline=next(filter(None, map(words, children(content, "slugline"))), None) if content is not None else None,
        by=by,
        dateline=xmlvalues.dateline(words(child(content, "dateline")))
        or (inner.dateline if inner else None)
        or xmlvalues.dateline(body.dateline),
        located=_name(located) or (inner.located if inner else None),
        ed_note="\n".join(dict.fromkeys(filter(None, (*_notes(meta, signals), inner.ed_note if inner else None, said))))
        or None,
        language=_language(item, content),
        urgency=notes.urgency(words(child(content, "urgency"))),
        pub_status=status,
        embargoed_until=embargo,
        first_created=notes.stamp("firstCreated", words(child(meta, "firstCreated"))),
        version_created=notes.stamp("versionCreated", words(child(meta, "versionCreated"))),
        usage_terms=_in_language(rights, "usageTerms", item),
        copyright_notice=_in_language(rights, "copyrightNotice", item),
        captions=tuple(dict.fromkeys((*body.captions, *_linked_captions(meta)))),
        keywords=tuple(dict.fromkeys(filter(None, map(words, below(content, "keyword"))))),
        alt_ids=_alt_ids(uri, guid, meta, content),
        info_sources=xmlvalues.sources(provider, *(_name(source) for source in below(content, "infoSource"))),
        places=tuple(dict.fromkeys(_places(located, content))),
        warnings=tuple(notes.warnings),
    )


def _provider(provider: Element | None) -> str | None:
    """The short code of the IPTC's own list (``nprov:dpa``), else the name, else any other code."""
    scheme, _, code = (attribute(provider, "qcode") or "").rpartition(":")
    return xmlvalues.agency_name(code if scheme == "nprov" else _name(provider) or code)


def _headline(content: Element | None) -> str | None:
    """The first headline that is no second one: ``role="hld:subHeadline"`` is."""
    found = list(children(content, "headline")) if content is not None else []
    main = [line for line in found if _role(line) in ("", "main", "headline", "title")]
    return next(filter(None, map(words, main or found)), None)


def _joined(content: Element | None, name: str) -> str | None:
    texts = [words(line) for line in children(content, name)] if content is not None else []
    return ", ".join(filter(None, texts)) or None


def _body(contents: Element | None, headline: str | None) -> tuple[Body, nitf.Parts | None]:
    """The first rendition with text in it: XML first, for it parts the paragraphs; then plain data."""
    if contents is None:
        return Body(), None
    for inline in children(contents, "inlineXML"):
        inner = first(inline, "nitf")
        if inner is not None:
            parts = nitf.parts_of(inner, None)
            if parts.body.paragraphs or parts.headline:
                return parts.body, parts
        body = body_of(inline, headline)
        if body.paragraphs:
            return body, None
    for data in children(contents, "inlineData"):
        kind = (attribute(data, "contenttype") or "text/plain").lower()
        if _rendition(data) not in _NOT_BODY and kind.startswith(("text/", "application/xhtml")):
            body = body_of_text(text_in(data))
            if body.paragraphs:
                return body, None
    return Body(), None


def _rendition(data: Element) -> str:
    return (attribute(data, "rendition") or "").rpartition(":")[2].lower()


def _notes(meta: Element | None, signals: set[str]) -> Iterator[str]:
    """The notes to editors, without dpa's lists of contacts and the copy's closing line; corrections first.

    A correction that only a signal tells is written out, as the note an editor would expect.
    """
    if "correction" in signals:
        yield "CORRECTION"
    texts = [(_role(note), words(note)) for note in below(meta, "edNote")]
    kept = [(role, text) for role, text in texts if text and role not in _PRIVATE_NOTES]
    for _, text in sorted(kept, key=lambda note: not note[0].startswith("correction")):
        yield text


def _language(item: Element, content: Element | None) -> str | None:
    for language in below(content, "language"):
        tag = xmlvalues.language_tag(attribute(language, "tag"))
        if tag:
            return tag
    return xmlvalues.language_tag(xmltree.language_of(item))


def _in_language(rights: Element | None, name: str, item: Element) -> str | None:
    """The text in the item's language where there are several, else the first."""
    found = list(below(rights, name))
    wanted = xmltree.language_of(item)
    same = [text for text in found if xmltree.language_of(text) == wanted]
    return next(filter(None, map(words, [*same, *found])), None)


def _linked_captions(meta: Element | None) -> Iterator[str]:
    """Captions of the pictures that an item links to, as STT gives them."""
    for link in below(meta, "link"):
        if (attribute(link, "contenttype") or "").startswith("image/"):
            for title in children(link, "title"):
                if _role(title) == "caption":
                    yield words(title) or ""


def _alt_ids(uri: str | None, guid: str | None, meta: Element | None, content: Element | None) -> tuple[AltId, ...]:
    pairs: list[tuple[str | None, str]] = [(guid, "guid")]
    for alt in below(content, "altId"):
        kind = (attribute(alt, "type") or "").rpartition(":")[2]
        pairs.append((words(alt), kind or "altId"))
    for link in below(meta, "link"):
        relation = (attribute(link, "rel") or "").rpartition(":")[2].lower()
        earlier = attribute(link, "residref") or attribute(link, "guidref")
        if relation in _EARLIER and earlier != guid:
            pairs.append((earlier, "ref"))
    return xmlvalues.alt_ids(uri, *pairs)


def _places(located: Element | None, content: Element | None) -> Iterator[AgencyPlace]:
    """Where the copy was written, with the country around it, and the countries it is coded as being about."""
    if located is not None and (_name(located) or _country(located)):
        codes = (_country(around) for around in below(located, "broader"))
        yield AgencyPlace(_name(located), next(filter(None, codes), None) or _country(located), "origin")
    for subject in children(content, "subject") if content is not None else ():
        code = _country(subject) or next(filter(None, map(_country, children(subject, "sameAs"))), None)
        if code:
            yield AgencyPlace(words(child(subject, "name")), code, "about")


def _country(element: Element) -> str | None:
    """The country that a code stands for: one of ISO 3166, or one that is said to be a country.

    ``iso3166-1a3:DEU``; ``geo:IT`` of type ``cptype:country``; Reuters' ``N2:PE`` with the property ``geoProp:5``.
    """
    scheme, _, code = (attribute(element, "qcode") or "").rpartition(":")
    said = scheme.lower().startswith("iso3166") or (attribute(element, "type") or "").lower().endswith(":country")
    if not said and not any(attribute(facet, "qcode") == "geoProp:5" for facet in children(element, "facet")):
        return None
    return alpha2(code)


FORMAT = Format(
    name="newsmlg2",
    title="IPTC NewsML-G2",
    version="1",
    used_by=("dpa", "Reuters", "AP", "ANSA", "STT", "NTB", "GlobeNewswire"),
    detect=detect,
    parse=parse,
)
