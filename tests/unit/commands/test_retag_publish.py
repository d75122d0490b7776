"""``newswire retag --publish``: dry by default, said with a status; what it sends, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from streams.cli import newswire
from streams.commands.retag import EXIT_CHANGED
from streams.contracts import codec
from streams.contracts.retag import Retag
from streams.errors import UsageError
from streams.feeds import retagging
from streams.feeds.retagging import Window
from streams.feeds.subscribing import Consumed

COPY = """Ferry sinks off {0}

LIMA, March 3 (AFP) - A Peruvian ferry sank off {0} on Tuesday, the navy in Lima said, and Chile sent two ships.

All {1} people on board the ferry were saved by fishing boats from {0}, officials said.
"""


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(newswire, ["retag", *arguments])


@pytest.fixture
def ours(tmp_path: Path) -> str:
    path = tmp_path / "ours.toml"
    path.write_text('[south]\ntitle = "South"\ncountries = ["PE"]\n')
    return str(path)


@pytest.fixture
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Window]:
    """Two stories on the feed; the windows that were asked for."""
    files = []
    for number, town in enumerate(("Callao", "Paita")):
        files.append(tmp_path / f"{town}.txt")
        files[-1].write_text(COPY.format(town, 40 + number))
    lines = CliRunner().invoke(newswire, ["process", *map(str, files)]).stdout.splitlines()
    values = [codec.encode(json.loads(line)["record"]) for line in lines]
    assert len(values) == 2
    windows: list[Window] = []

    def newest(_settings: object, window: Window) -> Iterator[Consumed]:
        windows.append(window)
        for offset, value in enumerate(values):
            yield Consumed("wire.latest.v1", 0, offset, 0.0, 0.0, b"k", value, [])

    monkeypatch.setattr(retagging, "newest", newest)
    return windows


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Retag]:
    found: list[Retag] = []

    def send(wanted: Any, _settings: object, rate: float | None, progress: Any) -> int:
        assert rate in (None, 50.0)
        for one in wanted:
            found.append(one)
            progress(len(found))
        return len(found)

    monkeypatch.setattr(retagging, "send", send)
    return found


def test_a_dry_run_is_the_default(feed: list[Window], sent: list[Retag], ours: str) -> None:
    result = invoke("--publish", "--desks", ours)
    assert result.exit_code == EXIT_CHANGED
    assert "Ferry sinks off Callao" in result.output
    assert "→ south" in result.output
    assert "2 stories: 2 change, 0 do not, 0 killed" in result.output
    assert "nothing sent" in result.output
    assert not sent
    assert feed == [Window()]


def test_what_is_installed_changes_nothing_of_what_it_made(feed: list[Window], sent: list[Retag]) -> None:
    result = invoke("--publish")
    assert result.exit_code == 0
    assert result.output.startswith("2 stories: 0 change, 2 do not")


def test_sent_they_are_no_finding(feed: list[Window], sent: list[Retag], ours: str) -> None:
    result = invoke("--publish", "--send", "--rate", "50", "--desks", ours)
    assert result.exit_code == 0
    assert [one.record.desks for one in sent] == [("south",), ("south",)]
    assert result.output.startswith("2 stories: 2 change")
    assert "2 sent" in result.output


def test_a_limit_ends_it_early(feed: list[Window], sent: list[Retag], ours: str) -> None:
    assert invoke("--publish", "--send", "--limit", "1", "--desks", ours).exit_code == 0
    assert len(sent) == 1


def test_json_ends_with_the_summary(feed: list[Window], sent: list[Retag], ours: str) -> None:
    *changes, summary = map(json.loads, invoke("--publish", "--json", "--desks", ours).output.splitlines())
    assert [change["desks"]["after"] for change in changes] == [["south"], ["south"]]
    assert (summary["stories"], summary["changed"], summary["sent"]) == (2, 2, 0)


def test_the_window_is_passed_on(feed: list[Window], sent: list[Retag], ours: str) -> None:
    invoke("--publish", "--since", "2026-03-10T06:00:00Z", "--until", "2026-03-10T08:00:00+01:00")
    invoke("--publish", "--since", "2h", "--until", "90m")
    hour, half = feed
    six = datetime(2026, 3, 10, 6, tzinfo=UTC).timestamp()
    assert hour == Window(six, six + 3600)
    assert half.since is not None
    assert half.until is not None
    assert half.until - half.since == pytest.approx(1800)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--publish", "--topic"), "neither PATH"),
        (("--publish", "x.jsonl"), "neither PATH"),
        (("--publish", "--diff"), "leave --diff out"),
        (("--since", "1h", "--topic"), "go with --publish"),
        (("--send", "--topic"), "go with --publish"),
        (("--publish", "--rate", "5"), "--send"),
        (("--publish", "--since", "yesterday"), "--since yesterday"),
        (("--publish", "--since", "1h", "--until", "2h"), "before --until"),
    ],
)
def test_bad_usage_says_what_to_do(arguments: tuple[str, ...], said: str) -> None:
    result = invoke(*arguments)
    assert isinstance(result.exception, UsageError)
    assert said in str(result.exception)
