"""The topic catalogue → Strimzi's KafkaTopic resources, API v1; reads the settings of the workers, asks no cluster."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import yaml

from streams import config
from streams.config import Settings
from streams.runtime import installation, provision

FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "kubernetes"
CLUSTER = "wire"
API = "kafka.strimzi.io/v1"
_NUMBERS = ("retention.ms", "max.message.bytes", "min.insync.replicas")


def settings() -> Settings:
    """The settings of the workers there, less what a secret gives; ``NEWSWIRE_DESKS`` may come from the environment."""
    lines = (FOLDER / "settings.env").read_text("utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    desks = os.environ.get("NEWSWIRE_DESKS")
    secret = {"NEWSWIRE_SASL_USERNAME": "-", "NEWSWIRE_SASL_PASSWORD": "-"}
    return config.load({**given, **secret, **({"NEWSWIRE_DESKS": desks} if desks else {})})


def resources(chosen: Settings) -> list[dict[str, Any]]:
    """Return a KafkaTopic for every topic of the catalogue, desks and changelog among them."""
    return [
        {
            "apiVersion": API,
            "kind": "KafkaTopic",
            "metadata": {"name": topic.name, "labels": {"strimzi.io/cluster": CLUSTER}},
            "spec": {
                "topicName": topic.name,
                "partitions": chosen.partitions,
                "replicas": chosen.replication,
                "config": {
                    key: int(value) if key in _NUMBERS else value
                    for key, value in provision.configs_of(topic, chosen).items()
                },
            },
        }
        for topic in installation.wanted(chosen)
    ]


def text() -> str:
    """The file topics.yaml."""
    head = "# Every topic of the catalogue; python -m tools.kubernetes writes this.\n"
    return head + yaml.safe_dump_all(resources(settings()), sort_keys=False)
