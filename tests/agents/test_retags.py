"""A re-tag through the identify agent: where it goes, what is persisted and counted, what is never woken again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from streams import pipeline
from streams.agents.retags import topics_of
from streams.contracts import codec, headers, topics
from streams.contracts.record import StoryRecord
from streams.contracts.retag import Retag
from streams.contracts.story import CountryTag
from streams.feeds.generating import text
from streams.identity import tags_of
from tests.agents.conftest import ARRIVED, FakeMessage
from tests.agents.test_identify import Rig, embargoed

KENYA = CountryTag("KE", 0.9, ("focus",), ())
KIND = [(headers.RECORD_KIND, headers.RETAG)]


@pytest.fixture
def rig(toolbox: pipeline.Toolbox) -> Rig:
    return Rig(toolbox)


def published(rig: Rig, raw: bytes, offset: int = 0) -> StoryRecord:
    [delivered] = rig.run(rig.normalised(raw, offset, source="afp"))
    return codec.decode(delivered.outputs[0].value or b"", StoryRecord)


def message(record: StoryRecord, desks: tuple[str, ...], sent: Any = KIND) -> FakeMessage:
    """A re-tag of *record* to Kenya and to *desks*."""
    wanted = Retag("en", tags_of(record), replace(record, countries=(KENYA,), desks=desks))
    return FakeMessage(codec.encode(wanted), topic=topics.NORMALISED.name, offset=90, headers=sent)


def verdicts(rig: Rig) -> dict[str, float]:
    samples = [sample for metric in rig.metrics.registry.collect() for sample in metric.samples]
    return {s.labels["verdict"]: s.value for s in samples if s.name == "newswire_retags_total"}


def test_a_re_tag_goes_to_the_feed_and_to_the_desks_that_it_comes_to_and_leaves(rig: Rig) -> None:
    record = published(rig, text(1, 80).encode())
    left = record.desks
    assert left
    assert "africa" not in left
    [delivered] = rig.run(message(record, ("africa",), [*KIND, ("traceparent", b"00-1-2-01")]))
    sent = [output.topic for output in delivered.outputs]
    assert sent == [topics.STORIES.name, topics.LATEST.name, *(topics.desk_topic(d).name for d in ("africa", *left))]
    assert {output.key for output in delivered.outputs} == {record.item["uri"].encode()}
    assert len({output.value for output in delivered.outputs}) == 1, "one record, byte for byte, everywhere"
    made = codec.decode(delivered.outputs[0].value or b"", StoryRecord)
    assert (made.relation, made.item["version"], made.desks) == ("retag", "2", ("africa",))
    told = dict(delivered.outputs[0].headers)
    assert told["ce_id"] == f"{record.item['uri']}#2".encode()
    assert told["ce_type"] == b"newswire.story.v1.retag"
    assert told["traceparent"] == b"00-1-2-01"
    assert [key for key, _ in delivered.writes] == [f"0/en/{record.provenance['input']}#0".encode()]


def test_it_is_counted_as_a_re_tag_and_as_nothing_else(rig: Rig) -> None:
    record = published(rig, text(1, 80).encode())
    rig.run(message(record, ("africa",)))
    assert verdicts(rig) == {"retagged": 1}
    assert rig.count(outcome="published", relation="new", source="afp") == 1
    assert rig.metrics.registry.get_sample_value("newswire_outcomes_total", {"relation": "retag"}) is None
    assert rig.metrics.registry.get_sample_value("newswire_desk_stories_total", {"desk": "africa"}) is None
    labels = {"lane": "story", "urgency": "none"}
    assert rig.metrics.registry.get_sample_value("newswire_end_to_end_seconds_count", labels) == 1


def test_read_twice_it_is_sent_once(rig: Rig) -> None:
    record = published(rig, text(1, 80).encode())
    once, again = rig.run(message(record, ("africa",)), message(record, ("africa",)))
    assert once.outputs
    assert not again.outputs
    assert not again.writes
    assert verdicts(rig) == {"retagged": 1, "superseded": 1}


def test_an_update_in_between_wins(rig: Rig) -> None:
    record = published(rig, text(1, 80).encode())
    longer = text(1, 80) + "\n\nThe operator said that it would say more on Friday morning.\n"
    [update] = rig.run(rig.normalised(longer.encode(), 1, source="afp"))
    assert codec.loads(update.outputs[0].value or b"")["item"]["version"] == "2"
    [left] = rig.run(message(record, ("africa",)))
    assert not left.outputs


@pytest.mark.parametrize("kind", ["flash", "alert", "urgent", "story"])
def test_no_desk_is_woken_twice(rig: Rig, kind: Any) -> None:
    record = replace(published(rig, text(1, 80).encode()), relation="retag", kind=kind)
    sent = topics_of(record, {"europe", "asia", "africa", "americas"})
    assert topics.ALERTS.name not in sent
    assert topics.RETRACTIONS.name not in sent


def test_a_desk_without_a_topic_here_is_passed_over_and_told(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    record = published(rig, text(1, 80).encode())
    [delivered] = rig.run(message(record, ("moonbase",)))
    assert topics.desk_topic("moonbase").name not in [output.topic for output in delivered.outputs]
    assert delivered.outputs
    assert "moonbase" in caplog.text


def test_a_re_tag_that_cannot_be_read_is_a_dead_letter(rig: Rig) -> None:
    [delivered] = rig.run(FakeMessage(b'{"shard": "en"}', topic=topics.NORMALISED.name, offset=9, headers=KIND))
    assert [output.topic for output in delivered.outputs] == [topics.DEAD_LETTERS.name]
    assert headers.value_of(delivered.outputs[0].headers, headers.RECORD_KIND) == headers.RETAG.decode()
    assert rig.breaker.recorded == [True]
    assert verdicts(rig) == {}


def test_an_unknown_shard_is_left_alone(rig: Rig) -> None:
    record = published(rig, embargoed(ARRIVED))
    wanted = Retag("fr", tags_of(record), replace(record, countries=(KENYA,)))
    [delivered] = rig.run(FakeMessage(codec.encode(wanted), topic=topics.NORMALISED.name, headers=KIND))
    assert not delivered.outputs
    assert verdicts(rig) == {"unknown": 1}
