"""The identify agent: where records go, what is persisted, what a wake releases."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from streams import pipeline
from streams.agents.destinations import topics_of
from streams.agents.identify import Identify
from streams.agents.normalise import raw_message
from streams.contracts import codec, headers, topics
from streams.contracts.wake import Wake
from streams.feeds.generating import text
from streams.metrics import Metrics
from tests.agents.conftest import ARRIVED, FakeBreaker, FakeDelivery, FakeMessage, FakeStates, one_by_one

NOW = ARRIVED + timedelta(milliseconds=40)


class Rig:
    def __init__(self, toolbox: pipeline.Toolbox) -> None:
        self.toolbox = toolbox
        self.delivery, self.breaker, self.metrics = FakeDelivery(), FakeBreaker(), Metrics()
        self.states = FakeStates()
        self.agent = Identify(toolbox, self.metrics, self.delivery, self.states, self.breaker, lambda: NOW)

    def normalised(self, raw: bytes, offset: int, **sent: str) -> FakeMessage:
        raw_headers = [(name, value.encode()) for name, value in sent.items()]
        message = raw_message(FakeMessage(raw, offset=offset, headers=raw_headers))
        [story] = pipeline.normalise(message, self.toolbox)
        made = headers.for_normalised(story, [])
        return FakeMessage(codec.encode(story), topic=topics.NORMALISED.name, offset=offset, headers=made)

    def run(self, *messages: FakeMessage) -> list[Any]:
        self.delivery.delivered.clear()
        asyncio.run(self.agent.run(one_by_one(messages)))
        return self.delivery.delivered

    def count(self, **labels: str) -> float:
        return self.metrics.registry.get_sample_value("newswire_outcomes_total", labels) or 0


@pytest.fixture
def rig(toolbox: pipeline.Toolbox) -> Rig:
    return Rig(toolbox)


def embargoed(until: datetime) -> bytes:
    item = {
        "uri": "urn:example:tunnel-report",
        "type": "text",
        "language": "en",
        "headlines": [{"value": "Tunnel inspectors fault rushed repairs in Austria"}],
        "bodies": [{"value": "VIENNA, March 10 (AFP) - Inspectors in Austria faulted the repair of two tunnels."}],
        "embargoedUntil": until.isoformat(),
    }
    return codec.encode(item)


def test_a_new_story_goes_to_stories_latest_and_its_desks(rig: Rig) -> None:
    [delivered] = rig.run(rig.normalised(text(1, 80).encode(), 0, source="afp"))
    sent = [output.topic for output in delivered.outputs]
    record = codec.loads(delivered.outputs[0].value or b"")
    desks = [topics.desk_topic(desk).name for desk in record["desks"]]
    assert sent == [topics.STORIES.name, topics.LATEST.name, *desks]
    assert {output.key for output in delivered.outputs} == {record["item"]["uri"].encode()}
    assert len({output.value for output in delivered.outputs}) == 1, "one record, byte for byte, everywhere"
    assert delivered.writes
    assert all(key.startswith(b"0/en/") for key, _ in delivered.writes)
    assert rig.count(outcome="published", relation="new", source="afp") == 1
    latency = rig.metrics.registry.get_sample_value(
        "newswire_end_to_end_seconds_sum", {"lane": "story", "urgency": "none"}
    )
    assert latency == pytest.approx(0.04)


def test_the_same_bytes_again_are_a_duplicate(rig: Rig) -> None:
    first, again = rig.normalised(text(1, 80).encode(), 0), rig.normalised(text(1, 80).encode(), 1)
    _, second = rig.run(first, again)
    assert [output.topic for output in second.outputs] == [topics.DUPLICATES.name]
    record = codec.loads(second.outputs[0].value or b"")
    assert record["of"]["similarity"] == 1.0


def test_the_same_input_again_is_not_sent_again(rig: Rig) -> None:
    first = rig.normalised(text(1, 80).encode(), 0)
    _, again = rig.run(first, first)
    assert not again.outputs
    assert not again.writes
    assert rig.metrics.registry.get_sample_value("newswire_replayed_total") == 1
    assert rig.count(outcome="published", relation="new", source="unknown") == 1


def test_an_embargoed_story_is_held_and_a_wake_releases_it(rig: Rig) -> None:
    until = ARRIVED + timedelta(minutes=5)
    [held] = rig.run(rig.normalised(embargoed(until), 0))
    assert not held.outputs
    assert held.writes

    def wake(due: datetime) -> FakeMessage:
        return FakeMessage(
            codec.encode(Wake(due)), topic=topics.NORMALISED.name, headers=[(headers.RECORD_KIND, headers.WAKE)]
        )

    [early] = rig.run(wake(until - timedelta(seconds=1)))
    assert not early.outputs
    [due] = rig.run(wake(until))
    assert topics.STORIES.name in [output.topic for output in due.outputs]
    [late] = rig.run(wake(until + timedelta(seconds=9)))
    assert not late.outputs, "released once"


def test_a_record_that_is_no_story_is_a_dead_letter(rig: Rig) -> None:
    broken = FakeMessage(b'{"uri": 3}', topic=topics.NORMALISED.name, offset=9)
    [delivered] = rig.run(broken)
    assert delivered.outputs[0].topic == topics.DEAD_LETTERS.name
    assert headers.value_of(delivered.outputs[0].headers, f"{headers.DEAD_PREFIX}topic") == topics.NORMALISED.name
    assert rig.breaker.recorded == [True]


@pytest.mark.parametrize(
    ("outcome", "relation", "kind", "expected"),
    [
        ("published", "new", "alert", [topics.ALERTS.name, topics.STORIES.name, topics.LATEST.name]),
        ("published", "kill", "kill", [topics.RETRACTIONS.name, topics.STORIES.name, topics.LATEST.name]),
        ("published", "correction", "story", [topics.RETRACTIONS.name, topics.STORIES.name, topics.LATEST.name]),
        ("published", "update", "story", [topics.STORIES.name, topics.LATEST.name]),
        ("duplicate", "duplicate", "alert", [topics.DUPLICATES.name]),
        ("held", "new", "story", []),
    ],
)
def test_each_record_goes_where_it_belongs(outcome: Any, relation: str, kind: str, expected: list[str]) -> None:
    record: Any = type("Record", (), {"kind": kind, "relation": relation, "desks": (), "restates": None})
    assert list(topics_of(outcome, record)) == expected


def test_an_alert_published_again_rings_no_bell() -> None:
    record: Any = type("Record", (), {"kind": "urgent", "relation": "update", "desks": (), "restates": "1"})
    assert list(topics_of("published", record)) == [topics.STORIES.name, topics.LATEST.name]


def ferry(uri: str, made: str, more: str = "") -> bytes:
    body = (
        "VIENNA, March 10 (AFP) - A ferry with 212 people aboard ran aground in Austria on Tuesday, harbour police"
        " said.\n\nIt struck a bank in fog at 0710, harbour master Jakob Wirth told reporters on the quay."
    )
    item = {
        "uri": uri,
        "type": "text",
        "language": "en",
        "urgency": 2,
        "versionCreated": made,
        "headlines": [{"value": "Ferry runs aground in Austria"}],
        "bodies": [{"value": body + more}],
    }
    return codec.encode(item)


def test_an_update_that_overtook_its_parent_is_sent_again_when_the_parent_comes(rig: Rig) -> None:
    update = ferry("urn:example:ferry:2", "2026-03-10T08:56:00Z", '\n\n"She sat down like a cow," a cook said.')
    parent = ferry("urn:example:ferry:1", "2026-03-10T08:52:00Z")
    _, delivered = rig.run(rig.normalised(update, 0), rig.normalised(parent, 1))
    records = [(o.topic, codec.loads(o.value or b"")) for o in delivered.outputs]
    assert [r["of"]["method"] for topic, r in records if topic == topics.DUPLICATES.name] == ["superseded"]
    [again] = [r for topic, r in records if topic == topics.LATEST.name]
    assert (again["relation"], again["item"]["uri"], again["item"]["version"]) == ("update", "urn:example:ferry:2", "2")
    assert again["restates"] == "1"
    assert again["provenance"]["input"] == "wire.raw.v1/0/0"
    assert len(delivered.writes) == 2
    assert rig.metrics.registry.get_sample_value("newswire_restated_total") == 1
    assert rig.count(outcome="published", relation="update", source="unknown") == 0, "counted when it came in"


# Corrections and kills on their way


def canceled() -> bytes:
    return codec.encode(
        {
            "uri": "urn:example:bridge",
            "type": "text",
            "language": "en",
            "pubStatus": "canceled",
            "headlines": [{"value": "KILL: Bridge in Orlova"}],
            "bodies": [{"value": "Kindly kill the story headlined Bridge in Orlova. It stands. Editors, do not use."}],
        }
    )


def in_flight(rig: Rig) -> float | None:
    return rig.metrics.registry.get_sample_value("newswire_retractions_in_flight")


def test_a_kill_is_on_its_way_until_it_is_durable_and_one_that_meets_nothing_is_told_apart(rig: Rig) -> None:
    caused = rig.agent.handle(rig.normalised(canceled(), 0, source="afp"))
    assert topics.RETRACTIONS.name in [output.topic for output in caused.outputs]
    assert in_flight(rig) == 1
    assert caused.on_durable is not None
    caused.on_durable()
    assert in_flight(rig) == 0
    labels = {"relation": "kill", "of": "nothing"}
    assert rig.metrics.registry.get_sample_value("newswire_retractions_total", labels) == 1
    labels = {"relation": "kill", "of": "story"}
    assert rig.metrics.registry.get_sample_value("newswire_retractions_total", labels) == 0, "there before the first"


def test_a_kill_whose_partition_goes_elsewhere_is_no_longer_ours_to_wait_for(rig: Rig) -> None:
    caused = rig.agent.handle(rig.normalised(canceled(), 0, source="afp"))
    rig.agent.forget()
    assert in_flight(rig) == 0
    assert caused.on_durable is not None
    caused.on_durable()
    assert in_flight(rig) == 0


def test_an_alert_has_a_lane_of_its_own(rig: Rig) -> None:
    item = {"uri": "urn:example:alert", "type": "text", "language": "en", "urgency": 1}
    item["bodies"] = [{"value": "Dam at Orlova breaks, mayor says"}]  # type: ignore[assignment]
    labels = {"lane": "alert", "urgency": "1"}
    assert rig.metrics.registry.get_sample_value("newswire_end_to_end_seconds_count", labels) == 0, "before the first"
    [delivered] = rig.run(rig.normalised(codec.encode(item), 0, source="afp"))
    assert topics.ALERTS.name in [output.topic for output in delivered.outputs]
    assert rig.metrics.registry.get_sample_value("newswire_end_to_end_seconds_count", labels) == 1
