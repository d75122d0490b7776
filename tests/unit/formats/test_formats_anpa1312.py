"""ANPA 1312."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from streams.contracts.story import Origin, RawMessage, RawStory
from streams.errors import Rejected
from streams.formats import read
from streams.formats.anpa_text import paragraphs, tidy
from tests.unit.formats.wire_samples import ANPA


def stories(body: bytes) -> tuple[RawStory, ...]:
    return read(RawMessage(body, Origin("test"), None), 100_000)


def one(body: bytes) -> RawStory:
    (story,) = stories(body)
    return story


def test_all_of_a_transmission() -> None:
    story = one(ANPA)
    assert (story.format, story.headline) == ("anpa1312", "Harbor pilots of Freedonia go back to work")
    assert story.slugline == "BC-Freedonia--Harbor Pilots, 1st Ld-Writethru"
    assert story.by == "By JANE ROE and JOHN DOE"
    assert story.ed_note == "AP Photo XFR101, XFR102\nEds: UPDATES with quotes. With AP Photos."
    assert story.captions == ("The harbor pilots of Freedonia went back to work after nine days on strike.",)
    assert story.copy == (
        "PORT SARNIA, Freedonia (AP) — Harbor pilots went back to work — slowly — at dawn.\n\n"
        "“They asked for engines that start,” the port director said."
    )
    assert story.urgency == 3
    assert story.version_created == datetime(2026, 3, 3, 11, 37, tzinfo=UTC)
    assert story.uri is None
    assert [alt.value for alt in story.alt_ids] == ["f0417"]
    assert story.warnings == ()


def test_an_embargo_in_the_head_is_a_note() -> None:
    note = b"HFR: Eds: Embargoed for release at 4 p.m. EST Tuesday, March 3."
    assert (one(ANPA.replace(b"^Eds:", b"^" + note + b"<\r\n^Eds:")).ed_note or "").splitlines()[1] == note.decode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"^", b"\x1e"),  # the rail that some relays send
        (b"\r\n", b"\n"),
        (b"< \r\n", b"<\r\n"),
        (b"\x16\x16\x01", b"\x01"),
        (b"\x16\x16\x01", b""),
        (b"417\x1f-----", b"417\x1fasian"),
    ],
)
def test_dialects_say_the_same(old: bytes, new: bytes) -> None:
    usual, other = one(ANPA), one(ANPA.replace(old, new))
    for name in ("headline", "slugline", "by", "ed_note", "captions", "copy", "urgency", "version_created"):
        assert getattr(other, name) == getattr(usual, name)


def test_without_its_control_characters() -> None:
    bare = ANPA[ANPA.index(b"^BC-") :].replace(b"\x03", b"").replace(b"\x04", b"").replace(b"\x0c", b"")
    story = one(bare)
    assert (story.format, story.slugline) == ("anpa1312", "BC-Freedonia--Harbor Pilots, 1st Ld-Writethru")
    assert story.version_created == datetime(2026, 3, 3, 11, 37, tzinfo=UTC)
    assert "AP-WF" not in story.copy


def test_broken_off_before_its_end() -> None:
    story = one(ANPA[: ANPA.index(b"``They")])
    assert story.copy.endswith("— at dawn.")
    assert any("ETX" in warning for warning in story.warnings)
    assert story.version_created is None


def test_lines_that_open_with_a_rail_are_paragraphs_of_their_own() -> None:
    body = ANPA[: ANPA.index(b"^AP Photo")].replace(b"\x02^BC", b"\x02^*9006< ^BC")
    story = one(
        body + b"^Ferry aground off the islands\r\n^Mayor of Port Sarnia resigns\r\n\t   \x03AP-WF-03-03-26 0637EST<"
    )
    assert story.slugline == "BC-Freedonia--Harbor Pilots, 1st Ld-Writethru"
    assert story.copy == "Ferry aground off the islands\n\nMayor of Port Sarnia resigns"
    assert story.version_created == datetime(2026, 3, 3, 11, 37, tzinfo=UTC)


def test_several_in_one_message() -> None:
    second = ANPA.replace(b"f0417", b"f0418").replace(b"go back", b"walk out")
    found = stories(ANPA + second)
    assert [(s.index, s.headline) for s in found] == [
        (0, "Harbor pilots of Freedonia go back to work"),
        (1, "Harbor pilots of Freedonia walk out to work"),
    ]


def test_the_keyword_line_is_the_slug_where_no_other_is() -> None:
    head = b"\x16\x16\x01f0001\x1f-----\r\nb w\x13\x11 BC-Freedonia-Quake    03-03 0012\r\n"
    story = one(head + b"\x02\t   PORT SARNIA _ A quake.\r\n\x03")
    assert (story.headline, story.slugline, story.urgency) == (None, "BC-Freedonia-Quake", 2)


@pytest.mark.parametrize(
    "headline",
    [
        "Video shows ferry aground", "Flash floods hit Freedonia", "Correction: Harbor story", "Embargo on grain off",
        "Advance Parts profit rises", "Editor of harbor paper jailed", "Killer whale seen off Port Sarnia",
        "BC premier visits Freedonia", "Bylaw passed by council",
    ],
)  # fmt: skip
def test_a_headline_is_no_note(headline: str) -> None:
    story = one(ANPA.replace(b"Harbor pilots of Freedonia go back to work", headline.encode()))
    assert story.headline == headline


def test_nothing_in_it() -> None:
    with pytest.raises(Rejected):
        stories(b"\x16\x16\x01f0001\x1f-----\r\nb w\x13\x11\r\n\x02\r\n\x03\r\n")


def test_type_codes() -> None:
    assert tidy("``We\x1fsail _ `today'''' \x12\x13") == "“We sail — ‘today””"
    assert tidy("snake_case __init__ a_b") == "snake_case __init__ a_b"


@pytest.mark.parametrize(
    ("text", "tabular", "rows"),
    [
        (
            "  Ship       Tons\r\n  Ann ...... 1,200\r\n  Bee          900\r\n",
            True,
            ["Ship | Tons", "Ann | 1,200", "Bee | 900"],
        ),
        ("The ships:\r\n\r\nAnn    1,200\r\nBee      900\r\n", False, ["The ships:", "Ann | 1,200", "Bee | 900"]),
        ("\tOne.\r\n\tTwo.\r\n", False, ["One.", "Two."]),
    ],
)
def test_tables(text: str, tabular: bool, rows: list[str]) -> None:
    assert paragraphs(text, tabular) == rows
