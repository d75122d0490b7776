"""Detection and refusal."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.contracts.story import Origin, RawMessage, RawStory
from streams.errors import Reason, Rejected
from streams.formats import read

CAP = 50_000


def raw(body: bytes | str, source: str | None = "afp", content_type: str | None = None) -> RawMessage:
    data = body.encode() if isinstance(body, str) else body
    return RawMessage(data, Origin("test"), source, content_type, datetime(2026, 3, 3, 12, tzinfo=UTC))


def one(body: bytes | str, source: str | None = "afp", content_type: str | None = None) -> RawStory:
    (story,) = read(raw(body, source, content_type), CAP)
    return story


def reason(body: bytes | str, content_type: str | None = None) -> Reason:
    with pytest.raises(Rejected) as caught:
        read(raw(body, content_type=content_type), CAP)
    assert caught.value.detail
    return caught.value.reason


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", Reason.EMPTY),
        (b" \r\n\t ", Reason.EMPTY),
        (b"\xef\xbb\xbf \n", Reason.EMPTY),
        (b"a" * (CAP + 1), Reason.TOO_LARGE),
        (b"%PDF-1.7\n%\xe2\xe3", Reason.BINARY),
        (b"\n%PDF-1.7\n", Reason.BINARY),
        (b"\x89PNG\r\n\x1a\n0000", Reason.BINARY),
        (b"\xff\xd8\xff\xe0 JFIF", Reason.BINARY),
        (gzip.compress(b"copy", mtime=0), Reason.BINARY),
        (b"PK\x03\x04 archive", Reason.BINARY),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", Reason.BINARY),
        (bytes(range(32)) * 8, Reason.BINARY),
        (b"{\\rtf1\\ansi copy}", Reason.UNSUPPORTED),
        (b'<?xml version="1.0"?><nitf/>', Reason.NO_STORY),
        (b'<?xml version="1.0"?><gpx/>', Reason.UNSUPPORTED),
        (b"<html><body></body></html>", Reason.NO_STORY),
        (b'{"a": {"b": 1}}', Reason.UNSUPPORTED),
        (b'[{"x": 1}]', Reason.UNSUPPORTED),
        (b'{"type": "picture", "headline": "A boat", "uri": "urn:x:1"}', Reason.UNSUPPORTED),
        (b'{"headline": "Pilots ret', Reason.MALFORMED),
        (b'{"uri":', Reason.MALFORMED),
        (b'{"headline": "", "uri": "urn:x:1"}', Reason.NO_STORY),
        (b'{"uri": "urn:x:1", "versioncreated": "2026-03-03T10:00:00Z", "body_text": " ** "}', Reason.NO_STORY),
        (b"*** --- ***", Reason.NO_STORY),
        (b"___ _", Reason.NO_STORY),
        (b'{"headline": ' + b"[" * 20_000, Reason.UNSAFE),
        (b'{"headline": ' + b'{"a":' * 200 + b"1" + b"}" * 201, Reason.UNSAFE),
        (b'{"headline": ' + b"9" * 9000 + b"}", Reason.MALFORMED),
    ],
)
def test_refused(body: bytes, why: Reason) -> None:
    assert reason(body) is why


def test_brackets_inside_strings_are_not_nesting() -> None:
    assert one(json.dumps({"headline": "[" * 500, "body_text": 'a "quoted\\" word' + "{" * 500})).headline == "[" * 500


@pytest.mark.parametrize(
    ("body", "format_"),
    [
        ("Pilots back\n\nThey went back to work.\n", "plain"),
        ("<XYZ> SAYS PROFIT RISES\n    LONDON, March 3 - <Xyz Plc> said profit rose.\n Reuter\n", "plain"),
        ("[Corrected] Pilots back\n\nThey went back.\n", "plain"),
        ("{curly} is a name\n\nThey went back.\n", "plain"),
        ("Pilots back\n\nPublished: March 3, 2026\n\nThey went back.\n\n© 2026 AFP\n", "republished"),
        (
            "Pilots\n\nBoats. PHOTO: AFP\n\nSARNIA • They went back.\n\nAFP\n\nSubscribe to our newsletter.\n",
            "republished",
        ),
        ('{"headline": "Pilots back", "body_text": "They went back."}', "ninjs"),
        (' \n{"headlines": [{"value": "Pilots back"}]}', "ninjs"),
    ],
)
def test_detected_by_content(body: str, format_: str) -> None:
    assert one(body, content_type="application/octet-stream").format == format_


@pytest.mark.parametrize(
    "habit",
    [
        "Stand 3.3.2026, says the office.\nIt will stand: never",
        "PUBLIÉE LE 3 MARS",
        "  Follow the port on WhatsApp",
        "(c) Harbour Gazette",
        "A version of this story first appeared elsewhere.",
        "The Aurora in dock. picture : Harbour Gazette\nXphoto: none",
        "Read\t: How pilots work\nThey read: more",
        "See also : pilots",
        "Comments(12)\nThey share it",
        "12 minutes read\nThey share it",
        "Advertisement\t",
        "Tuesday 3 March 2026 10.30 a.m.\nI am back",
        "Harbour Gazette | 3 March 2026",
        "Already a subscriber? Log in",
        "Archivado en",
        "View comments (12)",
    ],
)
@pytest.mark.parametrize("around", ["Pilots went back.", "Straße frei, so die Lotsen.", "İ" * 90, ""])
def test_two_habits_of_sites_make_a_republished_text(habit: str, around: str) -> None:
    copy = f"{around}\nPilots back at Sarnia after nine days\n{{}}\n{around}\n"
    assert one(copy.format(habit), content_type="text/plain").format == "plain"
    assert one(copy.format(f"{habit}\nSARNIA • Pilots went back."), content_type="text/plain").format == "republished"


@pytest.mark.parametrize("habit", ["Stand 3.3.2026, stand: never", "(c) Gazette", "read: more", "Advertisement"])
def test_a_habit_counts_at_the_start_of_its_line_alone(habit: str) -> None:
    copy = "Pilots back at Sarnia after nine days\n{}\nSARNIA • Pilots went back.\n"
    assert one(copy.format(f"{habit} x\n  {habit}"), content_type="text/plain").format == "republished"
    assert one(copy.format(f"The sign said {habit}"), content_type="text/plain").format == "plain"


@pytest.mark.parametrize(
    ("first", "format_"),
    [
        ("Home > World > Europe", "republished"),
        ("Accueil » Monde", "republished"),
        ("Startseite / Politik", "republished"),
        ("World | Africa", "republished"),
        ("Freedonia / Libertonia", "plain"),
        ("Freedonia-strike/3rd lead/", "plain"),
        ("Pilots > 40 ships, says port", "plain"),
    ],
)
def test_the_path_of_a_page_on_top_is_proof_by_itself(first: str, format_: str) -> None:
    assert one(f"{first}\n\nPilots back at Sarnia\n\nPilots went back.\n", content_type="text/plain").format == format_


def test_one_habit_among_many_short_lines_is_enough() -> None:
    short = "Skip\n\nPorts\n\nPilots back at Sarnia\n\nHarbour life\n\nFerries\n\n"
    copy = short + "Pilots went back to work on Monday after nine days.\n\n{}\n"
    assert one(copy.format("Archivado en"), content_type="text/plain").format == "republished"
    assert one(copy.format("They went back"), content_type="text/plain").format == "plain"
    assert one("Pilots went back.\n\nArchivado en\n", content_type="text/plain").format == "plain"


def test_text_formats_keep_every_character() -> None:
    body = "\x01xyz0417 4 i 0123\r\n\r\nA\x00B “quote” \u200b\r\n\x03031137 GMT Mar 26\r\n"
    story = one(body)
    assert story.copy == body
    assert story.urgency == 4
    assert story.version_created == datetime(2026, 3, 3, 11, 37, tzinfo=UTC)
    assert story.uri is None


def test_the_other_time_line() -> None:
    sent = one("Pilots back\n\nThey went back.\n\n1930 GMT 11 MAR 26\n").version_created
    assert sent == datetime(2026, 3, 11, 19, 30, tzinfo=UTC)
    assert one("Pilots back\n\nThey went back.\n\n1930 GMT 31 FEB 26\n").version_created is None


def test_charset_comes_from_the_content_type() -> None:
    assert one("Дворец и порт".encode("koi8-r"), content_type="text/plain; charset=koi8-r").copy == "Дворец и порт"
    guessed = one(b"caf\xe9 at the port")
    assert guessed.copy == "café at the port"
    assert guessed.warnings


NAMES = (
    "headline headlines bodies value body_html body_text uri altIds role place pubStatus urgency embargoed type item"
)
PROPERTIES = st.sampled_from(NAMES.split())
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PROPERTIES, inner, max_size=5),
    max_leaves=14,
)


@settings(max_examples=80, deadline=None)
@given(JSON)
def test_any_json_is_read_or_rejected(value: object) -> None:
    try:
        stories = read(raw(json.dumps(value)), CAP)
    except Rejected:
        return
    assert stories


@pytest.mark.parametrize(
    ("clock", "format_"),
    [
        ("Jane Roe, March 3, 2026, 11:37 am", "republished"),
        ("Tuesday 3 March 1999 at 9.05 p.m.", "republished"),
        ("It happened on the third of March in 2026, 11:37 am", "plain"),
        ("March 3, 2026, one morning", "plain"),
    ],
)
def test_a_line_with_year_and_clock_is_a_habit_of_sites(clock: str, format_: str) -> None:
    copy = f"Pilots back at work am pm\n\n{clock}\n\nSARNIA • Pilots went back; 19 of 20 ships sailed.\n"
    assert one(copy, content_type="text/plain").format == format_
