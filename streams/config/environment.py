"""The environment ↔ settings: read, listed with their origin, and given on to a child process."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from streams.config.settings import Settings
from streams.errors import UsageError

PREFIX = "NEWSWIRE_"
"""What the name of every variable begins with; another one that does is a mistake."""


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting as ``newswire config`` shows it. ``value`` is masked for a secret."""

    name: str
    variable: str
    value: str
    default: str
    origin: Literal["default", "environment"]
    help: str


def variable_of(name: str) -> str:
    """``metrics_port`` → ``NEWSWIRE_METRICS_PORT``."""
    return PREFIX + name.upper()


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from *environ* (``os.environ`` by default).

    Raises :class:`UsageError` naming every variable that is wrong or unknown, and what it should be.
    """
    environ = os.environ if environ is None else environ
    wrong: list[str] = []
    given: dict[str, Any] = {}
    known = {variable_of(f.name): f for f in fields(Settings)}
    for variable in sorted(name for name in environ if name.startswith(PREFIX)):
        setting = known.get(variable)
        if setting is None:
            wrong.append(f"{variable}: no such setting; see newswire config")
            continue
        try:
            given[setting.name] = setting.metadata["parse"](environ[variable])
        except ValueError as error:
            shown = "the value given" if setting.metadata["secret"] else repr(environ[variable])
            wrong.append(f"{variable}: {shown} is not {error}")
    if wrong:
        raise UsageError("\n".join(wrong))
    settings = Settings(**given)
    if settings.security_protocol.startswith("SASL") and not (settings.sasl_username and settings.sasl_password):
        raise UsageError("NEWSWIRE_SASL_USERNAME and NEWSWIRE_SASL_PASSWORD: both are needed with SASL")
    if settings.min_insync > settings.replication:
        raise UsageError("NEWSWIRE_MIN_INSYNC: no more than NEWSWIRE_REPLICATION")
    return settings


def rows(settings: Settings, environ: Mapping[str, str] | None = None) -> tuple[SettingRow, ...]:
    """Return every setting with its value and where that came from, secrets masked."""
    environ = os.environ if environ is None else environ
    return tuple(
        SettingRow(
            name=f.name,
            variable=variable_of(f.name),
            value=_shown(getattr(settings, f.name), f.metadata["secret"]),
            default=_shown(f.default, False),
            origin="environment" if variable_of(f.name) in environ else "default",
            help=f.metadata["help"],
        )
        for f in fields(Settings)
    )


def _shown(value: object, secret: bool) -> str:
    if secret and value:
        return "********"
    return "" if value is None else str(value)


def environment_of(settings: Settings) -> dict[str, str]:
    """Return the variables that give a child process *settings*; what equals the default is left out."""
    return {
        variable_of(f.name): str(getattr(settings, f.name))
        for f in fields(Settings)
        if getattr(settings, f.name) not in (None, f.default)
    }


def for_child(settings: Settings) -> dict[str, str]:
    """Return the whole environment of a child process that is to have *settings*: ours, but for our own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return kept | environment_of(settings)
