"""Fixtures of the runtime's tests."""

from __future__ import annotations

from typing import Any

import pytest
from batches_support import Rig
from faust.transport.consumer import Consumer, ThreadDelegateConsumer
from faust.types import TP


@pytest.fixture
def rig(monkeypatch: pytest.MonkeyPatch) -> Rig:
    async def fetch(self: Any, active: set[TP] | None, timeout: float) -> Any:
        self.asked.append((set(active or ()), timeout))
        return self.fetches.pop(0) if self.fetches else {}

    async def quiet(self: Any, *args: Any, **kwargs: Any) -> None: ...

    monkeypatch.setattr(ThreadDelegateConsumer, "_getmany", fetch)
    monkeypatch.setattr(Consumer, "on_partitions_assigned", quiet)
    monkeypatch.setattr(Consumer, "on_partitions_revoked", quiet)
    return Rig()
