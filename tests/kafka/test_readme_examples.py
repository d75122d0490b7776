"""The README's subscribers in Java and for the shell print what is on a desk's topic of Apache Kafka."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from kafka import KafkaProducer

from streams.config import Settings
from streams.contracts import topics
from tests.examples import JAVA, ROOT, example, shown
from tests.kafka.artefacts import jars, java
from tests.kafka.cluster import Brokers
from tests.kafka.rig import fresh_topics

SECONDS = 120.0
RECORDS = [
    (ROOT / "schemas" / "examples" / "valid" / "story.v1" / f"{name}.json").read_bytes() for name in ("new", "kill")
]


@pytest.fixture(scope="module")
def desk(brokers: Brokers) -> str:
    """The bootstrap servers of a cluster with two records on the topic of the desk in the README, in this order."""
    replicas = min(3, len(brokers.numbers))
    settings = Settings(broker=brokers.address, replication=replicas, min_insync=max(1, replicas - 1), app_id="readers")
    fresh_topics(settings)
    producer = KafkaProducer(bootstrap_servers=brokers.address.split(","), acks="all")
    for record in RECORDS:
        compact = json.dumps(json.loads(record)).encode()
        producer.send(topics.desk_topic("africa").name, compact, partition=0).get(60)
    producer.close(30)
    return brokers.address


def test_in_java(desk: str, tmp_path: Path) -> None:
    if shutil.which("javac") is None:
        pytest.skip("no Java compiler (javac) on this machine")
    source = tmp_path / "Desk.java"
    source.write_text(JAVA % example("java", desk), "utf-8")
    printed = shown([java(), "-XX:TieredStopAtLevel=1", "-cp", f"{jars()}/*", str(source)], 2, SECONDS, tmp_path)
    assert [json.loads(line) for line in printed] == [json.loads(record) for record in RECORDS]


def test_in_a_shell(desk: str, tmp_path: Path) -> None:
    if missing := [name for name in ("kcat", "jq") if shutil.which(name) is None]:
        pytest.skip(f"not on this machine: {', '.join(missing)}")
    said = [json.loads(record) for record in RECORDS]
    lines = [f"{s['relation']} {s['item']['version']} {s['item']['headlines'][0]['value']}" for s in said]
    assert shown(["sh", "-c", example("kcat", desk)], 2, SECONDS, tmp_path) == lines
