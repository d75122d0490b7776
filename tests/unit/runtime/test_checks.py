"""The checks of ``newswire doctor``: each once fine, once not, with something to do."""

from __future__ import annotations

import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from kafka.errors import IncompatibleBrokerVersion, KafkaConnectionError, TopicAuthorizationFailedError

from streams import config
from streams.contracts import topics
from streams.errors import BrokerTrouble
from streams.runtime import checks_broker, checks_local, findings, groups, installation, provision
from streams.runtime.findings import Finding
from streams.runtime.groups import Group
from streams.runtime.provision import Step

SETTINGS = config.Settings()
PRODUCTION = replace(
    SETTINGS,
    broker="kafka-1:9092,kafka-2:9092",
    replication=3,
    min_insync=2,
    store="rocksdb",
    data_dir=Path("/var/lib/newswire"),
)


def verdicts(found: Iterator[Finding]) -> list[tuple[str, str]]:
    rows = list(found)
    for row in rows:
        assert bool(row.todo) is (row.verdict != "ok"), (
            f"{row}: what is not fine says what to do, what is fine does not"
        )
    return [(row.verdict, row.said) for row in rows]


# Settings and the machine


@pytest.mark.parametrize("settings", [SETTINGS, PRODUCTION])
def test_the_defaults_and_production_contradict_nothing(settings: config.Settings) -> None:
    assert verdicts(checks_local.contradictions(settings)) == [("ok", "none contradicts another")]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"sasl_username": "newswire", "sasl_password": "x"}, "no one logs in"),
        ({"ssl_cafile": Path("/etc/ca.pem")}, "nothing is encrypted"),
        ({"security_protocol": "SASL_PLAINTEXT"}, "reads the copy"),
        ({"min_insync": 3}, "one broker away stops the wire"),
        ({"min_insync": 1}, "one copy of it"),
        ({"replication": 1, "min_insync": 1}, "one copy of everything"),
        ({"store": "memory"}, "reads the whole changelog"),
        ({"data_dir": Path("data")}, "another directory"),
        ({"session_seconds": 60.0}, "holds a rebalance up"),
        ({"stall_seconds": 30.0}, "is called dead"),
        ({"breaker_share": 1.0}, "never opens"),
        ({"id_window_days": 1.0}, "counts for both"),
        ({"transport": "faust", "compression": "zstd"}, "does nothing"),
    ],
)
def test_each_contradiction_is_told_alone(changes: dict[str, Any], said: str) -> None:
    [(verdict, told)] = verdicts(checks_local.contradictions(replace(PRODUCTION, **changes)))
    assert verdict == "warn"
    assert said in told


def test_no_secret_is_told() -> None:
    settings = replace(PRODUCTION, sasl_username="newswire", sasl_password="c4nary", security_protocol="SASL_PLAINTEXT")
    assert "c4nary" not in repr(list(checks_local.contradictions(settings)))


@pytest.mark.parametrize(("free", "verdict"), [(100, "ok"), (1, "warn"), (0.1, "fail")])
def test_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: float, verdict: str) -> None:
    usage = SimpleNamespace(total=200 * 2**30, free=int(free * 2**30))
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    settings = replace(SETTINGS, data_dir=tmp_path / "not" / "yet")
    assert [v for v, _ in verdicts(checks_local.disk(settings))] == [verdict]


def test_a_place_that_is_no_directory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert verdicts(checks_local.disk(replace(SETTINGS, data_dir=tmp_path / "file" / "data")))[0][0] == "fail"


@pytest.mark.parametrize(
    ("soft", "store", "verdict"),
    [(1024, "memory", "ok"), (1024, "rocksdb", "warn"), (resource.RLIM_INFINITY, "rocksdb", "ok")],
)
def test_open_files(monkeypatch: pytest.MonkeyPatch, soft: int, store: Any, verdict: str) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda which: (soft, resource.RLIM_INFINITY))
    assert [v for v, _ in verdicts(checks_local.open_files(replace(SETTINGS, store=store)))] == [verdict]


def test_versions_begin_a_report() -> None:
    assert "faust-streaming" in verdicts(checks_local.versions())[0][1]


# The cluster


class _Client:
    """An administrator that answers what a test says."""

    def __init__(self) -> None:
        self.brokers = 3
        self.release: tuple[int, ...] = (4, 1)
        self._manager = SimpleNamespace(broker_version_data=SimpleNamespace(broker_version=self.release))
        self.operations: list[str] | None = ["READ", "WRITE", "DESCRIBE"]
        self.partition = {"partition_index": 0, "leader_id": 1, "replica_nodes": [1, 2, 3], "isr_nodes": [1, 2, 3]}
        self.dirs: Any = [{"broker": 1, "log_dirs": [{"log_dir": "/k", "total_bytes": 100, "usable_bytes": 50}]}]

    def describe_cluster(self) -> dict[str, Any]:
        return {"brokers": [object()] * self.brokers, "cluster_id": "c"}

    def list_topics(self) -> list[str]:
        return [topic.name for topic in installation.wanted(SETTINGS)]

    def describe_topics(self, names: list[str]) -> list[Any]:
        return [
            {"name": name, "partitions": [self.partition], "authorized_operations": self.operations} for name in names
        ]

    def describe_log_dirs(self, names: list[str]) -> Any:
        if isinstance(self.dirs, Exception):
            raise self.dirs
        return self.dirs


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> _Client:
    made = _Client()

    @contextmanager
    def admin(settings: config.Settings) -> Iterator[_Client]:
        yield made

    monkeypatch.setattr(provision, "admin", admin)
    return made


def test_a_cluster_that_answers(client: _Client) -> None:
    assert [v for v, _ in verdicts(checks_broker.cluster(PRODUCTION))] == ["ok", "ok"]
    client.brokers = 2
    assert [v for v, _ in verdicts(checks_broker.cluster(PRODUCTION))] == ["fail", "ok"]
    client.brokers, client._manager.broker_version_data.broker_version = 3, (0, 11)
    assert [v for v, _ in verdicts(checks_broker.cluster(PRODUCTION))] == ["ok", "fail"]


def test_topics_as_the_catalogue_says(monkeypatch: pytest.MonkeyPatch) -> None:
    def planned(*steps: Step) -> list[tuple[str, str]]:
        monkeypatch.setattr(provision, "plan", lambda settings: steps)
        return verdicts(checks_broker.catalogue(SETTINGS))

    keep = Step(topics.RAW, "keep", 4)
    assert planned(keep) == [("ok", "all 1 as the catalogue says")]
    assert planned(keep, Step(topics.LATEST, "create", 4))[0] == ("fail", "missing: wire.latest.v1")
    [(verdict, _)] = planned(Step(topics.LATEST, "differs", 4, ("retention.ms 5, catalogue -1",)))
    assert verdict == "warn"
    [(verdict, _)] = planned(Step(topics.LATEST, "differs", 2, ("partitions 2, catalogue 4",)))
    assert verdict == "fail"


def test_a_desk_is_asked_only_for_what_it_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = (Step(topics.STORIES, "keep", 4), Step(topics.RAW, "create", 4))
    monkeypatch.setattr(provision, "plan", lambda settings: steps)
    assert verdicts(checks_broker.catalogue(SETTINGS, "desk")) == [("ok", "all 1 as the catalogue says")]
    assert verdicts(checks_broker.catalogue(SETTINGS, "worker"))[0][0] == "fail"
    assert list(checks_broker.group(SETTINGS, "desk")) == []


@pytest.mark.parametrize(
    ("changes", "verdict", "said"),
    [
        ({}, "ok", "its replicas in sync"),
        ({"leader_id": -1}, "fail", "have no leader"),
        ({"isr_nodes": [1]}, "fail", "too few replicas in sync"),
        ({"isr_nodes": [1, 2]}, "warn", "not in sync"),
        ({"replica_nodes": [1, 2], "isr_nodes": [1, 2]}, "warn", "NEWSWIRE_REPLICATION=3"),
    ],
)
def test_replicas(client: _Client, changes: dict[str, Any], verdict: str, said: str) -> None:
    client.partition |= changes
    [(found, told)] = verdicts(checks_broker.replicas(PRODUCTION))
    assert found == verdict
    assert said in told


def test_a_user_that_may_not_see_configurations_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(settings: config.Settings) -> tuple[Step, ...]:
        raise BrokerTrouble("refused") from TopicAuthorizationFailedError()

    monkeypatch.setattr(provision, "plan", refused)
    assert [v for v, _ in verdicts(checks_broker.catalogue(SETTINGS))] == ["ok"]


def test_the_clock_asks_only_for_what_the_role_may_read() -> None:
    asked: list[str] = []
    for role in ("worker", "desk"):
        list(checks_broker.clock(SETTINGS, role, lambda: 0.0, lambda topic: asked.append(topic)))  # type: ignore[func-returns-value]
    assert asked == ["wire.raw.v1", "wire.normalised.v1", "wire.stories.v1"]


def test_what_a_role_needs_is_what_its_acls_say() -> None:
    assert checks_broker.needed(SETTINGS, "administrator")["wire.raw.v1"] == {
        "CREATE", "DESCRIBE_CONFIGS", "READ", "WRITE"
    }  # fmt: skip
    assert checks_broker.needed(SETTINGS, "feeder") == {"wire.raw.v1": frozenset({"WRITE"})}


def test_permissions(client: _Client) -> None:
    assert [v for v, _ in verdicts(checks_broker.permissions(SETTINGS))] == ["ok"]
    client.operations = ["READ", "DESCRIBE"]
    told = verdicts(checks_broker.permissions(SETTINGS))
    assert {v for v, _ in told} == {"fail"}
    assert not any(said.startswith("wire.raw.v1:") for _, said in told), "the raw topic is only read"
    client.operations = None
    assert verdicts(checks_broker.permissions(SETTINGS)) == [("ok", "the cluster does not tell what this user may do")]


@pytest.mark.parametrize(
    ("group", "verdict"),
    [
        (Group("newswire", "Stable", 2), "ok"),
        (Group("newswire", "Empty", 0), "warn"),
        (Group("newswire", "Stable", 5), "warn"),
        (Group("newswire", "PreparingRebalance", 2), "warn"),
        (Group("newswire", None, None), "ok"),
    ],
)
def test_the_group(monkeypatch: pytest.MonkeyPatch, group: Group, verdict: str) -> None:
    monkeypatch.setattr(groups, "group_of", lambda settings, name: group)
    assert [v for v, _ in verdicts(checks_broker.group(SETTINGS))] == [verdict]


@pytest.mark.parametrize(
    ("stamp", "verdict"), [(None, "ok"), (900.0, "ok"), (1001.5, "ok"), (1010.0, "warn"), (1100.0, "fail")]
)
def test_the_clock(stamp: float | None, verdict: str) -> None:
    found = checks_broker.clock(
        SETTINGS, "worker", lambda: 1000.0, lambda topic: stamp if topic == topics.RAW.name else None
    )
    assert [v for v, _ in verdicts(found)] == [verdict]


@pytest.mark.parametrize(("usable", "verdict"), [(50, "ok"), (10, "warn"), (3, "fail"), (-1, "ok")])
def test_the_brokers_disks(client: _Client, usable: int, verdict: str) -> None:
    client.dirs[0]["log_dirs"][0]["usable_bytes"] = usable
    assert [v for v, _ in verdicts(checks_broker.log_disks(SETTINGS))] == [verdict]


@pytest.mark.parametrize("error", [IncompatibleBrokerVersion("no"), KafkaConnectionError("gone")])
def test_a_cluster_that_does_not_tell_of_its_disks(client: _Client, error: Exception) -> None:
    client.dirs = error
    [(verdict, said)] = verdicts(checks_broker.log_disks(SETTINGS))
    assert verdict == "ok"
    assert "does not tell" in said


def test_a_check_that_cannot_be_made_is_a_finding() -> None:
    def broken() -> Iterator[Finding]:
        yield Finding("x", "ok", "so far")
        raise BrokerTrouble("cannot reach Kafka")

    assert verdicts(findings.run("x", broken)) == [
        ("ok", "so far"),
        ("fail", "could not be checked: cannot reach Kafka"),
    ]
