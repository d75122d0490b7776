"""A second invented wire, its answers written before any of it was run: families, relations and look-alikes."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from streams import config, loading, pipeline
from streams.contracts.record import StoryRecord
from streams.contracts.story import Origin, RawMessage

FOLDER = Path(__file__).parent / "second_wire"
MIDNIGHT = datetime(2026, 10, 6, tzinfo=UTC)
FLOORS: dict[str, float] = tomllib.loads((FOLDER.parent / "floors.toml").read_text("utf-8"))["second wire"]


def messages() -> list[dict[str, Any]]:
    """Every message with its answers, in order of arrival."""
    found = [m for file in sorted(FOLDER.glob("*.toml")) for m in tomllib.loads(file.read_text("utf-8"))["message"]]
    return sorted(found, key=lambda m: m["minute"])


def records(sent: list[dict[str, Any]]) -> dict[str, StoryRecord]:
    """Message → the record it became; the first one, where another corrects it later."""
    settings = config.Settings()
    made = []
    for fields in sent:
        at = MIDNIGHT + timedelta(minutes=fields["minute"])
        body = fields["body"].strip("\n").encode()
        source = fields.get("source", "afp")
        made.append(RawMessage(body, Origin(fields["id"]), source, "text/plain", received=at, arrived=at))
    lines = pipeline.process(made, loading.toolbox(settings), loading.windows(settings), lambda: MIDNIGHT)
    found: dict[str, StoryRecord] = {}
    for line in lines:
        assert line.record is not None, (line.input, line.reason, line.detail)
        found.setdefault(line.input, line.record)
    return found


@pytest.fixture(scope="module")
def wire() -> tuple[list[dict[str, Any]], dict[str, StoryRecord]]:
    sent = messages()
    return sent, records(sent)


def test_families(wire: tuple[list[dict[str, Any]], dict[str, StoryRecord]]) -> None:
    sent, found = wire
    belongs: dict[str, set[str]] = defaultdict(set)
    stands: dict[str, set[str]] = defaultdict(set)
    for message in sent:
        belongs[message["family"]].add(message["id"])
        stands[found[message["id"]].story].add(message["id"])
    wrong = {
        message["id"]: sorted(stands[found[message["id"]].story])
        for message in sent
        if belongs[message["family"]] != stands[found[message["id"]].story]
    }
    assert 1 - len(wrong) / len(sent) >= FLOORS["families"], wrong


def test_look_alikes_are_kept_apart(wire: tuple[list[dict[str, Any]], dict[str, StoryRecord]]) -> None:
    sent, found = wire
    families = {message["family"]: found[message["id"]].story for message in sent}
    alike = [message for message in sent if message.get("alike")]
    assert alike
    merged = [message["id"] for message in alike if found[message["id"]].story == families[message["alike"]]]
    assert len(merged) <= FLOORS["merged"], merged


def test_relations(wire: tuple[list[dict[str, Any]], dict[str, StoryRecord]]) -> None:
    sent, found = wire
    wrong = {
        message["id"]: (found[message["id"]].relation, message["relation"], found[message["id"]].explanation)
        for message in sent
        if found[message["id"]].relation not in message["relation"]
    }
    assert 1 - len(wrong) / len(sent) >= FLOORS["relations"], wrong
