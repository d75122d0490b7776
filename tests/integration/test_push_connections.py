"""Connections to the push endpoint: which are hung up on, which are not, and what a port says that is taken."""

from __future__ import annotations

import asyncio
import contextlib

import aiohttp
import pytest

from streams.errors import UsageError
from streams.feeds import listening
from streams.feeds.listening import Listener
from tests.integration.push_support import ANY, Site, run


def test_headers_that_never_end_and_idle_lines_are_hung_up_on() -> None:
    async def scenario(site: Site) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
        idle, idle_writer = await asyncio.open_connection("127.0.0.1", site.port)
        writer.write(b"POST /raw HTTP/1.1\r\n")

        async def drip() -> None:
            for number in range(100):
                writer.write(b"X-%d: y\r\n" % number)
                await asyncio.sleep(0.1)

        dripping = asyncio.ensure_future(drip())
        # Where the line had more on its way than was read, its end is told as a reset.
        with contextlib.suppress(ConnectionResetError):
            assert await asyncio.wait_for(reader.read(), 30) == b""
        assert await asyncio.wait_for(idle.read(), 30) == b""
        assert not dripping.done(), "hung up on in the middle of its headers"
        dripping.cancel()
        writer.close()
        idle_writer.close()

    run(scenario, idle=0.5)


def test_a_connection_that_works_is_not_hung_up_on() -> None:
    async def scenario(site: Site) -> None:
        site.broker.open.clear()
        answer = asyncio.ensure_future(site.push())
        await site.broker.was_asked(1)
        await asyncio.sleep(1.2)
        site.broker.open.set()
        assert (await answer)[0] == 202

    run(scenario, idle=0.4)


def test_too_many_connections_cost_the_longest_idle_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario(site: Site) -> None:
        lines = []
        for _ in range(6):
            lines.append(await asyncio.open_connection("127.0.0.1", site.port))
            await asyncio.sleep(0.05)
            site.listener.sweep()
        for reader, _ in lines[:3]:
            assert await asyncio.wait_for(reader.read(), 30) == b""
        assert [reader.at_eof() for reader, _ in lines] == [True, True, True, False, False, False]

    monkeypatch.setattr(listening, "MOST_CONNECTIONS", 3)
    run(scenario)


def test_it_sees_through_what_it_is_answering_when_it_stops() -> None:
    async def scenario(site: Site) -> None:
        site.broker.open.clear()
        answer = asyncio.ensure_future(site.push())
        await site.broker.was_asked(1)
        stopping = asyncio.ensure_future(site.listener.stop())
        await asyncio.sleep(0.2)
        with pytest.raises(aiohttp.ClientConnectionError):
            await site.push()
        site.broker.open.set()
        assert (await answer)[0] == 202
        await stopping

    run(scenario)


def test_header_lines_cannot_be_smuggled_in() -> None:
    async def scenario(site: Site) -> None:
        for line in (b"Newswire-Source: afp\r\n evil: x", b"Newswire-Source: afp\x00x", b"Newswire-Source: afp\n\nx"):
            reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
            writer.write(
                b"POST /raw HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nAuthorization: Bearer "
                + ANY.encode()
                + b"\r\n"
                + line
                + b"\r\n\r\ncopy"
            )
            assert b" 400 " in await reader.readline()
            writer.close()
        assert site.broker.taken == []

    run(scenario)


def test_a_port_that_is_taken_is_told() -> None:
    async def scenario(site: Site) -> None:
        with pytest.raises(UsageError, match="NEWSWIRE_PUSH_PORT"):
            await Listener("127.0.0.1", site.port, []).start()

    run(scenario)
