"""The feed's stories that other tags would change: the newest of each uri, once, in the window; and their sending."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from streams import config, pipeline
from streams.contracts import codec, headers
from streams.contracts.record import StoryRecord
from streams.contracts.retag import Retag
from streams.contracts.story import Origin, RawMessage
from streams.errors import UsageError
from streams.feeds import retagging
from streams.feeds.retagging import Looked, Window
from streams.feeds.subscribing import Consumed
from streams.identity import IdentitySettings
from streams.loading import toolbox
from streams.places.desks import Desk, load_desks

COPY = """Ferry sinks off Peru

LIMA, March 3 (AFP) - A Peruvian ferry sank off Callao on Tuesday, the navy in Lima said, and Chile sent two ships.

All 40 people on board the ferry were saved by fishing boats from the port, officials said.
"""
NOTICE = """KILL: Ferry sinks off Peru

LIMA, March 3 (AFP) - Please disregard the item headlined "Ferry sinks off Peru". It was wrong.
"""
CLOCK = datetime(2026, 3, 10, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def tools() -> pipeline.Toolbox:
    return toolbox(config.Settings())


@pytest.fixture(scope="module")
def records(tools: pipeline.Toolbox) -> tuple[StoryRecord, StoryRecord]:
    """A story, and the kill of it."""
    inputs = [RawMessage(copy.encode(), Origin("test", 0, n), "afp") for n, copy in enumerate((COPY, NOTICE))]
    lines = pipeline.process(inputs, tools, IdentitySettings(), lambda: CLOCK)
    story, kill = (line.record for line in lines)
    assert story is not None
    assert kill is not None
    assert (story.relation, kill.relation) == ("new", "kill")
    return story, kill


@pytest.fixture
def south(tmp_path: Path) -> tuple[Desk, ...]:
    path = tmp_path / "desks.toml"
    path.write_text('[south]\ntitle = "South"\ncountries = ["PE"]\n')
    return load_desks(path)


def consumed(key: str, offset: int, value: bytes | None = b"{}", partition: int = 0, at: float = 100.0) -> Consumed:
    return Consumed("wire.latest.v1", partition, offset, at, at, key.encode(), value, [])


@dataclass
class Topic:
    """``wire.latest.v1`` without a broker: the records, and what each reading asked for."""

    records: list[Consumed]
    sought: list[float] = field(default_factory=list)
    readings: int = 0

    def __call__(self, _settings: object, names: Iterable[str], from_beginning: bool) -> Topic:
        assert list(names) == ["wire.latest.v1"]
        assert from_beginning
        self.readings += 1
        return self

    def __enter__(self) -> Topic:
        return self

    def __exit__(self, *_exception: object) -> None:
        return None

    def seek(self, since: float) -> None:
        self.sought.append(since)

    def standing(self) -> list[Consumed]:
        return self.records


@pytest.fixture
def newest(monkeypatch: pytest.MonkeyPatch) -> Any:
    def read(topic: Topic, window: Window = Window()) -> list[tuple[int, int]]:  # noqa: B008 - frozen
        monkeypatch.setattr(retagging, "Subscriber", topic)
        return [(one.partition, one.offset) for one in retagging.newest(config.Settings(), window)]

    return read


def test_only_the_last_record_of_a_uri_counts(newest: Any) -> None:
    topic = Topic([consumed("a", 0), consumed("b", 1), consumed("a", 2), consumed("c", 0, partition=1)])
    assert newest(topic) == [(0, 1), (0, 2), (1, 0)]
    assert not topic.sought


def test_a_uri_that_was_emptied_is_gone(newest: Any) -> None:
    assert newest(Topic([consumed("a", 0), consumed("a", 1, value=None), consumed("b", 2)])) == [(0, 2)]


def test_what_comes_while_it_reads_is_not_waited_for(newest: Any) -> None:
    assert newest(Topic([consumed("a", 0), consumed("b", 1, at=1e12)])) == [(0, 0)]


def test_the_window_is_about_the_newest_version(newest: Any) -> None:
    """A story updated after the window is not looked at: the version in the window is no longer the newest."""
    records = [
        consumed("early", 0, at=50),
        consumed("in", 1, at=100),
        consumed("updated", 2, at=120),
        consumed("updated", 3, at=200),
        consumed("late", 4, at=200),
    ]
    topic = Topic(records)
    assert newest(topic, Window(100, 200)) == [(0, 1)]
    assert topic.sought == [100, 100], "it does not read the topic from its beginning"


def test_an_empty_window_is_read_once(newest: Any) -> None:
    topic = Topic([consumed("a", 0)])
    assert newest(topic, Window(since=500)) == []
    assert topic.readings == 1


def test_changed_stories_keep_what_they_were(
    records: tuple[StoryRecord, StoryRecord], tools: pipeline.Toolbox, south: tuple[Desk, ...]
) -> None:
    looked = Looked()
    topic = [consumed("a", n, codec.encode(record)) for n, record in enumerate(records)]
    [(published, wanted)] = retagging.changed(topic, tools.gazetteer, south, looked)
    assert published == records[0] == replace(wanted.record, desks=published.desks)
    assert wanted.record.desks == ("south",)
    assert wanted.shard == "en"
    assert wanted.before.desks == published.desks
    assert wanted.before.countries == tuple(tag.code for tag in published.countries)
    assert (looked.stories, looked.counts) == (2, {"changed": 1, "killed": 1})


def test_the_same_gazetteer_and_desks_change_nothing(
    records: tuple[StoryRecord, StoryRecord], tools: pipeline.Toolbox
) -> None:
    looked = Looked()
    topic = [consumed("a", 0, codec.encode(records[0]))]
    assert not list(retagging.changed(topic, tools.gazetteer, tools.desks, looked))
    assert looked.counts == {"unchanged": 1}


def test_copy_too_short_for_a_language_has_the_shard_it_was_decided_in(
    records: tuple[StoryRecord, StoryRecord], tools: pipeline.Toolbox
) -> None:
    item = {name: value for name, value in records[0].item.items() if name != "language"}
    assert retagging.asked(replace(records[0], item=item), tools.gazetteer, tools.desks).shard == "en"


def test_what_is_no_record_is_named(tools: pipeline.Toolbox) -> None:
    with pytest.raises(UsageError, match=r"wire\.latest\.v1/0/7: no enriched record"):
        list(retagging.changed([consumed("a", 7)], tools.gazetteer, tools.desks, Looked()))


def test_they_are_sent_marked_to_their_shards_and_no_faster_than_asked(
    records: tuple[StoryRecord, StoryRecord], tools: pipeline.Toolbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[str, bytes, bytes, headers.Headers]] = []
    slept: list[float] = []

    class Feeder:
        messages = 0

        def __init__(self, _settings: object) -> None: ...
        def __enter__(self) -> Feeder:
            return self

        def __exit__(self, *_exception: object) -> None:
            self.messages = len(sent)

        def put(self, topic: str, key: bytes, value: bytes, kind: headers.Headers, _name: str) -> None:
            sent.append((topic, key, value, kind))

    monkeypatch.setattr(retagging, "Feeder", Feeder)
    wanted = retagging.asked(records[0], tools.gazetteer, tools.desks)
    assert retagging.send([wanted, wanted], config.Settings(), rate=10.0, sleep=slept.append) == 2
    topic, key, value, kind = sent[0]
    assert (topic, key) == ("wire.normalised.v1", b"en")
    assert kind == [("newswire-record", b"retag")]
    assert codec.decode(value, Retag) == wanted
    [pause] = slept
    assert 0.05 < pause <= 0.1
