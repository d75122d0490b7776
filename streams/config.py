"""Frozen settings from the environment, each with its meaning; reads no file and keeps secrets out of every print.

:data:`SETTINGS` is the one list: ``newswire config``, the docs table and the compose file are checked against it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

from streams.errors import UsageError

PREFIX = "NEWSWIRE_"


def _choice(*allowed: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in allowed:
            raise ValueError(f"one of {', '.join(allowed)}")
        return text

    return parse


def _integer(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not re.fullmatch(r"\d+", text) or not low <= int(text) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(text)

    return parse


def _number(low: float, high: float) -> Callable[[str], float]:
    def parse(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if not low <= number <= high:
            raise ValueError(f"a number from {low:g} to {high:g}")
        return number

    return parse


def _flag(text: str) -> bool:
    if text.lower() not in ("true", "false", "1", "0", "yes", "no"):
        raise ValueError("true or false")
    return text.lower() in ("true", "1", "yes")


def _name(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,60}", text):
        raise ValueError("lower-case letters, digits, dots and dashes")
    return text


def _path(text: str) -> Path | None:
    return Path(text).expanduser() if text else None


def _brokers(text: str) -> str:
    for part in text.split(","):
        if not re.fullmatch(r"(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+):\d{1,5}", part.strip()):
            raise ValueError("host:port, several parted by commas")
    return ",".join(part.strip() for part in text.split(","))


def _tokens(text: str) -> str:
    for part in filter(None, text.split(",")):
        if not re.fullmatch(r"(\*|[a-z0-9][a-z0-9._-]{0,60}):[\x21-\x2b\x2d-\x7e]{16,200}", part.strip()):
            raise ValueError("source:token parted by commas, each token of 16 visible characters or more, no comma")
    return ",".join(part.strip() for part in text.split(",") if part.strip())


def _setting(default: Any, parse: Callable[[str], Any], help: str, *, secret: bool = False) -> Any:
    # A secret is kept out of the representation too: a traceback or a log line may print the settings whole.
    return field(default=default, repr=not secret, metadata={"parse": parse, "help": help, "secret": secret})


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting. The environment variable is ``NEWSWIRE_`` and the field's name in capitals."""

    broker: str = _setting("127.0.0.1:9092", _brokers, "Kafka bootstrap servers, host:port parted by commas.")
    app_id: str = _setting("newswire", _name, "Consumer group, and the prefix of the changelog topic.")
    partitions: int = _setting(4, _integer(1, 1024), "Partitions of every topic; fixed once the topics exist.")
    replication: int = _setting(1, _integer(1, 9), "Replicas of every topic; 3 in production.")
    min_insync: int = _setting(1, _integer(1, 9), "min.insync.replicas of every topic; 2 in production.")

    store: Literal["memory", "rocksdb"] = _setting(
        "memory", _choice("memory", "rocksdb"), "Where tables live: memory, or rocksdb on disk in data_dir."
    )
    data_dir: Path = _setting(Path("newswire-data"), _path, "Directory of this worker's tables; one per worker.")
    rocksdb_cache_mb: int = _setting(64, _integer(1, 65536), "RocksDB block cache per partition, in MiB.")
    rocksdb_write_buffer_mb: int = _setting(16, _integer(1, 4096), "RocksDB write buffer per partition, in MiB.")
    strict_recovery: bool = _setting(
        True, _flag, "Refuse to start when RocksDB is ahead of its changelog: the topic was emptied or replaced."
    )
    text_window_hours: float = _setting(72.0, _number(1, 8760), "How long text is compared for identity, in hours.")
    id_window_days: float = _setting(30.0, _number(1, 3650), "How long agency ids are remembered, in days.")
    settle_minutes: float = _setting(
        15.0, _number(0, 1440), "How long a story can still be joined to a parent that comes after it, in minutes."
    )

    max_message_bytes: int = _setting(
        16 * 1024 * 1024, _integer(1024, 64 * 1024 * 1024), "Larger raw messages are rejected as too_large."
    )
    desks: Path | None = _setting(None, _path, "desks.toml of your newsroom; the packaged set if unset.")
    in_flight: int = _setting(
        256,
        _integer(1, 100_000),
        "Slices per agent, a story each at low rates, whose outputs may be on the way at once.",
    )
    commit_seconds: float = _setting(1.0, _number(0.05, 60), "How often acknowledged offsets are committed.")
    linger_ms: int = _setting(
        1, _integer(0, 1000), "How long a story waits for company on its way to the broker, in milliseconds."
    )
    copies_linger_ms: int = _setting(
        20, _integer(0, 1000), "The same for its copies (desks, latest versions) and the changelog; in batches only."
    )
    transport: Literal["batch", "faust"] = _setting(
        "batch", _choice("batch", "faust"), "How records reach the agents: in batches, or one by one as Faust does it."
    )
    batch_records: int = _setting(200, _integer(1, 10_000), "Records of a partition in one batch, at most.")
    compression: Literal["none", "lz4", "zstd", "snappy", "gzip"] = _setting(
        "none", _choice("none", "lz4", "zstd", "snappy", "gzip"), "How records are packed on their way to the broker."
    )
    fetch_wait_ms: int = _setting(10, _integer(1, 5000), "How long the broker may hold a fetch open, in milliseconds.")
    fetch_idle_ms: int = _setting(
        100, _integer(1, 5000), "The same for a worker's fetch while no records wait for the next one, in milliseconds."
    )
    session_seconds: float = _setting(10.0, _number(1, 600), "Consumer session timeout.")
    rebalance_seconds: float = _setting(30.0, _number(1, 600), "Rebalance timeout: time to finish what is in flight.")
    retry_seconds: float = _setting(30.0, _number(0, 3600), "How long broker trouble is retried before giving up.")
    stop_seconds: float = _setting(
        25.0, _number(1, 3600), "How long a worker may take to stop in good order before it ends itself with status 1."
    )
    stall_seconds: float = _setting(
        120.0,
        _number(0, 86400),
        "Not live when records wait and nothing is committed for so long, "
        "or a start gets no further for twice as long; 0 never says so.",
    )
    breaker_share: float = _setting(
        0.5, _number(0.01, 1.0), "The worker stops when more than this share of recent input was rejected."
    )
    breaker_window: int = _setting(200, _integer(10, 100_000), "How many recent messages the breaker looks at.")

    metrics_host: str = _setting("127.0.0.1", str, "Address that /metrics and /health listen on.")
    metrics_port: int = _setting(9464, _integer(0, 65535), "Port of /metrics and /health; 0 picks a free one.")
    log_level: str = _setting(
        "info", _choice("debug", "info", "warning", "error"), "Lowest level that is written to standard error."
    )

    security_protocol: str = _setting(
        "PLAINTEXT", _choice("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"), "How to talk to the broker."
    )
    sasl_mechanism: str = _setting(
        "PLAIN", _choice("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"), "SASL mechanism, with SASL_*."
    )
    sasl_username: str = _setting("", str, "SASL user name.")
    sasl_password: str = _setting("", str, "SASL password.", secret=True)
    ssl_cafile: Path | None = _setting(None, _path, "CA certificates that sign the broker's, PEM.")
    ssl_certfile: Path | None = _setting(None, _path, "Client certificate, PEM.")
    ssl_keyfile: Path | None = _setting(None, _path, "Client key, PEM.")
    ssl_key_password: str = _setting("", str, "Password of the client key, if it has one.", secret=True)

    push_host: str = _setting("127.0.0.1", str, "Address that newswire push listens on.")
    push_port: int = _setting(9480, _integer(0, 65535), "Port of newswire push; 0 picks a free one.")
    push_tokens: str = _setting(
        "", _tokens, "Who may push: source:token, several parted by commas; * may name any source.", secret=True
    )

    desk_host: str = _setting("127.0.0.1", str, "Address that the live page, newswire desk, listens on.")
    desk_port: int = _setting(9490, _integer(0, 65535), "Port of the live page; 0 picks a free one.")
    desk_stories: int = _setting(10_000, _integer(1, 100_000), "Stories that the live page holds; the oldest go first.")
    desk_hours: float = _setting(24.0, _number(0, 720), "How far back the live page reads when it starts, in hours.")

    @property
    def brokers(self) -> list[str]:
        """The bootstrap servers as a list."""
        return self.broker.split(",")


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
    values: dict[str, Any] = {}
    known = {variable_of(f.name): f for f in fields(Settings)}
    for variable in sorted(name for name in environ if name.startswith(PREFIX)):
        setting = known.get(variable)
        if setting is None:
            wrong.append(f"{variable}: no such setting; see newswire config")
            continue
        try:
            values[setting.name] = setting.metadata["parse"](environ[variable])
        except ValueError as error:
            shown = "the value given" if setting.metadata["secret"] else repr(environ[variable])
            wrong.append(f"{variable}: {shown} is not {error}")
    if wrong:
        raise UsageError("\n".join(wrong))
    settings = Settings(**values)
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
