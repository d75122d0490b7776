"""HTML → paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.text.markup import has_markup, to_paragraphs


@pytest.mark.parametrize(
    ("source", "paragraphs"),
    [
        ("<p>One &amp; two</p><p>Three</p>", ("One & two", "Three")),
        ("One<br/><br>Two<br>still two", ("One", "Two still two")),
        ("plain, 5 < 6 & 7 > 3", ("plain, 5 < 6 & 7 > 3",)),
        ("<p>Kept<!-- EMBED --> text</p><script>var a = '<p>no</p>'</script>", ("Kept text",)),
        ("<p>cut in the mid", ("cut in the mid",)),
        ("<!-- never closed <p>gone</p>", ()),
        (
            "<table><tr><th>Club</th><th>Pts</th></tr><tr><td>Sarnia</td><td>41</td></tr></table>",
            ("Club | Pts", "Sarnia | 41"),
        ),
        ('<p>Body</p><div class="byline big">Jane <div>Roe</div></div><p>End</p>', ("Body", "End")),
        ("<ul><li>one</li><li>two</li></ul>", ("one", "two")),
    ],
)
def test_paragraphs(source: str, paragraphs: tuple[str, ...]) -> None:
    assert to_paragraphs(source).paragraphs == paragraphs


def test_captions_are_apart() -> None:
    marked = to_paragraphs("<p>Body</p><figure><img src='x'/><figcaption>Boats.</figcaption></figure><p>End</p>")
    assert marked.captions == ("Boats.",)
    assert marked.paragraphs == ("Body", "End")


def test_has_markup() -> None:
    assert has_markup("a <b>c</b>")
    assert not has_markup("a < b > c")


@given(st.text(alphabet="<>/!-pbr td&;ascript\"'= \n", max_size=120))
def test_any_text_comes_through(source: str) -> None:
    for paragraph in to_paragraphs(source).paragraphs:
        assert paragraph == " ".join(paragraph.split())


def test_hostile_markup_takes_linear_time() -> None:
    to_paragraphs("<" * 200_000)
    to_paragraphs("<!--" * 50_000)
    to_paragraphs("<script>" * 20_000)
