"""A free port is one that no outgoing connection is given before the server has it."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from streams.runtime import ports


def test_a_port_that_outgoing_connections_are_not_given() -> None:
    first = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text("ascii").split()[0])
    assert all(20_000 <= ports.free_port() < first for _ in range(50))


def test_a_taken_port_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    free = ports.free_port()
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        offers = iter([server.getsockname()[1], free])
        monkeypatch.setattr(ports.secrets, "choice", lambda among: next(offers))
        assert ports.free_port() == free


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
