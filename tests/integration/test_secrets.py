"""A canary in every secret setting: whatever the commands print, right or wrong, it is not in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from streams import config
from streams.config import Settings, variable_of
from streams.errors import UsageError

CANARY = "canary5b1f0c2e9d4a7788"
SECRETS = {
    variable_of(setting.name): f"*:{CANARY}" if setting.name == "push_tokens" else CANARY
    for setting in fields(Settings)
    if setting.metadata["secret"]
}
ENVIRON = {
    **SECRETS,
    "NEWSWIRE_SASL_USERNAME": "desk",
    "NEWSWIRE_SECURITY_PROTOCOL": "SASL_SSL",
    "NEWSWIRE_LOG_LEVEL": "debug",
    "NEWSWIRE_BROKER": "127.0.0.1:1",
    "NEWSWIRE_METRICS_PORT": "0",
}


def test_there_are_secrets_to_try() -> None:
    assert {"NEWSWIRE_SASL_PASSWORD", "NEWSWIRE_SSL_KEY_PASSWORD", "NEWSWIRE_PUSH_TOKENS"} <= SECRETS.keys()
    assert not [f.name for f in fields(Settings) if "password" in f.name and not f.metadata["secret"]]


def test_the_settings_do_not_show_them() -> None:
    settings = config.load(ENVIRON)
    for shown in (repr(settings), str(settings), f"{settings}", repr(config.rows(settings, ENVIRON))):
        assert CANARY not in shown
    assert CANARY in config.environment_of(settings)["NEWSWIRE_SASL_PASSWORD"]  # what a child needs


@pytest.mark.parametrize("wrong", [{"NEWSWIRE_PARTITIONS": "x"}, {"NEWSWIRE_PUSH_TOKENS": CANARY}, {"NEWSWIRE_X": "1"}])
def test_a_complaint_does_not_show_them(wrong: dict[str, str]) -> None:
    with pytest.raises(UsageError) as error:
        config.load(ENVIRON | wrong)
    assert CANARY not in str(error.value)


def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "streams.cli", *arguments],
        env={"PATH": os.environ["PATH"], **ENVIRON, **environ},
        input="copy",
        capture_output=True,
        text=True,
        timeout=180,
    )


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("config",), 0),
        (("config", "--json"), 0),
        (("config", "--markdown"), 0),
        (("topics", "acls"), 0),
        (("topics", "plan"), 1),
        (("doctor",), 3),
        (("feed", "-"), 1),
        (("push",), 1),
        (("watch", "--once", "."), 1),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else None,
)
def test_no_command_shows_them(arguments: tuple[str, ...], status: int, tmp_path: Path) -> None:
    ran = run(*arguments[:-1], str(tmp_path)) if arguments[0] == "watch" else run(*arguments)
    assert ran.returncode == status, ran.stderr
    assert CANARY not in ran.stdout + ran.stderr
    if arguments == ("config", "--json"):
        masked: dict[str, Any] = {row["variable"]: row["value"] for row in json.loads(ran.stdout)}
        assert {masked[variable] for variable in SECRETS} == {"********"}


def test_a_file_that_cannot_be_used_is_told_without_them(tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_text(CANARY)
    for name in ("CAFILE", "CERTFILE", "KEYFILE"):
        ran = run(
            "topics",
            "plan",
            **{f"NEWSWIRE_SSL_{name}": str(tmp_path / "key.pem"), "NEWSWIRE_SSL_CERTFILE": str(tmp_path / "key.pem")},
        )
        assert (ran.returncode, "NEWSWIRE_SSL_" in ran.stderr) == (2, True)
        assert CANARY not in ran.stdout + ran.stderr


def test_replacing_a_setting_shows_nothing_either() -> None:
    assert CANARY not in repr(replace(config.load(ENVIRON), partitions=3))
