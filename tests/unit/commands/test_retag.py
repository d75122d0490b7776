"""``newswire retag``: the same tags again by default; what other desks would change, said with a status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from streams.cli import newswire
from streams.commands import retag
from streams.errors import UsageError
from streams.feeds.subscribing import Consumed

COPY = """Ferry sinks off Peru

LIMA, March 3 (AFP) - A Peruvian ferry sank off Callao on Tuesday, the navy in Lima said, and Chile sent two ships.

All 40 people on board the ferry were saved by fishing boats from the port, officials said.
"""
OURS = '[south]\ntitle = "South"\ncountries = ["PE"]\n'


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(newswire, ["retag", *arguments])


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """One line of ``process``, and one that carries no record."""
    story = tmp_path / "story.txt"
    story.write_text(COPY)
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    made = CliRunner().invoke(newswire, ["process", str(story), str(empty)])
    out = tmp_path / "lines.jsonl"
    out.write_text("".join(line + "\n" for line in made.stdout.splitlines() if line.startswith("{")))
    assert len(out.read_text().splitlines()) == 2
    return out


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    path = tmp_path / "ours.toml"
    path.write_text(OURS)
    return path


def record(lines: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(lines.read_text().splitlines()[0])["record"]
    return found


def test_the_same_gazetteer_and_desks_change_nothing(lines: Path) -> None:
    result = invoke("--diff", str(lines))
    assert result.exit_code == 0
    assert result.output.startswith("1 stories, 0 would change")
    again = invoke(str(lines))
    assert json.loads(again.stdout) == record(lines)


def test_other_desks_show_what_changes(lines: Path, ours: Path) -> None:
    result = invoke("--diff", "--desks", str(ours), str(lines))
    assert result.exit_code == retag.EXIT_CHANGED
    assert "Ferry sinks off Peru" in result.output
    assert "→ south" in result.output
    assert "countries" not in result.output
    assert "1 stories, 1 would change" in result.output


def test_json_gives_both_sides_and_the_summary_last(lines: Path, ours: Path) -> None:
    result = invoke("--diff", "--json", "--desks", str(ours), str(lines))
    change, summary = map(json.loads, result.output.splitlines())
    before = record(lines)
    assert (change["uri"], change["version"]) == (before["item"]["uri"], before["item"]["version"])
    assert change["desks"] == {"before": before["desks"], "after": ["south"]}
    assert change["countries"]["before"] == change["countries"]["after"] == [t["code"] for t in before["countries"]]
    assert (summary["stories"], summary["changed"]) == (1, 1)


def test_without_diff_the_records_keep_their_identity(lines: Path, ours: Path) -> None:
    (line,) = invoke("--desks", str(ours), str(lines)).stdout.splitlines()
    after, before = json.loads(line), record(lines)
    assert after.pop("desks") == ["south"] != before.pop("desks")
    assert after == before


def test_a_wrong_tag_of_yesterday_is_mended(tmp_path: Path, lines: Path) -> None:
    old = record(lines)
    old["countries"] = [{"code": "AQ", "score": 0.9, "roles": ["focus"], "evidence": []}]
    old["warnings"] = ["an old note", "USSR: read as Russia, one of its successors"]
    path = tmp_path / "old.jsonl"
    path.write_text(json.dumps(old) + "\n")
    result = invoke("--diff", "--json", str(path))
    assert result.exit_code == retag.EXIT_CHANGED
    assert json.loads(result.output.splitlines()[0])["countries"] == {"before": ["AQ"], "after": ["PE"]}
    assert json.loads(invoke(str(path)).stdout)["warnings"] == ["an old note"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [((), "PATH"), (("--topic", "x"), "one of them"), (("--json", "x"), "--diff"), (("--diff", "nowhere"), "nowhere")],
)
def test_bad_usage_says_what_to_do(arguments: tuple[str, ...], said: str) -> None:
    result = invoke(*arguments)
    assert isinstance(result.exception, UsageError)
    assert said in str(result.exception)


@pytest.mark.parametrize("line", ["no json", '{"headline": "x"}', "[]"])
def test_a_line_that_is_no_record_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("\n" + line + "\n")
    result = invoke("--diff", str(path))
    assert isinstance(result.exception, UsageError)
    assert f"{path}, line 2" in str(result.exception)


def test_the_topic_is_read_up_to_now(monkeypatch: pytest.MonkeyPatch, lines: Path, ours: Path) -> None:
    value = json.dumps(record(lines)).encode()
    began = [Consumed("wire.stories.v1", 0, n, stamp, 0.0, b"k", value, []) for n, stamp in enumerate((1.0, 1e12))]

    class Broker:
        def __init__(self, _settings: object, names: list[str], from_beginning: bool) -> None:
            assert names == ["wire.stories.v1"]
            assert from_beginning

        def __enter__(self) -> Broker:
            return self

        def __exit__(self, *_exception: object) -> None:
            return None

        def standing(self) -> list[Consumed]:
            return began

    monkeypatch.setattr(retag, "Subscriber", Broker)
    result = invoke("--diff", "--topic", "--desks", str(ours))
    assert result.exit_code == retag.EXIT_CHANGED
    assert "1 stories, 1 would change" in result.output
