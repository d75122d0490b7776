"""The books themselves: each thing that they must find is put in front of them once."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import pytest

from streams import pipeline
from streams.config import Settings
from streams.contracts import codec, headers, topics
from streams.contracts.story import Origin, RawMessage
from streams.loading import toolbox, windows
from tests.kafka.balance import ahead, balance, waited
from tests.kafka.books import SEND_HEADER, Books, Read
from tests.kafka.chains import Send, day

FIRST = Send("c/0", "c", b"first", "afp", "text/plain", "new")
SECOND = Send("c/1", "c", b"second", "afp", "text/plain", "update", "c/0")
BROKEN = Send("d/0", "d", b"half", "afp", "text/plain", "dead")
SENDS = {send.name: send for send in (FIRST, SECOND, BROKEN)}
RAW, STORIES, DESK = topics.RAW.name, topics.STORIES.name, "wire.desk.asia.v1"


def record(
    topic: str,
    offset: int,
    value: bytes | None,
    sent: list[tuple[str, bytes]] | None = None,
    at: float = 10.0,
    key: bytes = b"u",
) -> Read:
    return Read(topic, 0, offset, at, key, value, sent or [])


def story(offset: int, version: str, relation: str, of: str | None = None, **more: Any) -> bytes:
    return codec.encode(
        {
            "item": {"uri": "u", "version": version},
            "relation": relation,
            "of": {"uri": "u", "version": of} if of else None,
            "restates": None,
            "kind": "story",
            "desks": ["asia"],
            "provenance": {"input": f"{RAW}/0/{offset}"},
            "processed": "2026-03-10T06:00:00Z",
        }
        | more
    )


def entry(offset: int) -> Read:
    return record("wire-identity-changelog", offset, b"{}", key=f"0/en/{RAW}/0/{offset}#0".encode())


def normalised(offset: int) -> Read:
    origin = {"name": RAW, "partition": 0, "offset": offset}
    return record(topics.NORMALISED.name, offset, codec.encode({"provenance": {"origin": origin}}))


def good() -> list[Read]:
    """A run in which all went well: a story, its update, a dead letter."""
    read = [record(RAW, n, s.body, [(SEND_HEADER, s.name.encode())], at=5.0) for n, s in enumerate(SENDS.values())]
    versions = (story(0, "1", "new"), story(1, "2", "update", "1"))
    read += [record(topic, n, v) for topic in (STORIES, topics.LATEST.name, DESK) for n, v in enumerate(versions)]
    read += [normalised(0), normalised(1), entry(0), entry(1)]
    where = {"topic": RAW, "partition": "0", "offset": "2"}
    letter = [(f"{headers.DEAD_PREFIX}{name}", value.encode()) for name, value in where.items()]
    return [*read, record(topics.DEAD_LETTERS.name, 0, BROKEN.body, letter, key=b"d")]


def books(read: list[Read]) -> Books:
    made = Books()
    made.add(read)
    return made


def test_a_run_in_which_all_went_well_balances() -> None:
    found = balance(books(good()), SENDS)
    assert (found.fed, found.published, found.dead, found.repeated) == (3, 2, 1, 0)
    assert found.lost == found.wrong == ()
    assert ahead(books(good()), {(RAW, 0): 3, (topics.NORMALISED.name, 0): 2}) == []


def test_a_repeated_record_is_counted_and_is_not_wrong() -> None:
    found = balance(books([*good(), record(STORIES, 2, story(0, "1", "new", processed="later"))]), SENDS)
    assert (found.repeated, found.wrong) == (1, ())


def without(topic: str, offset: int) -> list[Read]:
    return [r for r in good() if (r.topic, r.offset) != (topic, offset)]


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (without(STORIES, 1), "c/1 .*nothing came of it"),
        (without(topics.DEAD_LETTERS.name, 0), "d/0 .*nothing came of it"),
        (without(RAW, 1), "c/1: not in the raw topic"),
    ],
)
def test_what_is_lost_is_found(read: list[Read], said: str) -> None:
    lost = balance(books(read), SENDS).lost
    assert len(lost) == 1
    assert re.match(said, lost[0])


@pytest.mark.parametrize(
    ("read", "said"),
    [
        ([*without(STORIES, 1), record(STORIES, 1, story(1, "2", "new"))], "new, must be update"),
        ([*without(STORIES, 1), record(STORIES, 1, story(1, "2", "update", "7"))], "must be of c/0"),
        ([*good(), record(STORIES, 2, story(0, "1", "new", kind="alert"))], "2 contents"),
        ([*good(), record(STORIES, 2, story(0, "3", "new"))], "answered under 2 versions"),
        (without(DESK, 1), "missing on .*asia"),
        (without(topics.LATEST.name, 1), "ends with version 1, the newest is 2"),
        ([*good(), record(topics.LATEST.name, 2, story(0, "1", "new"))], "ends with version 1"),
        ([*good(), record(RAW, 9, b"", [(SEND_HEADER, b"x")]), record(STORIES, 9, story(9, "1", "new"))], "nobody fed"),
    ],
)
def test_what_is_wrong_is_found(read: list[Read], said: str) -> None:
    wrong = balance(books(read), SENDS).wrong
    assert any(re.search(said, one) for one in wrong), wrong


def test_a_dead_letter_that_was_altered_is_wrong() -> None:
    read = good()
    read[-1] = Read(*(read[-1].topic, 0, 0, 1.0, b"d", b"other", read[-1].headers))
    assert balance(books(read), SENDS).wrong == ("d/0: not byte for byte in the dead letters",)


def test_an_embargo_that_was_broken_is_wrong() -> None:
    until = datetime.fromtimestamp(11.0, UTC)
    sends = {**SENDS, "c/0": Send("c/0", "c", b"first", "afp", "text/plain", "new", release=until)}
    assert any("before its embargo" in one for one in balance(books(good()), sends).wrong)


@pytest.mark.parametrize(
    ("topic", "offset", "said"),
    [
        (topics.NORMALISED.name, 1, "not normalised"),
        (STORIES, 1, "not published"),
        ("wire-identity-changelog", 1, "not in the state"),
    ],
)
def test_what_is_acknowledged_and_not_durable_is_found(topic: str, offset: int, said: str) -> None:
    read = books(without(topic, offset))
    committed = {(RAW, 0): 3, (topics.NORMALISED.name, 0): 2}
    found = ahead(read, committed)
    assert len(found) == 1
    assert said in found[0]
    assert ahead(read, {(RAW, 0): 1, (topics.NORMALISED.name, 0): 1}) == []


def test_a_wait_is_counted_from_the_end_of_the_fault() -> None:
    assert waited(books(good()), []) == 5.0
    assert waited(books(good()), [7.0]) == 3.0
    assert waited(books(good()), [7.0, 12.0]) == 3.0
    assert waited(books(good()), [], frozenset({"c/0", "c/1"})) == 0.0


def test_what_is_expected_of_the_chains_is_what_happens_when_nothing_goes_wrong() -> None:
    """The same functions, in one process, with no broker: the control of every row."""
    settings, now = Settings(), datetime(2026, 3, 10, tzinfo=UTC)
    sends = list(islice(day(), 600))
    messages = [RawMessage(s.body, Origin(s.name), s.source, s.content_type, arrived=now) for s in sends]
    lines = pipeline.process(messages, toolbox(settings), windows(settings), lambda: now)
    published: dict[str, tuple[str, str]] = {}
    for send, line in zip(sends, lines, strict=True):
        if send.fate == "dead":
            assert line.outcome == "rejected", send.name
            continue
        record = codec.loads(codec.encode(line.record))
        of = record["of"] and (record["of"]["uri"], record["of"]["version"])
        assert (record["relation"], of) == (send.fate, published[send.of] if send.of else None), send.name
        published[send.name] = record["item"]["uri"], record["item"]["version"]
    assert {send.fate for send in sends} == {"new", "update", "duplicate", "correction", "kill", "dead"}
