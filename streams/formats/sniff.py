"""What is refused before any parser sees it: nothing, too much, pictures and archives; decodes the rest."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from streams.contracts.story import RawMessage
from streams.errors import Reason, Rejected
from streams.text.encodings import charset_of, decode

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"8BPS", "a Photoshop picture"),
    (b"%!PS", "PostScript"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"BZh9", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x7fELF", "a program"),
    (b"OggS", "sound or video"),
    (b"ID3\x03", "sound"),
    (b"ID3\x04", "sound"),
    (b"fLaC", "sound"),
    (b"\x1aE\xdf\xa3", "video"),
)
_ANY_MAGIC = tuple(magic for magic, _ in _MAGIC)
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\r\x0b\x0c") + b"\x7f"
_SAMPLE = 65_536
_MARKUP_START = re.compile(r"\s*<(?:\?xml|!doctype|!--|[A-Za-z][\w:.-]{0,60}\s+[\w:.-]{1,60}\s*=)", re.IGNORECASE)
_KNOWN_ROOT = re.compile(
    r"\s*<(?:[\w.-]{1,30}:)?(?:nitf|newsml|newsitem|newsmessage|packageitem|rss|feed|html)[\s/>]", re.IGNORECASE
)
_PREFIX_AT_MOST = 200
_TAG_START = re.compile(r"\s*</?[A-Za-z][\w:.-]{0,60}\s*/?>")
_XML_ENCODING = re.compile(
    rb"""(?:\xef\xbb\xbf)?\s{0,50}<\?xml\s[^>]{0,200}?\bencoding\s{0,9}=\s{0,9}["']([A-Za-z0-9._:-]{2,40})["']"""
)
# An object, a list; or nothing but a value or figures: ``null`` is what many a producer sends for "no message"
_JSON_START = re.compile(
    r'\s*(?:\{\s*(?:["}]|$)|\[\s*(?:[{\["\]]|$)|'
    r"(?:null|true|false|-?\d{1,20}(?:\.\d{1,20})?|\[[\d\s.,-]{1,2000}\])\s*$)"
)


# What is left in text that was cut from a page: ``S&atilde;o Paulo``
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}\d{0,2}|#\d{2,6}|#x[0-9A-Fa-f]{2,6});")


@dataclass(frozen=True, slots=True)
class Message:
    """A decoded message: ``text`` is what every offset of a text format counts in."""

    raw: RawMessage
    text: str
    warnings: tuple[str, ...]
    looks_json: bool
    looks_markup: bool

    @property
    def provider(self) -> str | None:
        """The ``source`` that the message came with."""
        return self.raw.source


def open_message(message: RawMessage, max_bytes: int) -> Message:
    """Size, emptiness, magic numbers and control characters are checked, then the bytes are decoded.

    Raises Rejected with EMPTY, TOO_LARGE or BINARY, and with UNSUPPORTED for rich text (RTF).
    """
    body = message.body
    if len(body) > max_bytes:
        raise Rejected(Reason.TOO_LARGE, f"more than the cap of {max_bytes:,} bytes")
    head = body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(_ANY_MAGIC):
        raise Rejected(Reason.BINARY, f"this is {next(what for magic, what in _MAGIC if head.startswith(magic))}")
    if (head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE", b"AVI ")) or head[4:8] == b"ftyp":
        raise Rejected(Reason.BINARY, "this is a picture, sound or video")
    if head.startswith(b"{\\rtf"):
        raise Rejected(Reason.UNSUPPORTED, "rich text (RTF)")
    declared = _declared_charset(body) or charset_of(message.content_type)
    decoded = decode(body, declared)
    text, warnings = decoded.text, decoded.warnings
    if decoded.encoding == "utf-8" and declared not in (None, "utf-8", "ascii") and not text.isascii():
        warnings = (*warnings, f"encoding: declared {declared}, is UTF-8")
    looks_json, looks_markup = _JSON_START.match(text) is not None, _looks_markup(text)
    if "&" in text and not (looks_json or looks_markup) and (spelt := _ENTITY.sub(_character, text)) != text:
        text, warnings = spelt, (*warnings, "entities in plain text turned into characters")
    if not text.strip():
        raise Rejected(Reason.EMPTY, f"{len(body):,} bytes of white space" if body else "no bytes")
    if not decoded.encoding.startswith(("utf-16", "utf-32")):
        _refuse_binary(body)
    return Message(message, text, warnings, looks_json, looks_markup)


def _character(found: re.Match[str]) -> str:
    return html.unescape(found.group())


def _declared_charset(body: bytes) -> str | None:
    """What an XML declaration says. One that can be read at all is in no UTF-16, whatever it says."""
    found = _XML_ENCODING.match(body)
    charset = charset_of(f"charset={found[1].decode('ascii')}") if found else None
    return None if charset and charset.startswith(("utf-16", "utf-32")) else charset


def _looks_markup(text: str) -> bool:
    """XML or HTML. A company's code in angle brackets at the start of a flash (``<XYZ> says``) is none."""
    if "<" not in text[:_PREFIX_AT_MOST] and not text[:_PREFIX_AT_MOST].isspace():
        return False
    if _MARKUP_START.match(text) or _KNOWN_ROOT.match(text) or "<?xml " in text[:_PREFIX_AT_MOST]:
        return True
    return _TAG_START.match(text) is not None and ("</" in text or "/>" in text)


def _refuse_binary(body: bytes) -> None:
    """Text carries a few control characters (SOH, STX, ETX, stray NULs); more than a tenth of them is no text."""
    sample = body[:_SAMPLE]
    if not any(map(sample.__contains__, _CONTROLS)):  # nearly always so, at half the cost of taking them out
        return
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > 4 and controls > len(sample) * 0.1:
        raise Rejected(Reason.BINARY, f"{controls} of the first {len(sample)} bytes are control characters")
