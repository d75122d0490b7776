"""HTML pages."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from streams.contracts.story import InfoSource, Origin, RawMessage, RawStory
from streams.errors import Reason, Rejected
from streams.formats import htmlpage, read
from tests.unit.formats.wire_samples import HTML, HTML_PARAGRAPHS


def one(body: bytes | str) -> RawStory:
    data = body.encode() if isinstance(body, str) else body
    (story,) = read(RawMessage(data, Origin("test"), None, None, datetime(2026, 3, 3, 12, tzinfo=UTC)), 5_000_000)
    return story


def page(body: str, head: str = "") -> str:
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'


COPY = "".join(f"<p>{paragraph}</p>" for paragraph in HTML_PARAGRAPHS)


def test_article_page() -> None:
    story = one(HTML)
    assert (story.format, story.headline) == ("htmlpage", "Harbour pilots of Freedonia go back to work")
    assert story.copy == "\n\n".join([story.headline or "", *HTML_PARAGRAPHS])
    assert story.captions == ("Boats at the harbour wall.",)
    assert story.uri == "https://gazette.example/world/pilots-back"
    assert (story.by, story.language) == ("Jane Roe", "en-GB")
    assert story.info_sources == (InfoSource("The Gazette", "distributor"),)
    assert story.first_created == datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert story.version_created == datetime(2026, 3, 3, 11, 37, tzinfo=UTC)
    assert story.keywords == ("port", "strike")
    assert story.warnings == ()


@pytest.mark.parametrize(
    ("head", "h1", "headline"),
    [
        ('<meta property="og:title" content="Pilots back | The Gazette">', "", "Pilots back"),
        ('<meta property="og:title" content="Ships - and crews">', "", "Ships - and crews"),
        (
            '<meta property="og:title" content="Pilots back – The Gazette">'
            '<meta property="og:site_name" content="The Gazette">',
            "",
            "Pilots back",
        ),
        ("<title>Port | Gazette</title>", "<h1>Pilots back at work</h1>", "Pilots back at work"),
        (
            '<meta property="og:title" content="Pilots back at …">',
            "<h1>Pilots back at work</h1>",
            "Pilots back at work",
        ),
        ('<meta property="og:title" content="Pilots &amp;amp; crews">', "", "Pilots & crews"),
        ("", "", None),
    ],
)
def test_headlines(head: str, h1: str, headline: str | None) -> None:
    assert one(page(f"<article>{h1}{COPY}</article>", head)).headline == headline


def test_broken_data_is_passed_over() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script><title>Pilots</title>'
    assert one(page(f"<article>{COPY}</article>", head)).headline == "Pilots"


def test_the_copy_of_the_data_serves_where_the_page_has_none() -> None:
    data = json.dumps({"@type": "ReportageNewsArticle", "headline": "Pilots", "articleBody": "One.\nTwo, says he."})
    story = one(page('<div id="app"></div>', f'<script type="application/ld+json">{data}</script>'))
    assert story.copy == "Pilots\n\nOne.\n\nTwo, says he."


def test_bare_page_and_fragments() -> None:
    assert one("<html><body>copy of the day</body></html>").copy == "copy of the day"
    assert one("<p>One.</p>\n<p>Two.</p>").copy == "One.\n\nTwo."
    assert one('<div class="x"><p>One.</p></div>').copy == "One."


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "utf-8", "koi8-r"])
def test_charset_of_the_meta_element(charset: str) -> None:
    copy = COPY + ("<p>Порт открыт.</p>" if charset == "koi8-r" else "<p>Le café été naïf.</p>")
    story = one(
        page(
            f"<article>{copy}</article>", f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
        ).encode(charset)
    )
    assert ("Порт открыт." if charset == "koi8-r" else "Le café été naïf.") in story.copy


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (page(""), Reason.NO_STORY),
        ("<p> </p>", Reason.NO_STORY),
        (page("<nav>" + "<a href='/x'>World</a>" * 9 + "</nav>"), Reason.NO_STORY),
        (page("<p>a</p>" * (htmlpage.MAX_CHARACTERS // 8)), Reason.TOO_LARGE),
    ],
)
def test_refused(body: str, reason: Reason) -> None:
    with pytest.raises(Rejected) as caught:
        one(body)
    assert caught.value.reason is reason


def test_the_teasers_under_a_short_story_are_left_out() -> None:
    teasers = "".join(
        f'<li><a href="/{n}">Ferry number {n} aground off the northern islands</a></li>' for n in range(14)
    )
    short = "<article><h1>Pilots back</h1><p>The pilots of Freedonia are back at work.</p></article>"
    story = one(page(f"<nav>{'<a>World</a>' * 9}</nav>{short}<section class='more'><ul>{teasers}</ul></section>"))
    assert story.copy.endswith("The pilots of Freedonia are back at work.")
    assert "Ferry" not in story.copy


def test_nesting_without_end_is_read_or_refused() -> None:
    with pytest.raises(Rejected) as caught:
        one(page("<div>" * 50_000 + COPY))
    assert caught.value.reason in (Reason.NO_STORY, Reason.MALFORMED)


def test_a_row_of_a_table_is_a_line() -> None:
    table = "<table><tr><td>Ship</td><td>Tons</td></tr><tr><td>Ann</td><td>1,200</td></tr></table>"
    assert "\n\nAnn | 1,200" in one(page(f"<article>{COPY}{table}{COPY.replace('dawn', 'noon')}</article>")).copy


@pytest.mark.parametrize(
    ("marked", "by"),
    [
        ('<p class="byline">By Jane Roe</p>', "By Jane Roe"),
        ('<a rel="author" href="/roe">Jane Roe</a>', "Jane Roe"),
        ('<p class="byline">By Jane Roe</p><p class="byline">By John Doe</p>', None),
        ('<p class="author">By Jane Roe</p>', "By Jane Roe"),
        ('<p class="author">By the quay</p>', None),
        ('<p class="author">Jane Roe</p>', None),
        ('<p class="byline">By people who have a good deal more to say of it</p>', None),
        ("", None),
    ],
)
def test_the_byline_that_the_page_marks(marked: str, by: str | None) -> None:
    assert one(page(f"<article><h1>Pilots back</h1>{marked}{COPY}</article>")).by == by


def test_an_old_page_opens_with_its_headline_and_not_with_its_menu_or_section() -> None:
    cells = (
        '<tr><td><a href="i">Index</a> | <a href="s">Sport</a></td></tr>',
        f"<tr><td><b>Harbour pilots back</b><br><br>{'<p>'.join(HTML_PARAGRAPHS)}</td></tr>",
    )
    story = one(page(f"<table>{''.join(cells)}</table>", "<title>AFP - Sarnia</title>"))
    assert story.headline is None
    assert story.copy.startswith("Harbour pilots back\n\n")
