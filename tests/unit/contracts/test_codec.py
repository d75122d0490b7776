"""Values to JSON bytes and back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from streams.contracts import codec
from streams.contracts.story import DateMention, Origin
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


@pytest.mark.parametrize("data", [b"", b"{", b'{"due": 5}', b'{"due": "soon"}', b"[]", b"{}"])
def test_what_does_not_fit_is_malformed(data: bytes) -> None:
    with pytest.raises(Rejected) as error:
        codec.decode(data, Wake)
    assert error.value.reason is Reason.MALFORMED


def test_a_lone_surrogate_does_not_encode() -> None:
    with pytest.raises(TypeError):
        codec.encode({"headline": "\ud800"})
