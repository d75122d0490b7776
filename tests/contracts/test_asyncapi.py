"""schemas/asyncapi.yaml is what the catalogue says today, whole, with every reference leading somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from streams.contracts.topics import DESK_PREFIX, NORMALISED, RAW, TOPICS
from tests.contracts.examples import SCHEMA, SCHEMAS
from tools.schemas.asyncapi import TARGET, document, render


@pytest.fixture(scope="module")
def committed() -> dict[str, Any]:
    return yaml.safe_load(TARGET.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for child in value.values():
            yield from references(child)
    elif isinstance(value, list):
        for child in value:
            yield from references(child)


def follow(document: dict[str, Any], reference: str) -> Any:
    node: Any = document
    for part in reference.removeprefix("#/").split("/"):
        node = node[part.replace("~1", "/").replace("~0", "~")]
    return node


def test_the_committed_file_is_what_the_catalogue_makes() -> None:
    assert TARGET.read_text(encoding="utf-8") == render(), "run python -m tools.schemas"


def test_what_is_written_reads_back_the_same(committed: dict[str, Any]) -> None:
    assert committed == document()


def test_required_parts_of_asyncapi_3(committed: dict[str, Any]) -> None:
    assert committed["asyncapi"] == "3.0.0"
    assert {"title", "version"} <= set(committed["info"])
    for channel in committed["channels"].values():
        assert channel["address"]
        assert channel["messages"]
    for operation in committed["operations"].values():
        assert operation["action"] in ("send", "receive")
        channel = follow(committed, operation["channel"]["$ref"])
        inside = f"{operation['channel']['$ref']}/messages/"
        assert all(message["$ref"].startswith(inside) for message in operation["messages"])
        assert {m["$ref"].rsplit("/", 1)[1] for m in operation["messages"]} == set(channel["messages"])
    for message in committed["components"]["messages"].values():
        assert {"name", "contentType", "headers", "payload"} <= set(message)


def test_every_reference_leads_somewhere(committed: dict[str, Any]) -> None:
    seen = list(references(committed))
    assert seen
    for reference in seen:
        if reference.startswith("#/"):
            assert follow(committed, reference)
        else:
            assert (SCHEMAS / reference).is_file(), reference


def test_every_topic_is_a_channel_with_its_schema(committed: dict[str, Any]) -> None:
    channels = {channel["address"]: channel for channel in committed["channels"].values()}
    assert set(channels) == {*(topic.name for topic in TOPICS), f"{DESK_PREFIX}{{desk}}.v1"}
    for topic in TOPICS:
        channel = channels[topic.name]
        assert channel["bindings"]["kafka"]["topicConfiguration"] == {
            "cleanup.policy": topic.cleanup.split(","),
            "retention.ms": topic.retention_ms,
            "max.message.bytes": topic.max_record_bytes,
        }
        payloads = {
            follow(committed, message["$ref"])["payload"].get("$ref", "").rsplit("/", 1)[-1]
            for message in channel["messages"].values()
        }
        assert (topic.schema or "") in payloads
        assert {follow(committed, m["$ref"])["contentType"] for m in channel["messages"].values()} == {
            topic.content_type
        }


def test_the_worker_sends_what_it_writes_and_receives_what_it_reads(committed: dict[str, Any]) -> None:
    done: dict[str, set[str]] = {"send": set(), "receive": set()}
    for operation in committed["operations"].values():
        done[operation["action"]].add(follow(committed, operation["channel"]["$ref"])["address"])
    assert done["receive"] == {RAW.name, NORMALISED.name}
    assert done["send"] == {t.name for t in TOPICS if t.writer == "worker"} | {f"{DESK_PREFIX}{{desk}}.v1"}


def test_every_schema_named_is_used_and_every_file_for_topics_is_named(committed: dict[str, Any]) -> None:
    named = set(committed["components"]["schemas"])
    used = {r.rsplit("/", 1)[1] for r in references(committed) if r.startswith("#/components/schemas/")}
    assert named == used
    # Envelopes and output lines travel through files and pipes, not topics.
    assert named == set(SCHEMA) - {"envelope.v1", "process-line.v1"}
