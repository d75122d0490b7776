"""Settings from the environment: parsed, checked, secrets masked."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from streams import config
from streams.errors import UsageError


def test_defaults_need_no_environment() -> None:
    assert config.load({}) == config.Settings()


def test_a_setting_from_the_environment_says_so() -> None:
    environ = {"NEWSWIRE_PARTITIONS": "12", "HOME": "/root"}
    settings = config.load(environ)
    assert settings.partitions == 12
    origins = {row.name: row.origin for row in config.rows(settings, environ)}
    assert origins["partitions"] == "environment"
    assert origins["broker"] == "default"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("NEWSWIRE_PARTITIONS", "0"),
        ("NEWSWIRE_PARTITIONS", "many"),
        ("NEWSWIRE_BROKER", "kafka"),
        ("NEWSWIRE_BROKER", "kafka:99092"),
        ("NEWSWIRE_DATA_DIR", ""),
        ("NEWSWIRE_METRICS_HOST", ""),
        ("NEWSWIRE_PUSH_HOST", ""),
        ("NEWSWIRE_DESK_HOST", " "),
        ("NEWSWIRE_STORE", "postgres"),
        ("NEWSWIRE_BREAKER_SHARE", "nan"),
        ("NEWSWIRE_APP_ID", "No Spaces"),
        ("NEWSWIRE_NO_SUCH_THING", "1"),
        ("NEWSWIRE_SECURITY_PROTOCOL", "SASL_SSL"),
        ("NEWSWIRE_MIN_INSYNC", "2"),
    ],
)
def test_a_wrong_setting_is_named(variable: str, value: str) -> None:
    with pytest.raises(UsageError) as error:
        config.load({variable: value})
    assert variable.removesuffix("SECURITY_PROTOCOL") in str(error.value)


def test_every_wrong_setting_is_named_at_once() -> None:
    with pytest.raises(UsageError) as error:
        config.load({"NEWSWIRE_PARTITIONS": "x", "NEWSWIRE_LINGER_MS": "y"})
    assert "NEWSWIRE_PARTITIONS" in str(error.value)
    assert "NEWSWIRE_LINGER_MS" in str(error.value)


def test_a_secret_is_never_shown() -> None:
    secret = "correct-horse"
    environ = {
        "NEWSWIRE_SECURITY_PROTOCOL": "SASL_PLAINTEXT",
        "NEWSWIRE_SASL_USERNAME": "desk",
        "NEWSWIRE_SASL_PASSWORD": secret,
    }
    settings = config.load(environ)
    assert settings.sasl_password == secret
    shown = [row for row in config.rows(settings, environ) if row.name == "sasl_password"]
    assert shown[0].value == "********"
    assert all(secret not in str(row) for row in config.rows(settings, environ))


def test_a_child_gets_the_same_settings() -> None:
    settings = replace(
        config.Settings(), broker="[::1]:9092,kafka-2:9092", partitions=7, data_dir=Path("/tmp/x"), commit_seconds=0.5
    )
    assert config.load(config.environment_of(settings)) == settings


def test_a_child_gets_what_is_around_us_but_not_our_own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSWIRE_BROKER", "elsewhere:9092")
    monkeypatch.setenv("LANG", "C.UTF-8")
    environ = config.for_child(replace(config.Settings(), partitions=7))
    assert config.load(environ) == replace(config.Settings(), partitions=7)
    assert environ["LANG"] == "C.UTF-8"


def test_every_setting_says_what_it_means() -> None:
    for field in fields(config.Settings):
        assert field.metadata["help"].endswith("."), field.name
