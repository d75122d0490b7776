"""Bytes → text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.text.encodings import charset_of, decode
from streams.text.mojibake import repair


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
        ("Le cafÃ© du port".encode(), None, "Le café du port", True),
        (b"M\x81ller f\x81r gr\x94\xe1ere", None, "Müller für größere", True),
        ("Порт открыт сегодня в шесть утра".encode("utf-16-le"), None, "Порт открыт сегодня в шесть утра", True),
        ("الميناء مفتوح اليوم منذ الصباح".encode("utf-16-be"), None, "الميناء مفتوح اليوم منذ الصباح", True),
        ("Harbour café".encode("utf-16-le") + b"x", None, "Harbour café\ufffd", True),
        ('<?xml version="1.0" encoding="windows-1251"?><a>Порт</a>'.encode("cp1251"), None, None, False),
        ('<?xml version="1.0" encoding="UTF-8"?><a>café</a>'.encode("latin-1"), None, None, True),
        ('<?xml version="1.0" encoding="iso-8859-2"?><a>Łódź</a>'.encode(), None, None, False),
        ("<html><meta charset=shift_jis><p>港の水先案内人".encode("shift_jis"), None, None, False),
    ],
)
def test_decode(body: bytes, declared: str | None, text: str | None, warned: bool) -> None:
    decoded = decode(body, declared)
    assert decoded.text == text or (text is None and "\ufffd" not in decoded.text)
    assert bool(decoded.warnings) is warned


@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "cp1252", "shift_jis", "utf-16", "iso8859-1", "utf-7"]))
def test_any_bytes_decode_to_text_that_can_be_encoded(body: bytes, declared: str | None) -> None:
    decode(body, declared).text.encode("utf-8")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])).filter(lambda t: not t.startswith("\ufeff")))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode()).text == text or "\x00" in text or repair(text)[1]
