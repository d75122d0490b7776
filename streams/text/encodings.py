"""Bytes → text: byte order mark, UTF-8, declared charset, UTF-16, else CP1252; refuses nothing, tells its guesses."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{2,40})", re.IGNORECASE)
_C1 = re.compile("[\x80-\x9f]")
_LONE = re.compile("[\ud800-\udfff]")
# Feeds that say ISO 8859-1 send Windows quotes and dashes; the WHATWG encoding standard reads both as CP1252.
_AS_CP1252 = {"iso8859-1", "ascii", "cp1252"}
_SAMPLE = 4096


@dataclass(frozen=True, slots=True)
class Decoded:
    """``text`` is what the bytes say, ``encoding`` how they were read, ``warnings`` what was guessed or repaired."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def charset_of(content_type: str | None) -> str | None:
    """The charset that a content type declares, by Python's name for it; None when it names none that we know.

    >>> charset_of("text/plain; charset=ISO-8859-1")
    'iso8859-1'
    """
    found = _CHARSET.search(content_type) if content_type else None
    if found is None:
        return None
    try:
        info = codecs.lookup(found.group(1))
    except LookupError:
        return None
    # codecs.lookup also knows transforms (hex, zlib) and the escapes of Python source: neither is a charset
    if not getattr(info, "_is_text_encoding", True) or "escape" in info.name or info.name in {"idna", "punycode"}:
        return None
    return info.name


def decode(body: bytes, declared: str | None = None) -> Decoded:
    """Decode ``body``. Valid UTF-8 wins over what is declared, because feeds misdeclare more often than they misencode.

    A few stray bytes in what is else UTF-8 are read as CP1252 one by one; a file without any sign as CP1252 as a
    whole. Both are named in ``warnings``. Never raises.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _lenient(body[len(mark) :], name)
    if _looks_utf16(body):
        name = "utf-16-le" if body[1:2] == b"\0" else "utf-16-be"
        read = _lenient(body, name)
        return Decoded(read.text, name, (f"encoding: no byte order mark; read as {name.upper()}", *read.warnings))
    try:
        return _unshift(body.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if declared and declared not in _AS_CP1252 and declared != "utf-8":
        try:
            text = body.decode(declared)
        except (UnicodeDecodeError, LookupError):
            pass
        else:
            return Decoded(_LONE.sub("\ufffd", text), declared)
    text = body.decode("utf-8", "surrogateescape")
    strays = len(_LONE.findall(text))
    if sum(1 for c in text if c > "\x7f") - strays > strays:
        text = _LONE.sub(lambda m: _cp1252(bytes([ord(m.group()) - 0xDC00])), text)
        return Decoded(text, "utf-8", (f"encoding: {strays} bytes are not UTF-8; read as CP1252",))
    if declared in _AS_CP1252:
        return Decoded(_cp1252(body), "cp1252")
    said = f"declared {declared}, is not" if declared else "not UTF-8 and none declared"
    return Decoded(_cp1252(body), "cp1252", (f"encoding: {said}; read as CP1252",))


def _unshift(text: str) -> Decoded:
    """Valid UTF-8 that holds C1 controls was CP1252 read as ISO 8859-1 upstream: its quotes and dashes come back."""
    if text.isascii() or _C1.search(text) is None:
        return Decoded(text, "utf-8")
    repaired = _C1.sub(lambda m: _CP1252_TABLE[ord(m.group())], text)
    return Decoded(
        repaired, "utf-8", ("encoding: C1 control characters read as the CP1252 quotes and dashes they were",)
    )


def _lenient(body: bytes, name: str) -> Decoded:
    try:
        return Decoded(body.decode(name), name)
    except UnicodeDecodeError:
        return Decoded(body.decode(name, "replace"), name, (f"encoding: bytes that are not {name.upper()} replaced",))


def _looks_utf16(body: bytes) -> bool:
    """Every other byte NUL in the sample: Latin text in UTF-16 without a byte order mark."""
    sample = body[:_SAMPLE]
    pairs = len(sample) // 2
    if pairs < 4 or len(body) % 2:
        return False
    even, odd = sample[0 : pairs * 2 : 2].count(0), sample[1 : pairs * 2 : 2].count(0)
    return (odd > pairs * 0.7 and even < pairs * 0.1) or (even > pairs * 0.7 and odd < pairs * 0.1)


def _cp1252(body: bytes) -> str:
    """CP1252 with its five unassigned bytes read as ISO 8859-1, as browsers do."""
    try:
        return body.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(_CP1252_TABLE[b] for b in body)


_CP1252_TABLE = tuple(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(256))
