"""Receipts that reverse, for any input through any parser; rules that would eat too much stand back and say so."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html import escape

import pytest
from copydesk_support import ONE, TUESDAY, TWO, desk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streams.contracts.story import CleanStory, Origin, RawMessage, RawStory
from streams.copydesk import RULES, clean
from streams.errors import Rejected
from streams.formats import FORMATS, read

LINES = st.one_of(
    st.sampled_from([e.text for rule in RULES for e in rule.examples] + [ONE, TWO, "", "\u200b", "\x00", "  " + ONE]),
    st.text(max_size=80),
)
COPIES = st.lists(LINES, min_size=1, max_size=10)


def reverses(story: CleanStory) -> None:
    """Copy minus receipts minus white space is the clean copy; receipts are in order and name a listed rule."""
    copy, at, left = story.raw.copy, 0, []
    known = {rule.id for rule in RULES}
    for cut in story.cuts:
        assert cut.rule in known
        assert cut.start >= at
        assert cut.text == copy[cut.start : cut.end]
        left.append(copy[at : cut.start])
        at = cut.end
    left.append(copy[at:])
    assert "".join("".join(left).split()) == "".join(story.body.split())
    for day in story.dates:
        text = {"headline": story.headline, "body": story.body, "raw": copy}[day.field]
        assert text[day.start : day.end] == day.text


def check(body: bytes) -> int:
    try:
        stories = read(RawMessage(body, Origin("test"), "afp", None, TUESDAY), 1_000_000)
    except Rejected:
        return 0
    for raw in stories:
        story = clean(raw, TUESDAY)
        reverses(story)
        assert story == clean(raw, TUESDAY)
    return len(stories)


def printable(text: str) -> str:
    """What XML 1.0 may hold."""
    return "".join(c for c in text if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd")


def paragraphs(copy: list[str]) -> str:
    return "".join(f"<p>{escape(printable(line))}</p>" for line in copy)


def dressed(copy: list[str]) -> dict[str, bytes]:
    """One copy in the dress of every format."""
    joined = "\n\n".join(copy)
    raw = joined.encode(errors="replace")
    head = escape(printable(copy[0])) or "Pilots"
    inner = paragraphs(copy)
    ninjs = {"uri": "urn:x:1", "type": "text", "headline": copy[0], "body_text": joined}
    markup = {
        "nitf": f"<nitf><head><title>{head}</title></head><body><body.head><hedline><hl1>{head}</hl1></hedline>"
        f"</body.head><body.content>{inner}</body.content></body></nitf>",
        "html": f"<html><head><title>{head}</title></head><body><article><h1>{head}</h1>{inner}"
        "</article></body></html>",
        "rss": f'<rss version="2.0"><channel><title>x</title><item><title>{head}</title>'
        f"<description>{escape(inner)}</description></item></channel></rss>",
        "newsmlg2": '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1" version="1"><itemMeta/>'
        f"<contentMeta><headline>{head}</headline></contentMeta><contentSet>"
        '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<body>{inner}</body></html></inlineXML></contentSet></newsItem>",
        "newsml12": f"<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>{head}</HeadLine></NewsLines><ContentItem>"
        f"<DataContent>{inner}</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>",
    }
    return {name: text.encode(errors="replace") for name, text in markup.items()} | {
        "plain": raw,
        "wrapped": "\n".join(copy).encode(errors="replace"),
        "anpa": b"\x16\x16\x01a0417\x1f" + raw + b"\x03031137 GMT Mar 26\x04",
        "iptc7901": b"\x01xyz0417 4 i 0123 ccccb   xyz 417\r\n\r\n\x02" + raw + b"\r\n\x03",
        "zczc": b"ZCZC XYZ\r\n" + raw + b"\r\nNNNN\r\n",
        "ninjs": json.dumps(ninjs | {"versioncreated": "2026-03-03T10:00:00Z"}).encode(errors="replace"),
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(COPIES)
def test_receipts_reverse_in_every_dress(copy: list[str]) -> None:
    for body in dressed(copy).values():
        check(body)


def test_the_dresses_are_read() -> None:
    read_as = {
        raw.format
        for body in dressed([ONE, TWO, ONE]).values()
        for raw in read(RawMessage(body, Origin("t")), 1_000_000)
    }
    assert len(read_as) >= min(6, len(FORMATS))


@settings(max_examples=120, deadline=None)
@given(
    COPIES,
    st.sampled_from([f.name for f in FORMATS]),
    st.booleans(),
    st.sampled_from(["ar", "de", "en", "es", "fr", "pt", None]),
)
def test_receipts_reverse_whatever_a_parser_hands_over(
    copy: list[str], format_: str, has_headline: bool, language: str | None
) -> None:
    raw = RawStory(
        0, format_, "test/1", "\n\n".join(copy), headline=copy[0] or None if has_headline else None, language=language
    )
    story = clean(raw, TUESDAY)
    reverses(story)
    if any(map(str.isalnum, raw.copy)):
        assert story.body


def test_a_rule_that_would_take_too_much_stands_back_and_says_so() -> None:
    body = "\n\n".join([f"They waited for {n} days." for n in range(2, 14)])
    notebook = "\n\n".join([f"- item {n} of a notebook much too long to be one: {ONE}" for n in range(12)])
    story = desk(f"Pilots back at work\n\n{body}\n\n# Notebook\n\n{notebook}\n")
    assert "advisory.notebook: would have taken too much of the copy; left in" in story.warnings
    assert "# Notebook" in story.body


def test_no_rule_leaves_an_empty_story() -> None:
    story = clean(RawStory(0, "newsml12", "test/1", "REUTERS", headline="Pilots"), datetime(2026, 3, 3, tzinfo=UTC))
    assert story.body == "REUTERS"
    assert any("would have taken too much" in warning for warning in story.warnings)


@pytest.mark.parametrize("format_", ["plain", "republished", "nitf"])
def test_the_share_is_counted_over_what_is_left(format_: str) -> None:
    """Many rules together may take more than one alone: each is measured against what the others left."""
    copy = f"Pilots back at work\n\nPublished: March 3, 2026\n\n{ONE}\n\nREUTERS\n\n(Reporting by Jane Roe)\n"
    story = clean(RawStory(0, format_, "test/1", copy), TUESDAY)
    assert ONE in story.body
