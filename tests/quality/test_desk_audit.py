"""Copy in many agencies' and sites' habits, its answers written before any of it was run: what the copy desk reads."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from streams import config, loading, pipeline
from streams.contracts.story import NormalisedStory, Origin, RawMessage

FOLDER = Path(__file__).parent / "desk_audit"
NOON = datetime(2026, 10, 6, 12, tzinfo=UTC)
FLOORS: dict[str, float] = tomllib.loads((FOLDER.parent / "floors.toml").read_text("utf-8"))["desk audit"]


def messages() -> list[dict[str, Any]]:
    """Every message with its answers."""
    return [m for file in sorted(FOLDER.glob("*.toml")) for m in tomllib.loads(file.read_text("utf-8"))["message"]]


def read(message: dict[str, Any], toolbox: pipeline.Toolbox) -> NormalisedStory:
    body = message["raw"].removeprefix("\n").encode()
    raw = RawMessage(body, Origin(message["id"]), message["source"], received=NOON, arrived=NOON)
    [story] = pipeline.normalise(raw, toolbox)
    return story


def wrong(story: NormalisedStory, gold: dict[str, Any]) -> dict[str, Any]:
    """The fields that are not as the answers have them, with what they are."""
    dateline, signals = story.dateline, story.signals
    until = story.embargoed_until
    is_now: dict[str, Any] = {
        "headline": story.headline,
        "city": dateline and dateline.city,
        "country": dateline and dateline.country,
        "date": dateline and dateline.date and dateline.date.isoformat(),
        "by": story.by or "",
        "note": story.ed_note or "",
        "kind": story.kind,
        "urgency": story.urgency,
        "language": (story.language or "").split("-")[0],
        "corrects": signals.corrects,
        "kills": signals.kills,
        "lead": signals.lead,
        "embargo": until and until.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "captions": list(story.captions),
        "first": story.body,
        "last": story.body,
        "absent": story.body,
    }
    return {name: is_now[name] for name, right in gold.items() if not _is_right(name, is_now[name], right)}


def _is_right(name: str, value: Any, right: Any) -> bool:
    match name:
        case "first":
            return bool(value.startswith(right))
        case "last":
            return bool(value.endswith(right))
        case "absent":
            return not any(text in value for text in right)
        case "note":
            return right in value
        case _:
            return bool(value == right)


@pytest.fixture(scope="module")
def judged() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    toolbox = loading.toolbox(config.Settings())
    return [(message, wrong(read(message, toolbox), message["gold"])) for message in messages()]


@pytest.mark.parametrize("field", sorted(FLOORS))
def test_field(field: str, judged: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    asked = [message for message, _ in judged if field in message["gold"]]
    missed = {message["id"]: is_now[field] for message, is_now in judged if field in is_now}
    assert 1 - len(missed) / len(asked) >= FLOORS[field], missed


def test_every_field_has_a_floor(judged: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    asked: dict[str, int] = defaultdict(int)
    for message, _ in judged:
        for field in message["gold"]:
            asked[field] += 1
    assert asked.keys() == FLOORS.keys()
