"""Filters of ``newswire tail``, and what copy can do to a terminal: nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

from streams.commands.rendering import printable, story_line
from streams.commands.tail import _print, matches
from streams.contracts import headers
from streams.feeds.subscribing import Consumed

RECORD: dict[str, Any] = {
    "item": {"uri": "urn:x:1", "version": "1", "urgency": 3, "headlines": [{"value": "Bridge opens in Lima"}]},
    "relation": "update",
    "kind": "story",
    "desks": ["latin-america"],
    "countries": [{"code": "PE"}],
}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ((None, None, None, None), True),
        (("latin-america", "PE", "update", 3), True),
        (("africa", None, None, None), False),
        ((None, "CL", None, None), False),
        ((None, None, "kill", None), False),
        ((None, None, None, 2), False),
    ],
)
def test_filters(filters: tuple[Any, Any, Any, Any], expected: bool) -> None:
    assert matches(RECORD, *filters) is expected


def test_unknown_urgency_passes_no_urgency_filter() -> None:
    record = {**RECORD, "item": {"headlines": [{"value": "x"}]}}
    assert not matches(record, None, None, None, 8)


def test_a_raw_record_of_any_time_and_headers_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    raw = Consumed("wire.raw.v1", 0, 7, 9.2e15, 0.0, None, b"copy", [("x-null", None)])  # type: ignore[list-item]
    _print(Console(), raw, None, as_json=False)
    letter = replace(raw, headers=[*raw.headers, (f"{headers.DEAD_PREFIX}reason", b"binary")])
    _print(Console(), letter, None, as_json=True)
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "--:--:-- wire.raw.v1/0/7 copy"
    assert json.loads(said[1]) == {"headers": {"x-null": "", f"{headers.DEAD_PREFIX}reason": "binary"}, "bytes": 4}


def test_a_headline_cannot_steer_the_terminal() -> None:
    hostile = "Nice\x1b[2J\x07 headline\r\nsecond \u202eline"
    assert printable(hostile) == "Nice [2J  headline second  line"
    record = {**RECORD, "item": {**RECORD["item"], "headlines": [{"value": hostile}]}}
    assert "\x1b" not in story_line(record, "10:00:00").plain
