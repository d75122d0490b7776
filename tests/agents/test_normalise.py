"""The normalise agent: what a raw record causes."""

from __future__ import annotations

import asyncio

import pytest

from streams import pipeline
from streams.agents.normalise import Normalise
from streams.contracts import codec, headers, topics
from streams.contracts.story import NormalisedStory
from streams.errors import Reason
from streams.feeds.generating import text
from streams.metrics import Metrics
from tests.agents.conftest import FakeBreaker, FakeDelivery, FakeMessage, one_by_one

TRACE = ("traceparent", b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")


def run(toolbox: pipeline.Toolbox, *messages: FakeMessage) -> tuple[FakeDelivery, FakeBreaker, Metrics]:
    delivery, breaker, metrics = FakeDelivery(), FakeBreaker(), Metrics()
    asyncio.run(Normalise(toolbox, metrics, delivery, breaker).run(one_by_one(messages)))
    return delivery, breaker, metrics


def test_a_story_goes_to_its_shard_with_its_trace(toolbox: pipeline.Toolbox) -> None:
    message = FakeMessage(text(1, 80).encode(), offset=7, headers=[("source", b"afp"), TRACE])
    delivery, breaker, _ = run(toolbox, message)
    [delivered] = delivery.delivered
    [output] = delivered.outputs
    assert (output.topic, output.key) == (topics.NORMALISED.name, b"en")
    assert TRACE in output.headers
    story = codec.decode(output.value or b"", NormalisedStory)
    assert str(story.provenance.origin) == "wire.raw.v1/0/7"
    assert story.provenance.source == "afp"
    assert breaker.recorded == [False]


def test_the_received_header_wins_over_the_brokers_clock(toolbox: pipeline.Toolbox) -> None:
    sent = [("received", b"2026-03-09T23:30:00+02:00")]
    delivery, _, _ = run(toolbox, FakeMessage(text(1, 80).encode(), headers=sent))
    story = codec.decode(delivery.delivered[0].outputs[0].value or b"", NormalisedStory)
    assert story.provenance.received is not None
    assert story.provenance.received.isoformat() == "2026-03-09T21:30:00+00:00"
    assert story.provenance.arrived is not None
    assert story.provenance.arrived.isoformat() == "2026-03-10T09:00:00+00:00"


@pytest.mark.parametrize("received", [b"0001-01-01T00:00:00+14:00", b"9999-12-31T23:59:59-12:00"])
@pytest.mark.parametrize("seconds", [9_223_372_036_854_775.0, 0.0])
def test_a_time_that_cannot_be_true_does_not_stop_the_wire(
    toolbox: pipeline.Toolbox, received: bytes, seconds: float
) -> None:
    message = FakeMessage(text(1, 80).encode(), headers=[("received", received)], timestamp=seconds)
    delivery, breaker, _ = run(toolbox, message)
    story = codec.decode(delivery.delivered[0].outputs[0].value or b"", NormalisedStory)
    assert (story.provenance.received, story.provenance.arrived) == (None, None)
    assert breaker.recorded == [False]


@pytest.mark.parametrize("broken", [b"", None, b"\x89PNG\r\n\x1a\n" + b"\0" * 64, b'{"uri": "urn:x:1", "bodies": ['])
def test_what_cannot_be_read_is_a_dead_letter_and_the_wire_goes_on(
    toolbox: pipeline.Toolbox, broken: bytes | None
) -> None:
    sent = [("source", b"afp"), ("x-own", b"\xff\x00"), TRACE]
    bad = FakeMessage(broken, offset=3, key=b"k", headers=sent)
    delivery, breaker, metrics = run(toolbox, bad, FakeMessage(text(2, 80).encode(), offset=4))
    letter = delivery.delivered[0].outputs[0]
    assert (letter.topic, letter.key, letter.value) == (topics.DEAD_LETTERS.name, b"k", broken)
    assert letter.headers[:3] == sent
    reason = headers.value_of(letter.headers, f"{headers.DEAD_PREFIX}reason")
    assert reason in set(Reason)
    assert headers.value_of(letter.headers, f"{headers.DEAD_PREFIX}offset") == "3"
    assert delivery.delivered[1].outputs[0].topic == topics.NORMALISED.name
    assert breaker.recorded == [True, False]
    labels = {"reason": str(reason), "source": "afp"}
    assert metrics.registry.get_sample_value("newswire_rejected_total", labels) == 1


def test_a_defect_of_ours_is_a_dead_letter_too(toolbox: pipeline.Toolbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise ZeroDivisionError("a rule tripped")

    monkeypatch.setattr("streams.copydesk.clean", fail)
    delivery, _, _ = run(toolbox, FakeMessage(text(1, 80).encode()))
    letter = delivery.delivered[0].outputs[0]
    assert headers.value_of(letter.headers, f"{headers.DEAD_PREFIX}reason") == "internal"
    assert headers.value_of(letter.headers, f"{headers.DEAD_PREFIX}exception") == "ZeroDivisionError"
    assert "a rule tripped" in (headers.value_of(letter.headers, f"{headers.DEAD_PREFIX}message") or "")


def test_a_story_that_outgrows_its_topic_is_a_dead_letter_not_a_worker_that_never_gets_past_it(
    toolbox: pipeline.Toolbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streams.agents.dead_letters.limit_of", lambda topic: topics.HEADER_ROOM + 2000)
    delivery, breaker, _ = run(toolbox, FakeMessage(text(1, 800).encode()), FakeMessage(b""))
    [letter] = delivery.delivered[0].outputs
    assert letter.topic == topics.DEAD_LETTERS.name
    assert headers.value_of(letter.headers, f"{headers.DEAD_PREFIX}reason") == Reason.TOO_LARGE
    assert breaker.recorded == [True, True]
