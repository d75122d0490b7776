"""The bundled sample wire through the whole pipeline, against the answers written with it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from streams import config, loading, pipeline
from streams.contracts.record import ProcessLine
from streams.feeds.sampling import sample

ANSWERS = Path(__file__).parent.parent / "unit" / "feeds" / "sample_answers.jsonl"
EMBARGO = datetime(2026, 3, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def lines() -> dict[str, ProcessLine]:
    settings = config.Settings()
    made = pipeline.process(sample(EMBARGO), loading.toolbox(settings), loading.windows(settings), lambda: EMBARGO)
    return {line.input: line for line in made}


@pytest.fixture(scope="module")
def answers() -> list[dict[str, Any]]:
    return [json.loads(line) for line in ANSWERS.read_text("utf-8").splitlines()]


def test_every_message_has_one_answer(lines: dict[str, ProcessLine], answers: list[dict[str, Any]]) -> None:
    assert set(lines) == {answer["id"] for answer in answers}


def test_outcomes(lines: dict[str, ProcessLine], answers: list[dict[str, Any]]) -> None:
    wrong = [
        (answer["id"], answer["outcome"], lines[answer["id"]].outcome)
        for answer in answers
        if answer.get("outcome") and lines[answer["id"]].outcome != answer["outcome"]
    ]
    assert not wrong


def test_relations(lines: dict[str, ProcessLine], answers: list[dict[str, Any]]) -> None:
    wrong = []
    for answer in answers:
        record = lines[answer["id"]].record
        allowed = answer.get("relation") or []
        if record is not None and allowed and record.relation not in allowed:
            wrong.append((answer["id"], allowed, record.relation))
    assert not wrong


def test_families(lines: dict[str, ProcessLine], answers: list[dict[str, Any]]) -> None:
    families: dict[str, set[str]] = {}
    stories: dict[str, set[str]] = {}
    for answer in answers:
        record = lines[answer["id"]].record
        if record is not None and answer.get("family"):
            families.setdefault(answer["family"], set()).add(record.story)
            stories.setdefault(record.story, set()).add(answer["family"])
    assert {family: found for family, found in families.items() if len(found) > 1} == {}, "chains in pieces"
    assert {story: found for story, found in stories.items() if len(found) > 1} == {}, "look-alikes merged"
