"""docker-compose.yml, the image, Prometheus' and Grafana's set-up against the code and each other. Starts nothing."""

from __future__ import annotations

import importlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from streams import config
from streams.cli import COMMANDS, newswire
from streams.contracts.topics import DEAD_LETTERS, RAW, TOPICS

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = ROOT / "docker-compose.yml"
DEPLOY = ROOT / "deploy"
RULES = sorted((DEPLOY / "prometheus" / "rules").glob("*.yml"))
DASHBOARDS = sorted((DEPLOY / "grafana" / "dashboards").glob("*.json"))


def yaml_of(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def interpolated(value: Any) -> Any:
    """Return a compose value as it is with an empty environment: ``${X:-default}`` and ``${X:+set}``."""
    if isinstance(value, dict):
        return {key: interpolated(child) for key, child in value.items()}
    if isinstance(value, list):
        return [interpolated(child) for child in value]
    if not isinstance(value, str):
        return value
    value = re.sub(r"(?<!\$)\$\{\w+:-([^}]*)\}", r"\1", value)
    value = re.sub(r"(?<!\$)\$\{\w+:\+[^}]*\}", "", value)
    assert not re.search(r"(?<!\$)\$\{\w+\}", value), f"a variable that must be set: {value}"
    return value.replace("$$", "$")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return interpolated(yaml_of(COMPOSE))  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def services(compose: dict[str, Any]) -> dict[str, Any]:
    return compose["services"]  # type: ignore[no-any-return]


def ours(services: dict[str, Any]) -> dict[str, Any]:
    return {name: service for name, service in services.items() if "build" in service}


def workers(services: dict[str, Any]) -> dict[str, Any]:
    return {name: service for name, service in ours(services).items() if service.get("command") == ["worker"]}


# The compose file


def test_there_is_everything_that_a_newsroom_needs(services: dict[str, Any]) -> None:
    assert set(services) == {"kafka", "topics", "worker-1", "worker-2", "desk", "sample", "prometheus", "grafana"}
    assert set(workers(services)) == {"worker-1", "worker-2"}
    assert [name for name, service in services.items() if "profiles" in service] == ["sample"]


def test_every_image_is_pinned_or_built_here(services: dict[str, Any]) -> None:
    for name, service in services.items():
        if "build" in service:
            context = (ROOT / service["build"]["context"]).resolve()
            assert (context / service["build"]["dockerfile"]).is_file(), name
            assert service["pull_policy"] == "build", f"{name}: our name must not be looked for in a registry"
        else:
            assert re.fullmatch(r"[a-z0-9./-]+:v?\d+\.\d+\.\d+", service["image"]), f"{name}: {service['image']}"


def test_ports_are_published_on_loopback_alone(services: dict[str, Any]) -> None:
    published = []
    for name, service in services.items():
        for port in service.get("ports", []):
            host, outside, _ = port.split(":")
            assert host == "127.0.0.1", f"{name}: {port}"
            published.append(outside)
        assert service.get("network_mode") != "host", name
    assert len(published) == len(set(published)), "two services want one port"


def test_what_a_service_waits_for_is_there_and_can_be_waited_for(services: dict[str, Any]) -> None:
    for name, service in services.items():
        for needed, how in service.get("depends_on", {}).items():
            condition = how["condition"]
            assert needed in services, f"{name} waits for {needed}"
            if condition == "service_healthy":
                assert services[needed]["healthcheck"]["test"], f"{name} waits for {needed}, which has no health check"
            elif condition == "service_completed_successfully":
                assert services[needed]["restart"] == "no", f"{needed} never completes"
            else:
                pytest.fail(f"{name}: {condition}")
    for name in ("kafka", "worker-1", "worker-2", "desk", "prometheus", "grafana"):
        check = services[name]["healthcheck"]
        assert {"test", "interval", "timeout", "retries", "start_period"} <= set(check), name


def test_volumes_are_declared_and_each_has_one_owner(compose: dict[str, Any]) -> None:
    named = []
    for name, service in compose["services"].items():
        for volume in service.get("volumes", []):
            source, target, *_ = volume.split(":")
            assert target.startswith("/"), volume
            if source.startswith("."):
                assert (ROOT / source).exists(), f"{name}: {source}"
                assert volume.endswith(":ro"), f"{name} could write into the checkout: {volume}"
            else:
                named.append(source)
    assert sorted(named) == sorted(compose["volumes"]), "a volume is shared, unused or not declared"


def test_settings_of_our_services_exist_and_are_accepted(services: dict[str, Any]) -> None:
    for name, service in ours(services).items():
        environment = service["environment"]
        assert all(isinstance(value, str) for value in environment.values()), f"{name}: quote every value"
        assert all(key.startswith(config.PREFIX) for key in environment), name
        config.load(environment)
    for name, service in workers(services).items():
        settings = config.load(service["environment"])
        assert settings.store == "rocksdb", name
        assert any(volume.endswith(f":{settings.data_dir}") for volume in service["volumes"]), f"{name} forgets"


def test_our_services_know_the_broker_by_its_listener(services: dict[str, Any]) -> None:
    kafka = services["kafka"]["environment"]
    advertised = dict(part.split("://") for part in kafka["KAFKA_ADVERTISED_LISTENERS"].split(","))
    listening = dict(part.split("://") for part in kafka["KAFKA_LISTENERS"].split(","))
    for name, service in ours(services).items():
        assert service["environment"]["NEWSWIRE_BROKER"] == advertised["INTERNAL"], name
    assert advertised["INTERNAL"] == f"kafka{listening['INTERNAL']}"
    assert advertised["HOST"] == "127.0.0.1:9092" == config.load({}).broker, "the default would not find it"
    assert services["kafka"]["ports"] == [f"127.0.0.1:9092{listening['HOST']}"]
    protocols = kafka["KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"]
    assert {part.split(":")[0] for part in protocols.split(",")} == set(listening)


def test_the_broker_takes_the_largest_record_of_the_catalogue(services: dict[str, Any]) -> None:
    kafka = services["kafka"]["environment"]
    largest = max(RAW.max_record_bytes, DEAD_LETTERS.max_record_bytes)
    for limit in ("KAFKA_MESSAGE_MAX_BYTES", "KAFKA_REPLICA_FETCH_MAX_BYTES", "KAFKA_SOCKET_REQUEST_MAX_BYTES"):
        assert int(kafka[limit]) > largest, limit
    assert kafka["KAFKA_AUTO_CREATE_TOPICS_ENABLE"] == "false"


def test_our_commands_exist(services: dict[str, Any]) -> None:
    for name, service in ours(services).items():
        if "entrypoint" not in service:
            result = CliRunner().invoke(newswire, [*service["command"], "--help"])
            assert result.exit_code == 0, f"{name}: {result.output}"


def test_the_sample_is_fed_with_options_that_exist_and_its_embargo_set(services: dict[str, Any]) -> None:
    script = services["sample"]["command"][0]
    placeholder, source = "${EMBARGO_RFC3339}", ROOT / "streams" / "feeds" / "sample" / "wire.jsonl"
    pattern = re.search(r"s/(\S+?)/\$until/", script)
    assert pattern is not None
    assert re.search(pattern[1].replace("{", r"\{").replace("}", r"\}"), placeholder)
    assert placeholder in source.read_text(encoding="utf-8")
    assert "/sample/wire.jsonl" in script
    feed = CliRunner().invoke(newswire, ["feed", "--help"])
    assert feed.exit_code == 0, feed.exception
    fed = script.split("newswire feed")[1].split()
    assert {word for word in fed if word.startswith("--")} <= set(re.findall(r"--[a-z]+", feed.output))


def test_our_containers_may_do_little(services: dict[str, Any]) -> None:
    for name, service in ours(services).items():
        assert service["read_only"] is True, name
        assert service["tmpfs"] == ["/tmp"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["user"].split(":")[0] not in ("0", "root"), name
    for name, service in services.items():
        assert "no-new-privileges:true" in service["security_opt"], name
        assert not service.get("privileged"), name


def test_workers_get_the_time_to_drain(services: dict[str, Any]) -> None:
    for name, service in workers(services).items():
        grace = int(service["stop_grace_period"].removesuffix("s"))
        assert grace >= config.load(service["environment"]).rebalance_seconds, name
        assert service["restart"] == "on-failure", name
        assert "/health/ready" in " ".join(service["healthcheck"]["test"]), name


def test_no_password_is_written_down(compose: dict[str, Any]) -> None:
    raw = yaml_of(COMPOSE)
    for name, service in raw["services"].items():
        for key, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|TOKEN", key):
                assert re.fullmatch(r"\$\{\w+:-\}", value), f"{name}: {key}"
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    given = dict(line.split("=", 1) for line in example.splitlines() if line and not line.startswith("#"))
    assert set(given) == set(re.findall(r"(?<!\$)\$\{(\w+)", COMPOSE.read_text(encoding="utf-8")))
    assert given["GRAFANA_ADMIN_PASSWORD"] == ""
    assert compose["services"]["grafana"]["environment"]["GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION"] == ""
    assert "disable_initial_admin_creation = true" in (DEPLOY / "grafana" / "grafana.ini").read_text(encoding="utf-8")


# The image


def test_the_dockerfile_copies_what_is_there_and_not_ignored(services: dict[str, Any]) -> None:
    dockerfile = (DEPLOY / "docker" / "Dockerfile").read_text(encoding="utf-8")
    kept = {
        line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")
    }
    copied = set()
    for line in re.findall(r"^COPY (?!--from)(.+)$", dockerfile, re.MULTILINE):
        *sources, _ = line.split()
        copied.update(sources)
    assert copied == kept
    for name in copied:
        assert (ROOT / name).exists(), name
    assert re.search(r"^ARG PYTHON_IMAGE=python:3\.1[1-3]\.\d+-slim-[a-z]+$", dockerfile, re.MULTILINE)
    user = re.search(r"^USER (\S+)$", dockerfile, re.MULTILINE)
    assert user is not None
    assert {service["user"] for service in ours(services).values()} == {user[1]}
    assert 'ENTRYPOINT ["newswire"]\nCMD ["worker"]' in dockerfile
    assert "--require-hashes" in dockerfile


def test_the_image_runs_on_the_kernels_that_it_was_built_with() -> None:
    dockerfile = (DEPLOY / "docker" / "Dockerfile").read_text(encoding="utf-8")
    built, run = dockerfile.split("\nFROM ")[1:]
    told = [dict(re.findall(r"(NUMBA_\w+)=(\S+)", stage)) for stage in (built, run)]
    assert told[0] == told[1], "made for another processor, or looked for elsewhere, they are compiled at every start"
    assert told[0]["NUMBA_CPU_NAME"] == "generic"
    assert told[0]["NUMBA_CACHE_DIR"].startswith("/opt/newswire/"), "what the second stage copies"
    module, name = told[0]["NUMBA_CACHE_LOCATOR_CLASSES"].rsplit(".", 1)
    assert hasattr(importlib.import_module(module), name)
    assert 'python -c "import streams.identity"' in built


# Prometheus


def test_prometheus_scrapes_every_worker_and_the_live_page_and_reads_every_rule(services: dict[str, Any]) -> None:
    prometheus = yaml_of(DEPLOY / "prometheus" / "prometheus.yml")
    jobs = {job["job_name"]: job for job in prometheus["scrape_configs"]}
    targets = {target for group in jobs["newswire"]["static_configs"] for target in group["targets"]}
    expected = set()
    for name, service in workers(services).items():
        settings = config.load(service["environment"])
        assert settings.metrics_host == "0.0.0.0", f"{name}: Prometheus could not reach it"
        assert [port.split(":")[2] for port in service["ports"]] == [str(settings.metrics_port)], name
        assert f":{settings.metrics_port}/health/ready" in service["healthcheck"]["test"][-1], name
        expected.add(f"{name}:{settings.metrics_port}")
    assert targets == expected
    desk = config.load(services["desk"]["environment"])
    assert desk.desk_host == "0.0.0.0", "neither Prometheus nor the published port could reach it"
    assert [port.split(":")[2] for port in services["desk"]["ports"]] == [str(desk.desk_port)]
    assert f":{desk.desk_port}/healthz" in services["desk"]["healthcheck"]["test"][-1]
    assert jobs["newswire-desk"]["static_configs"] == [{"targets": [f"desk:{desk.desk_port}"]}]
    assert prometheus["global"]["scrape_interval"] == "5s"
    assert prometheus["rule_files"] == ["rules/*.yml"]
    mounted = {volume.split(":")[0]: volume.split(":")[1] for volume in services["prometheus"]["volumes"]}
    assert mounted["./deploy/prometheus/rules"] == "/etc/prometheus/rules"
    assert f"--config.file={mounted['./deploy/prometheus/prometheus.yml']}" in services["prometheus"]["command"]


# Grafana


def test_grafana_finds_prometheus_and_the_dashboards(services: dict[str, Any]) -> None:
    provisioning = DEPLOY / "grafana" / "provisioning"
    (source,) = yaml_of(provisioning / "datasources" / "prometheus.yml")["datasources"]
    assert source["url"] == "http://prometheus:9090"
    assert "prometheus" in services
    for path in DASHBOARDS:
        default = next(
            v for v in json.loads(path.read_text(encoding="utf-8"))["templating"]["list"] if v["name"] == "datasource"
        )
        assert default["current"]["value"] == source["uid"]
    (provider,) = yaml_of(provisioning / "dashboards" / "newswire.yml")["providers"]
    mounted = {volume.split(":")[0]: volume.split(":")[1] for volume in services["grafana"]["volumes"]}
    assert provider["options"]["path"] == mounted["./deploy/grafana/dashboards"]
    assert mounted["./deploy/grafana/provisioning"] == "/etc/grafana/provisioning"
    home = re.search(r"default_home_dashboard_path = (\S+)", (DEPLOY / "grafana" / "grafana.ini").read_text("utf-8"))
    assert home is not None
    assert Path(home[1]).name in {path.name for path in DASHBOARDS}


# docs/operations.md


def test_the_operations_page_names_what_exists(services: dict[str, Any]) -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    known = {config.variable_of(name) for name in config.Settings.__dataclass_fields__}
    assert set(re.findall(r"NEWSWIRE_[A-Z_]+[A-Z]", page)) <= known
    for ending in re.findall(r"`_([A-Z_]+)`", page):
        assert any(variable.endswith(f"_{ending}") for variable in known), ending
    names = {topic.name for topic in TOPICS}
    assert set(re.findall(r"\bwire\.[a-z.]+\.v1(?:\.dlq)?", page)) <= names
    for command in re.findall(r"newswire ([a-z]+)", page):
        assert command in COMMANDS, command
    alerts = set(re.findall(r"alert: (\w+)", "".join(path.read_text(encoding="utf-8") for path in RULES)))
    assert set(re.findall(r"`(Newswire[A-Z]\w+)`", page)) == alerts, "each alert, and what to do"
    for port in re.findall(r"127\.0\.0\.1:(\d+)", page):
        assert any(f"127.0.0.1:{port}:" in str(service.get("ports")) for service in services.values()), port
