"""``newswire replay``: dry by default, the shadow's figures and status, what it refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from streams import loading
from streams.cli import newswire
from streams.commands.replay import EXIT_DIFFERS
from streams.errors import UsageError
from streams.feeds import shadowing
from streams.feeds.comparing import Compared, Difference, Told
from streams.runtime import groups
from streams.runtime.groups import Group, Position, Rewind

REWINDS = (
    Rewind(Position("wire.raw.v1", 0, 50, 0, 60), 30),
    Rewind(Position("wire.raw.v1", 1, None, 0, 0), 0),
)


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(newswire, ["replay", *arguments])


@pytest.fixture
def group(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What was asked for and set."""
    seen: dict[str, Any] = {"members": 0, "set": []}

    def rewinds(settings: object, name: str, topics: Any, since: float) -> tuple[Rewind, ...]:
        seen.update(name=name, topics=list(topics), since=since)
        return REWINDS

    def set_back(settings: object, name: str, wanted: Any) -> int:
        groups.refuse_members(Group(name, "Stable" if seen["members"] else "Empty", seen["members"]))
        seen["set"] = list(wanted)
        return 1

    monkeypatch.setattr(groups, "rewinds", rewinds)
    monkeypatch.setattr(groups, "set_back", set_back)
    monkeypatch.setattr(groups, "group_of", lambda settings, name: Group(name, "Stable", seen["members"]))
    return seen


def test_a_dry_run_is_the_default(group: dict[str, Any]) -> None:
    group["members"] = 2
    result = invoke("--from", "2026-03-10T06:00:00Z")
    assert result.exit_code == 0
    assert ["wire.raw.v1", "0", "50", "30", "20"] in [line.split() for line in result.output.splitlines()]
    assert "20 records would be read again; nothing set: add --apply (the group has 2 in it" in result.output
    assert group["set"] == []
    assert group["topics"] == ["wire.raw.v1", "wire.normalised.v1"]
    assert group["since"] == 1773122400.0


def test_applied_to_the_topic_that_was_asked_for(group: dict[str, Any]) -> None:
    result = invoke("--from", "6h", "--topic", "raw", "--apply")
    assert "set back, 20 records will be read again; start the workers" in result.output
    assert (group["topics"], group["set"]) == (["wire.raw.v1"], list(REWINDS))
    rows = [json.loads(line) for line in invoke("--from", "6h", "--apply", "--json").output.splitlines()]
    assert [(row["target"], row["records"], row["applied"]) for row in rows] == [(30, 20, True), (0, 0, False)]


def test_refused_while_members_are_in_the_group(group: dict[str, Any]) -> None:
    group["members"] = 1
    result = invoke("--from", "6h", "--apply")
    assert isinstance(result.exception, UsageError)
    assert "stop every worker first" in str(result.exception)
    assert group["set"] == []


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> tuple[Compared, list[tuple[float, ...]]]:
    record = {"relation": "new", "item": {"headlines": [{"value": "Ferry \x1b[2Jruns aground"}]}}
    found = Compared(
        100,
        [
            Difference(("wire.raw.v1/0/7", 0), Told("rejected", "internal"), Told("published", None, record), {}),
            Difference(
                ("wire.raw.v1/0/9", 1),
                Told("published", None, record),
                Told("published", None, record),
                {"countries": (["PE"], ["EC"])},
            ),
        ],
    )
    asked: list[tuple[float, ...]] = []

    def shadow(settings: Any, tools: Any, windows: Any, since: float, until: float, warm: float, tick: Any) -> Compared:
        asked.append((since, until, warm))
        tick(1)
        return found

    monkeypatch.setattr(shadowing, "shadow", shadow)
    monkeypatch.setattr(loading, "toolbox", lambda settings: None)
    return found, asked


def test_the_shadow_tells_story_by_story(compared: tuple[Compared, list[tuple[float, ...]]]) -> None:
    result = invoke("--from", "2026-03-10T06:00:00Z", "--until", "2026-03-10T07:00:00Z", "--shadow", "--warm", "2h")
    assert result.exit_code == EXIT_DIFFERS
    assert "wire.raw.v1/0/7#0 rejected internal → published new" in result.output
    assert "published new, other fields" in result.output
    assert result.output.endswith("100 stories compared, 2 would come out otherwise; nothing sent\n")
    assert "\x1b" not in result.output
    assert compared[1] == [(1773122400.0, 1773126000.0, pytest.approx(7200.0))]


def test_as_json_with_a_limit_and_the_whole_sum(compared: tuple[Compared, list[tuple[float, ...]]]) -> None:
    rows = [
        json.loads(line) for line in invoke("--from", "6h", "--shadow", "--json", "--limit", "1").output.splitlines()
    ]
    assert rows[0]["would"] == {"outcome": "published", "reason": None, "relation": "new"}
    assert (len(rows), rows[-1]["stories"], rows[-1]["differ"]) == (2, 100, 2)


def test_no_difference_is_status_0(compared: tuple[Compared, list[tuple[float, ...]]]) -> None:
    compared[0].differences.clear()
    assert invoke("--from", "6h", "--shadow").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--from", "6h", "--shadow", "--apply"), "leave --topic and --apply out"),
        (("--from", "6h", "--shadow", "--topic", "raw"), "leave --topic and --apply out"),
        (("--from", "6h", "--warm", "1h"), "go with --shadow"),
        (("--from", "6h", "--limit", "1"), "go with --shadow"),
        (("--from", "yesterday"), "--from yesterday"),
        (("--from", "2999-01-01"), "before now"),
        (("--from", "1h", "--shadow", "--until", "2h"), "before --until"),
    ],
)
def test_bad_usage_says_what_to_do(group: dict[str, Any], arguments: tuple[str, ...], said: str) -> None:
    result = invoke(*arguments)
    assert isinstance(result.exception, UsageError)
    assert said in str(result.exception)
