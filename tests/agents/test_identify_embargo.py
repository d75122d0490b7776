"""When held stories are let go: by the arrival of what comes after them, so that a replay meets them the same way."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from streams import pipeline
from streams.agents.identify import QUIET, Identify
from streams.contracts import codec, headers, topics
from streams.errors import Reason, Rejected
from streams.feeds.generating import text
from tests.agents.conftest import ARRIVED, FakeMessage
from tests.agents.test_identify import Rig, embargoed

UNTIL = ARRIVED + timedelta(minutes=30)
MUCH_LATER = UNTIL + timedelta(days=2)
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@pytest.fixture
def rig(toolbox: pipeline.Toolbox) -> Rig:
    made = Rig(toolbox)
    made.agent.clock = lambda: MUCH_LATER
    return made


def arrived(message: FakeMessage, at: datetime) -> FakeMessage:
    story = codec.loads(message.value or b"")
    story["provenance"]["arrived"] = at.isoformat()
    return FakeMessage(codec.encode(story), message.topic, message.partition, message.offset, headers=message.headers)


def stories(delivered: Any) -> list[str]:
    sent = [output for one in delivered for output in one.outputs if output.topic == topics.STORIES.name]
    return [codec.loads(output.value)["item"]["headlines"][0]["value"] for output in sent]


def test_a_story_that_came_before_its_end_meets_the_held_one_however_late_it_is_read(rig: Rig) -> None:
    held = rig.normalised(embargoed(UNTIL), 0, source="afp")
    other = arrived(rig.normalised(text(1, 80).encode(), 1), UNTIL - timedelta(minutes=1))
    assert len(stories(rig.run(held, other))) == 1
    assert rig.agent.catching_up(0, MUCH_LATER), "no wake before the backlog is read"
    assert not rig.agent.catching_up(0, MUCH_LATER + QUIET)


def test_a_story_that_came_after_its_end_lets_it_go_first(rig: Rig) -> None:
    held = rig.normalised(embargoed(UNTIL), 0, source="afp")
    other = arrived(rig.normalised(text(1, 80).encode(), 1), UNTIL)
    other.headers = [*(other.headers or ()), ("traceparent", TRACE.encode())]
    delivered = rig.run(held, other)
    first, second = stories(delivered)
    assert first.startswith("Tunnel inspectors")
    assert not second.startswith("Tunnel inspectors")
    assert not delivered[0].outputs
    keys = {key for key, _ in delivered[1].writes if not key.endswith(b"~")}
    assert len(keys) == 2, "the held story's entry and the other's, persisted together"
    traced = [headers.value_of(output.headers, "traceparent") for output in delivered[1].outputs]
    assert traced[0] is None, "the trace is the other story's"
    assert traced[-1] == TRACE


def test_another_language_lets_it_go_as_well(rig: Rig) -> None:
    held = rig.normalised(embargoed(UNTIL), 0, source="afp")
    french = "Paris, 10 mars (AFP) - Le gouvernement a annoncé mardi une hausse des tarifs dans les gares.".encode()
    other = arrived(rig.normalised(french, 1), UNTIL + timedelta(minutes=1))
    assert stories(rig.run(held, other))[0].startswith("Tunnel inspectors")


def test_a_time_to_come_lifts_nothing(rig: Rig) -> None:
    rig.agent.clock = lambda: UNTIL - timedelta(minutes=1)
    held = rig.normalised(embargoed(UNTIL), 0, source="afp")
    other = arrived(rig.normalised(text(1, 80).encode(), 1), MUCH_LATER)
    assert len(stories(rig.run(held, other))) == 1


def test_what_is_let_go_is_sent_though_the_story_itself_is_refused(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    held = rig.normalised(embargoed(UNTIL), 0, source="afp")
    other = arrived(rig.normalised(text(1, 80).encode(), 1), UNTIL)
    rig.run(held)

    def fails(self: Identify, *given: object) -> pipeline.Identified:
        raise Rejected(Reason.INTERNAL, "made to fail")

    monkeypatch.setattr(Identify, "_decided", fails)
    [delivered] = rig.run(other)
    assert [output.topic for output in delivered.outputs][-1] == topics.DEAD_LETTERS.name
    assert len(stories([delivered])) == 1
    assert delivered.writes
    assert rig.breaker.recorded == [True]
