"""``newswire explain --story`` over the topics: a family from three of them, each record once, since a time."""

from __future__ import annotations

import json
import time

import pytest
from click.testing import CliRunner, Result
from kafka import KafkaProducer

from streams import config
from streams.cli import newswire
from streams.contracts import codec, topics
from streams.contracts.story import Origin, RawMessage
from streams.runtime.credentials import for_kafka_python
from tests.integration.conftest import Wire


def _take(version: str, headline: str, text: str, note: str | None = None) -> RawMessage:
    item = {
        "uri": "urn:example:ferry-strike",
        "type": "text",
        "version": version,
        "language": "en",
        "headlines": [{"value": headline}],
        "bodies": [{"contentType": "text/plain", "value": f"LISBON, March 10 (AFP) - {text}"}],
    }
    if note:
        item["edNote"] = note
    return RawMessage(codec.encode(item), Origin("test"), source="afp", content_type="application/json")


FIRST = _take("1", "Ferry crews strike in Lisbon", "Ferry crews in Lisbon stopped work on Friday, the port said.")
CORRECTED = _take(
    "2",
    "Ferry crews strike in Lisbon",
    "Ferry crews in Lisbon stopped work on Thursday, the port said.",
    "CORRECTS paragraph 1 to say Thursday, not Friday",
)


def _explain(wire: Wire, *arguments: str) -> Result:
    return CliRunner(env=config.environment_of(wire.stage.settings)).invoke(newswire, ["explain", *arguments])


@pytest.mark.broker
def test_a_family_read_from_the_topics(wire: Wire) -> None:
    wire.feed(FIRST, FIRST, CORRECTED)
    wire.wait(topics.RETRACTIONS.name, 1)
    wire.wait(topics.DUPLICATES.name, 1)
    wire.wait(topics.STORIES.name, 2)

    producer = KafkaProducer(**for_kafka_python(wire.stage.settings))
    producer.send(topics.STORIES.name, value=b"not ours").get(60)
    producer.close()

    result = _explain(wire, "--story", "urn:example:ferry-strike", "--json")
    assert result.exit_code == 0, result.output
    [family] = [json.loads(line) for line in result.stdout.splitlines()]
    told = [(record["relation"], record["version"], record["outcome"]) for record in family["records"]]
    assert told == [("new", "1", "published"), ("duplicate", "1", "duplicate"), ("correction", "2", "published")]
    assert "read 4 records" in result.stderr, "the correction stands on two topics"
    assert "passed over 1 values" in result.stderr

    result = _explain(wire, "--story", family["stories"][0], "--since", "1h")
    assert "Friday → Thursday (paragraph 1)" in result.stdout

    time.sleep(1.1)
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    result = _explain(wire, "--story", "urn:example:ferry-strike", "--since", now)
    assert result.exit_code == 1
    assert "no record of urn:example:ferry-strike in the topics at" in result.stderr
