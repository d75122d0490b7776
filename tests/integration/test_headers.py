"""CloudEvents binary mode, trace context, keys and topics of what comes out."""

from __future__ import annotations

import pytest
from kafka import KafkaProducer

from streams.contracts import codec, headers, topics
from streams.feeds.generating import story
from streams.runtime.credentials import for_kafka_python
from tests.integration.conftest import Wire

TRACE = b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@pytest.mark.broker
def test_a_story_on_every_topic_it_belongs_to(wire: Wire) -> None:
    producer = KafkaProducer(**for_kafka_python(wire.stage.settings))
    sent = [("source", b"afp"), ("received", b"2026-03-10T09:00:00+01:00"), ("traceparent", TRACE)]
    producer.send(topics.RAW.name, value=story(3).body, headers=sent)
    producer.flush()
    producer.close()

    [consumed] = wire.wait(topics.STORIES.name, 1)
    record = codec.loads(consumed.value or b"")
    uri, version = record["item"]["uri"], record["item"]["version"]
    assert consumed.key == uri.encode()
    said = {name: value.decode() for name, value in consumed.headers}
    assert said["ce_specversion"] == "1.0"
    assert said["ce_id"] == f"{uri}#{version}"
    assert said["ce_type"] == "newswire.story.v1.new"
    assert said["ce_time"] == "2026-03-10T08:00:00Z"
    assert said["content-type"] == "application/json"
    assert said["traceparent"] == TRACE.decode()
    assert record["provenance"]["received"] == "2026-03-10T08:00:00Z"

    [latest] = wire.wait(topics.LATEST.name, 1)
    assert (latest.key, latest.value) == (consumed.key, consumed.value)
    for desk in record["desks"]:
        [routed] = wire.wait(topics.desk_topic(desk).name, 1)
        assert routed.value == consumed.value
    [normalised] = wire.wait(topics.NORMALISED.name, 1)
    assert normalised.key == b"en"
    assert headers.value_of(normalised.headers, "traceparent") == TRACE.decode()
