"""Text that deceives who reads it or breaks who prints it: what is published can be read and printed."""

from __future__ import annotations

import html
import io
import json
from typing import Any

import pytest

from streams import pipeline
from streams.contracts import codec
from streams.contracts.record import ProcessLine
from streams.contracts.story import RawMessage
from streams.feeds import reading
from streams.loading import toolbox
from tests.unit.hostile_support import FRAMES, SETTINGS, WORDS, process

FORBIDDEN = frozenset(
    [chr(c) for c in (*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0))]
    + ["\u200b", "\u202d", "\u202e", "\u2060", "\ufeff", "\ufffe", "\uffff", "\U000e0041"]
)


@pytest.fixture(scope="module")
def tools() -> pipeline.Toolbox:
    return toolbox(SETTINGS)


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
