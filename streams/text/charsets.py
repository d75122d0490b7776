"""Which charset bytes are in: what the document itself declares, else what its bytes look like; decodes nothing.

A guess is made only for bytes that are no UTF-8. One for a script other than Latin is `charset_normalizer`'s: on a
paragraph each of Russian, Ukrainian, Arabic, Greek, Chinese, Japanese and Korean in fourteen charsets it read all.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_HEAD = 2048
_IN_DOCUMENT = re.compile(
    rb"""<\?xml[^>]{0,200}?\bencoding\s{0,9}=\s{0,9}["']([A-Za-z0-9._:-]{2,40})"""
    rb"""|<meta\b[^>]{0,300}?\bcharset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9._:-]{2,40})""",
    re.IGNORECASE,
)
_NOT_CHARSETS = frozenset(("idna", "punycode", "undefined", "utf-7"))
_SAMPLE = 4096
_HIGH = bytes(range(0x80, 0x100))
_ASCII_LETTERS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NOT_LATIN_SHARE = 0.25
# Between two letters these are é ü ä ö ç ê ë ï ô û à è á í ó ú ñ in CP850, and quotes, signs or nothing in CP1252 ...
_DOS = re.compile(rb"(?<=[A-Za-z])[\x81\x82\x84\x87-\x89\x8b\x8d\x90\x93\x94\xa0-\xa5](?=[a-z])")
# ... and these accented letters in CP1252, boxes and shades in CP850, but for 0xE1, which is a letter in both
_WINDOWS = re.compile(rb"(?<=[A-Za-z])[\xc0-\xd6\xd8-\xe0\xe2-\xf6\xf8-\xff](?=[a-z])|\s\x93[A-Za-z]|[a-z.,]\x94\s")


# In a word these are ł ą ż in CP1250, ł ą ś ź ż in ISO 8859-2; figures and signs in CP1252, and ¿ before a word
_CENTRAL = re.compile(rb"(?<=[A-Za-z\xc0-\xff])[\xb1\xb3\xb6\xb9\xbc\xbf](?=[a-z\xc0-\xff])|(?<=[a-z])\xbf(?![A-Za-z])")

_LATIN_2 = frozenset((b"\xb1", b"\xb6", b"\xbc"))


def known(name: str) -> str | None:
    """Python's name of a charset; None for what is unknown or no charset (hex, zlib, escapes of source code).

    >>> known("ISO_8859-1")
    'iso8859-1'
    """
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if not getattr(info, "_is_text_encoding", True) or "escape" in info.name or info.name in _NOT_CHARSETS:
        return None
    return info.name


def declared_in(body: bytes) -> str | None:
    """The charset that an XML declaration or a ``meta`` element at the top names; None where there is none."""
    if b"<" not in body[:64]:
        return None
    found = _IN_DOCUMENT.search(body[:_HEAD])
    return known((found[1] or found[2]).decode("ascii")) if found else None


def guess(body: bytes) -> str | None:
    """The charset of bytes that are no UTF-8: one of another script, CP1250, ISO 8859-2 or CP850.

    None when CP1252 is as good a guess.
    """
    sample = _sample(body)
    high = len(sample) - len(sample.translate(None, _HIGH))
    letters = high + len(sample) - len(sample.translate(None, _ASCII_LETTERS))
    if high > 8 and high > letters * _NOT_LATIN_SHARE:
        return _other_script(sample)
    dos, windows = len(_DOS.findall(sample)), len(_WINDOWS.findall(sample))
    central = _CENTRAL.findall(sample)
    if len(central) >= 2 and any(sign != b"\xbf" for sign in central):
        return "cp1250" if b"\xb9" in central or not _LATIN_2.intersection(central) else "iso8859-2"
    return "cp850" if dos and dos >= 3 * windows and (dos >= 2 or high == dos) else None


def _other_script(sample: bytes) -> str | None:
    best = from_bytes(sample, steps=3, chunk_size=1024, explain=False).best()
    if best is None:
        return None
    said = [c for c in str(best) if c > "\x7f" and c.isalpha()]
    other = sum(c > "\u02af" for c in said)
    return known(best.encoding) if other > 0.8 * len(said) else None


def _sample(body: bytes) -> bytes:
    """The first bytes, whole to the last line end or space, so that no character is cut in two."""
    if len(body) <= _SAMPLE:
        return body
    end = max(body.rfind(b"\n", 0, _SAMPLE), body.rfind(b" ", 0, _SAMPLE))
    return body[: end if end > _SAMPLE // 2 else _SAMPLE]
