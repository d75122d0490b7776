"""``newswire doctor``: a line each, statuses, and nothing asked of a cluster that does not answer."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result

from streams.cli import newswire
from streams.errors import BrokerTrouble
from streams.runtime import checks_broker
from streams.runtime.findings import Finding

CHECKS = ("catalogue", "replicas", "permissions", "group", "log_disks")


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(newswire, ["doctor", *arguments], env={"NEWSWIRE_STORE": "memory"})


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> dict[str, Finding]:
    """What each check finds; a test may say otherwise."""
    found = {name: Finding(name, "ok", "fine") for name in (*CHECKS, "cluster", "clock")}

    def of(name: str) -> Iterator[Finding]:
        yield found[name]

    for name in (*CHECKS, "cluster"):
        monkeypatch.setattr(checks_broker, name, lambda settings, role="", name=name: of(name))
    monkeypatch.setattr(checks_broker, "clock", lambda settings, role, now, newest: of("clock"))
    return found


def test_all_well(cluster: dict[str, Finding]) -> None:
    result = invoke()
    assert result.exit_code == 0
    assert "0 failed" in result.output.splitlines()[-1]
    assert [line.split()[1] for line in result.output.splitlines() if line.endswith("fine")] == [
        "cluster", "catalogue", "replicas", "permissions", "group", "clock", "log_disks"
    ]  # fmt: skip


def test_a_failure_says_what_to_do_and_is_status_3(cluster: dict[str, Finding]) -> None:
    cluster["catalogue"] = Finding("topics", "fail", "wire.latest.v1 is missing", "newswire topics apply")
    result = invoke()
    assert result.exit_code == 3
    assert "FAIL topics       wire.latest.v1 is missing" in result.output
    assert "→ newswire topics apply" in result.output


def test_a_warning_only_when_strict(cluster: dict[str, Finding]) -> None:
    cluster["group"] = Finding("group", "warn", "no worker runs", "start one")
    assert invoke().exit_code == 0
    assert invoke("--strict").exit_code == 3


def test_a_cluster_that_does_not_answer_is_asked_once(
    cluster: dict[str, Finding], monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(settings: object) -> Iterator[Finding]:
        raise BrokerTrouble("cannot reach Kafka at 127.0.0.1:9092")
        yield

    monkeypatch.setattr(checks_broker, "cluster", silent)
    result = invoke("--json")
    rows = [json.loads(line) for line in result.output.splitlines()]
    assert result.exit_code == 3
    assert [row["said"] for row in rows[-2:]] == [
        "could not be checked: cannot reach Kafka at 127.0.0.1:9092",
        "the rest was not looked at",
    ]


def test_without_a_broker(cluster: dict[str, Finding]) -> None:
    cluster["cluster"] = Finding("broker", "fail", "not asked", "x")
    result = invoke("--no-broker", "--json")
    assert {json.loads(line)["check"] for line in result.output.splitlines()} == {
        "versions", "settings", "disk", "open files"
    }  # fmt: skip
