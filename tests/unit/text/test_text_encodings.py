"""Bytes → text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.text.encodings import charset_of, decode


@pytest.mark.parametrize(
    ("content_type", "name"),
    [
        ("text/plain; charset=UTF-8", "utf-8"),
        ('text/plain; charset="windows-1252"', "cp1252"),
        ("text/plain; charset=rot13", None),
        ("text/plain; charset=unicode_escape", None),
        ("text/plain; charset=no-such", None),
        ("text/plain", None),
        (None, None),
    ],
)
def test_declared_charset(content_type: str | None, name: str | None) -> None:
    assert charset_of(content_type) == name


@pytest.mark.parametrize(
    ("body", "declared", "text", "warned"),
    [
        (b"caf\xc3\xa9", None, "café", False),
        (b"\xef\xbb\xbfcaf\xc3\xa9", None, "café", False),
        (codecs.BOM_UTF16_LE + "café".encode("utf-16-le"), None, "café", False),
        ("Harbour café".encode("utf-16-be"), None, "Harbour café", True),
        (b"caf\xe9 \x96 \x93bar\x94", None, "café – “bar”", True),
        (b"caf\xe9", "iso8859-1", "café", False),
        (b"caf\xc3\xa9", "iso8859-1", "café", False),
        (b"\x8f\xe9", "cp1252", "\x8fé", False),
        ("Привет".encode("koi8-r"), "koi8-r", "Привет", False),
        ("née café été".encode() + b" \x96 ", None, "née café été – ", True),
        ("dash \x97 here".encode(), None, "dash — here", True),
    ],
)
def test_decode(body: bytes, declared: str | None, text: str, warned: bool) -> None:
    decoded = decode(body, declared)
    assert decoded.text == text
    assert bool(decoded.warnings) is warned


@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "cp1252", "shift_jis", "utf-16", "iso8859-1", "utf-7"]))
def test_any_bytes_decode_to_text_that_can_be_encoded(body: bytes, declared: str | None) -> None:
    decode(body, declared).text.encode("utf-8")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])).filter(lambda t: not t.startswith("\ufeff")))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode()).text == text or "\x00" in text
