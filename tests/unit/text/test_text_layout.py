"""Lines and paragraphs by offset."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from streams.text import layout
from streams.text.layout import flatten, lay_out

INDENTED = (
    "PILOTS BACK AT WORK\n"
    "    PORT SARNIA, March 3 - Harbour pilots of Freedonia went back\n"
    "to work at dawn after a strike that had kept forty ships outside\n"
    "the breakwater for nine days.\n"
    "    They said that they were tired, and that the sea had not been\n"
    "kind to anyone.\n"
    " Reuter\n"
)
BLANK = (
    "Harbour pilots of Freedonia went back to work at dawn after a\n"
    "strike that had kept forty ships outside the breakwater for nine\n"
    "days.\n"
    "\n"
    "Bananas, 40; pears, 3.\n"
    "\n"
    "They were tired.\n"
)
SITE = (
    "Pilots back\nPublished: March 3\n\n"
    + "Harbour pilots of Freedonia went back to work at dawn after a strike. " * 2
    + "\nNo blank line before this.\n"
)


def paragraphs(text: str) -> list[str]:
    return [" ".join(p.text.split()) for p in lay_out(text).paragraphs]


def test_an_indent_starts_a_paragraph_in_wrapped_text() -> None:
    found = paragraphs(INDENTED)
    assert found[0] == "PILOTS BACK AT WORK"
    assert found[1].startswith("PORT SARNIA, March 3 - Harbour pilots of Freedonia went back to work")
    assert found[2].startswith("They said")


def test_a_blank_line_starts_a_paragraph() -> None:
    assert [p.split()[0] for p in paragraphs(BLANK)] == ["Harbour", "Bananas,", "They"]


def test_every_line_is_a_paragraph_where_lines_are_long() -> None:
    layout = lay_out(SITE)
    assert not layout.wrapped
    assert len(layout.paragraphs) == 4
    assert layout.paragraphs[0].block == layout.paragraphs[1].block != layout.paragraphs[2].block


def test_flat_text_has_plain_quotes_and_no_controls() -> None:
    assert flatten("\x02It’s\u00a0“so”\r\n") == ' It\'s "so"  '


@given(st.text())
def test_offsets_hold_for_any_text(text: str) -> None:
    layout = lay_out(text)
    assert len(layout.flat) == len(text)
    at = 0
    for paragraph in layout.paragraphs:
        assert at <= paragraph.start < paragraph.end <= len(text)
        at = paragraph.end
    covered = "".join("".join(text[p.start : p.end].split()) for p in layout.paragraphs)
    assert "".join(c for c in covered if c.isalnum()) == "".join(c for c in text if c.isalnum())


# Marks of direction and language, and what Unicode says is no character
_INVISIBLE = frozenset(
    map(
        chr,
        (
            0xAD,
            0x200B,
            0x202D,
            0x202E,
            0x2060,
            0xFEFF,
            *range(0xFDD0, 0xFDF0),
            0xFFFE,
            0xFFFF,
            *range(0xE0000, 0xE0080),
        ),
    )
)


@given(st.one_of(st.text("ab \n\r\t\u00a0\u200b\u2028\x00\x1f’“é", max_size=12), st.text(max_size=40)))
def test_flat_text_has_a_space_for_all_that_is_white_or_invisible(text: str) -> None:
    layout = lay_out(text)
    assert len(layout.flat) == len(text)
    blank = [c.isspace() or c in _INVISIBLE or c < " " or "\x7f" <= c <= "\x9f" for c in text]
    assert [c == " " for c in layout.flat] == blank
    if layout.tidy:
        assert all(c in "\n\r " for c, is_blank in zip(text, blank, strict=True) if is_blank)
    elif text.isascii():
        assert any(c not in "\n\r " for c, is_blank in zip(text, blank, strict=True) if is_blank)
    for paragraph in layout.paragraphs:
        assert layout.flat[paragraph.start : paragraph.end] == paragraph.text == paragraph.text.strip()


@given(st.text("ab .'-\"é’\n", max_size=80))
def test_lines_that_only_one_sign_ends_are_those_of_any_text(text: str) -> None:
    flat, tidy, ended = layout._flattened(text)
    assert tidy
    assert layout._plain_lines(ended) == layout._any_lines(text, flat)


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_tidy_is_what_has_only_common_spaces_and_line_ends(text: str) -> None:
    found = lay_out(text)
    assert found.tidy == all(" " <= c <= "~" or c in "\r\n" for c in text)
    assert found.flat == "".join(c if " " <= c <= "~" else " " for c in text)
