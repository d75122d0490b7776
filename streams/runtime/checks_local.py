"""Settings and this machine: what contradicts, what is short. Asks no broker, changes nothing."""

from __future__ import annotations

import os
import platform
import resource
import shutil
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from streams import __version__
from streams.config import Settings
from streams.runtime.findings import Finding

PACKAGES = ("faust-streaming", "aiokafka", "confluent-kafka", "kafka-python", "rocksdict")
FREE_FAIL = 256 * 1024 * 1024
FREE_WARN = 2 * 1024 * 1024 * 1024
FILES_WARN = {"memory": 1024, "rocksdb": 4096}
"""Open files that a worker may need: sockets to every broker, and RocksDB's tables of every partition."""
_LOOPBACK = ("127.0.0.1:", "localhost:", "[::1]:")


def versions() -> Iterator[Finding]:
    """Say what runs here: a report of a fault begins with it."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    yield Finding("versions", "ok", f"newswire-streams {__version__}, Python {platform.python_version()}, {packages}")


def contradictions(settings: Settings) -> Iterator[Finding]:
    """Yield settings that contradict each other or do nothing, a line each; one line when none does."""
    found = [Finding("settings", "warn", said, todo) for said, todo in _contradictions(settings)]
    yield from found or [Finding("settings", "ok", "none contradicts another")]


def _contradictions(s: Settings) -> Iterator[tuple[str, str]]:
    sasl, tls = s.security_protocol.startswith("SASL"), "SSL" in s.security_protocol
    if (s.sasl_username or s.sasl_password) and not sasl:
        yield (
            f"NEWSWIRE_SASL_* are set, NEWSWIRE_SECURITY_PROTOCOL is {s.security_protocol}: no one logs in",
            "set NEWSWIRE_SECURITY_PROTOCOL=SASL_SSL, or unset them",
        )
    if (s.ssl_cafile or s.ssl_certfile or s.ssl_keyfile) and not tls:
        yield (
            f"NEWSWIRE_SSL_* are set, NEWSWIRE_SECURITY_PROTOCOL is {s.security_protocol}: nothing is encrypted",
            "set NEWSWIRE_SECURITY_PROTOCOL=SSL or SASL_SSL, or unset them",
        )
    if s.security_protocol == "SASL_PLAINTEXT" and not _loopback(s):
        yield "SASL_PLAINTEXT: who listens on the network reads the copy and, with PLAIN, the password", "use SASL_SSL"
    if s.min_insync == s.replication > 1:
        yield (
            f"NEWSWIRE_MIN_INSYNC is NEWSWIRE_REPLICATION ({s.replication}): one broker away stops the wire",
            f"set NEWSWIRE_MIN_INSYNC={s.replication - 1}",
        )
    if s.replication > 1 and s.min_insync == 1:
        yield (
            "NEWSWIRE_MIN_INSYNC=1: a record may be acknowledged with one copy of it, and go with that broker",
            "set NEWSWIRE_MIN_INSYNC=2",
        )
    if s.replication == 1 and not _loopback(s):
        yield (
            "NEWSWIRE_REPLICATION=1: one copy of everything on a broker that is not this machine's",
            "in production NEWSWIRE_REPLICATION=3 and NEWSWIRE_MIN_INSYNC=2, before newswire topics apply",
        )
    if s.store == "memory" and not _loopback(s):
        yield (
            "NEWSWIRE_STORE=memory: every start reads the whole changelog",
            "in production NEWSWIRE_STORE=rocksdb and NEWSWIRE_DATA_DIR, one per worker",
        )
    if s.store == "rocksdb" and not s.data_dir.is_absolute():
        yield (
            f"NEWSWIRE_DATA_DIR={s.data_dir} is another directory for each place that a worker is started from",
            "give it as an absolute path",
        )
    if s.session_seconds > s.rebalance_seconds:
        yield (
            "NEWSWIRE_SESSION_SECONDS is more than NEWSWIRE_REBALANCE_SECONDS: a dead worker holds a rebalance up",
            "let the rebalance have more time than the session",
        )
    if 0 < s.stall_seconds <= s.retry_seconds:
        yield (
            "NEWSWIRE_STALL_SECONDS is no more than NEWSWIRE_RETRY_SECONDS: a worker that retries is called dead",
            "set NEWSWIRE_STALL_SECONDS to twice NEWSWIRE_RETRY_SECONDS or more",
        )
    if s.breaker_share >= 1.0:
        yield "NEWSWIRE_BREAKER_SHARE=1: the breaker never opens", "set it to 0.5, or to what you can bear"
    if s.id_window_days * 24 < s.text_window_hours:
        yield (
            "NEWSWIRE_ID_WINDOW_DAYS is shorter than NEWSWIRE_TEXT_WINDOW_HOURS, which then counts for both",
            "ids are cheap: give them the longer window",
        )
    if s.transport == "faust" and s.compression != "none":
        yield "NEWSWIRE_COMPRESSION does nothing with NEWSWIRE_TRANSPORT=faust", "unset it, or use the batch transport"


def _loopback(settings: Settings) -> bool:
    return all(broker.startswith(_LOOPBACK) for broker in settings.brokers)


def disk(settings: Settings) -> Iterator[Finding]:
    """Look at the place of the tables: whether it can be written, and how much is free."""
    place = settings.data_dir.absolute()
    existing = next(path for path in (place, *place.parents) if path.exists())
    if not os.access(existing, os.W_OK | os.X_OK) or not existing.is_dir():
        yield Finding(
            "disk", "fail", f"{existing} cannot be written", "set NEWSWIRE_DATA_DIR to a directory of the worker's own"
        )
        return
    yield space(f"NEWSWIRE_DATA_DIR {place}", existing)


def space(name: str, path: Path) -> Finding:
    """Judge the free space under *path*."""
    usage = shutil.disk_usage(path)
    said = f"{name}: {usage.free / 2**30:.1f} GiB free of {usage.total / 2**30:.1f}"
    if usage.free < FREE_FAIL:
        return Finding("disk", "fail", said, "make room: RocksDB stops the worker when a write fails")
    if usage.free < FREE_WARN:
        return Finding("disk", "warn", said, "make room before it is full")
    return Finding("disk", "ok", said)


def open_files(settings: Settings) -> Iterator[Finding]:
    """Judge the limit of open files that a process started from here has."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    least = FILES_WARN[settings.store]
    said = f"{'no limit' if soft == resource.RLIM_INFINITY else soft} for a process started here"
    if soft != resource.RLIM_INFINITY and soft < least:
        raised = "" if hard != resource.RLIM_INFINITY and hard < least else f": ulimit -n {least}"
        yield Finding("open files", "warn", said, f"with {settings.store} allow {least} or more{raised}")
    else:
        yield Finding("open files", "ok", said)
