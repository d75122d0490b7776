"""RSS 0.9 to 2.0 and Atom → one raw story for each item; an item's own id stays its id, however often it is read again.

``content:encoded`` goes before ``description``, Atom's ``content`` before its ``summary``. Enclosures are not fetched.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import datetime

from streams.contracts.story import AltId, InfoSource, RawStory
from streams.errors import Reason, Rejected
from streams.formats import xmltree
from streams.formats.format import Format, all_within_cap
from streams.formats.ids import to_uri
from streams.formats.sniff import Message
from streams.formats.stamps import read_stamp
from streams.formats.xmltree import Element
from streams.text.markup import Marked, has_markup, to_paragraphs

_ROOT = re.compile(r"<(?:rss|(?:\w{1,20}:)?(?:RDF|feed|entry))[\s>]", re.IGNORECASE)
_SIGNS = re.compile(r"<rss[\s>]|purl\.org/(?:rss|atom)|my\.netscape\.com/rdf|www\.w3\.org/2005/Atom", re.IGNORECASE)
_HEAD = 4000
_NAME_IN_BRACKETS = re.compile(r"\S+@\S+\s*\((?P<name>[^()]{2,100})\)")
_BLANK = re.compile(r"\n[ \t\r]*\n")
_MARKUP_TYPES = ("html", "xhtml", "text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class _Channel:
    """What the feed says for every item that says nothing itself."""

    language: str | None
    rights: str | None


def detect(message: Message) -> bool:
    """XML whose first element is that of RSS, RSS in RDF, or Atom."""
    if not message.looks_markup:
        return False
    head = message.text[:_HEAD]
    found = _ROOT.search(head)
    if found is None or _SIGNS.search(head) is None:
        return False
    return (xmltree.root_name(message.text) or "").lower() in ("rss", "rdf", "feed", "entry")


def parse(message: Message) -> tuple[RawStory, ...]:
    """Every item that has a headline or copy, in the feed's order.

    Raises Rejected: MALFORMED or UNSAFE for the XML, TOO_LARGE above the cap on items, NO_STORY where none has a word.
    """
    tree = xmltree.parse(message.text)
    root = tree.root
    if xmltree.local(root) == "entry":
        items, channel = [root], root
    else:
        items = all_within_cap(list(xmltree.below(root, "item", "entry")), "items")
        found = xmltree.child(root, "channel")
        channel = root if found is None else found
    of_channel = _Channel(_channel_language(channel), _plain(_first(channel, ("copyright", "rights"))))
    warnings = (*message.warnings, *tree.warnings)
    stories: list[RawStory] = []
    for item in items:
        story = _story(item, of_channel, len(stories), message, warnings)
        if story is not None:
            stories.append(story)
    if not stories:
        raise Rejected(Reason.NO_STORY, "a feed without an item that has a headline or copy")
    return tuple(stories)


def _story(
    item: Element, channel: _Channel, index: int, message: Message, warnings: tuple[str, ...]
) -> RawStory | None:
    body = _body(item)
    copy = "\n\n".join(body.paragraphs)
    headline = _plain(_first(item, ("title",)))
    if not any(map(str.isalnum, (headline or "") + copy)):
        return None
    own_id, is_link = _id(item)
    provider = message.provider
    received = message.raw.received or message.raw.arrived
    said: list[str] = []
    created = _time(item, ("pubdate", "published", "issued", "created", "date"), received, said)
    modified = _time(item, ("updated", "modified"), received, said)
    uri = to_uri(own_id, provider)
    alt_ids = [AltId(own_id, "link" if is_link else "guid")] if own_id and own_id != uri else []
    if not copy:
        said.append("body: none in the item; headline only")
    publisher = _plain(xmltree.child(item, "source", "title")) or _plain(xmltree.child(item, "source"))
    return RawStory(
        index=index,
        format=FORMAT.name,
        parser=FORMAT.parser,
        copy=copy,
        provider=provider,
        uri=uri,
        headline=headline,
        by=_by(item),
        language=xmltree.language_of(item) or xmltree.words(_first(item, ("language",))) or channel.language,
        first_created=created,
        version_created=modified or created,
        copyright_notice=_plain(_first(item, ("rights",))) or channel.rights,
        captions=body.captions,
        keywords=_keywords(item),
        alt_ids=tuple(alt_ids),
        info_sources=(InfoSource(publisher, "agency"),) if publisher and not provider else (),
        warnings=(*warnings, *said),
    )


def _first(item: Element, names: tuple[str, ...]) -> Element | None:
    """The first direct child of one of ``names``, in that order, in any name space but Media RSS, in any case."""
    for name in names:
        for element in item:
            if xmltree.local(element) == name and not _is_media(element):
                return element
    return None


def _body(item: Element) -> Marked:
    """The longest of the forms that are the whole copy, else the summary."""
    own = [element for element in item if not _is_media(element)]
    wholes = [element for element in own if xmltree.local(element) in ("encoded", "content", "body")]
    summaries = [element for name in ("description", "summary") for element in own if xmltree.local(element) == name]
    for element in (*wholes, *summaries):
        found = _marked(element)
        if found.paragraphs:
            return found
    return Marked((), ())


def _is_media(element: Element) -> bool:
    """Of Media RSS: ``media:content`` is a picture or a video, ``media:description`` says what it shows."""
    return isinstance(element.tag, str) and element.tag.startswith("{http://search.yahoo.com/mrss")


def _marked(element: Element) -> Marked:
    """An element's text as paragraphs: markup escaped, markup in line (XHTML), or none at all."""
    kind = (xmltree.attribute(element, "type") or "").lower()
    if len(element) and any(xmltree.local(child) for child in element):
        source = "".join(_inline(element))
    else:
        source = xmltree.uncontrolled(xmltree.text_in(element))
        if kind not in _MARKUP_TYPES and not has_markup(source):
            source = html.unescape(source)
            if not has_markup(source):
                parts = _BLANK.split(source) if _BLANK.search(source) else source.splitlines()
                return Marked(tuple(" ".join(part.split()) for part in parts if part.strip()), ())
    return to_paragraphs(source)


def _inline(element: Element) -> list[str]:
    """XHTML children as markup again, names only: `to_paragraphs` needs no more."""
    parts: list[str] = []
    stack: list[tuple[Element, bool]] = [(element, False)]
    while stack:
        node, closing = stack.pop()
        name = xmltree.local(node)
        inner = node is not element
        if closing or not name:  # of a comment only what follows it is text
            if inner:
                parts += [f"</{name}>" if name else "", html.escape(node.tail or "", quote=False)]
            continue
        parts += [f"<{name}>" if inner else "", html.escape(node.text or "", quote=False)]
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
    return parts


def _plain(element: Element | None) -> str | None:
    """A value without markup, whether its markup is escaped once or twice."""
    text = xmltree.words(element)
    if text and ("&" in text or "<" in text):
        text = " ".join(to_paragraphs(html.unescape(text) if "<" not in text else text).paragraphs)
    return text or None


def _id(item: Element) -> tuple[str | None, bool]:
    """guid, Atom's id or Dublin Core's identifier; else the link, which is as good a name; and whether it is one."""
    own = xmltree.words(_first(item, ("guid", "id", "identifier")))
    if own:
        return own, False
    for element in item:
        if xmltree.local(element) == "link" and xmltree.attribute(element, "rel") in (None, "alternate"):
            link = xmltree.attribute(element, "href") or xmltree.words(element)
            if link:
                return link, True
    about = xmltree.attribute(item, "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")
    return about, about is not None


def _time(item: Element, names: tuple[str, ...], received: datetime | None, said: list[str]) -> datetime | None:
    """The first of ``names`` that states a time, in UTC; what cannot be true is left out with a warning."""
    for name in names:
        when, warnings = read_stamp(name, xmltree.words(_first(item, (name,))), received)
        said += warnings
        if when:
            return when
    return None


def _by(item: Element) -> str | None:
    """Authors by name: ``dc:creator``, Atom's author, or the name after RSS's mail address. An address is no byline."""
    names: list[str] = []
    for element in item:
        if xmltree.local(element) not in ("creator", "author", "byline"):
            continue
        name = _plain(xmltree.child(element, "name")) or _plain(element)
        if not name:
            continue
        found = _NAME_IN_BRACKETS.fullmatch(name)
        name = found["name"] if found else name
        if "@" not in name and "://" not in name:
            names.append(name)
    return ", ".join(dict.fromkeys(names)) or None


def _channel_language(channel: Element) -> str | None:
    around = channel.getparent()
    return (
        xmltree.words(_first(channel, ("language",)))
        or xmltree.language_of(channel)
        or (xmltree.language_of(around) if around is not None else None)
    )


def _keywords(item: Element) -> tuple[str, ...]:
    found: list[str] = []
    for element in item:
        if xmltree.local(element) in ("category", "subject"):
            word = xmltree.attribute(element, "label") or xmltree.attribute(element, "term") or xmltree.words(element)
            if word:
                found.append(word)
    return tuple(dict.fromkeys(found))


FORMAT = Format(
    name="rss",
    title="RSS and Atom",
    version="2",
    used_by=("press offices", "governments", "sites", "agencies' web services"),
    detect=detect,
    parse=parse,
)
