"""A free port is one that neither an outgoing connection nor anybody else is given before the server has it."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from streams.runtime import ports

OTHER = """
import sys
from streams.runtime import ports
offers = iter(map(int, sys.argv[1:]))
ports.secrets.choice = lambda among: next(offers)
print(ports.free_port())
"""


def unclaimed() -> int:
    """A port that is free, and that nobody has been given."""
    port = ports.free_port()
    ports._given.pop().close()
    return port


def test_a_port_that_outgoing_connections_are_not_given() -> None:
    first = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text("ascii").split()[0])
    assert all(20_000 <= ports.free_port() < first for _ in range(50))


def test_a_taken_port_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    free = unclaimed()
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        offers = iter([server.getsockname()[1], free])
        monkeypatch.setattr(ports.secrets, "choice", lambda among: next(offers))
        assert ports.free_port() == free


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has names that end with their process")
def test_a_port_that_was_given_is_given_to_nobody_else_though_its_server_does_not_run_yet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given, free = ports.free_port(), unclaimed()
    here = iter([given, free])
    other = [sys.executable, "-c", OTHER, str(given), str(free)]
    assert int(subprocess.run(other, capture_output=True, check=True).stdout) == free, "in another process"
    monkeypatch.setattr(ports.secrets, "choice", lambda among: next(here))
    assert ports.free_port() == free, "in this one, and the other's are free again with its end"


def test_where_every_port_may_go_to_a_connection_the_system_chooses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = tmp_path / "range"
    given.write_text("1024\t65535\n", "ascii")
    monkeypatch.setattr(ports, "_RANGE", given)
    assert 1024 <= ports.free_port() <= 65535


def test_a_system_that_does_not_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_RANGE", tmp_path / "none")
    assert 20_000 <= ports.free_port() < 32_000
