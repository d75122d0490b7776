"""Dead letters over a broker: sent again they come back with a count, byte for byte, and in the end they stop."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result
from kafka import KafkaProducer

from streams import config
from streams.cli import newswire
from streams.contracts import headers, topics
from streams.runtime.credentials import for_kafka_python
from tests.integration.conftest import Wire

BODY = b'{"uri": "urn:example:1", "headline": "Half a st\xff\x00'
OWN = [("source", b"afp"), ("x-of-the-feeder", b"\xff kept"), ("traceparent", b"00-1-2-01")]


def run(wire: Wire, *arguments: str) -> Result:
    return CliRunner().invoke(newswire, [*arguments], env=config.environment_of(wire.stage.settings))


def letters(wire: Wire, *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(wire, "dlq", "list", "--json", *arguments).stdout.splitlines()]


@pytest.mark.broker
def test_a_dead_letter_goes_round_unchanged_until_it_is_worn(wire: Wire) -> None:
    producer = KafkaProducer(**for_kafka_python(wire.stage.settings))
    producer.send(topics.RAW.name, key=b"\x00key", value=BODY, headers=OWN, partition=3)
    producer.flush()
    producer.close()
    wire.wait(topics.DEAD_LETTERS.name, 1)
    [first] = letters(wire)
    assert (first["reason"], first["source"], first["origin"]) == ("malformed", "afp", "wire.raw.v1/3/0")
    assert run(wire, "dlq", "show", first["id"], "--raw").stdout_bytes == BODY
    assert "x-of-the-feeder" in run(wire, "dlq", "show", first["id"]).stdout

    dry = run(wire, "dlq", "replay", "--reason", "malformed")
    assert "1 would be sent; nothing sent" in dry.stdout
    assert len(letters(wire)) == 1
    for replays in (1, 2):
        assert run(wire, "dlq", "replay", "--send", "--max-replays", "2").exit_code == 0
        wire.wait(topics.DEAD_LETTERS.name, 1 + replays)
    stopped = run(wire, "dlq", "replay", "--send", "--max-replays", "2")
    assert stopped.exit_code == 3
    assert stopped.stdout.startswith("0 sent")

    rows = letters(wire)
    assert [(row["replays"], row["superseded"]) for row in rows] == [(0, True), (1, True), (2, False)]
    assert [row["origin"] for row in rows] == [f"wire.raw.v1/3/{offset}" for offset in range(3)]
    for record, count in zip(wire.read(topics.RAW.name), (None, b"1", b"2"), strict=True):
        assert (record.key, record.value, record.partition) == (b"\x00key", BODY, 3)
        assert record.headers == [*OWN, *([(headers.REPLAYS, count)] if count else [])]


@pytest.mark.broker
def test_lag_and_doctor_and_the_shadow_agree_that_all_is_well(wire: Wire) -> None:
    from streams.feeds.generating import story

    wire.feed(*(story(n) for n in range(5)))
    wire.wait(topics.STORIES.name, 5)
    lag = json.loads(run(wire, "lag", "--json").stdout)
    assert {at["topic"] for at in lag["partitions"]} == {topics.RAW.name, topics.NORMALISED.name}
    assert sum(at["end"] for at in lag["partitions"]) > 0
    doctor = run(wire, "doctor", "--json")
    assert doctor.exit_code == 0, doctor.stdout
    shadow = run(wire, "replay", "--from", "1h", "--shadow", "--json")
    assert json.loads(shadow.stdout.splitlines()[-1]) == {"stories": 5, "differ": 0, "kinds": {}}
