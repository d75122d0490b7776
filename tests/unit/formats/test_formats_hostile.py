"""Any bytes, and any transmission cut, doubled or damaged: stories or a documented rejection, soon, nothing else."""

from __future__ import annotations

import time
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streams.contracts.story import Origin, RawMessage, RawStory
from streams.errors import Reason, Rejected
from streams.formats import iptc7901, read
from streams.formats.format import STORIES_AT_MOST
from streams.formats.sniff import open_message
from tests.unit.formats.wire_samples import ALL, ATOM

CAP = 2_000_000
WIRES = [*ALL.values(), ATOM]
SHORT = [body for name, body in ALL.items() if name != "htmlpage"] + [ATOM]


def stories(body: bytes) -> tuple[RawStory, ...] | None:
    message = RawMessage(body, Origin("test"), None, None, None)
    try:
        if iptc7901.detect(opened := open_message(message, CAP)):
            iptc7901.parse(opened)
        found = read(message, CAP)
    except Rejected as refused:
        if not refused.detail or refused.reason is Reason.INTERNAL:
            raise
        return None
    assert found
    for at, story in enumerate(found):
        assert story.index == at
        assert any(map(str.isalnum, (story.headline or "") + story.copy)) or story.pub_status == "canceled"
        for text in (story.headline, story.copy, story.by, story.ed_note, story.slugline, *story.captions):
            (text or "").encode()
    return found


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=300).map(str.encode)))
def test_any_bytes(body: bytes) -> None:
    stories(body)


@pytest.mark.parametrize("name", [name for name in ALL if name != "htmlpage"])
def test_cut_anywhere(name: str) -> None:
    for end in range(len(ALL[name])):
        stories(ALL[name][:end])


def test_a_page_cut_anywhere() -> None:
    for end in range(0, len(ALL["htmlpage"]), 150):
        stories(ALL["htmlpage"][:end])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(SHORT),
    st.lists(
        st.tuples(st.floats(0, 1), st.sampled_from(["drop", "put", "double", "swap"]), st.binary(max_size=5)),
        max_size=6,
    ),
)
def test_damaged(body: bytes, damage: list[tuple[float, str, bytes]]) -> None:
    for where, what, junk in damage:
        at = int(where * len(body))
        if what == "drop":
            body = body[:at] + body[at + 7 :]
        elif what == "put":
            body = body[:at] + junk + body[at:]
        elif what == "double":
            body = body[: at + 20] + body[at:]
        else:
            body = body[:at] + junk + body[at + len(junk) :]
    stories(body)


@settings(max_examples=30, deadline=None)
@given(st.floats(0, 1), st.binary(min_size=1, max_size=6))
def test_damaged_pages(where: float, junk: bytes) -> None:
    body = ALL["htmlpage"]
    at = int(where * len(body))
    stories(body[:at] + junk + body[at:])


@pytest.mark.parametrize(
    "body",
    [
        b"\x16\x16\x01f0417\x1f-----\r\nu i\x13\x11 BC\r\n\x02" + b"^a" * 200_000,
        b"\x16\x16\x01f0417\x1f-----\r\nu i\x13\x11 BC\r\n\x02" + b"^a<\n" * 100_000,
        b"\x16\x16\x01f0417\x1f-----\r\nu i\x13\x12 BC\r\n\x02" + b"a   " * 100_000,
        b"\x16\x16\x01f0417\x1f-----\r\nu i\x13\x11 BC\r\n" * 9_000,
        b"\x01xyz0417 4 i 93\r\na\r\n" * 20_000,
        b"\x01xyz0417 4 i 93 " + b" " * 400_000,
        b"\x7f" * 100_000 + b"\x01xyz0417 4 i 93\r\n\x02a",
        b"ZCZC AAP\r\n" * 40_000,
        b"ZCZC AAP\r\n" + b"$a b\r\n" * 60_000,
        b"ZCZC AAP\r\na\n" + b"NNN\r\n" * 60_000,
        b"<rss><channel>" + b"<item><title>a</title></item>" * 14_000 + b"</channel></rss>",
        b"<rss><channel><item>" + b"<category>a</category>" * 20_000 + b"</item></channel></rss>",
        b"<rss><channel><item><title>a</title><description>"
        + b"&lt;p" * 80_000
        + b"</description></item></channel></rss>",
        b'{"data":{"item":{"altids":{"itemid":"a"},"headline":"a","body_nitf":"' + b"<p>" * 100_000 + b'"}}}',
        b'{"altids":{"itemid":"' + b"\\u00c3\\u00a9" * 30_000 + b'"},"headline":"a"}',
        "Ã©".encode() * 100_000,
        bytes(range(128, 256)) * 3_000,
        b"<html><body>" + b"<p>a</p>" * 6_000,
        b"<html><body>" + b"<table>" * 20_000 + b"a b c",
        b"<html><head><script type='application/ld+json'>" + b"[" * 200_000 + b"</script></head><body><p>a</p>",
    ],
    ids=range(20),
)
def test_hostile_bulk_ends_soon(body: bytes) -> None:
    began = time.process_time()
    stories(body)
    assert time.process_time() - began < 10


def test_memory_stays_in_proportion() -> None:
    body = ALL["anpa1312"][:-40] + b"\t   Harbor pilots went back to work at dawn.\r\n" * 6_000
    stories(body[:1000])
    tracemalloc.start()
    stories(body)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40 * len(body)


MANY = {
    "rss": ("<rss version='2.0'><channel>", "<item><title>Pilots return</title></item>", "</channel></rss>"),
    "atom": ("<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry><title>Pilots return</title></entry>", "</feed>"),
    "apjson": ('{"data":{"items":[', '{"altids":{"itemid":"a"},"headline":"Pilots return"},', "null]}}"),
    "ninjs": ("[", '{"uri":"tag:x.example,2026:1","type":"text","headline":"Pilots return"},', "null]"),
    "iptc7901": ("", "\x01bsd0001 4 i 3  dpa 1\r\n\x02Pilots return =\r\n\x03\r\n", ""),
    "anpa1312": ("", ALL["anpa1312"].decode("latin-1"), ""),
    "zczc": ("", "ZCZC AAP\r\n$Pilots return\r\nThey went back.\r\nNNNN\r\n", ""),
}


@pytest.mark.parametrize("name", MANY)
def test_more_stories_than_the_cap_are_refused_and_none_is_left_out(name: str) -> None:
    before, one, after = MANY[name]

    def message(number: int) -> RawMessage:
        return RawMessage(f"{before}{one * number}{after}".encode(), Origin("test"), None, None, None)

    found = read(message(STORIES_AT_MOST), CAP)
    assert (found[0].format, len(found)) == (name if name != "atom" else "rss", STORIES_AT_MOST)
    with pytest.raises(Rejected, match=f"{STORIES_AT_MOST + 1:,} .* the cap is {STORIES_AT_MOST:,}") as refused:
        read(message(STORIES_AT_MOST + 1), CAP)
    assert refused.value.reason is Reason.TOO_LARGE


@pytest.mark.parametrize("text", ["null", "true", "17", "[1, 2, 3]", "[]"])
def test_json_of_nothing_but_values_is_no_copy(text: str) -> None:
    with pytest.raises(Rejected) as refused:
        read(RawMessage(text.encode(), Origin("test"), None, None, None), CAP)
    assert refused.value.reason is Reason.UNSUPPORTED


def test_copy_that_opens_with_a_figure_in_brackets_is_text() -> None:
    (story,) = read(RawMessage(b"[1] Pilots return\n\nThey went back.", Origin("test"), None, None, None), CAP)
    assert story.format == "plain"
