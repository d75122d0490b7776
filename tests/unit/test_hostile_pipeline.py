"""Hostile input through the whole pure pipeline: long runs and large messages, rejected or clean; soon.

Times are processor time of this thread. Linear: four times the input may take a little more than four times as long.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from streams import formats, pipeline
from streams.formats import htmlpage
from streams.formats.format import STORIES_AT_MOST
from streams.loading import toolbox
from tests.unit.hostile_support import FRAMES, SETTINGS, WORDS, process, reasons


@pytest.fixture(scope="module")
def tools() -> pipeline.Toolbox:
    return toolbox(SETTINGS)


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
