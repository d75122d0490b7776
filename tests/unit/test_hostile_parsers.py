"""Input that attacks its parser: bombs, packed bytes, lines without end. Rejected with a reason; little memory."""

from __future__ import annotations

import bz2
import gc
import gzip
import io
import lzma
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from streams import pipeline
from streams.contracts import codec
from streams.feeds import reading
from streams.loading import toolbox, windows
from tests.unit.hostile_support import NOW, SETTINGS, WORDS, process, reasons


@pytest.fixture(scope="module")
def tools() -> pipeline.Toolbox:
    return toolbox(SETTINGS)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMBS = {
    "billion laughs": f'<!DOCTYPE nitf [<!ENTITY l0 "lol">{LAUGHS}]><nitf><body><p>&l9;</p></body></nitf>',
    "quadratic": f'<!DOCTYPE nitf [<!ENTITY a "{"a" * 50_000}">]><nitf><body><p>{"&a;" * 50_000}</p></body></nitf>',
    "file": '<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]><nitf><body><p>&x;</p></body></nitf>',
    "address": '<!DOCTYPE nitf [<!ENTITY x SYSTEM "http://127.0.0.1:1/x">]><nitf><body><p>&x;</p></body></nitf>',
    "parameter": '<!DOCTYPE nitf [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]><nitf><body><p>a b</p></body></nitf>',
    "dtd": f'<!DOCTYPE nitf SYSTEM "file:///etc/passwd"><nitf><body><body.content><p>{WORDS}</p></body.content></body></nitf>',
    "include": (
        '<nitf xmlns:xi="http://www.w3.org/2001/XInclude"><body><body.content><p>'
        f'{WORDS}</p><xi:include href="file:///etc/passwd" parse="text"/></body.content></body></nitf>'
    ),
    "stylesheet": f'<?xml-stylesheet href="file:///etc/passwd"?><nitf><body><body.content><p>{WORDS}</p></body.content></body></nitf>',
    "deep": "<nitf><body>" + "<p>" * 100_000 + "a" + "</p>" * 100_000 + "</body></nitf>",
    "attributes": "<nitf " + " ".join(f'a{n}="1"' for n in range(100_000)) + "><body><p>a b c</p></body></nitf>",
    "long attribute": f'<nitf a="{"x" * 11_000_000}"><body><p>a b c</p></body></nitf>',
    "comments": "<nitf>" + "<!-- - -->" * 200_000 + f"<body><body.content><p>{WORDS}</p></body.content></body></nitf>",
    "open section": "<nitf><body><p><![CDATA[" + "]]" * 500_000,
    "instructions": "<?a ?>" * 200_000 + "<nitf><body><p>a b c</p></body></nitf>",
    "name spaces": "<nitf "
    + " ".join(f'xmlns:a{n}="u{n}"' for n in range(20_000))
    + "><body><p>a b c</p></body></nitf>",
    "json depth": "[" * 1_000_000,
    "json objects": '{"a":' * 500_000,
    "json numbers": '{"headline":' + "9" * 1_000_000 + "}",
    "json keys": "{" + ",".join(f'"k{n}":1' for n in range(200_000)) + "}",
    "html depth": "<html><body>" + "<div>" * 200_000 + "a b c",
    "html tables": "<html><body>" + "<table><tr><td>" * 50_000 + "a b c",
    "html open comment": "<html><body><p>a b c</p>" + "<!--" * 200_000,
    "html forms": "<html><body>" + "<form><input>" * 50_000 + "a b c",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_parsers_are_not_blown_up(tools: pipeline.Toolbox, bomb: str) -> None:
    body = BOMBS[bomb].encode()
    gc.collect()
    tracemalloc.start()
    began = time.thread_time()
    try:
        lines = process(tools, body)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert time.thread_time() - began < 10  # with every allocation traced, which costs several times the work
    assert peak < 40 * len(body) + 20_000_000
    assert b"root:" not in codec.encode(lines)
    if bomb in ("billion laughs", "quadratic", "file", "address"):
        assert reasons(lines) == ["unsafe"]
    if bomb in ("dtd", "include", "stylesheet"):
        assert reasons(lines) == [None]


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("story.xml", bytes(20_000_000))
    return file.getvalue()


@pytest.mark.parametrize(
    "pack",
    [
        lambda: gzip.compress(bytes(20_000_000)),
        lambda: bz2.compress(bytes(20_000_000)),
        zipped,
        lambda: lzma.compress(bytes(20_000_000)),
    ],
    ids=["gzip", "bzip2", "zip", "xz"],
)
def test_packed_bytes_are_not_unpacked(tools: pipeline.Toolbox, pack: Callable[[], bytes]) -> None:
    body = pack()
    began = time.thread_time()
    tracemalloc.start()
    try:
        assert reasons(process(tools, body)) == ["binary"]
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()
    assert time.thread_time() - began < 1


def test_a_line_of_a_hundred_megabytes(tools: pipeline.Toolbox, tmp_path: Path) -> None:
    file = tmp_path / "day.jsonl"
    with file.open("wb") as out:
        out.write(b'{"id": "long", "body": "')
        for _ in range(100):
            out.write(b"x" * 1_000_000)
        out.write(b'"}\n{"id": "next", "body": "Ferry service resumes in Oslo harbour"}\n')
        for _ in range(140):
            out.write(b"y" * 1_000_000)
        out.write(b'\n{"id": "last", "body": "Ferry service resumes in Bergen harbour"}\n')
    began = time.thread_time()
    given = reading.read([str(file)], jsonl=True)
    lines = list(pipeline.process(given, tools, windows(SETTINGS), lambda: NOW))
    assert [(line.input, line.reason) for line in lines] == [
        ("long", "too_large"),
        ("next", None),
        ("line-3", "too_large"),
        ("last", None),
    ]
    assert time.thread_time() - began < 5
