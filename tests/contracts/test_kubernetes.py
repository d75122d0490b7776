"""deploy/kubernetes against Kubernetes' published schemas, the code and each other. Talks to no cluster.

Strimzi's and KEDA's resources have no schema in a package that may be shipped: their shape is held here, key by key.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from streams import config
from streams.contracts.topics import RAW
from streams.runtime import health, installation
from tools.kubernetes import topics

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy" / "kubernetes"
VERSIONS = ("1.30", "1.33")
BUILT_IN = re.compile(r"(v1|apps/.*|policy/.*|networking\.k8s\.io/.*)")
KUBECTL = shutil.which("kubectl")
IDLE_MB, ENTRY_BYTES, STORIES = 280, 500, 1_000_000
"""Measured: a worker with nothing in its state; one story in its index. And a window of a million stories."""


def documents(*names: str) -> list[dict[str, Any]]:
    found = []
    for name in names or [path.name for path in sorted(FOLDER.glob("*.yaml"))]:
        found += [
            one for one in yaml.safe_load_all((FOLDER / name).read_text("utf-8")) if one["kind"] != "Kustomization"
        ]
    return found


def one(kind: str) -> dict[str, Any]:
    (found,) = [document for document in documents() if document["kind"] == kind]
    return found


@pytest.fixture(scope="module")
def worker() -> dict[str, Any]:
    return one("StatefulSet")


@pytest.fixture(scope="module")
def container(worker: dict[str, Any]) -> dict[str, Any]:
    (only,) = worker["spec"]["template"]["spec"]["containers"]
    return only  # type: ignore[no-any-return]


# Shapes


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_kubernetes_own_is_valid(version: str) -> None:
    validate = pytest.importorskip("kubernetes_validate", reason="pip install kubernetes-validate has the schemas")
    checked = [document for document in documents() if BUILT_IN.fullmatch(document["apiVersion"])]
    assert {"Namespace", "StatefulSet", "Service", "PodDisruptionBudget", "NetworkPolicy"} == {
        document["kind"] for document in checked
    }
    for document in checked:
        validate.validate(document, version, strict=True)


@pytest.mark.skipif(KUBECTL is None, reason="kubectl is not installed")
@pytest.mark.parametrize("version", VERSIONS)
def test_what_kustomize_makes_is_valid(version: str) -> None:
    validate = pytest.importorskip("kubernetes_validate", reason="pip install kubernetes-validate has the schemas")
    assert KUBECTL is not None
    built = subprocess.run([KUBECTL, "kustomize", str(FOLDER)], capture_output=True, text=True, timeout=60, check=False)
    assert built.returncode == 0, built.stderr
    made = list(yaml.safe_load_all(built.stdout))
    kinds = [document["kind"] for document in made]
    assert sorted(kinds) == sorted(["ConfigMap", *(document["kind"] for document in documents())])
    for document in made:
        if document["kind"] != "Namespace":
            assert document["metadata"]["namespace"] == "newswire", document["kind"]
        if BUILT_IN.fullmatch(document["apiVersion"]):
            validate.validate(document, version, strict=True)


def test_every_file_is_in_the_kustomization() -> None:
    listed = yaml.safe_load((FOLDER / "kustomization.yaml").read_text("utf-8"))["resources"]
    assert sorted([*listed, "kustomization.yaml"]) == sorted(path.name for path in FOLDER.glob("*.yaml"))


def keys(value: dict[str, Any], *allowed: str) -> None:
    assert set(value) <= set(allowed), sorted(set(value) - set(allowed))


def test_topics_are_those_of_the_catalogue() -> None:
    assert (FOLDER / "topics.yaml").read_text("utf-8") == topics.text(), "python -m tools.kubernetes"
    made = documents("topics.yaml")
    assert [topic["spec"]["topicName"] for topic in made] == [t.name for t in installation.wanted(topics.settings())]
    for topic in made:
        assert (topic["apiVersion"], topic["kind"]) == ("kafka.strimzi.io/v1", "KafkaTopic")
        keys(topic, "apiVersion", "kind", "metadata", "spec")
        keys(topic["spec"], "topicName", "partitions", "replicas", "config")
        assert re.fullmatch(r"[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?", topic["metadata"]["name"])
        assert topic["metadata"]["labels"] == {"strimzi.io/cluster": topics.CLUSTER}
        assert topic["spec"]["partitions"] == topics.settings().partitions
        assert topic["spec"]["replicas"] > topic["spec"]["config"]["min.insync.replicas"]


def test_scaling_follows_the_raw_topics_lag_slowly_and_no_further_than_partitions(worker: dict[str, Any]) -> None:
    scaled, settings = one("ScaledObject"), topics.settings()
    spec = scaled["spec"]
    keys(
        spec,
        "scaleTargetRef",
        "pollingInterval",
        "minReplicaCount",
        "maxReplicaCount",
        "fallback",
        "advanced",
        "triggers",
    )
    target = {"apiVersion": worker["apiVersion"], "kind": worker["kind"], "name": worker["metadata"]["name"]}
    assert spec["scaleTargetRef"] == target
    assert "replicas" not in worker["spec"], "KEDA's: an apply would set them back"
    assert 2 <= spec["minReplicaCount"] <= spec["maxReplicaCount"] == settings.partitions
    behavior = spec["advanced"]["horizontalPodAutoscalerConfig"]["behavior"]
    assert behavior["scaleUp"]["stabilizationWindowSeconds"] >= 300
    assert behavior["scaleDown"]["stabilizationWindowSeconds"] == 3600, "the most that Kubernetes takes"
    (trigger,) = spec["triggers"]
    keys(trigger, "type", "metadata", "authenticationRef")
    assert trigger["type"] == "kafka"
    asked = trigger["metadata"]
    assert all(isinstance(value, str) for value in asked.values()), "KEDA reads strings"
    assert (asked["topic"], asked["consumerGroup"]) == (RAW.name, settings.app_id)
    assert asked["bootstrapServers"] == settings.broker
    authentication = one("TriggerAuthentication")
    assert trigger["authenticationRef"] == {"name": authentication["metadata"]["name"]}
    parameters = {given["parameter"] for given in authentication["spec"]["secretTargetRef"]}
    assert parameters == {"sasl", "username", "password", "tls", "ca"}


def test_prometheus_operator_gives_the_job_that_the_rules_ask_for(worker: dict[str, Any]) -> None:
    monitor = yaml.safe_load((FOLDER / "components" / "monitoring" / "podmonitor.yaml").read_text("utf-8"))
    labels = worker["spec"]["template"]["metadata"]["labels"]
    assert labels[monitor["spec"]["jobLabel"]] == "newswire"
    assert monitor["spec"]["selector"]["matchLabels"].items() <= labels.items()
    (endpoint,) = monitor["spec"]["podMetricsEndpoints"]
    assert endpoint["port"] == "metrics"


# Against the code


def test_the_settings_are_accepted_and_fit_the_pod(worker: dict[str, Any], container: dict[str, Any]) -> None:
    settings = topics.settings()
    pod = worker["spec"]["template"]["spec"]
    given = {entry["name"] for entry in container["env"]}
    assert given <= {config.variable_of(name) for name in config.Settings.__dataclass_fields__}
    assert container["args"] == ["worker"]
    assert settings.store == "rocksdb"
    mounts = {mount["name"]: Path(mount["mountPath"]) for mount in container["volumeMounts"]}
    assert mounts["state"] == settings.data_dir
    assert settings.ssl_cafile is not None
    assert settings.ssl_cafile.parent == mounts["kafka-ca"]
    claims = {claim["metadata"]["name"] for claim in worker["spec"]["volumeClaimTemplates"]}
    assert set(mounts) == claims | {volume["name"] for volume in pod["volumes"]}
    assert pod["terminationGracePeriodSeconds"] >= settings.stop_seconds + 10
    assert pod["terminationGracePeriodSeconds"] >= settings.rebalance_seconds
    assert (settings.replication, settings.min_insync) == (3, 2)


def test_probes_ask_what_answers_and_for_what_it_is_there(container: dict[str, Any]) -> None:
    source = Path(health.__file__).read_text("utf-8")
    paths = {name: container[f"{name}Probe"]["httpGet"]["path"] for name in ("startup", "readiness", "liveness")}
    assert paths == {"startup": "/health/live", "readiness": "/health/ready", "liveness": "/health/live"}
    assert all(f'"{path}"' in source for path in paths.values())
    (port,) = container["ports"]
    assert port["containerPort"] == topics.settings().metrics_port
    assert topics.settings().metrics_host == "0.0.0.0"
    startup = container["startupProbe"]
    assert startup["periodSeconds"] * startup["failureThreshold"] >= 60, "kernels that are compiled at the start"


def mebibytes(quantity: str) -> float:
    number, unit = re.fullmatch(r"(\d+)(Mi|Gi)", quantity).groups()  # type: ignore[union-attr]
    return float(number) * {"Mi": 1, "Gi": 1024}[unit]


def test_memory_is_what_was_measured_and_room_for_a_full_window(container: dict[str, Any]) -> None:
    settings = topics.settings()
    idle = IDLE_MB * 1e6 / 2**20
    stories = STORIES * ENTRY_BYTES / 2**20
    rocksdb = settings.partitions * (settings.rocksdb_cache_mb + 2 * settings.rocksdb_write_buffer_mb)
    limits, requests = container["resources"]["limits"], container["resources"]["requests"]
    assert mebibytes(limits["memory"]) > idle + stories + rocksdb
    assert mebibytes(requests["memory"]) > idle + rocksdb
    assert float(requests["cpu"]) >= 1, "a worker uses one core"


def test_a_worker_may_do_little(worker: dict[str, Any], container: dict[str, Any]) -> None:
    pod = worker["spec"]["template"]["spec"]
    user = re.search(
        r"^USER (\d+):(\d+)$", (ROOT / "deploy" / "docker" / "Dockerfile").read_text("utf-8"), re.MULTILINE
    )
    assert user is not None
    security = pod["securityContext"]
    assert (security["runAsUser"], security["runAsGroup"]) == (int(user[1]), int(user[2]))
    assert security["runAsNonRoot"] is True
    assert pod["automountServiceAccountToken"] is False
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    assert container["securityContext"]["allowPrivilegeEscalation"] is False


def test_secrets_are_named_and_not_written_down(container: dict[str, Any]) -> None:
    assert "Secret" not in {document["kind"] for document in documents()}
    for entry in container["env"]:
        if re.search("PASSWORD|TOKEN|KEY", entry["name"]):
            assert set(entry["valueFrom"]["secretKeyRef"]) == {"name", "key"}, entry["name"]
    assert not re.search("PASSWORD|TOKEN", (FOLDER / "settings.env").read_text("utf-8"))


def test_selectors_meet_the_workers_and_the_policy_lets_them_reach_the_broker(worker: dict[str, Any]) -> None:
    labels = worker["spec"]["template"]["metadata"]["labels"]
    policy, budget = one("NetworkPolicy")["spec"], one("PodDisruptionBudget")["spec"]
    for selector in (worker["spec"]["selector"], policy["podSelector"], budget["selector"]):
        assert selector["matchLabels"].items() <= labels.items()
    assert one("Service")["spec"]["selector"].items() <= labels.items()
    assert one("Service")["metadata"]["name"] == worker["spec"]["serviceName"]
    assert budget["maxUnavailable"] == 1
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    ports = {port["port"] for rule in policy["egress"] for port in rule["ports"]}
    assert ports == {53, int(topics.settings().broker.rsplit(":", 1)[1])}
    assert all(rule["to"] for rule in policy["egress"])
    assert [port["port"] for rule in policy["ingress"] for port in rule["ports"]] == ["metrics"]
