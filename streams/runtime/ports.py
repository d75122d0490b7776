"""A TCP port for a server that is about to start on this machine; listens on none, and lets go of none it gave."""

from __future__ import annotations

import secrets
import socket
import sys
from contextlib import suppress
from pathlib import Path

_LOWEST, _HIGHEST = 20_000, 32_000
_TRIES = 100
_RANGE = Path("/proc/sys/net/ipv4/ip_local_port_range")
_given: list[socket.socket] = []
"""What says to other processes that a port is taken, for as long as this one lives."""


def free_port() -> int:
    """Return a TCP port on loopback that is free, that no outgoing connection is given meanwhile, and that nobody else
    who asks here is given, in this process or another, while this one lives.

    A port that the system picks is one of those that it gives to outgoing connections, so that a server which starts
    seconds later, or again, may find it taken. Raises :class:`OSError` when none is found.
    """
    ports = range(_LOWEST, min(_HIGHEST, _first_ephemeral()))
    for _ in range(_TRIES if ports else 0):
        port = secrets.choice(ports)
        if not _claimed(port):
            continue
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _claimed(port: int) -> bool:
    """Take the name of *port*, unless another process has it: a name that Linux lets go of with whoever took it."""
    if not sys.platform.startswith("linux"):
        return True
    name = socket.socket(socket.AF_UNIX)
    try:
        name.bind(f"\0newswire-port-{port}")
    except OSError:
        name.close()
        return False
    _given.append(name)
    return True


def _first_ephemeral() -> int:
    """The first port that this system gives to outgoing connections: 32768 on Linux, 49152 elsewhere."""
    try:
        return int(_RANGE.read_text("ascii").split()[0])
    except OSError:
        return 49152
