"""Every setting, declared once with its default and meaning; reads nothing, and keeps secrets out of every print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from streams.config import values


def _setting(default: Any, parse: Callable[[str], Any], help: str, *, secret: bool = False) -> Any:
    # A secret is kept out of the representation too: a traceback or a log line may print the settings whole.
    return field(default=default, repr=not secret, metadata={"parse": parse, "help": help, "secret": secret})


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting. The environment variable is ``NEWSWIRE_`` and the field's name in capitals."""

    broker: str = _setting("127.0.0.1:9092", values.brokers, "Kafka bootstrap servers, host:port parted by commas.")
    app_id: str = _setting("newswire", values.name, "Consumer group, and the prefix of the changelog topic.")
    partitions: int = _setting(4, values.integer(1, 1024), "Partitions of every topic; fixed once the topics exist.")
    replication: int = _setting(1, values.integer(1, 9), "Replicas of every topic; 3 in production.")
    min_insync: int = _setting(1, values.integer(1, 9), "min.insync.replicas of every topic; 2 in production.")

    store: Literal["memory", "rocksdb"] = _setting(
        "memory", values.choice("memory", "rocksdb"), "Where tables live: memory, or rocksdb on disk in data_dir."
    )
    data_dir: Path = _setting(
        Path("newswire-data"), values.directory, "Directory of this worker's tables; one per worker."
    )
    rocksdb_cache_mb: int = _setting(64, values.integer(1, 65536), "RocksDB block cache per partition, in MiB.")
    rocksdb_write_buffer_mb: int = _setting(16, values.integer(1, 4096), "RocksDB write buffer per partition, in MiB.")
    strict_recovery: bool = _setting(
        True, values.flag, "Refuse to start when RocksDB is ahead of its changelog: the topic was emptied or replaced."
    )
    text_window_hours: float = _setting(
        72.0, values.number(1, 8760), "How long text is compared for identity, in hours."
    )
    id_window_days: float = _setting(30.0, values.number(1, 3650), "How long agency ids are remembered, in days.")
    settle_minutes: float = _setting(
        15.0,
        values.number(0, 1440),
        "How long a story can still be joined to a parent that comes after it, in minutes.",
    )

    max_message_bytes: int = _setting(
        16 * 1024 * 1024, values.integer(1024, 64 * 1024 * 1024), "Larger raw messages are rejected as too_large."
    )
    desks: Path | None = _setting(None, values.path, "desks.toml of your newsroom; the packaged set if unset.")
    in_flight: int = _setting(
        256,
        values.integer(1, 100_000),
        "Slices per agent, a story each at low rates, whose outputs may be on the way at once.",
    )
    commit_seconds: float = _setting(1.0, values.number(0.05, 60), "How often acknowledged offsets are committed.")
    linger_ms: int = _setting(
        1, values.integer(0, 1000), "How long a story waits for company on its way to the broker, in milliseconds."
    )
    copies_linger_ms: int = _setting(
        20,
        values.integer(0, 1000),
        "The same for its copies (desks, latest versions) and the changelog; in batches only.",
    )
    transport: Literal["batch", "faust"] = _setting(
        "batch",
        values.choice("batch", "faust"),
        "How records reach the agents: in batches, or one by one as Faust does it.",
    )
    batch_records: int = _setting(200, values.integer(1, 10_000), "Records of a partition in one batch, at most.")
    compression: Literal["none", "lz4", "zstd", "snappy", "gzip"] = _setting(
        "none",
        values.choice("none", "lz4", "zstd", "snappy", "gzip"),
        "How records are packed on their way to the broker.",
    )
    fetch_wait_ms: int = _setting(
        10, values.integer(1, 5000), "How long the broker may hold a fetch open, in milliseconds."
    )
    fetch_idle_ms: int = _setting(
        100,
        values.integer(1, 5000),
        "The same for a worker's fetch while no records wait for the next one, in milliseconds.",
    )
    session_seconds: float = _setting(10.0, values.number(1, 600), "Consumer session timeout.")
    rebalance_seconds: float = _setting(
        30.0, values.number(1, 600), "Rebalance timeout: time to finish what is in flight."
    )
    retry_seconds: float = _setting(
        30.0, values.number(0, 3600), "How long broker trouble is retried before giving up."
    )
    stop_seconds: float = _setting(
        25.0,
        values.number(1, 3600),
        "How long a worker may take to stop in good order before it ends itself with status 1.",
    )
    stall_seconds: float = _setting(
        120.0,
        values.number(0, 86400),
        "Not live when records wait and nothing is committed for so long, "
        "or a start gets no further for twice as long; 0 never says so.",
    )
    breaker_share: float = _setting(
        0.5, values.number(0.01, 1.0), "The worker stops when more than this share of recent input was rejected."
    )
    breaker_window: int = _setting(200, values.integer(10, 100_000), "How many recent messages the breaker looks at.")

    metrics_host: str = _setting("127.0.0.1", values.address, "Address that /metrics and /health listen on.")
    metrics_port: int = _setting(9464, values.integer(0, 65535), "Port of /metrics and /health; 0 picks a free one.")
    log_level: str = _setting(
        "info", values.choice("debug", "info", "warning", "error"), "Lowest level that is written to standard error."
    )

    security_protocol: str = _setting(
        "PLAINTEXT", values.choice("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"), "How to talk to the broker."
    )
    sasl_mechanism: str = _setting(
        "PLAIN", values.choice("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"), "SASL mechanism, with SASL_*."
    )
    sasl_username: str = _setting("", str, "SASL user name.")
    sasl_password: str = _setting("", str, "SASL password.", secret=True)
    ssl_cafile: Path | None = _setting(None, values.path, "CA certificates that sign the broker's, PEM.")
    ssl_certfile: Path | None = _setting(None, values.path, "Client certificate, PEM.")
    ssl_keyfile: Path | None = _setting(None, values.path, "Client key, PEM.")
    ssl_key_password: str = _setting("", str, "Password of the client key, if it has one.", secret=True)

    push_host: str = _setting("127.0.0.1", values.address, "Address that newswire push listens on.")
    push_port: int = _setting(9480, values.integer(0, 65535), "Port of newswire push; 0 picks a free one.")
    push_tokens: str = _setting(
        "", values.tokens, "Who may push: source:token, several parted by commas; * may name any source.", secret=True
    )

    desk_host: str = _setting("127.0.0.1", values.address, "Address that the live page, newswire desk, listens on.")
    desk_port: int = _setting(9490, values.integer(0, 65535), "Port of the live page; 0 picks a free one.")
    desk_stories: int = _setting(
        10_000, values.integer(1, 100_000), "Stories that the live page holds; the oldest go first."
    )
    desk_hours: float = _setting(
        24.0, values.number(0, 720), "How far back the live page reads when it starts, in hours."
    )

    @property
    def brokers(self) -> list[str]:
        """The bootstrap servers as a list."""
        return self.broker.split(",")
