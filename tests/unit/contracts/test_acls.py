"""What each role may do: enough for its work, no more, and the documentation says so."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from streams.cli import newswire
from streams.contracts import acls, topics

EVERY = topics.catalogue("newswire", ("africa", "europe"))
RULES = acls.rules("newswire", EVERY)
DOC = Path(__file__).resolve().parents[3] / "docs" / "security.md"


def may(role: str, operation: str, resource: str = "topic") -> set[str]:
    return {r.name for r in RULES if r.role == role and r.resource == resource and operation in r.operations}


def test_the_worker_writes_all_but_raw_and_reads_only_its_own() -> None:
    names = {topic.name for topic in EVERY}
    assert may("worker", "Write") == names - {"wire.raw.v1"}
    assert may("worker", "Read") == {"wire.raw.v1", "wire.normalised.v1", "newswire-identity-changelog"}
    assert may("worker", "Read", "group") == {"newswire"}


def test_a_feeder_writes_raw_copy_and_nothing_else() -> None:
    assert [rule for rule in RULES if rule.role == "feeder"] == [
        acls.Rule("feeder", "topic", "wire.raw.v1", ("Write",))
    ]


def test_a_desk_reads_what_is_published_and_writes_nothing() -> None:
    hidden = {"wire.raw.v1", "wire.raw.v1.dlq", "wire.normalised.v1", "newswire-identity-changelog"}
    assert may("desk", "Read") == {topic.name for topic in EVERY} - hidden
    assert may("desk", "Write") == set()


def test_nobody_may_delete_or_change() -> None:
    allowed = {operation for rule in RULES for operation in rule.operations}
    assert allowed == {"Read", "Write", "Create", "Describe", "DescribeConfigs"}
    assert {rule.role for rule in RULES if "Create" in rule.operations} == {"administrator"}


def test_a_new_desk_is_in_it() -> None:
    more = acls.rules("newswire", topics.catalogue("newswire", ("africa", "europe", "sport")))
    assert {(rule.role, rule.name) for rule in more} - {(rule.role, rule.name) for rule in RULES} == {
        (role, "wire.desk.sport.v1") for role in ("worker", "desk", "administrator")
    }


def test_a_line_is_what_the_tool_takes() -> None:
    assert acls.line(acls.Rule("worker", "topic", "t", ("Read", "Write")), "svc", "kafka:9092").endswith(
        "--add --allow-principal User:svc --operation Read --operation Write --topic t"
    )
    assert acls.line(acls.Rule("desk", "group", "", ("Read",), True), "sport", "k:1").endswith(
        "--group sport- --resource-pattern-type prefixed"
    )
    assert acls.line(acls.Rule("administrator", "cluster", "", ("Describe",)), "adm", "k:1").endswith("--cluster")


def test_the_command_prints_lines_for_a_shell() -> None:
    result = CliRunner(env={"NEWSWIRE_APP_ID": "night"}).invoke(newswire, ["topics", "acls", "--role", "worker"])
    assert result.exit_code == 0
    lines = [shlex.split(line) for line in result.output.splitlines()]
    assert {line[0] for line in lines} == {"kafka-acls.sh"}
    assert ["--group", "night"] in [line[-2:] for line in lines]


@pytest.mark.parametrize("user", ["a b", "a;rm -rf /", "$(x)", "a'b", ""])
def test_a_user_that_a_shell_would_misread_is_refused(user: str) -> None:
    result = CliRunner().invoke(newswire, ["topics", "acls", "--worker", user])
    assert result.exit_code != 0


def test_the_documentation_says_the_same() -> None:
    assert f"<!-- acls -->\n{acls.table(RULES)}\n<!-- /acls -->" in DOC.read_text("utf-8")
