"""IPTC 7901, ZCZC and the lines that close a wire message."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from streams.contracts.story import Origin, RawMessage, RawStory
from streams.errors import Reason, Rejected
from streams.formats import iptc7901, read, zczc
from streams.formats.sniff import Message, open_message
from streams.formats.timeline import filed_at, sent_at
from tests.unit.formats.wire_samples import IPTC7901, ZCZC


def message(body: bytes) -> Message:
    return open_message(RawMessage(body, Origin("test"), None), 100_000)


def seven(body: bytes) -> tuple[RawStory, ...]:
    assert iptc7901.detect(message(body))
    return iptc7901.parse(message(body))


def test_7901_keeps_the_whole_message() -> None:
    (story,) = seven(IPTC7901)
    assert story.copy == IPTC7901.decode()
    assert (story.urgency, story.uri) == (4, None)
    assert story.version_created == datetime(2026, 3, 3, 11, 37, tzinfo=UTC)
    assert [alt.value for alt in story.alt_ids] == ["xyz0417"]
    assert story.warnings == ()


@pytest.mark.parametrize(
    "head",
    [
        b"\x01xyz0417 4 i 0093  xyz 1888\r\n",
        b"xyz0417 4 i 0093\r\n",
        b"\x01bsf025 3 ec 121   etf 967\r\n\r\n",
        b"\x01eca100 9 s 586 ccccb   dpa 099\r\n",
        b"\x00\x00\x01tas0001 2 pl 120 Freedonia-port/politics\r\n",
        b"\x01kyo0099 1 I 44\n",
        b"\x01TX-LON-0412 4 i 210\r\n\r\n",
    ],
)
def test_7901_heads(head: bytes) -> None:
    (story,) = seven(head + b"\x02Pilots back =\r\n\r\nThey went back.\r\n\x03031137 GMT Mar 26\r\n\x04")
    assert story.urgency == (int(head.split()[1]) if b" 9 " not in head else None)
    assert story.warnings == ()


def test_7901_without_end_is_warned_of() -> None:
    (story,) = seven(IPTC7901[: IPTC7901.index(b"dpa jro")])
    assert any("ETX" in warning for warning in story.warnings)


def test_7901_several_in_one_message() -> None:
    found = seven(IPTC7901 + IPTC7901.replace(b"0417", b"0418"))
    assert [(s.index, s.alt_ids[0].value) for s in found] == [(0, "xyz0417"), (1, "xyz0418")]
    assert "xyz0418" not in found[0].copy


def test_7901_nothing_below_the_head() -> None:
    with pytest.raises(Rejected) as caught:
        seven(b"\x01xyz0417 4 i 0093\r\n\x02 \r\n\x03")
    assert caught.value.reason is Reason.NO_STORY


@pytest.mark.parametrize(
    "body",
    [
        b"Pilots back\n\nabc0417 4 i 93\n",
        b"2026 3 march\n",
        b"AB12 9 lives of a cat, and more;\n",
        b"TX-LON-0412 4 i 210\n",
    ],
)
def test_7901_is_not_seen_elsewhere(body: bytes) -> None:
    assert not iptc7901.detect(message(body))


@pytest.mark.parametrize("charset", ["utf-8", "latin-1", "cp1252", "cp850"])
def test_7901_charsets(charset: str) -> None:
    text = "\x01xyz0417 4 i 93\r\n\x02Müller für größere Häfen =\r\n\r\nDie Häfen würden schöner, sagte Müller.\r\n\x03"
    (story,) = seven(text.encode(charset))
    assert story.copy == text


def test_zczc() -> None:
    (story,) = read(RawMessage(ZCZC, Origin("test")), 100_000)
    assert (story.format, story.headline) == ("zczc", "Harbour pilots go back to work")
    assert (story.slugline, story.dateline) == ("Pilots_BC1", "PORT SARNIA")
    assert story.copy.startswith("Harbour pilots have gone back")
    assert story.copy.endswith("AAP RTV")
    assert story.warnings == ()


def test_zczc_a_category_is_no_headline() -> None:
    body = (
        b"   ZCZC AAP\r\n%MGD\r\n$K\r\n:\r\n:Port Office\r\n*X\r\nPilots are back, says the port office\r\n"
        b"The pilots of Freedonia are back.\r\nForty ships came in.\r\n\r\nNNNN\r\n"
    )
    (story,) = read(RawMessage(body, Origin("test")), 100_000)
    assert story.headline == "Pilots are back, says the port office"
    assert story.copy == "The pilots of Freedonia are back.\r\nForty ships came in."


def test_zczc_several_and_one_without_end() -> None:
    found = read(RawMessage(ZCZC + ZCZC.replace(b"NNNN", b""), Origin("test")), 100_000)
    assert [s.index for s in found] == [0, 1]
    assert found[0].warnings == ()
    assert any("NNNN" in warning for warning in found[1].warnings)


def test_zczc_nothing_in_it() -> None:
    with pytest.raises(Rejected) as caught:
        zczc.parse(message(b"ZCZC AAP\r\n%A\r\n$\r\nNNNN\r\n"))
    assert caught.value.reason is Reason.NO_STORY


@pytest.mark.parametrize(
    ("line", "when", "warned"),
    [
        ("\n\x03031137 GMT Mar 26\r\n\x7f\x04", datetime(2026, 3, 3, 11, 37, tzinfo=UTC), False),
        ("\n\x03031137 mär 26 \r\n", datetime(2026, 3, 3, 11, 37, tzinfo=UTC), True),
        ("\n\x03031137 Mrz 26\r\n", datetime(2026, 3, 3, 11, 37, tzinfo=UTC), True),
        ("\n   XYZ 031137 GMT MAR 26\n", datetime(2026, 3, 3, 11, 37, tzinfo=UTC), False),
        ("\n1137 GMT 03 MAR 26\n", datetime(2026, 3, 3, 11, 37, tzinfo=UTC), False),
        ("\n\x03311137 GMT Feb 26\n", None, False),
        ("\n\x03031177 GMT Mar 26\n", None, False),
        ("no line", None, False),
    ],
)
def test_time_lines(line: str, when: datetime | None, warned: bool) -> None:
    found, warnings = sent_at("Copy.\n" + line)
    assert found == when
    assert bool(warnings) is warned


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("\x03AP-WF-03-03-26 1137GMT<\r\n", datetime(2026, 3, 3, 11, 37, tzinfo=UTC)),
        ("\x03AP-NY-03-03-26 0637EST<\r\n", datetime(2026, 3, 3, 11, 37, tzinfo=UTC)),
        ("\x03AP-NY-03-03-26 0637XYZ<\r\n", None),
        ("\x03AP-NY-13-03-26 0637GMT<\r\n", None),
    ],
)
def test_filing_times(line: str, when: datetime | None) -> None:
    assert filed_at("Copy.\n" + line)[0] == when
