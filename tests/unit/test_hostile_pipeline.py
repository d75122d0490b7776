"""Hostile input through the whole pure pipeline: rejected with a documented reason, or clean text; soon; little memory.

Times are processor time of this thread. Linear: four times the input may take a little more than four times as long.
"""

from __future__ import annotations

import bz2
import gc
import gzip
import html
import io
import json
import lzma
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from streams import config, formats, pipeline
from streams.contracts import codec
from streams.contracts.record import ProcessLine
from streams.contracts.story import Origin, RawMessage
from streams.errors import Reason
from streams.feeds import reading
from streams.formats import htmlpage
from streams.formats.format import STORIES_AT_MOST
from streams.loading import toolbox, windows

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
SETTINGS = config.Settings()
WORDS = "The harbour council of Oslo said on Tuesday that the ferry service will resume after repairs to the quay."
FORBIDDEN = frozenset(
    [chr(c) for c in (*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0))]
    + ["\u200b", "\u202d", "\u202e", "\u2060", "\ufeff", "\ufffe", "\uffff", "\U000e0041"]
)


@pytest.fixture(scope="module")
def tools() -> pipeline.Toolbox:
    return toolbox(SETTINGS)


def process(tools: pipeline.Toolbox, *bodies: bytes, source: str | None = None) -> list[ProcessLine]:
    """What becomes of messages that come one after the other; nothing of it may be a failure of ours."""
    messages = [RawMessage(body, Origin(f"m{n}"), source, None, NOW, NOW) for n, body in enumerate(bodies)]
    lines = list(pipeline.process(messages, tools, windows(SETTINGS), lambda: NOW))
    for line in lines:
        codec.encode(line)
        assert line.reason is None or line.reason in {reason.value for reason in Reason}
        assert line.reason != Reason.INTERNAL, line.detail
    return lines


def reasons(lines: list[ProcessLine]) -> list[str | None]:
    return [line.reason for line in lines]


def texts(line: ProcessLine) -> list[str]:
    """Every text of a record that somebody reads."""
    assert line.record is not None
    item = json.loads(codec.encode(line.record))["item"]
    found: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            for member in value.values():
                walk(member)
        elif isinstance(value, list):
            for member in value:
                walk(member)

    walk(item)
    return found


# One story in each kind of frame, the hostile part wherever copy can stand


def plain(part: str) -> bytes:
    opened = f"Ferry service resumes in Oslo\n\nOslo, March 10, 2026 (AFP) - {WORDS}"
    return f"{opened}\n\n{part}\n\n{WORDS}\n\nabc/def\n".encode()


def opening(part: str) -> bytes:
    return f"{part}\n\n{WORDS}\n".encode()


def page(part: str) -> bytes:
    article = f"<h1>Ferry service resumes</h1><p>{WORDS}</p><p>{html.escape(part)}</p><p>{WORDS}</p>"
    return f"<html><head><title>Ferry</title></head><body><article>{article}</article></body></html>".encode()


def nitf(part: str) -> bytes:
    safe = html.escape("".join(sign for sign in part if sign in "\t\n\r" or sign >= " "))
    head = f"<hedline><hl1>{safe}</hl1></hedline><byline>{safe}</byline>"
    body = f"<p>{WORDS}</p><p>{safe}</p>"
    return (
        f"<nitf><head><title>Ferry</title></head><body><body.head>{head}</body.head>"
        f"<body.content>{body}</body.content></body></nitf>"
    ).encode()


def ninjs(part: str) -> bytes:
    fields = {"uri": "urn:x:1", "type": "text", "version": "1", "headline": part, "byline": part, "slugline": part}
    return json.dumps(fields | {"body_text": f"{WORDS}\n\n{part}\n\n{WORDS}", "ednote": part}).encode()


FRAMES = {"plain": plain, "opening": opening, "page": page, "nitf": nitf, "ninjs": ninjs}

RUNS = {
    "spaces": " ",
    "no-break spaces": "\u00a0",
    "tabs": "\t",
    "line ends": "\n",
    "quotes": '"',
    "curly quotes": "\u201c",
    "apostrophes": "'",
    "digits": "7",
    "letters": "a",
    "capitals": "A",
    "capital words": "Paris ",
    "names": "By John Smith ",
    "countries that are names": "Georgia ",
    "initials": "A. B. ",
    "datelines": "PARIS, March 10 (AFP) - ",
    "dateline lines": "PARIS, March 10 (AFP) - x\n\n",
    "dashes": "- ",
    "full stops": ". ",
    "commas": ", ",
    "open brackets": "(",
    "angles": "<",
    "ampersands": "&#",
    "slashes": "ab/",
    "sign-offs": "abc/def/\n",
    "addresses": "http://www.a.",
    "mail": "a.b@",
    "figures": "1,",
    "dates": "March 10, ",
    "days": "on Monday, ",
    "advisories": "CORRECTS para 4 to say ",
    "embargoes": "EMBARGO ",
    "captions": "(Photo by A B / AFP)\n",
    "mojibake": "\u00c3\u00a9",
    "combining": "e\u0301\u0301",
    "ideographs": "\u4e2d",
    "arabic": "\u0627\u0644",
    "emoji": "\U0001f600",
    "paragraphs": "a\n\n",
    "said": '"Hello," he said.\n\n',
    "numbers": "twenty ",
}


@pytest.mark.parametrize("frame", ["plain", "page", "nitf"])
@pytest.mark.parametrize("run", RUNS)
def test_long_runs_take_time_in_proportion(tools: pipeline.Toolbox, frame: str, run: str) -> None:
    part = RUNS[run]

    def seconds(size: int) -> float:
        body = FRAMES[frame](part * (size // len(part)))
        began = time.thread_time()
        process(tools, body, body.replace(b"quay", b"pier"))
        return time.thread_time() - began

    small, large = seconds(10_000), seconds(40_000)
    if large >= 0.2:
        # A collection of all the garbage of the tests before falls into one run, not into two.
        large = min(large, seconds(40_000))
    assert large < 1.5
    assert large < 0.2 or large < 8 * small


@pytest.mark.parametrize("frame", FRAMES)
def test_a_story_past_the_cap_is_too_large(tools: pipeline.Toolbox, frame: str) -> None:
    began = time.thread_time()
    lines = process(tools, FRAMES[frame]("Monday Paris " * (formats.MAX_STORY_CHARACTERS // 12)))
    assert reasons(lines) == ["too_large"]
    assert time.thread_time() - began < 1.0 + (frame == "page")


def test_many_stories_past_the_cap_are_too_large(tools: pipeline.Toolbox) -> None:
    item = f"<item><title>Ferry</title><description>{'Monday ' * 40_000}</description></item>"
    body = f"<rss><channel>{item * (formats.MAX_CHARACTERS // 250_000)}</channel></rss>".encode()
    assert reasons(process(tools, body)) == ["too_large"]


def test_items_without_end_are_too_large(tools: pipeline.Toolbox) -> None:
    content = "<ContentItem><DataContent>a b</DataContent></ContentItem>"
    item = f"<NewsItem><NewsComponent>{content}</NewsComponent></NewsItem>"
    for body in (f"<NewsML>{item * 20_000}</NewsML>", f"<newsMessage>{'<newsItem/>' * 200_000}</newsMessage>"):
        began = time.thread_time()
        assert reasons(process(tools, body.encode())) == ["too_large"]
        assert time.thread_time() - began < 1.5


@pytest.mark.parametrize("element", ["<b>a</b>", "<p>a</p>", "<br>", "<a href=x>a</a>", "<span>a</span> "])
def test_a_page_of_many_elements_is_too_large_or_read_soon(tools: pipeline.Toolbox, element: str) -> None:
    for number, reason in ((htmlpage.MAX_ELEMENTS // 4, None), (htmlpage.MAX_ELEMENTS, "too_large")):
        body = f"<html><body><article><p>{WORDS}</p>{element * number}<p>{WORDS}</p></article></body></html>"
        began = time.thread_time()
        assert reasons(process(tools, body.encode())) == [reason]
        assert time.thread_time() - began < 2.5


def test_the_caps_are_documented() -> None:
    said = (Path(__file__).resolve().parents[2] / "docs" / "security.md").read_text("utf-8")
    caps = (formats.MAX_STORY_CHARACTERS, formats.MAX_CHARACTERS, htmlpage.MAX_CHARACTERS, htmlpage.MAX_ELEMENTS)
    assert [cap for cap in (*caps, STORIES_AT_MOST) if f"{cap:,}" not in said] == []


# XML and JSON that attack their parsers

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


# Text that deceives who reads it or breaks who prints it

SIGNS = {
    "nul": "Ferry \x00service sails",
    "escape sequence": "Ferry \x1b]0;x\x07\x1b[31mservice sails",
    "reading turned round": "Ferry \u202eecivres\u202c sails",
    "forced order": "Ferry \u202dservice sails",
    "unseen": "Fer\u200bry ser\u2060vice sa\ufeffils",
    "no character": "Ferry \ufffeservice\uffff sails",
    "tags": "Ferry \U000e0041\U000e0042service sails",
    "controls of latin 1": "Ferry \x81service\x8d sails",
    "line separators": "Ferry \u2028service\u2029 sails",
}


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("sign", SIGNS)
def test_what_is_published_can_be_read_and_printed(tools: pipeline.Toolbox, frame: str, sign: str) -> None:
    [line] = process(tools, FRAMES[frame](SIGNS[sign]))
    for text in texts(line):
        assert not FORBIDDEN & set(text), ascii(text)
    assert any("Ferry" in text for text in texts(line))


def test_lone_surrogates_end_as_the_replacement_character(tools: pipeline.Toolbox) -> None:
    body = b'{"uri":"urn:x:1","type":"text","version":"1","headline":"Ferry \\ud800 sails","body_text":"a \\udc00 b c"}'
    [line] = process(tools, body)
    assert "Ferry \ufffd sails" in texts(line)
    bare = "Ferry \ud800 sails\n\nThe ferry \udfff is back.\n".encode("utf-8", "surrogatepass")
    [line] = process(tools, bare)
    "".join(texts(line)).encode()


SCRIPT = "<script>alert(1)</script>"


def test_markup_that_a_format_means_is_no_copy(tools: pipeline.Toolbox) -> None:
    """An escaped one is copy: ``text/plain`` may tell of ``<script>``, and who makes a page of it must escape it."""
    within = f"<p>{WORDS} {SCRIPT}<img src=x onerror=alert(1)><a href='javascript:alert(1)'>More</a></p>"
    bodies = (
        f"<html><head><title>Ferry {SCRIPT}</title></head><body><article><h1>Ferry</h1>{within}{within}</article>",
        json.dumps(
            {"uri": "urn:x:1", "type": "text", "version": "1", "headline": f"Ferry {SCRIPT}", "body_html": within}
        ),
        f"<rss><channel><item><title>Ferry {html.escape(SCRIPT)}</title>"
        f"<description>{html.escape(within)}</description></item></channel></rss>",
    )
    for body in bodies:
        [line] = process(tools, body.encode())
        for text in texts(line):
            for sign in ("<script", "onerror", "javascript:", "<img"):
                assert sign not in text, body[:60]


@pytest.mark.parametrize("source", ["afp\r\nce_type: forged", "afp\x00", "afp\x1b[2J", "a" * 500, "afp\u202e"])
def test_a_source_from_a_header_cannot_forge_lines(tools: pipeline.Toolbox, source: str) -> None:
    line = json.dumps({"id": "x", "source": source, "body": f"Ferry sails\n\n{WORDS}\n"}).encode()
    for message in reading._lines(io.BytesIO(line), None):  # as feed and process read it
        assert isinstance(message, RawMessage)
        assert message.source is not None
        assert message.source.isprintable()
        assert len(message.source) <= 64
        [told] = process(tools, message.body, source=message.source)
        assert told.record is not None
        assert told.record.provenance["source"] == message.source
