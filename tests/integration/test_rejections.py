"""What can never be processed is set aside byte for byte, with a reason, and the wire goes on."""

from __future__ import annotations

import time

import pytest
from kafka import KafkaProducer

from streams.contracts import headers, topics
from streams.contracts.story import Origin, RawMessage
from streams.feeds.generating import story
from streams.runtime.credentials import for_kafka_python
from tests.integration.conftest import TRANSPORTS, StartWire

BROKEN = {
    "empty": b"",
    "malformed": b'{"uri": "urn:example:1", "headline": "Half a st',
    "binary": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
    "too_large": b"A very long story. " * (30 * 1024 * 1024 // 19),
}


@pytest.mark.broker
@pytest.mark.timeout(600)  # 30 MB are read again and again
@pytest.mark.parametrize("transport", TRANSPORTS)
def test_broken_input_reaches_the_dead_letters_byte_for_byte(start_wire: StartWire, transport: str) -> None:
    wire = start_wire(transport=transport)
    sent = [("source", b"afp"), ("x-of-the-feeder", b"kept"), ("traceparent", b"00-1-2-01")]
    producer = KafkaProducer(**for_kafka_python(wire.stage.settings), max_request_size=topics.MAX_RECORD_BYTES)
    for reason, body in BROKEN.items():
        producer.send(topics.RAW.name, key=reason.encode(), value=body, headers=sent)
    producer.send(topics.RAW.name, key=b"null", value=None, headers=sent)
    producer.flush()
    producer.close()
    wire.feed(story(1))

    letters = {(c.key or b"").decode(): c for c in wire.wait(topics.DEAD_LETTERS.name, len(BROKEN) + 1, 300)}
    assert set(letters) == {*BROKEN, "null"}
    for reason, body in BROKEN.items():
        letter = letters[reason]
        assert letter.value == body
        assert letter.headers[: len(sent)] == sent
        assert headers.value_of(letter.headers, f"{headers.DEAD_PREFIX}reason") == reason
        assert headers.value_of(letter.headers, f"{headers.DEAD_PREFIX}topic") == topics.RAW.name
        said = {name for name, _ in letter.headers if name.startswith(headers.DEAD_PREFIX)}
        assert said <= set(headers.DEAD_HEADERS)
    assert not letters["null"].value

    assert len(wire.wait(topics.STORIES.name, 1)) == 1, "the wire goes on"
    metrics = wire.stage.worker.metrics()
    for reason in BROKEN:
        assert metrics[f'newswire_rejected_total{{reason="{reason}",source="afp"}}'] >= 1


@pytest.mark.broker
@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_flood_of_broken_copy_stops_the_worker_and_is_seen(start_wire: StartWire, transport: str) -> None:
    wire = start_wire(transport=transport, breaker_window=40)
    wire.feed(*(RawMessage(BROKEN["malformed"], Origin(f"bad-{n}"), source="afp") for n in range(60)))
    deadline = time.monotonic() + 120
    while wire.stage.worker.metrics().get("newswire_breaker_open") != 1:
        assert time.monotonic() < deadline, "the breaker never opened"
        time.sleep(0.2)
    assert wire.stage.worker.wait(90) not in (0, None), "ended, and not as if all were well"
    assert "dead-letter topic" in wire.stage.worker.last_words(60)
    letters = wire.read(topics.DEAD_LETTERS.name)
    assert 20 <= len(letters) < 60, "it stopped before the wire was emptied into the dead-letter topic"
