"""Floors under what identity reaches on whole chains of sends, with reprints and look-alikes; only ever raised."""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from streams.config import Settings
from streams.contracts.envelope import to_message
from streams.contracts.record import StoryRecord
from streams.identity import IdentitySettings
from streams.loading import toolbox
from streams.pipeline import process

FLOORS: dict[str, float] = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))["chains"]


@pytest.fixture(scope="module")
def answers(shared: Path) -> tuple[dict[str, dict[str, Any]], dict[str, StoryRecord]]:
    folder = shared / "data" / "chains"
    if not (folder / "stream.jsonl").is_file():
        pytest.skip("no story chains in ../shared/data/chains")
    envelopes = [json.loads(line) for line in (folder / "stream.jsonl").read_text().splitlines()]
    gold = {g["id"]: g for g in map(json.loads, (folder / "gold.jsonl").read_text().splitlines())}
    messages = [to_message(fields["id"], fields) for fields in envelopes]
    clock = datetime.fromisoformat(envelopes[0]["received"])
    lines = process(messages, toolbox(Settings()), IdentitySettings(), lambda: clock)
    return gold, {line.input: line.record for line in lines if line.record is not None}


@pytest.mark.shared
def test_families(answers: tuple[dict[str, dict[str, Any]], dict[str, StoryRecord]]) -> None:
    gold, records = answers
    true = {k: g["story"] for k, g in gold.items() if g.get("story") and not g.get("story_soft") and k in records}
    belongs: dict[str, set[str]] = defaultdict(set)
    stands: dict[str, set[str]] = defaultdict(set)
    for name, family in true.items():
        belongs[family].add(name)
        stands[records[name].story].add(name)
    shared_with = {k: belongs[true[k]] & stands[records[k].story] for k in true}
    precision = sum(len(shared_with[k]) / len(stands[records[k].story]) for k in true) / len(true)
    recall = sum(len(shared_with[k]) / len(belongs[true[k]]) for k in true) / len(true)
    assert 2 * precision * recall / (precision + recall) >= FLOORS["families"]
    merged = {
        (gold[k]["story"], trap)
        for k in true
        for trap in gold[k].get("traps", ())
        if any(true[other] == trap for other in stands[records[k].story])
    }
    assert not merged, "look-alikes merged"


@pytest.mark.shared
def test_relations(answers: tuple[dict[str, dict[str, Any]], dict[str, StoryRecord]]) -> None:
    gold, records = answers
    asked = {k: [g["relation"], *g.get("relation_ok", ())] for k, g in gold.items() if g.get("relation")}
    right = [k for k, allowed in asked.items() if k in records and records[k].relation in allowed]
    assert len(right) >= FLOORS["relation"] * len(asked), sorted(set(asked) - set(right))
