"""Bytes → text: byte order mark, UTF-16, UTF-8, declared charset, a guess, else CP1252; tells its guesses.

What was decoded wrongly upstream (mojibake, C1 controls for quotes) is put right here, once for every format.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache

from streams.text import charsets, mojibake

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
_SCRIPTS = (0x03, 0x04, 0x05, 0x06)  # Greek, Cyrillic, Hebrew, Arabic


@dataclass(frozen=True, slots=True)
class Decoded:
    """``text`` is what the bytes say, ``encoding`` how they were read, ``warnings`` what was guessed or repaired."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


@lru_cache(maxsize=256)
def charset_of(content_type: str | None) -> str | None:
    """The charset that a content type declares, by Python's name for it; None when it names none that we know.

    >>> charset_of("text/plain; charset=ISO-8859-1")
    'iso8859-1'
    """
    found = _CHARSET.search(content_type) if content_type else None
    return charsets.known(found.group(1)) if found else None


def decode(body: bytes, declared: str | None = None) -> Decoded:
    """Decode ``body``; ``declared`` comes from its content type, what XML and HTML declare is read from ``body``.

    Valid UTF-8 wins over what is declared, because feeds misdeclare more often than they misencode. A few stray bytes
    in what is else UTF-8 are read as CP1252 one by one; a file without any sign by what its bytes look like, else as
    CP1252. Every guess and repair is named in ``warnings``. Never raises.
    """
    read = _decode(body, declared)
    text, lines = mojibake.repair(read.text)
    if not lines:
        return read
    return Decoded(text, read.encoding, (*read.warnings, f"encoding: mojibake in {lines} lines repaired"))


def _decode(body: bytes, declared: str | None) -> Decoded:
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _lenient(body[len(mark) :], name)
    sixteen = _as_utf16(body)
    if sixteen:
        read = _lenient(body, sixteen)
        return Decoded(read.text, sixteen, (f"encoding: no byte order mark; read as {sixteen.upper()}", *read.warnings))
    try:
        return _unshift(body.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    within = charsets.declared_in(body)
    for said in (declared, within):
        if said and said not in _AS_CP1252 and not said.startswith("utf"):
            try:
                return Decoded(_LONE.sub("\ufffd", body.decode(said)), said)
            except (UnicodeDecodeError, LookupError):
                continue
    declared = declared or within
    text = body.decode("utf-8", "surrogateescape")
    strays = len(_LONE.findall(text))
    if sum(1 for c in text if c > "\x7f") - strays > strays:
        text = _LONE.sub(lambda m: _cp1252(bytes([ord(m.group()) - 0xDC00])), text)
        return Decoded(text, "utf-8", (f"encoding: {strays} bytes are not UTF-8; read as CP1252",))
    if declared in _AS_CP1252:
        return Decoded(_cp1252(body), "cp1252")
    guessed = charsets.guess(body)
    why = f"declared {declared}, is not" if declared else "not UTF-8 and none declared"
    text = _LONE.sub("\ufffd", body.decode(guessed, "replace")) if guessed else _cp1252(body)
    name = guessed or "cp1252"
    return Decoded(text, name, (f"encoding: {why}; read as {name.upper()}",))


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


def _as_utf16(body: bytes) -> str | None:
    """UTF-16 without a byte order mark, by its high bytes: NUL for Latin text, NUL and one other for the rest.

    Text of one script has the same high byte in letter after letter (4 for Cyrillic, 6 for Arabic) and NUL in blanks.
    """
    sample = body[:_SAMPLE]
    pairs = len(sample) // 2
    if pairs < 4 or b"\0" not in sample:
        return None
    even, odd = sample[0 : pairs * 2 : 2], sample[1 : pairs * 2 : 2]
    for high, low, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        nuls = high.count(0)
        if low.count(0) >= pairs * 0.1:
            continue
        most = max((high.count(code) for code in _SCRIPTS), default=0)
        if nuls > pairs * 0.7 or (pairs >= 16 and nuls > pairs * 0.05 and nuls + most > pairs * 0.9):
            return name
    return None


def _cp1252(body: bytes) -> str:
    """CP1252 with its five unassigned bytes read as ISO 8859-1, as browsers do."""
    try:
        return body.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(_CP1252_TABLE[b] for b in body)


_CP1252_TABLE = tuple(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(256))
