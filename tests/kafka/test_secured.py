"""SASL, TLS and ACLs on Apache Kafka: each client, mechanism and role; what is wrong is told, no secret is."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from kafka import KafkaAdminClient

from streams import config
from streams.contracts import acls, topics
from streams.contracts.story import Origin, RawMessage
from streams.errors import BrokerTrouble, UsageError
from streams.feeds.publishing import feed
from streams.feeds.subscribing import Subscriber
from streams.runtime import installation, provision, reaching
from streams.runtime.credentials import for_faust, for_kafka_python
from tests.kafka.artefacts import Unavailable
from tests.kafka.secured import PASSWORDS, SecuredBroker

CANARY = "canary-5b1f0c2e9d"
MECHANISMS = ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")
USERS: dict[acls.Role, str] = {"worker": "worker", "feeder": "feeder", "desk": "desk", "administrator": "keeper"}
COPY = b"Ferry service resumes in Oslo harbour\n\nOslo, March 10, 2026 - The ferry is back, the harbour office said.\n"


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecuredBroker]:
    """A broker with every role's ACLs in force, and the topics made by the administrator that they allow."""
    try:
        secured = SecuredBroker(tmp_path_factory.mktemp("secured"))
        secured.__enter__()
    except Unavailable as reason:
        pytest.skip(str(reason))
    try:
        secured.make_scram_users()
        made = settings_of(secured, "keeper")
        secured.allow(acls.lines(made.app_id, installation.wanted(made), USERS, made.broker))
        provision.apply(made)
        yield secured
    finally:
        secured.__exit__(None, None, None)


def settings_of(secured: SecuredBroker, user: str, **changed: Any) -> config.Settings:
    return replace(
        config.Settings(
            broker=secured.secure,
            partitions=2,
            security_protocol="SASL_SSL",
            sasl_mechanism="SCRAM-SHA-512",
            sasl_username=user,
            sasl_password=PASSWORDS[user],
            ssl_cafile=secured.certificates.authority,
        ),
        **changed,
    )


def newswire(settings: config.Settings, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """A command to its end, which must come soon; its settings from the environment alone."""
    return subprocess.run(
        [sys.executable, "-m", "streams.cli", *arguments],
        env={
            "PATH": os.environ["PATH"],
            "NEWSWIRE_METRICS_PORT": "0",
            **config.environment_of(settings),
            **environ,
        },
        input="copy",
        capture_output=True,
        text=True,
        timeout=150,
    )


def by_kafka_python(settings: config.Settings) -> set[str]:
    client = KafkaAdminClient(**for_kafka_python(settings))
    try:
        return set(client.list_topics())
    finally:
        client.close()


def by_librdkafka(settings: config.Settings) -> set[str]:
    reaching.check(settings, [topics.STORIES.name])
    return {topics.STORIES.name}


def by_aiokafka(settings: config.Settings) -> set[str]:
    from aiokafka.admin import AIOKafkaAdminClient
    from faust.transport.drivers.aiokafka import credentials_to_aiokafka_auth

    async def asked() -> set[str]:
        client = AIOKafkaAdminClient(
            bootstrap_servers=settings.broker, **credentials_to_aiokafka_auth(for_faust(settings))
        )
        await client.start()
        try:
            return set(await client.list_topics())
        finally:
            await client.close()

    return asyncio.run(asked())


@pytest.mark.parametrize("client", [by_kafka_python, by_librdkafka, by_aiokafka])
@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_every_client_comes_in_by_every_mechanism(
    broker: SecuredBroker, client: Callable[[config.Settings], set[str]], mechanism: str
) -> None:
    assert topics.STORIES.name in client(settings_of(broker, "desk", sasl_mechanism=mechanism))


def test_a_client_certificate_with_a_locked_key_is_used_by_all(broker: SecuredBroker) -> None:
    made = settings_of(
        broker,
        "desk",
        ssl_certfile=broker.certificates.client,
        ssl_keyfile=broker.certificates.locked_key(CANARY),
        ssl_key_password=CANARY,
    )
    for client in (by_kafka_python, by_librdkafka, by_aiokafka):
        assert topics.STORIES.name in client(made)
    for wrong in ("", "another"):
        ran = newswire(replace(made, ssl_key_password=wrong), "topics", "plan")
        assert (ran.returncode, "NEWSWIRE_SSL_KEY_PASSWORD" in ran.stderr) == (2, True), ran.stderr


FOLDER = "an empty folder of the test's"
COMMANDS = (
    ("topics", "plan"),
    ("feed", "-"),
    ("tail", "wire.stories.v1"),
    ("worker",),
    ("watch", "--once", FOLDER),
    ("push",),
)


@pytest.mark.parametrize(
    ("arguments", "mechanism"),
    [(arguments, MECHANISMS[number % 3]) for number, arguments in enumerate(COMMANDS)],
    ids=[arguments[0] for arguments in COMMANDS],
)
def test_a_wrong_password_is_status_2_says_what_to_set_and_is_not_shown(
    broker: SecuredBroker, arguments: tuple[str, ...], mechanism: str, tmp_path: Path
) -> None:
    made = settings_of(
        broker, "feeder", sasl_password=CANARY, sasl_mechanism=mechanism, log_level="debug", push_tokens=f"*:{CANARY}"
    )
    ran = newswire(made, *(str(tmp_path) if word == FOLDER else word for word in arguments))
    assert ran.returncode == 2, ran.stderr
    assert "NEWSWIRE_SASL_PASSWORD" in ran.stderr
    assert "'feeder'" in ran.stderr
    assert CANARY not in ran.stderr + ran.stdout


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: arguments[0])
def test_an_untrusted_certificate_is_status_2_and_says_what_to_set(
    broker: SecuredBroker, arguments: tuple[str, ...], tmp_path: Path
) -> None:
    made = settings_of(broker, "feeder", ssl_cafile=broker.certificates.stranger, push_tokens=f"*:{CANARY}")
    ran = newswire(made, *(str(tmp_path) if word == FOLDER else word for word in arguments))
    assert (ran.returncode, "NEWSWIRE_SSL_CAFILE" in ran.stderr) == (2, True), ran.stderr
    assert PASSWORDS["feeder"] not in ran.stderr + ran.stdout


@pytest.mark.parametrize(
    ("changed", "kind", "said"),
    [
        ({"sasl_username": "stranger"}, UsageError, "NEWSWIRE_SASL_USERNAME"),
        ({"security_protocol": "PLAINTEXT"}, UsageError, "speaks TLS: set NEWSWIRE_SECURITY_PROTOCOL"),
        ({"security_protocol": "SASL_PLAINTEXT"}, UsageError, "speaks TLS: set NEWSWIRE_SECURITY_PROTOCOL"),
        ({"security_protocol": "SSL"}, BrokerTrouble, "may want SASL: NEWSWIRE_SECURITY_PROTOCOL"),
        ({"broker": "127.0.0.1:1"}, BrokerTrouble, "is NEWSWIRE_BROKER right"),
        ({"broker": "plain"}, UsageError, "speaks no TLS: set NEWSWIRE_SECURITY_PROTOCOL"),
        ({"ssl_cafile": Path("/nowhere.pem")}, UsageError, "NEWSWIRE_SSL_CAFILE"),
    ],
)
def test_each_mistake_is_told_apart(
    broker: SecuredBroker, changed: dict[str, Any], kind: type[Exception], said: str
) -> None:
    if changed.get("broker") == "plain":
        changed = {"broker": broker.address}
    with pytest.raises(kind, match=said):
        reaching.check(settings_of(broker, "desk", **changed))


def test_the_wire_runs_with_what_each_role_is_allowed(broker: SecuredBroker, tmp_path: Path) -> None:
    worker = settings_of(broker, "worker", data_dir=tmp_path, metrics_port=0, store="rocksdb")
    process = subprocess.Popen(
        [sys.executable, "-m", "streams.cli", "worker"],
        env={"PATH": os.environ["PATH"], **config.environment_of(worker), "NEWSWIRE_LOG_LEVEL": "debug"},
        stderr=(log := (tmp_path / "log")).open("wb"),
        stdout=subprocess.DEVNULL,
    )
    try:
        fed = feed([RawMessage(COPY, Origin("lead"), "afp")], settings_of(broker, "feeder"))
        assert fed.messages == 1
        made = settings_of(broker, "desk")
        until, found = time.monotonic() + 120, []
        with Subscriber(made, [topics.STORIES.name, topics.desk_topic("europe").name], from_beginning=True) as reader:
            while len(found) < 2 and time.monotonic() < until:
                assert process.poll() is None, log.read_text()[-3000:]
                found += reader.poll(0.5)
        assert {record.topic for record in found} == {"wire.stories.v1", "wire.desk.europe.v1"}, log.read_text()[-3000:]
        assert json.loads(found[0].value or b"")["item"]["headlines"][0]["value"] == COPY.split(b"\n")[0].decode()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=90) == 0, log.read_text()[-3000:]
    finally:
        process.kill()
        process.wait()
    assert not [password for password in PASSWORDS.values() if password in log.read_text()]


def test_a_folder_is_sent_with_what_a_feeder_is_allowed(broker: SecuredBroker, tmp_path: Path) -> None:
    (tmp_path / "afp").mkdir()
    (tmp_path / "afp" / "lead.txt").write_bytes(COPY)
    ran = newswire(settings_of(broker, "feeder"), "watch", "--once", "--still", "0.1", str(tmp_path))
    assert (ran.returncode, ran.stderr.splitlines()[-1]) == (0, "1 files sent")


def test_nobody_may_do_what_another_role_does(broker: SecuredBroker) -> None:
    message = RawMessage(COPY, Origin("lead"), "afp")
    for user in ("desk", "nobody"):
        with pytest.raises((BrokerTrouble, UsageError)):
            feed([message], settings_of(broker, user))
    for user in ("feeder", "nobody", "worker"):
        with (
            pytest.raises((BrokerTrouble, UsageError)),
            Subscriber(settings_of(broker, user), [topics.STORIES.name], from_beginning=True) as reader,
        ):
            reader.until_quiet(1.0)
    for user in ("desk", "feeder"):
        with (
            pytest.raises((BrokerTrouble, UsageError)),
            Subscriber(
                settings_of(broker, user), [topics.RAW.name, topics.DEAD_LETTERS.name], from_beginning=True
            ) as reader,
        ):
            reader.until_quiet(1.0)


def test_who_may_not_write_is_told_at_the_start(broker: SecuredBroker, tmp_path: Path) -> None:
    ran = newswire(settings_of(broker, "nobody"), "watch", "--once", str(tmp_path))
    assert (ran.returncode, "newswire topics acls" in ran.stderr) == (2, True), ran.stderr


def test_the_administrator_sees_topics_as_the_catalogue_says(broker: SecuredBroker) -> None:
    steps = provision.plan(settings_of(broker, "keeper"))
    assert {step.action for step in steps} == {"keep"}, [step for step in steps if step.action != "keep"]
