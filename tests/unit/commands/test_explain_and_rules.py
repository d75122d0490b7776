"""``newswire explain`` and ``newswire rules``: what they print, and what they never let through."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from streams.cli import newswire
from streams.commands.copyview import explained
from streams.contracts.story import Origin, RawMessage
from streams.copydesk import RULES, clean
from streams.formats import read

COPY = (
    "Freedonia-strike,lead\nPilots back at work\n\n   ATTENTION - ADDS quotes ///\n\n"
    "   PORT SARNIA, March 3, 2026 (AFP) - Harbour pilots went back to work on Monday after nine days of strike.\n\n"
    "   They were tired.\n\nabc/def\n"
)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(newswire, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_every_cut_is_marked_with_its_rule(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(COPY)
    shown = run("explain", "--source", "afp", str(path))
    assert "[[PORT SARNIA, March 3, 2026 (AFP) -]] [rule: dateline.agency] Harbour pilots went back" in shown
    assert "[[abc/def]] [rule: signoff.initials]" in shown
    for line in (
        "headline   Pilots back at work (main)",
        "day        on Monday → 2026-03-02",
        "signals    adds; lead 1",
    ):
        assert line in shown


def test_jsonl_and_what_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "day.jsonl"
    path.write_text(json.dumps({"id": "a", "body": COPY}) + '\n{"id": "b", "body": ""}\nno envelope\n')
    result = CliRunner().invoke(newswire, ["explain", "--jsonl", str(path)])
    assert result.exit_code == 0
    assert "a, story 0: plain/" in result.output
    assert "b: rejected, empty" in result.output
    assert "line-3: rejected, invalid_envelope" in result.output


@pytest.mark.parametrize("colour", [True, False])
def test_copy_cannot_steer_the_terminal(colour: bool) -> None:
    message = RawMessage(
        "Pilots\x9b31m back [bold]\x1b[2J\n\nThey were \x1b]0;owned\x07 tired\u202e.\n\nAFP\x1b[1m/hd\n".encode(),
        Origin("x\x1b[0m"),
    )
    (raw,) = read(message, 10_000)
    plain = explained(message, clean(raw, None), colour=colour).plain
    assert not set(plain) & set("\x1b\x07\x9b\u202e")
    assert "[bold]" in plain


def test_rules_as_a_table_and_as_json() -> None:
    table = run("rules", "list")
    for column in ("id", "family", "agencies", "languages", "habit", "example"):
        assert column in table
    listed = json.loads(run("rules", "list", "--json"))
    assert [rule["id"] for rule in listed["rules"]] == [rule.id for rule in RULES]
    assert all(rule["examples"] for rule in listed["rules"])


def test_rules_of_a_family_and_a_language() -> None:
    listed = json.loads(run("rules", "list", "--json", "--family", "boilerplate", "--language", "fr"))["rules"]
    assert {rule["family"] for rule in listed} == {"boilerplate"}
    assert all("fr" in rule["languages"] for rule in listed)
    unknown = CliRunner().invoke(newswire, ["rules", "list", "--family", "nonsense"], standalone_mode=True)
    assert unknown.exit_code == 2
