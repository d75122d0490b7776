"""The push endpoint on a port of its own, the broker faked; for the tests of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

import aiohttp

from streams import config
from streams.agents.ports import Output
from streams.errors import BrokerTrouble
from streams.feeds.handing import Handing
from streams.feeds.listening import Listener
from streams.feeds.pushing import Push
from streams.metrics import Metrics
from streams.runtime.producing import Offsets

AFP, ANY = "afp-token-0123456789", "any-token-0123456789"
BODY = b"<nitf>\x00\xff</nitf>"


class FakeBroker:
    """Acknowledges while ``open`` is set, or fails what it is given while ``down``. ``asked``: how often it was."""

    def __init__(self) -> None:
        self.taken: list[Output] = []
        self.asked = 0
        self.down = False
        self.open = asyncio.Event()
        self.open.set()

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def send(self, outputs: Sequence[Output]) -> Awaitable[Offsets]:
        return asyncio.ensure_future(self._send(outputs))

    async def was_asked(self, times: int) -> None:
        """Wait until it was given so many messages in all."""
        while self.asked < times:
            await asyncio.sleep(0.01)

    async def _send(self, outputs: Sequence[Output]) -> Offsets:
        self.asked += 1
        await self.open.wait()
        if self.down:
            raise BrokerTrouble("wire.raw.v1 did not take a record")
        self.taken += outputs
        return {(outputs[0].topic, 2): len(self.taken) - 1}


class Site:
    """A running endpoint and a client of it."""

    def __init__(self, broker: FakeBroker, metrics: Metrics, listener: Listener, port: int, client: Any) -> None:
        self.broker = broker
        self.metrics = metrics
        self.listener = listener
        self.port = port
        self.client = client
        self.url = f"http://127.0.0.1:{port}/raw"

    async def push(self, body: Any = BODY, token: str | None = AFP, **headers: str) -> tuple[int, Any, Any]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if token is not None:
            named["Authorization"] = f"Bearer {token}"
        async with self.client.post(self.url, data=body, headers=named, skip_auto_headers=("Content-Type",)) as got:
            return got.status, await got.json(), got.headers


Scenario = Callable[[Site], Coroutine[Any, Any, None]]


def run(scenario: Scenario, idle: float = 20.0, **settings: Any) -> None:
    async def whole() -> None:
        broker, metrics = FakeBroker(), Metrics()
        made = config.Settings(push_tokens=f"afp:{AFP},*:{ANY}", **settings)
        listener = Listener("127.0.0.1", 0, Push(made, Handing(broker), metrics).routes(), idle=idle)
        port = await listener.start()
        try:
            async with aiohttp.ClientSession() as client:
                await asyncio.wait_for(scenario(Site(broker, metrics, listener, port, client)), 60)
        finally:
            await listener.stop()

    asyncio.run(whole())
