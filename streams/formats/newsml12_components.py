"""Which components of a NewsML 1 item are its copy, which are captions; leaves out what only dresses the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from streams.contracts.story import AgencyPlace
from streams.errors import Reason, Rejected
from streams.formats import nitf
from streams.formats.xmlbody import Body, body_of, same_words
from streams.formats.xmltree import Element, attribute, child, children, first, words
from streams.text.words import word_set

_NOT_COPY = word_set(
    "headline subheadline title stylesheet logo contact keyword keywords thumbnail quicklook highdef image graphic "
    "video audio sound animation table-of-contents factsheet promo footnote signature boilerplate"
)
_MEDIA = word_set("picture photo photos pictures image images graphic audio sound video animation")
_SUMMARIES = word_set("abstract summary teaser synopsis")
_STORIES_AT_MOST = 100
_TEXT_TYPES = ("text", "complexdata", "complex data", "")
_NOT_TEXT_FORMATS = ("css", "jpeg", "jpg", "gif", "png", "pdf", "mpeg")


@dataclass(frozen=True, slots=True)
class Content:
    """One story's copy. ``chain`` are its components and item, the innermost first; the rest is what the body says."""

    chain: tuple[Element, ...]
    copy: str = ""
    captions: tuple[str, ...] = ()
    title: str | None = None
    by: str | None = None
    dateline: str | None = None
    located: str | None = None
    ed_note: str | None = None
    places: tuple[AgencyPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A content item with copy in it."""

    chain: tuple[Element, ...]
    body: Body
    inner: nitf.Parts | None


def contents_of(item: Element) -> list[Content]:
    """The stories of an item: nearly always one.

    Belga sends lead and body as two components, which are one story. Two components with a headline of their own each
    are two. Raises Rejected (TOO_LARGE) for more than a hundred: every story reads all that is around it.
    """
    pieces: list[_Piece] = []
    captions: list[str] = []
    for chain, component in _components(item, (item,)):
        role = _role(component)
        piece = _read(component, chain) if role not in _NOT_COPY else None
        if role == "caption" or _in_media(chain):
            if role == "caption" and piece is not None:
                captions.append(" ".join(piece.body.copy.split()))
        elif piece is not None:
            pieces.append(piece)
    copy = [piece for piece in pieces if _role(piece.chain[0]) not in _SUMMARIES]
    pieces = copy or pieces
    groups: list[list[_Piece]] = []
    seen: set[str] = set()
    for piece in pieces:
        if groups and _one_story(groups[-1][0], piece):
            if piece.body.copy not in seen and not _is_choice(piece.chain):
                groups[-1].append(piece)
        else:
            groups.append([piece])
            seen.clear()
        seen.add(piece.body.copy)
    if len(groups) > _STORIES_AT_MOST:
        raise Rejected(Reason.TOO_LARGE, f"NewsML: {len(groups):,} stories in one item")
    return [_content(group, captions if at == 0 else []) for at, group in enumerate(groups)]


def _components(element: Element, chain: tuple[Element, ...]) -> Iterator[tuple[tuple[Element, ...], Element]]:
    """Every component with what is around it, itself first. libxml2's limit of 256 levels bounds the recursion."""
    for component in children(element, "NewsComponent"):
        inner = (component, *chain)
        yield inner, component
        yield from _components(component, inner)


def _role(component: Element) -> str:
    return (attribute(child(component, "Role"), "FormalName") or "").lower()


def _in_media(chain: tuple[Element, ...]) -> bool:
    return any(_role(component) in _MEDIA for component in chain)


def _is_choice(chain: tuple[Element, ...]) -> bool:
    """The component is one of several with the same content."""
    return len(chain) > 1 and (chain[1].get("EquivalentsList") or "").lower() == "yes"


def _one_story(one: _Piece, other: _Piece) -> bool:
    mine, theirs = _own_headline(one.chain), _own_headline(other.chain)
    return mine is None or theirs is None or same_words(mine, theirs) or set(one.chain[:1]) <= set(other.chain)


def _own_headline(chain: tuple[Element, ...]) -> str | None:
    """The headline of the innermost component below the outermost that has one; the item's own is common to all."""
    for component in chain[:-2] or chain[:1]:
        headline = words(child(component, "NewsLines", "HeadLine"))
        if headline:
            return headline
    return None


def _read(component: Element, chain: tuple[Element, ...]) -> _Piece | None:
    """The first content item with text in it: the items of one component are the same in several forms."""
    for content in children(component, "ContentItem"):
        if not _is_text(content):
            continue
        data = child(content, "DataContent")
        if data is None:
            continue
        inner = first(data, "nitf")
        if inner is not None:
            parts = nitf.parts_of(inner, None)
            if parts.body.paragraphs:
                return _Piece(chain, parts.body, parts)
        else:
            body = body_of(data, words(child(component, "NewsLines", "HeadLine")))
            if body.paragraphs:
                return _Piece(chain, body, None)
    return None


def _is_text(content: Element) -> bool:
    media = (attribute(child(content, "MediaType"), "FormalName") or "").lower()
    mime = (attribute(child(content, "MimeType"), "FormalName") or "").lower()
    form = (attribute(child(content, "Format"), "FormalName") or "").lower()
    return (
        media in _TEXT_TYPES
        and not mime.startswith(("image/", "video/", "audio/", "application/pdf", "text/css"))
        and not form.startswith(_NOT_TEXT_FORMATS)
    )


def _content(group: list[_Piece], captions: list[str]) -> Content:
    parts = next((piece.inner for piece in group if piece.inner is not None), None)
    found = [*captions, *(caption for piece in group for caption in piece.body.captions)]
    bodies = [piece.body for piece in group]
    return Content(
        chain=group[0].chain,
        copy="\n\n".join(body.copy for body in bodies),
        captions=tuple(dict.fromkeys(filter(None, found))),
        title=parts.headline if parts else None,
        by=parts.by if parts else next((body.byline for body in bodies if body.byline), None),
        dateline=parts.dateline if parts else next((body.dateline for body in bodies if body.dateline), None),
        located=parts.located if parts else None,
        ed_note=parts.ed_note if parts else None,
        places=parts.places if parts else (),
    )
