"""XML text → lxml tree, hardened: loads no DTD, expands no entity, fetches nothing; refuses what is cut or unsafe.

The document type declaration is read here, by us, and taken out before the parser sees the text. One that only points
to a DTD is how old NewsML and NITF files start and is dropped; one that declares entities is refused.

Repaired, each with a warning: characters that XML does not allow, ampersands that stand alone, HTML's named entities,
name space prefixes that no one declared. Everything else that is not well formed is refused: a parser that guesses
where a cut file would have ended publishes half a story.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5

from lxml import etree

from streams.errors import Reason, Rejected
from streams.formats.format import all_within_cap

Element = etree._Element

_DECLARATION = re.compile(r"<\?xml\s(?:[^?]|\?(?!>)){0,300}\?>")
_ROOT = re.compile(r"<(?:[\w.-]{1,60}:)?([\w.-]{1,60})")
_BLANK = re.compile(r"\s+")
_DOCTYPE = re.compile(r"<!DOCTYPE\b", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY\s{1,50}(%\s{1,50})?[^\s>]{1,200}\s{1,50}(SYSTEM|PUBLIC)?", re.IGNORECASE)
_SUBSET_STEP = re.compile(r"""[\]"']|<!--""")
_DOCTYPE_STEP = re.compile(r"""[>\["']""")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(
    r"(?P<keep><!\[CDATA\[(?:[^\]]++|\](?!\]>))*+(?:\]\]>)?|<!--(?:[^-]++|-(?!->))*+(?:-->)?)"
    r"|&(?:(?P<fine>lt|gt|amp|quot|apos);|#(?:(?P<dec>\d{1,8})|x(?P<hex>[0-9A-Fa-f]{1,7}));|(?P<name>[A-Za-z]\w{1,30});)?"
)
_C1_SIGN = re.compile("[\x80-\x9f]")
_C1 = {code: bytes([code]).decode("cp1252", "ignore") or " " for code in range(0x80, 0xA0)}
_REPAIRABLE = frozenset((
    etree.ErrorTypes.ERR_UNDECLARED_ENTITY, etree.ErrorTypes.ERR_ENTITYREF_SEMICOL_MISSING,
    etree.ErrorTypes.ERR_ENTITYREF_NO_NAME, etree.ErrorTypes.ERR_INVALID_CHAR, etree.ErrorTypes.ERR_NAME_REQUIRED,
    etree.ErrorTypes.ERR_INVALID_CHARREF, etree.ErrorTypes.ERR_INVALID_DEC_CHARREF,
    etree.ErrorTypes.ERR_INVALID_HEX_CHARREF,
))  # fmt: skip
_NAMESPACE_ONLY = frozenset((
    etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE, etree.ErrorTypes.NS_ERR_QNAME,
    etree.ErrorTypes.NS_ERR_ATTRIBUTE_REDEFINED, etree.ErrorTypes.NS_ERR_EMPTY, etree.ErrorTypes.NS_ERR_XML_NAMESPACE,
))  # fmt: skip
_PROLOG_AT_MOST = 100_000
_PREFIX_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Tree:
    """``root`` with comments and without processing instructions; ``warnings`` say what was repaired."""

    root: Element
    warnings: tuple[str, ...]


def root_name(text: str) -> str | None:
    """The local name of the first element, found without parsing; None where the text does not start as XML.

    >>> root_name('<?xml version="1.0"?><!-- by <us> --><n:NewsML xmlns:n="urn:x">')
    'NewsML'
    """
    text = text[:_PROLOG_AT_MOST]
    at = text.find("<", 0, _PREFIX_AT_MOST)
    if at < 0:
        return None
    at += _prolog_end(text[at:])
    if _DOCTYPE.match(text, at):
        end = _doctype_end(text, at)
        if end is None:
            return None
        at = end + _prolog_end(text[end:])
    found = _ROOT.match(text, at)
    return found[1] if found else None


def parse(text: str) -> Tree:
    """Parse decoded text; what its declaration says of the encoding is not asked.

    Raises Rejected: UNSAFE for entity declarations and for nesting without end, MALFORMED for what is not well formed.
    """
    warnings: list[str] = []
    text = text.lstrip("\ufeff \t\r\n")
    before = text.find("<?xml ", 0, _PREFIX_AT_MOST)
    if before > 0 and "<" not in text[:before]:
        text = text[before:]
        warnings.append("xml: what stood before the XML was left out")
    text = _without_prolog(text)
    root, error = _attempt(text, recover=False)
    if error is not None and _ILLEGAL.search(text):  # looking for them beforehand would cost as much as parsing
        text = _ILLEGAL.sub("", text)
        root, error = _attempt(text, recover=False)
        warnings.append("xml: characters that XML does not allow were taken out")
    if error is not None and error.code in _REPAIRABLE:
        root, error = _attempt(_REFERENCE.sub(_reference, text), recover=False)
        warnings.append("xml: ampersands or entities that XML does not know were read as text")
    if error is not None and error.code in _NAMESPACE_ONLY:
        root, error = _attempt(_REFERENCE.sub(_reference, text), recover=True)
        warnings.append("xml: a name space prefix that is not declared")
    if error is not None or root is None:
        why = error.msg if error is not None else "no element"
        if error is not None and error.code == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            raise Rejected(Reason.UNSAFE, f"XML past the parser's limits: {why}")
        raise Rejected(Reason.MALFORMED, f"XML: {why}")
    return Tree(root, tuple(warnings))


def _attempt(text: str, recover: bool) -> tuple[Element | None, etree.XMLSyntaxError | None]:
    # A parser of its own each time: lxml's keeps the errors of whatever it parsed before.
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        remove_pis=True,
        recover=recover,
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        return None, error
    if recover:  # libxml2 was told to go on after any error: only the harmless kind may have been there
        other = [entry for entry in parser.error_log if entry.type not in _NAMESPACE_ONLY]
        if other:
            raise Rejected(Reason.MALFORMED, f"XML: {other[0].message}")
    return root, None


def _without_prolog(text: str) -> str:
    """Without XML declaration and document type declaration; refuses the latter where it declares entities."""
    declaration = _DECLARATION.match(text)
    if declaration:
        text = text[declaration.end() :].lstrip()
    start = _prolog_end(text)
    if not _DOCTYPE.match(text, start):
        return text
    end = _doctype_end(text, start)
    if end is None:
        raise Rejected(Reason.MALFORMED, "XML: the document type declaration does not end")
    for entity in _ENTITY.finditer(text, start, end):
        # ``<!ENTITY % nitf SYSTEM "nitf.dtd"> %nitf;`` is how Kyodo's files name a second DTD: nothing is loaded
        if not (entity[1] and entity[2]):
            raise Rejected(Reason.UNSAFE, "XML that declares entities of its own")
    return text[:start] + text[end:]


def _prolog_end(text: str) -> int:
    """Where comments, processing instructions and white space at the start end."""
    at = 0
    while True:
        blank = _BLANK.match(text, at)
        at = blank.end() if blank else at
        if text.startswith("<!--", at):
            at = _after(text, "-->", at)
        elif text.startswith("<?", at):
            at = _after(text, "?>", at)
        else:
            return at


def _doctype_end(text: str, start: int) -> int | None:
    """Where the declaration that starts at ``start`` ends; quotes and the internal subset are stepped over."""
    at = start + len("<!DOCTYPE")
    inside = False
    while True:
        step = (_SUBSET_STEP if inside else _DOCTYPE_STEP).search(text, at)
        if step is None:
            return None
        sign, at = step.group(), step.end()
        if sign == ">":
            return at
        if sign in ('"', "'"):
            at = _after(text, sign, at)
        elif sign == "<!--":
            at = _after(text, "-->", at)
        else:
            inside = sign == "["


def _after(text: str, sign: str, at: int) -> int:
    found = text.find(sign, at)
    return len(text) if found < 0 else found + len(sign)


def _reference(found: re.Match[str]) -> str:
    """An ampersand as XML can read it: HTML's names as their characters, codes of no character as nothing."""
    if found["keep"] or found["fine"]:
        return found.group()
    if found["dec"] or found["hex"]:
        code = int(found["dec"]) if found["dec"] else int(found["hex"], 16)
        legal = code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
        return found.group() if legal else ""
    if found["name"]:
        meant = html5.get(found["name"] + ";")
        return html.escape(meant) if meant else "&amp;" + found["name"] + ";"
    return "&amp;"


def local(element: Element) -> str:
    """The element's name without name space and in small letters; empty for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of that name, in any name space."""
    return element.iterchildren("{*}" + name)


def child(element: Element | None, *path: str) -> Element | None:
    """The first element reached by going down ``path`` by first children; None where a step is missing."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren("{*}" + name), None)
    return element


def below(element: Element | None, *names: str) -> Iterator[Element]:
    """Every element of one of ``names`` under ``element``, in document order, in any name space."""
    return iter(()) if element is None else element.iterdescendants(*("{*}" + name for name in names))


def items(root: Element, *names: str) -> list[Element]:
    """Every item of one of ``names`` in and under ``root``. Raises Rejected: TOO_LARGE above the cap."""
    return all_within_cap(list(root.iter(*("{*}" + name for name in names))), "items")


def first(element: Element | None, name: str) -> Element | None:
    """The first element of that name under ``element``."""
    return next(below(element, name), None)


def words(element: Element | None) -> str | None:
    """All text in ``element``, white space collapsed, comments left out; None when there is none."""
    if element is None:
        return None
    return " ".join(text_in(element).split()) or None


def text_in(element: Element) -> str:
    """All text in ``element`` as it stands, comments left out."""
    if len(element) == 0:  # neither elements, comments nor entities
        return uncontrolled(element.text or "")
    text = str(etree.tostring(element, method="text", encoding="unicode", with_tail=False))
    return uncontrolled(text)


def uncontrolled(text: str) -> str:
    """C1 controls, which character references such as ``&#146;`` make, as the CP1252 signs that were meant."""
    return text if text.isascii() or _C1_SIGN.search(text) is None else text.translate(_C1)


def attribute(element: Element | None, name: str) -> str | None:
    """The attribute without white space around it; None when absent or empty."""
    value = element.get(name) if element is not None else None
    return (value.strip() or None) if value else None


def language_of(element: Element | None) -> str | None:
    """``xml:lang``."""
    return attribute(element, "{http://www.w3.org/XML/1998/namespace}lang")


def comments(root: Element) -> Iterator[str]:
    """The text of every comment in and under ``root``."""
    for comment in root.iter(etree.Comment):
        yield " ".join((comment.text or "").split())
