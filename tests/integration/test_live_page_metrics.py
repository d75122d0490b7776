"""The live page's /metrics over HTTP, without a broker: pages come, are cut off and come back."""

from __future__ import annotations

import asyncio

import aiohttp

from streams.desk.hub import Hub, Received
from streams.desk.serving import Serving
from streams.feeds.listening import Listener
from tests.unit.desk.desk_support import arrival, samples


def test_it_says_how_pages_came_and_how_many_look_on() -> None:
    hub = Hub(10, "r")
    hub.take([Received(arrival(seen, f"urn:{seen}", "1", str(seen)), None) for seen in (1, 2)])

    async def run() -> None:
        listener = Listener("127.0.0.1", 0, Serving(hub, "127.0.0.1").routes(), variables="NEWSWIRE_DESK")
        address = f"http://127.0.0.1:{await listener.start()}"
        try:
            async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
                async with session.get(f"{address}/events?after=r-2") as page:
                    await page.content.readuntil(b"event: health")
                    looking_on = await told(session, address)
                for query, headers in (("after=r-0", {"Last-Event-ID": "r-1"}), ("after=r-1&again", {})):
                    async with session.get(f"{address}/events?{query}", headers=headers) as page:
                        await page.content.readuntil(b"event: story")
                async with session.get(f"{address}/events?after=earlier-7") as page:
                    assert b"event: stale" in await page.content.read()
                afterwards = await told(session, address)
        finally:
            hub.close()
            await listener.stop()
        assert looking_on["newswire_desk_viewers"] == 1
        how = {name: afterwards[f'newswire_desk_connections_total{{how="{name}"}}'] for name in HOW}
        assert how == {"opened": 1, "resumed": 2, "gap": 1}
        assert afterwards['newswire_desk_events_total{kind="story"}'] == 2, "each was sent what it had missed"

    asyncio.run(run())


HOW = ("opened", "resumed", "gap")


async def told(session: aiohttp.ClientSession, address: str) -> dict[str, float]:
    async with session.get(f"{address}/metrics") as answer:
        assert answer.content_type == "text/plain"
        return samples(await answer.text())
