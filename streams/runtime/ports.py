"""A TCP port for a server that is about to start on this machine; opens nothing, and keeps nothing open."""

from __future__ import annotations

import secrets
import socket
from contextlib import suppress
from pathlib import Path

_LOWEST, _HIGHEST = 20_000, 32_000
_TRIES = 100
_RANGE = Path("/proc/sys/net/ipv4/ip_local_port_range")


def free_port() -> int:
    """Return a TCP port on loopback that was free a moment ago, and that no outgoing connection is given meanwhile.

    A port that the system picks is one of those that it gives to outgoing connections, so that a server which starts
    seconds later, or again, may find it taken. Raises :class:`OSError` when none is found.
    """
    ports = range(_LOWEST, min(_HIGHEST, _first_ephemeral()))
    for _ in range(_TRIES if ports else 0):
        port = secrets.choice(ports)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _first_ephemeral() -> int:
    """The first port that this system gives to outgoing connections: 32768 on Linux, 49152 elsewhere."""
    try:
        return int(_RANGE.read_text("ascii").split()[0])
    except OSError:
        return 49152
