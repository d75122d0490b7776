"""Shared by every test: unit tests that reach for the network fail at once and say why."""

from __future__ import annotations

import signal
import socket
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
OFFLINE = ("unit", "agents", "contracts", "quality")


if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts what it puts in the background so, and every process under test would inherit it: deaf to Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)

# The same examples in every run, and no clock over them: what fails here fails everywhere, and again. To look for what
# no run has tried yet: --hypothesis-profile=searching.
settings.register_profile("same", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("searching", settings.get_profile("same"), derandomize=False)
settings.load_profile("same")


@pytest.fixture(autouse=True)
def _no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(str(request.node.path)).relative_to(ROOT / "tests").parts[0]
    if folder in OFFLINE:

        def refuse(*args: object, **kwargs: object) -> None:
            raise AssertionError(
                f"a test under tests/{folder} reached for the network {args[1:]}: "
                "pass the value in, or move the test to tests/integration"
            )

        monkeypatch.setattr(socket.socket, "connect", refuse)
        monkeypatch.setattr(socket.socket, "connect_ex", refuse)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The evaluation data beside the checkout; tests that read it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the evaluation data is not beside this checkout (../shared)")
    return SHARED
