"""The bundled sample wire through the whole pipeline, against the answers written with it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from streams import config, loading, pipeline
from streams.contracts import codec
from streams.contracts.record import ProcessLine
from streams.feeds.sampling import sample
from tests.contracts.examples import validator

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


def test_every_line_is_as_its_schema_says(lines: dict[str, ProcessLine]) -> None:
    check = validator("process-line.v1")
    wrong = [
        f"{name}: {error.json_path} {error.message[:120]}"
        for name, line in lines.items()
        for error in check.iter_errors(codec.loads(codec.encode(line)))
    ]
    assert not wrong


def test_every_item_is_strict_ninjs(lines: dict[str, ProcessLine], shared: Path) -> None:
    schema = json.loads((shared / "data" / "standards" / "ninjs-schema_3.1.json").read_text("utf-8"))
    check = Draft202012Validator(schema)
    for name, line in lines.items():
        if line.record is not None:
            assert not list(check.iter_errors(line.record.item)), name


def test_receipts_and_evidence_point_at_their_words(lines: dict[str, ProcessLine]) -> None:
    for name, line in lines.items():
        if line.record is None:
            continue
        item = line.record.item
        texts = {"headline": item["headlines"][0]["value"], "body": item["bodies"][0]["value"]}
        for mention in line.record.mentions:
            assert texts[mention.field][mention.start : mention.end] == mention.text, name
        for day in line.record.dates:
            if day.field in texts:
                assert texts[day.field][day.start : day.end] == day.text, name
        for country in line.record.countries:
            assert country.evidence or {"dateline", "agency"} & set(country.roles), f"{name}: a tag without evidence"


def test_the_same_input_gives_the_same_bytes(lines: dict[str, ProcessLine]) -> None:
    settings = config.Settings()
    again = pipeline.process(sample(EMBARGO), loading.toolbox(settings), loading.windows(settings), lambda: EMBARGO)
    assert [codec.encode(line) for line in again] == [codec.encode(line) for line in lines.values()]
