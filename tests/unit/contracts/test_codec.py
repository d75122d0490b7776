"""Values to JSON bytes and back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

import msgspec
import orjson
import pytest

from streams.contracts import codec
from streams.contracts.story import DateMention, Origin, RegionTag
from streams.contracts.wake import Wake
from streams.errors import Reason, Rejected


@dataclass(frozen=True)
class Nested:
    days: tuple[DateMention, ...]
    origin: Origin | None


def test_a_value_comes_back_equal() -> None:
    value = Nested((DateMention("body", 0, 6, "Monday", date(2026, 3, 9)),), Origin("t", 1, 2))
    assert codec.decode(codec.encode(value), Nested) == value


def test_times_travel_in_utc() -> None:
    assert codec.encode(Wake(datetime(2026, 3, 10, 9, tzinfo=UTC))) == b'{"due":"2026-03-10T09:00:00Z"}'


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b'{"due": 5}',
        b'{"due": "soon"}',
        b"[]",
        b"{}",
        b"null",
        b'{"due": "\xff"}',
        b"\xef\xbb\xbf{}",
        b'{"due": "2026-03-10T09:00:00Z"} {}',
        b'{"due": "2026-03-10T09:00:00Z", "more": ' + b"[" * 100_000,
    ],
)
def test_what_does_not_fit_is_malformed(data: bytes) -> None:
    with pytest.raises(Rejected) as error:
        codec.decode(data, Wake)
    assert error.value.reason is Reason.MALFORMED


def test_a_lone_surrogate_does_not_encode() -> None:
    with pytest.raises(TypeError):
        codec.encode({"headline": "\ud800"})


def test_a_lone_surrogate_in_a_story_does_not_encode() -> None:
    with pytest.raises(TypeError):
        codec.encode(DateMention("body", 0, 6, "\udfff", date(2026, 3, 9)))


@pytest.mark.parametrize(
    "value",
    [
        DateMention("body", 0, 6, '\x00\x07\b\t\n\f\r\x1b"\\/\x7f\u2028é😀', date(1999, 12, 31)),
        Wake(datetime(2026, 3, 10, 9, 0, 0, 120, tzinfo=UTC)),
        Wake(datetime(2026, 3, 10, 9, tzinfo=timezone(timedelta(hours=2)))),
        RegionTag("002", "m49", "Africa", 0.1 + 0.2),
        RegionTag("002", "m49", "Africa", 1.0),
        RegionTag("002", "m49", "Africa", 1e-7),
        Origin("t"),
        {"a": [1, None, True, {"b": (2.5, "x")}]},
    ],
)
def test_both_encoders_write_the_same_bytes(value: object) -> None:
    assert codec.encode(value) == orjson.dumps(value, msgspec.structs.asdict, option=orjson.OPT_UTC_Z)


def test_people_get_the_same_values() -> None:
    value = Nested((DateMention("body", 0, 6, "Monday", date(2026, 3, 9)),), Origin("t", 1, 2))
    assert codec.loads(codec.encode_pretty(value)) == codec.loads(codec.encode(value))
    with pytest.raises(TypeError):
        codec.encode_pretty(object())
