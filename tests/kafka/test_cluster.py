"""The cluster is what production has: three replicas, two of which must have a record; a broker may go away."""

from __future__ import annotations

import pytest
from kafka import KafkaProducer

from streams.config import Settings
from streams.runtime import installation, provision
from tests.kafka.cluster import Brokers, Cluster
from tests.kafka.collecting import Collector
from tests.kafka.rig import fresh_topics


def test_topics_have_three_replicas_and_the_catalogue_is_satisfied(brokers: Brokers) -> None:
    if len(brokers.numbers) < 3:
        pytest.skip(f"the cluster that is named has {len(brokers.numbers)} brokers, and this needs three")
    settings = Settings(broker=brokers.address, replication=3, min_insync=2, app_id="replicas")
    fresh_topics(settings)
    assert {step.action for step in provision.plan(settings)} == {"keep"}
    with provision.admin(settings) as client:
        names = [topic.name for topic in installation.wanted(settings)]
        replicas = {len(p["replica_nodes"]) for t in client.describe_topics(names) for p in t["partitions"]}
    assert replicas == {3}


def test_a_record_is_taken_and_read_while_a_broker_is_away(cluster: Cluster) -> None:
    settings = Settings(broker=cluster.address, replication=3, min_insync=2, app_id="away")
    fresh_topics(settings)
    cluster.kill(2)
    try:
        assert cluster.up() == [1, 3]
        producer = KafkaProducer(bootstrap_servers=cluster.address.split(","), acks="all")
        producer.send("wire.raw.v1", b"{}", headers=[("x-send", b"one")], partition=0).get(60)
        producer.close(30)
    finally:
        cluster.start(2)
    reader = Collector(settings)
    assert [name for name, _ in reader.drain().inputs.values()] == ["one"]
    reader.close()
