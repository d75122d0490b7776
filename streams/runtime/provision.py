"""The topic catalogue against the cluster: creates what is missing, reports what differs, deletes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from kafka import KafkaAdminClient
from kafka.admin import ConfigResource, ConfigResourceType, NewTopic
from kafka.errors import KafkaError, TopicAlreadyExistsError

from streams.config import Settings
from streams.contracts.topics import Topic
from streams.errors import BrokerTrouble
from streams.runtime.credentials import for_kafka_python
from streams.runtime.installation import wanted
from streams.runtime.reaching import why


@dataclass(frozen=True, slots=True)
class Step:
    """What one topic needs. ``differs`` lists what is not as the catalogue says, with both values."""

    topic: Topic
    action: Literal["create", "keep", "differs"]
    partitions: int
    differs: tuple[str, ...] = ()


def configs_of(topic: Topic, settings: Settings) -> dict[str, str]:
    """Return the topic-level configuration that the catalogue asks for."""
    return {
        "cleanup.policy": topic.cleanup,
        "retention.ms": str(topic.retention_ms),
        "max.message.bytes": str(topic.max_record_bytes),
        "min.insync.replicas": str(settings.min_insync),
    }


@contextmanager
def admin(settings: Settings) -> Iterator[KafkaAdminClient]:
    """Yield an administrator. Raises :class:`BrokerTrouble` when the cluster cannot be reached, UsageError for a
    password or certificate that it does not take."""
    try:
        client = KafkaAdminClient(**for_kafka_python(settings), request_timeout_ms=15_000)
    except KafkaError as error:
        raise why(settings, error) from error
    try:
        yield client
    except KafkaError as error:
        raise BrokerTrouble(f"Kafka at {settings.broker} refused: {error}") from error
    finally:
        client.close()


def plan(settings: Settings) -> tuple[Step, ...]:
    """Compare the catalogue with the cluster, changing nothing."""
    topics = wanted(settings)
    with admin(settings) as client:
        names = set(client.list_topics())
        present = [topic for topic in topics if topic.name in names]
        partitions = _partitions(client, present)
        configs = _configs(client, present)
    return tuple(
        _step(topic, partitions.get(topic.name), configs.get(topic.name, {}), settings)
        if topic.name in names
        else Step(topic, "create", settings.partitions)
        for topic in topics
    )


def apply(settings: Settings) -> tuple[Step, ...]:
    """Create what is missing; what exists stays as it is. Returns the plan that was carried out."""
    steps = plan(settings)
    missing = [step for step in steps if step.action == "create"]
    if missing:
        with admin(settings) as client:
            _create(client, missing, settings)
    return steps


def _create(client: KafkaAdminClient, missing: Iterable[Step], settings: Settings) -> None:
    new = [
        NewTopic(
            step.topic.name,
            num_partitions=step.partitions,
            replication_factor=settings.replication,
            topic_configs=configs_of(step.topic, settings),
        )
        for step in missing
    ]
    try:
        client.create_topics(new, timeout_ms=30_000)
    except TopicAlreadyExistsError:
        # Another process of ours was a moment quicker; the next plan shows whether it made the same.
        return


def _partitions(client: KafkaAdminClient, topics: Iterable[Topic]) -> dict[str, int]:
    names = [topic.name for topic in topics]
    if not names:
        return {}
    described: Any = client.describe_topics(names)
    return {topic["name"]: len(topic["partitions"]) for topic in described}


def _configs(client: KafkaAdminClient, topics: Iterable[Topic]) -> dict[str, dict[str, str]]:
    resources = [ConfigResource(ConfigResourceType.TOPIC, topic.name) for topic in topics]
    if not resources:
        return {}
    described: Any = client.describe_configs(resources, config_filter="all")
    return {
        name: {key: str(entry["value"] if isinstance(entry, dict) else entry) for key, entry in values.items()}
        for group in described.values()
        for name, values in group.items()
    }


def _step(topic: Topic, partitions: int | None, configs: dict[str, str], settings: Settings) -> Step:
    differs = []
    if partitions is not None and partitions != settings.partitions:
        differs.append(f"partitions {partitions}, catalogue {settings.partitions}")
    for key, value in configs_of(topic, settings).items():
        # A broker that does not report a configuration (the embedded one) cannot be compared.
        if key in configs and configs[key] != value:
            differs.append(f"{key} {configs[key]}, catalogue {value}")
    return Step(topic, "differs" if differs else "keep", partitions or settings.partitions, tuple(differs))
