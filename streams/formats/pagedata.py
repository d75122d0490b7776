"""What an HTML page says of its article in JSON-LD, OpenGraph and its head; invents nothing that none of them says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from streams.errors import Rejected
from streams.formats import jsontext
from streams.text.markup import to_paragraphs

Element = etree._Element
_NODES_AT_MOST = 400
_SCRIPT_AT_MOST = 300_000
_AUTHORS_AT_MOST = 8
_LINKS_AT_MOST = 3
_BYLINE_WORDS_AT_MOST = 8
_OPENS_BYLINE = re.compile(r"(?i:by|par|por|von|di) [^\W\d_a-z]")
_OUTSIDE = frozenset(("nav", "aside", "footer", "form", "header"))


@dataclass(frozen=True, slots=True)
class PageData:
    """The article's own data. ``published`` and ``modified`` are as written; ``body`` serves where extraction fails."""

    headline: str | None = None
    by: str | None = None
    language: str | None = None
    address: str | None = None
    site: str | None = None
    published: str | None = None
    modified: str | None = None
    captions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    body: tuple[str, ...] = ()


def read(root: Element) -> PageData:
    """All that the page says. JSON-LD goes before OpenGraph, since it names the article and not the page."""
    article = _article_of(root)
    meta = _meta(root)
    h1 = [text for text in (_words(element) for element in root.iter("h1")) if text]
    captions = [text for text in (_words(element) for element in root.iter("figcaption")) if text]
    page = next((text for text in (_words(element) for element in root.iter("title")) if text), None)
    site = _name(article.get("publisher")) or meta.get("og:site_name")
    return PageData(
        headline=_headline(_text(article.get("headline")), meta.get("og:title"), h1, page, site),
        by=_authors(article.get("author")) or _person(meta.get("author")) or _marked_byline(root),
        language=_language(_text(article.get("inLanguage")) or _said(root) or meta.get("og:locale")),
        address=_address(root, meta),
        site=site,
        published=_text(article.get("datePublished")) or meta.get("article:published_time"),
        modified=_text(article.get("dateModified")) or meta.get("article:modified_time"),
        captions=tuple(dict.fromkeys(captions)),
        keywords=_keywords(article.get("keywords")),
        body=_body(article, root),
    )


def only_links(root: Element, paragraphs: list[str]) -> bool:
    """All of ``paragraphs`` is the text of links: a front page or a menu, no article."""
    linked = "".join("".join(_words(element) or "" for element in root.iter("a")).split())
    return "".join("".join(paragraphs).split()) in linked


def is_menu(root: Element, paragraph: str) -> bool:
    """Two links or more in a row with strokes between them, and nothing else: ``Index | Sport``."""
    steps = _STROKES.split(paragraph)
    if len(steps) < 2 or len(paragraph) > _MENU_AT_MOST:
        return False
    linked = {_words(element) for element in root.iter("a")}
    return all(step.strip() in linked for step in steps)


def _article_of(root: Element) -> dict[str, Any]:
    """The first JSON-LD object that is an article: its type ends in ``Article``, ``Posting`` or ``Report``."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        source = (script.text or "").strip()
        if not source or len(source) > _SCRIPT_AT_MOST:
            continue
        try:
            value, _ = jsontext.load(source)
        except Rejected:
            continue  # a site's broken data block says nothing, and the page still has its article
        for node in _nodes(value):
            types = node.get("@type")
            names = types if isinstance(types, list) else [types]
            if any(isinstance(n, str) and n.endswith(("Article", "Posting", "Report")) for n in names):
                return node
    return {}


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    waiting = [value]
    for _ in range(_NODES_AT_MOST):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting += node[:_NODES_AT_MOST]
        elif isinstance(node, dict):
            yield node
            waiting += [node[name] for name in ("@graph", "mainEntity", "mainEntityOfPage") if name in node]


def _meta(root: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        value = " ".join((element.get("content") or "").split())
        if name and value:
            found.setdefault(name.lower(), value)
    return found


_STROKES = re.compile(r"[\s\\]{0,3}[|·•>»]\s?")
_MENU_AT_MOST = 200
# ``AFP - Sarnia`` as old pages are called: an outlet and a section, or a place
_NAMES_PAGE = re.compile(r"\w+(?: \w+)? [-–|] \w+(?: \w+)?")


def _headline(said: str | None, shared: str | None, h1: list[str], title: str | None, site: str | None) -> str | None:
    """What the article calls itself, without the site's name; the page's own line where the data cuts it short."""
    for candidate in (said, shared, h1[0] if len(h1) == 1 else None, title):
        text = " ".join(to_paragraphs(candidate).paragraphs) if candidate else ""
        if text and not (candidate is title and _NAMES_PAGE.fullmatch(text)):
            cut = text.rstrip(".… ")
            longer = next((line for line in h1 if len(line) > len(text) and line.startswith(cut)), None)
            return longer or _without_site(text, site)
    return None


def _without_site(text: str, site: str | None) -> str:
    """``Ferry aground | The Gazette`` → ``Ferry aground`` where the page says that The Gazette is the site."""
    for sign in (" | ", " - ", " – ", " — ", " · "):
        head, found, tail = text.rpartition(sign)
        if found and head and (sign == " | " or (site and tail.casefold() == site.casefold())):
            return head
    return text


def _authors(value: Any) -> str | None:
    listed = value if isinstance(value, list) else [value]
    names = [_person(_name(member)) for member in listed[:_AUTHORS_AT_MOST]]
    return ", ".join(dict.fromkeys(name for name in names if name)) or None


def _marked_byline(root: Element) -> str | None:
    """What the page itself marks as its byline, where it is a few words; nothing from a list of several.

    The class ``author`` is that of other boxes as well, so the words must then open as a byline does: ``By Jane Roe``.
    """
    marked = [
        element
        for element in root.iter("p", "span", "div", "a", "address")
        if "byline" in (classes := (element.get("class") or "").split())
        or ("author" in classes and _OPENS_BYLINE.match(_words(element) or ""))
        or element.get("itemprop") == "author"
        or element.get("rel") == "author"
    ]
    said = list(dict.fromkeys(text for text in map(_words, marked) if text))
    return said[0] if len(said) == 1 and len(said[0].split()) <= _BYLINE_WORDS_AT_MOST else None


def _name(value: Any) -> str | None:
    if isinstance(value, dict):
        return _text(value.get("name"))
    return _text(value)


def _person(name: str | None) -> str | None:
    """An address of a page or mail is no byline."""
    return name if name and "://" not in name and "@" not in name and len(name) <= 200 else None


def _address(root: Element, meta: dict[str, str]) -> str | None:
    """The page's own permanent address: what a re-read of the story has in common with the first reading."""
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            address = (link.get("href") or "").strip()
            if address.startswith(("http://", "https://")):
                return address
    shared = meta.get("og:url")
    return shared if shared and shared.startswith(("http://", "https://")) else None


def _language(code: str | None) -> str | None:
    tag = (code or "").strip().replace("_", "-")
    parts = tag.split("-")
    return tag if parts[0].isascii() and parts[0].isalpha() and len(parts[0]) in (2, 3) and len(tag) <= 12 else None


def _said(root: Element) -> str | None:
    return root.get("lang") or root.get("xml:lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")


def _keywords(value: Any) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else value.split(",") if isinstance(value, str) else []
    return tuple(dict.fromkeys(word.strip() for word in listed if isinstance(word, str) and word.strip()))


def _body(article: dict[str, Any], root: Element) -> tuple[str, ...]:
    """The copy as JSON-LD gives it, else every paragraph element that stands in the article."""
    said = article.get("articleBody")
    if isinstance(said, str) and said.strip():
        marked = to_paragraphs(said.replace("\r", "").replace("\n", "<br><br>"))
        return marked.paragraphs
    paragraphs = []
    for element in root.iter("p"):
        if not any(above.tag in _OUTSIDE for above in element.iterancestors()):
            text = _words(element)
            if text:
                paragraphs.append(text)
    if not paragraphs and sum(1 for _ in root.iter("a")) <= _LINKS_AT_MOST:
        # a bare page, with nothing on it but the text
        source = etree.tostring(root, encoding="unicode", method="html")
        return to_paragraphs(source).paragraphs
    return tuple(paragraphs)


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = next((member for member in value if isinstance(member, str)), None)
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _words(element: Element) -> str | None:
    return " ".join("".join(str(piece) for piece in element.itertext()).split()) or None
