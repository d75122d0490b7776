"""An article's HTML page → one raw story: headline and data from the page's own metadata, the copy by `trafilatura`.

Navigation, comments, teasers and forms are left out by the extraction; what the site adds inside the copy (newsletter
lines, share prompts, rights) stays in ``copy`` for the copy desk to cut with a receipt. Runs no script.
"""

from __future__ import annotations

import re

from lxml import etree, html

from streams.contracts.story import InfoSource, RawStory
from streams.errors import Reason, Rejected
from streams.formats import pagedata, xmltree
from streams.formats.format import Format
from streams.formats.ids import to_uri
from streams.formats.pagedata import PageData
from streams.formats.sniff import Message
from streams.formats.stamps import read_stamp
from streams.text.markup import to_paragraphs
from streams.text.words import word_set

MAX_CHARACTERS = 2_000_000
"""Articles have a tenth of it with all their scripts. The extraction takes a second or two for a page of this size."""

MAX_ELEMENTS = 20_000
"""Long live pages have half of it. The extraction's time grows by the square of them: two seconds for so many."""

_FRAGMENT = word_set("p div article section main h1 h2 h3 h4 body span b strong em i blockquote ul ol table")
_LAID_OUT_AT_MOST = 4
_ROW = re.compile(r"\|(?P<cells>.+)\|\s*")
_RULED = re.compile(r"[|\s:-]+")


def detect(message: Message) -> bool:
    """The first element is ``html``, or one of HTML's own where a system cut the page out."""
    if not message.looks_markup:
        return False
    name = (xmltree.root_name(message.text) or "").lower()
    return name == "html" or name == "head" or name in _FRAGMENT


def parse(message: Message) -> tuple[RawStory, ...]:
    """One story.

    Raises Rejected: TOO_LARGE above `MAX_CHARACTERS` or `MAX_ELEMENTS`, NO_STORY where the page has no article.
    """
    text = message.text
    if len(text) > MAX_CHARACTERS:
        raise Rejected(Reason.TOO_LARGE, f"an HTML page of {len(text):,} characters, the cap is {MAX_CHARACTERS:,}")
    if (xmltree.root_name(text) or "").lower() in _FRAGMENT:
        return (_fragment(text, message),)
    root = _tree(text)
    elements = int(root.xpath("count(//*)"))
    if elements > MAX_ELEMENTS:
        raise Rejected(Reason.TOO_LARGE, f"an HTML page of {elements:,} elements, the cap is {MAX_ELEMENTS:,}")
    page = pagedata.read(root)
    paragraphs = _article(root) or list(page.body)
    captions = page.captions
    kept = [p for p in paragraphs if p not in captions and p != page.headline]
    if len(kept) <= _LAID_OUT_AT_MOST and root.find(".//td") is not None:
        kept = _by_cells(text, kept)
    while kept and pagedata.is_menu(root, kept[0]):
        del kept[0]
    if not any(map(str.isalnum, "".join(kept))) or pagedata.only_links(root, kept):
        raise Rejected(Reason.NO_STORY, "an HTML page without an article in it")
    return (_story(page, kept, message),)


def _fragment(text: str, message: Message) -> RawStory:
    """A piece of HTML, all of it copy: no page around it to take away."""
    marked = to_paragraphs(text)
    if not any(map(str.isalnum, "".join(marked.paragraphs))):
        raise Rejected(Reason.NO_STORY, "HTML without a word in it")
    return _story(PageData(captions=marked.captions), list(marked.paragraphs), message)


def _story(page: PageData, paragraphs: list[str], message: Message) -> RawStory:
    received = message.raw.received or message.raw.arrived
    first_created, published_warnings = read_stamp("published", page.published, received)
    modified, modified_warnings = read_stamp("modified", page.modified, received)
    lines = [page.headline, *paragraphs] if page.headline else paragraphs
    return RawStory(
        index=0,
        format=FORMAT.name,
        parser=FORMAT.parser,
        copy="\n\n".join(lines),
        provider=message.provider,
        uri=to_uri(page.address, message.provider),
        headline=page.headline,
        by=page.by,
        language=page.language,
        first_created=first_created,
        version_created=modified or first_created,
        captions=page.captions,
        keywords=page.keywords,
        info_sources=(InfoSource(page.site, "distributor"),) if page.site else (),
        paragraphs_per_line=True,
        warnings=(*message.warnings, *published_warnings, *modified_warnings),
    )


def _tree(text: str) -> html.HtmlElement:
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, recover=True
    )
    try:
        root: html.HtmlElement | None = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise Rejected(Reason.MALFORMED, f"HTML: {error.msg}") from error
    if root is None:
        raise Rejected(Reason.MALFORMED, "HTML: no element")
    return root


def _article(root: html.HtmlElement) -> list[str]:
    """The paragraphs of the main content; empty where the library finds none."""
    # two thirds of a second to import: only a worker that meets a page pays for it
    from trafilatura import bare_extraction

    found = bare_extraction(
        root,
        include_comments=False,
        include_tables=True,
        with_metadata=False,
        favor_precision=True,
        deduplicate=False,
    )
    text = (found.get("text") if isinstance(found, dict) else found.text) if found else None
    return [line for line in map(_line, (text or "").splitlines()) if line]


def _by_cells(text: str, paragraphs: list[str]) -> list[str]:
    """Rows of a table that are more than one paragraph, by the breaks of their cell: old pages are laid out so."""
    rows: dict[str, list[str]] = {}
    for row in _tree(text).iter("tr"):  # anew, since the library takes breaks out of the tree that it reads
        if row.find(".//table") is None:
            cells = [(_inside(cell), cell) for cell in row.iter("td", "th")]
            key = "|".join("".join("".join(parted).split()) for parted, _ in cells)
            rows.setdefault(key, [part for parted, cell in cells if not _is_links(cell) for part in parted])
    return [part for whole in paragraphs for part in rows.get("".join(whole.split()), [whole])]


def _inside(cell: html.HtmlElement) -> list[str]:
    source = etree.tostring(cell, encoding="unicode", with_tail=False)
    return list(to_paragraphs(source[source.find(">") + 1 :]).paragraphs)


def _is_links(cell: html.HtmlElement) -> bool:
    """A column of links and nothing else."""
    linked = "".join(word for link in cell.iter("a") for word in link.itertext())
    return bool(linked.strip()) and "".join("".join(cell.itertext()).split()) == "".join(linked.split())


def _line(line: str) -> str:
    """One paragraph; a row of a table with its cells parted by `` | ``."""
    row = _ROW.fullmatch(line.strip())
    if row:
        cells = (cell.strip() for cell in row["cells"].split("|"))
        line = "" if _RULED.fullmatch(line) else " | ".join(cell for cell in cells if cell)
    return " ".join(line.split())


FORMAT = Format(
    name="htmlpage",
    title="HTML article page",
    version="1",
    used_by=("newspapers and sites that republish AFP, Reuters, AP", "agencies' own sites"),
    detect=detect,
    parse=parse,
)
