"""RSS and Atom."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from streams.contracts.story import AltId, Origin, RawMessage, RawStory
from streams.errors import Reason, Rejected
from streams.formats import read
from tests.unit.formats.wire_samples import ATOM, RSS


def stories(body: bytes | str, source: str | None = None) -> tuple[RawStory, ...]:
    data = body.encode() if isinstance(body, str) else body
    return read(RawMessage(data, Origin("test"), source, None, datetime(2026, 3, 3, 12, tzinfo=UTC)), 1_000_000)


def item(inner: str, channel: str = "") -> RawStory:
    (story,) = stories(f'<rss version="2.0"><channel><title>Port</title>{channel}<item>{inner}</item></channel></rss>')
    return story


def test_rss() -> None:
    (story,) = stories(RSS)
    assert (story.format, story.headline) == ("rss", "Pilots & crews go back")
    assert story.copy == "Pilots went back to work.\n\nThey were tired."
    assert (story.uri, story.by, story.language) == ("tag:port.example,2026:1", "Jane Roe", "en-gb")
    assert story.version_created == story.first_created == datetime(2026, 3, 3, 10, tzinfo=UTC)
    assert story.keywords == ("port",)
    assert story.warnings == ()


def test_atom() -> None:
    (story,) = stories(ATOM)
    assert (story.headline, story.uri, story.by, story.language) == ("Lotsen zurück", "urn:x-hafen:1", "Jo Roe", "de")
    assert story.copy == "Die Lotsen & <Kapitäne.\n\nZwei."
    assert story.first_created == datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert story.version_created == datetime(2026, 3, 3, 10, tzinfo=UTC)


def test_an_item_for_each_story_with_ids_that_stay() -> None:
    feed = (
        '<rss version="2.0"><channel><item><title>One</title><guid>TX 1</guid></item><item/>'
        "<item><title>Two</title><link>http://port.example/2</link></item><item><title>Three</title></item>"
        "</channel></rss>"
    )
    found = stories(feed, "port")
    assert [(s.index, s.headline, s.uri) for s in found] == [
        (0, "One", "urn:newswire:port:TX%201"),
        (1, "Two", "http://port.example/2"),
        (2, "Three", None),
    ]
    assert found[0].alt_ids == (AltId("TX 1", "guid"),)
    assert found == stories(feed, "port")


def test_rss_in_rdf() -> None:
    (story,) = stories(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="http://port.example"><title>Port</title></channel>'
        '<item rdf:about="http://port.example/3"><title>Three</title><description>Copy.</description>'
        "<dc:date>2026-03-03T12:00:00+02:00</dc:date></item></rdf:RDF>"
    )
    assert (story.headline, story.copy, story.uri) == ("Three", "Copy.", "http://port.example/3")
    assert story.version_created == datetime(2026, 3, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("description", "copy"),
    [
        ("&lt;p&gt;One &amp;amp; two.&lt;/p&gt;&lt;p&gt;Three.&lt;/p&gt;", "One & two.\n\nThree."),
        ("<![CDATA[One.<br><br>Two &eacute;.]]>", "One.\n\nTwo é."),
        ("One &amp;eacute;t&amp;eacute;.\n\nTwo lines\nof it.", "One été.\n\nTwo lines of it."),
        ("Ships &amp; crews, 5 &lt; 6.", "Ships & crews, 5 < 6."),
    ],
)
def test_descriptions(description: str, copy: str) -> None:
    assert item(f"<title>T</title><description>{description}</description>").copy == copy


def test_a_title_alone_is_a_headline() -> None:
    story = item("<title>Pilots back</title>")
    assert (story.headline, story.copy) == ("Pilots back", "")
    assert story.warnings


@pytest.mark.parametrize(
    ("author", "by"),
    [
        ("<author>jane@port.example (Jane Roe)</author>", "Jane Roe"),
        ("<author>jane@port.example</author>", None),
        ("<author>Jane Roe</author><author>John Doe</author>", "Jane Roe, John Doe"),
    ],
)
def test_authors(author: str, by: str | None) -> None:
    assert item(f"<title>T</title>{author}").by == by


@pytest.mark.parametrize(
    "when", ["yesterday", "Tue, 03 Mar 2999 12:00:00 GMT", "Tue, 99 Mar 2026", "2031-01-01T00:00:00Z"]
)
def test_dates_that_cannot_be_true_are_left_out(when: str) -> None:
    story = item(f"<title>T</title><description>D.</description><pubDate>{when}</pubDate>")
    assert story.version_created is None
    assert any("pubdate" in warning for warning in story.warnings)


def test_a_feed_without_items() -> None:
    with pytest.raises(Rejected) as caught:
        stories('<rss version="2.0"><channel><title>Port</title></channel></rss>')
    assert caught.value.reason is Reason.NO_STORY


def test_entities_are_refused() -> None:
    with pytest.raises(Rejected) as caught:
        stories('<!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0"><channel><item><title>&a;</title></item></rss>')
    assert caught.value.reason is Reason.UNSAFE


def test_a_cut_feed_is_refused() -> None:
    with pytest.raises(Rejected) as caught:
        stories(RSS[:-60])
    assert caught.value.reason is Reason.MALFORMED


def test_what_a_picture_shows_is_not_the_story() -> None:
    space = 'xmlns:media="http://search.yahoo.com/mrss/"'
    shown = f"<media:title {space}>A tug</media:title><media:description {space}>A tug.</media:description>"
    for around in (f"<media:content {space}>{shown}</media:content>", shown):
        found = item(f"{around}<title>Pilots return</title><description>They went back to work.</description>")
        assert (found.headline, found.copy) == ("Pilots return", "They went back to work.")
