"""``newswire lag``: the figures, the limits and their status."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from click.testing import CliRunner, Result

from streams.cli import newswire
from streams.commands import lag as command
from streams.errors import UsageError
from streams.feeds import lagging
from streams.feeds.lagging import Lag
from streams.runtime import groups
from streams.runtime.groups import Group, Position

FOUND = (
    Lag(Position("wire.raw.v1", 0, 60, 0, 100), 4.25),
    Lag(Position("wire.raw.v1", 1, 50, 0, 50), 0.0),
    Lag(Position("wire.raw.v1", 2, None, 7, 9), None),
)


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(newswire, ["lag", *arguments])


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Sequence[str] | None]]:
    """What was asked for: group and topics."""
    asked: list[tuple[str, Sequence[str] | None]] = []

    def measure(settings: object, group: str, topics: Sequence[str] | None) -> tuple[Lag, ...]:
        asked.append((group, topics))
        return FOUND

    monkeypatch.setattr(lagging, "measure", measure)
    monkeypatch.setattr(groups, "group_of", lambda settings, name: Group(name, "Stable", 2))
    return asked


def test_a_line_a_partition(asked: list[tuple[str, Sequence[str] | None]]) -> None:
    result = invoke()
    assert result.exit_code == 0
    head, _, *rows = result.output.splitlines()
    assert head == "newswire: Stable, 2 members, 42 records wait"
    assert rows[0].split() == ["wire.raw.v1", "0", "60", "100", "40", "4.2", "s"]
    assert rows[1].split() == ["wire.raw.v1", "1", "50", "50", "0"]
    assert rows[2].split() == ["wire.raw.v1", "2", "none", "9", "2", "unknown"]
    assert asked == [("newswire", ("wire.raw.v1", "wire.normalised.v1"))]


def test_another_group_has_topics_of_its_own(asked: list[tuple[str, Sequence[str] | None]]) -> None:
    invoke("--group", "desk-africa")
    invoke("--group", "desk-africa", "--topic", "wire.desk.africa.v1")
    assert asked == [("desk-africa", None), ("desk-africa", ("wire.desk.africa.v1",))]


def test_as_json(asked: list[tuple[str, Sequence[str] | None]]) -> None:
    data = json.loads(invoke("--json").output)
    assert (data["group"], data["members"], data["total"]) == ("newswire", 2, 42)
    assert data["partitions"][2] == {
        "topic": "wire.raw.v1",
        "partition": 2,
        "committed": None,
        "end": 9,
        "lag": 2,
        "behind_seconds": None,
    }


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("--max", "42"), 0),
        (("--max", "41"), 3),
        (("--max-seconds", "10"), 3),
        (("--max", "100", "--max-seconds", "100000"), 3),
    ],
)
def test_limits(asked: list[tuple[str, Sequence[str] | None]], arguments: tuple[str, ...], status: int) -> None:
    assert invoke(*arguments).exit_code == status


def test_the_limit_of_time_alone() -> None:
    assert not command.over(FOUND[:2], None, 4.25)
    assert command.over(FOUND[:2], None, 4.2)
    assert not command.over((), 0, 0)


def test_a_limit_is_for_a_single_look(asked: list[tuple[str, Sequence[str] | None]]) -> None:
    result = invoke("--watch", "1", "--max", "5")
    assert isinstance(result.exception, UsageError)


def test_again_and_again(asked: list[tuple[str, Sequence[str] | None]], monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(command.time, "sleep", sleep)
    result = invoke("--watch", "2", "--json")
    assert slept == [2.0] * 3
    assert [json.loads(line)["total"] for line in result.output.splitlines() if line.startswith("{")] == [42] * 3
