"""A folder under watch, a second to a step, the broker faked; for the tests of it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from streams.agents.ports import Output
from streams.errors import BrokerTrouble
from streams.feeds.folder import Folder
from streams.feeds.handing import Handing
from streams.feeds.watching import Watcher
from streams.metrics import Metrics
from streams.runtime.producing import Offsets

NOW = datetime(2026, 3, 10, 6, 44, 12, tzinfo=UTC)


class FakeBroker:
    """Takes every record, or none while ``down``; ``on_send`` is called between the reading and the archiving."""

    def __init__(self) -> None:
        self.taken: list[Output] = []
        self.down = False
        self.on_send = lambda: None

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def send(self, outputs: Sequence[Output]) -> Awaitable[Offsets]:
        self.on_send()
        done: asyncio.Future[Offsets] = asyncio.get_running_loop().create_future()
        if self.down:
            done.set_exception(BrokerTrouble("wire.raw.v1 did not take a record"))
        else:
            self.taken += outputs
            done.set_result({(outputs[0].topic, 0): len(self.taken) - 1})
        return done

    def bodies(self) -> list[bytes]:
        return [output.value or b"" for output in self.taken]


class Inbox:
    """A folder under watch, a second to a step."""

    def __init__(self, root: Path, **options: object) -> None:
        self.root = root
        self.broker = FakeBroker()
        self.metrics = Metrics()
        self.time = 100.0
        self.options = options
        self.restart()

    def restart(self) -> None:
        self.watcher = Watcher(
            Folder(self.root),
            Handing(self.broker),
            self.metrics,
            still=1.0,
            clock=lambda: NOW,
            timer=lambda: self.time,
            **self.options,  # type: ignore[arg-type]
        )

    def put(self, name: str, body: bytes = b"copy", written: float = NOW.timestamp() - 60) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        os.utime(path, (written, written))
        return path

    def step(self, seconds: float = 0.0) -> int:
        self.time += seconds
        return asyncio.run(self.watcher.round())

    def settle(self) -> int:
        self.step()
        return self.step(1.0)

    def lying(self, under: str = "") -> list[str]:
        top = self.root / under
        return sorted(str(f.relative_to(top)) for f in top.rglob("*") if f.is_file())

    def count(self, outcome: str, source: str = "afp") -> float:
        labels = {"outcome": outcome, "source": source}
        return self.metrics.registry.get_sample_value("newswire_watch_files_total", labels) or 0.0
