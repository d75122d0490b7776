"""Dead letters: read from their headers, chosen, sent back unchanged, and not for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

from streams import config
from streams.contracts import headers
from streams.contracts.headers import REPLAYS
from streams.contracts.story import Origin
from streams.errors import Reason, UsageError
from streams.feeds import deadletters
from streams.feeds.deadletters import Letter, Wanted, letter_of, send, sort_out, superseding
from streams.feeds.subscribing import Consumed

CAME_FROM = Origin("wire.raw.v1", 2, 4711)
OWN: headers.Headers = [("source", b"afp"), ("x-of-the-feeder", b"\xff kept"), ("source", b"reuters")]


def record(
    offset: int = 0,
    own: headers.Headers = OWN,
    reason: Reason = Reason.MALFORMED,
    value: bytes | None = b"<nitf>",
    key: bytes | None = b"afp",
    origin: Origin = CAME_FROM,
    time: float = 1000.0,
) -> Consumed:
    sent = headers.for_dead_letter(own, reason, "broke off", "XMLSyntaxError", origin, "0.1.0")
    return Consumed("wire.raw.v1.dlq", 2, offset, time, time, key, value, sent)


def test_a_letter_says_why_and_where_from() -> None:
    letter = letter_of(record(17))
    assert letter.id == "2/17"
    assert (letter.reason, letter.message, letter.exception) == ("malformed", "broke off", "XMLSyntaxError")
    assert (str(letter.origin), letter.version, letter.replays, letter.bytes) == ("wire.raw.v1/2/4711", "0.1.0", 0, 6)
    assert letter.source == "reuters", "as the agents read it: the last of that name"


def test_what_is_not_ours_is_read_too() -> None:
    letter = letter_of(replace(record(), headers=[("__streams.errors.partition", b"many")], value=None))
    assert (letter.reason, letter.origin, letter.bytes) == (None, None, None)
    assert sort_out([letter]).foreign == 1
    odd = [("__streams.errors.topic", b"wire.raw.v1"), ("__streams.errors.partition", "³".encode())]
    assert letter_of(replace(record(), headers=[*odd, ("__streams.errors.offset", b"9" * 5000)])).origin is None
    elsewhere = letter_of(record(origin=Origin("somebody.elses", 0, 1)))
    assert sort_out([elsewhere]).foreign == 1, "never sent to a topic that we do not read"


def test_the_headers_of_a_replay_are_its_own_and_a_count() -> None:
    dead = record().headers
    again = headers.for_replay(dead)
    assert again == [*OWN, (REPLAYS, b"1")]
    came_back = headers.for_dead_letter(again, Reason.MALFORMED, "x", None, Origin("wire.raw.v1", 2, 5000), "0.1.0")
    assert headers.replays_of(came_back) == 1
    assert headers.for_replay(came_back) == [*OWN, (REPLAYS, b"2")]


@pytest.mark.parametrize("said", [b"many", b"-3", b"", "³".encode(), b"9" * 5000])
def test_a_count_that_is_no_number_counts_as_none(said: bytes) -> None:
    assert headers.replays_of([(REPLAYS, said)]) == 0


LETTER = letter_of(record(17))


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (Wanted(), True),
        (Wanted(reasons=frozenset({"malformed", "empty"})), True),
        (Wanted(reasons=frozenset({"empty"})), False),
        (Wanted(source="reuters"), True),
        (Wanted(source="afp"), False),
        (Wanted(since=1000.0), True),
        (Wanted(since=1000.5), False),
        (Wanted(until=1000.0), False),
        (Wanted(origin="wire.raw.v1"), True),
        (Wanted(origin="wire.raw.v1/2"), True),
        (Wanted(origin="wire.raw.v1/2/4711"), True),
        (Wanted(origin="wire.raw.v1/2/47"), False),
        (Wanted(origin="wire.raw"), False),
        (Wanted(ids=frozenset({"2/17"})), True),
        (Wanted(ids=frozenset({"2/1"})), False),
    ],
)
def test_every_field_given_must_fit(wanted: Wanted, fits: bool) -> None:
    assert (LETTER in wanted) is fits


def returned(times: int, offset: int, **changes: Any) -> Letter:
    """The letter of a message that was sent again *times* and came back."""
    came_from = Origin("wire.raw.v1", 2, 5000 + offset)
    own = [*OWN, (REPLAYS, str(times).encode())]
    return letter_of(record(offset, own=own, time=1000.0 + offset, origin=came_from, **changes))


def test_a_message_that_came_back_is_sent_once_not_twice() -> None:
    first, second = superseding([returned(1, 8), letter_of(record(3))])
    assert (first.id, first.superseded, second.id, second.superseded) == ("2/3", True, "2/8", False)
    found = sort_out([first, second])
    assert (found.sendable, found.superseded) == ((second,), 1)


def test_a_message_that_was_read_twice_is_sent_once() -> None:
    """A worker died between the dead letter and its commit, or the group was set back."""
    first, again = superseding([letter_of(record(3)), letter_of(record(9, time=1009.0))])
    assert (first.superseded, again.superseded) == (True, False)
    foreign = [replace(letter, origin=None) for letter in (first, again)]
    assert not any(letter.superseded for letter in superseding(foreign))


def test_the_same_bytes_of_another_feeder_are_another_message() -> None:
    letters = superseding([returned(1, 8, key=b"reuters"), letter_of(record(3))])
    assert not any(letter.superseded for letter in letters)


def test_a_replay_ends() -> None:
    """Again and again, each time rejected: it is sent so often and no more."""
    letters, offset = [letter_of(record(0))], 0
    for expected in (1, 1, 1, 0):
        found = sort_out(superseding(letters), most=3)
        assert len(found.sendable) == expected
        for letter in found.sendable:
            offset += 1
            letters.append(returned(letter.replays + 1, offset))
    assert [letter.replays for letter in sort_out(superseding(letters), most=3).worn] == [3]
    assert len(sort_out(superseding(letters), most=4).sendable) == 1


@dataclass
class _Feeder:
    """Keeps what it is given."""

    put_: list[tuple[Any, ...]]

    def __enter__(self) -> _Feeder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def put(self, *given: Any) -> None:
        self.put_.append(given)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    topic = [record(0), record(1, value=None, key=None), record(2, value=b"\0\xff", origin=Origin("wire.raw.v1", 0, 9))]
    put: list[tuple[Any, ...]] = []

    def standing(settings: config.Settings, since: float | None) -> Iterator[Consumed]:
        yield from topic

    monkeypatch.setattr(deadletters, "_standing", standing)
    monkeypatch.setattr(deadletters, "Feeder", lambda settings: _Feeder(put))
    return put


def test_bytes_key_headers_and_partition_are_as_they_were(sent: list[tuple[Any, ...]]) -> None:
    letters = deadletters.read(config.Settings(), Wanted())
    assert send(letters[1:], config.Settings()) == 2
    again = [*OWN, (REPLAYS, b"1")]
    assert sent == [
        ("wire.raw.v1", None, None, again, "the dead letter 2/1", 2),
        ("wire.raw.v1", b"afp", b"\0\xff", again, "the dead letter 2/2", 0),
    ]


def test_a_rate_is_kept_from_the_second_on(sent: list[tuple[Any, ...]]) -> None:
    slept: list[float] = []
    send(deadletters.read(config.Settings(), Wanted()), config.Settings(), rate=2.0, sleep=slept.append)
    assert slept == pytest.approx([0.5, 1.0], abs=0.2)


def test_what_is_no_longer_there_is_not_counted(sent: list[tuple[Any, ...]]) -> None:
    assert send([replace(LETTER, offset=99)], config.Settings()) == 0
    assert send([], config.Settings()) == 0


@pytest.mark.parametrize("id_", ["17", "a/b", "2/-1", ""])
def test_an_id_that_is_none_is_said(id_: str) -> None:
    with pytest.raises(UsageError, match="PARTITION/OFFSET"):
        deadletters.fetch(config.Settings(), id_)


def test_the_page_lists_the_headers_that_are_there() -> None:
    page = (Path(__file__).parents[3] / "docs" / "operations.md").read_text(encoding="utf-8")
    rows = re.findall(rf"^\| `({re.escape(headers.DEAD_PREFIX)}\w+)` \| (.+) \|$", page, re.MULTILINE)
    assert dict(rows) == headers.DEAD_HEADERS
