"""The push endpoint over real HTTP, the broker faked: what is answered to whom, and what is sent on."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

import aiohttp
import pytest

from streams import config
from streams.agents.ports import Output
from streams.errors import BrokerTrouble, UsageError
from streams.feeds import listening, posted, pushing
from streams.feeds.handing import Handing
from streams.feeds.listening import Listener
from streams.feeds.pushing import Push
from streams.metrics import Metrics
from streams.runtime.producing import Offsets

AFP, ANY = "afp-token-0123456789", "any-token-0123456789"
BODY = b"<nitf>\x00\xff</nitf>"


class FakeBroker:
    """Acknowledges when ``room`` is set, or fails what it is given while ``down``."""

    def __init__(self) -> None:
        self.taken: list[Output] = []
        self.down = False
        self.open = asyncio.Event()
        self.open.set()

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def send(self, outputs: Sequence[Output]) -> Awaitable[Offsets]:
        return asyncio.ensure_future(self._send(outputs))

    async def _send(self, outputs: Sequence[Output]) -> Offsets:
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
                await asyncio.wait_for(scenario(Site(broker, metrics, listener, port, client)), 20)
        finally:
            await listener.stop()

    asyncio.run(whole())


def test_what_is_pushed_is_sent_on_byte_for_byte() -> None:
    async def scenario(site: Site) -> None:
        status, said, headers = await site.push(
            BODY, Content_Type="text/xml; charset=latin-1", Newswire_Received="2026-03-10T07:44:12+01:00"
        )
        digest = hashlib.sha256(BODY).hexdigest()
        place = {"topic": "wire.raw.v1", "partition": 2, "offset": 0}
        assert (status, said) == (202, {**place, "bytes": len(BODY), "sha256": digest})
        assert headers["Server"] == "newswire"
        [record] = site.broker.taken
        assert (record.topic, record.key, record.value) == ("wire.raw.v1", b"afp", BODY)
        assert record.headers == [
            ("source", b"afp"),
            ("content-type", b"text/xml; charset=latin-1"),
            ("received", b"2026-03-10T06:44:12Z"),
        ]
        labels = {"source": "afp", "status": "202"}
        assert site.metrics.registry.get_sample_value("newswire_push_requests_total", labels) == 1
        assert site.metrics.registry.get_sample_value("newswire_push_bytes") == 0

    run(scenario)


def test_it_answers_only_when_the_broker_has_it() -> None:
    async def scenario(site: Site) -> None:
        site.broker.open.clear()
        answer = asyncio.ensure_future(site.push())
        await asyncio.sleep(0.3)
        assert not answer.done()
        site.broker.open.set()
        assert (await answer)[0] == 202

    run(scenario)


@pytest.mark.parametrize(
    ("token", "source", "status", "key"),
    [
        (None, None, 401, None),
        ("wrong-token-0123456789", None, 401, None),
        (AFP[:-1], None, 401, None),
        (AFP, "reuters", 403, None),
        (AFP, "AFP", 202, b"AFP"),
        (AFP, "a,b", 400, None),
        (ANY, "reuters", 202, b"reuters"),
        (ANY, None, 202, b"unnamed"),
    ],
)
def test_a_token_stands_for_its_source(token: str | None, source: str | None, status: int, key: bytes | None) -> None:
    async def scenario(site: Site) -> None:
        got, said, headers = await site.push(token=token, **({"Newswire_Source": source} if source else {}))
        assert got == status
        assert [record.key for record in site.broker.taken] == ([key] if key else [])
        if status == 401:
            assert headers["WWW-Authenticate"] == "Bearer"
        assert AFP not in json.dumps(said)

    run(scenario)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content_Encoding": "gzip"}, 415),
        ({"Content_Type": "multipart/form-data; boundary=x"}, 415),
        ({"Content_Type": "text/xml; charset=" + "x" * 300}, 400),
        ({"Newswire_Received": "yesterday"}, 400),
        ({"Newswire_Received": "2026-03-10T07:44:12"}, 400),
        ({"Idempotency_Key": "x" * 300}, 400),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 202),
    ],
)
def test_headers_that_cannot_be_read_are_refused(headers: dict[str, str], status: int) -> None:
    async def scenario(site: Site) -> None:
        assert (await site.push(**headers))[0] == status
        assert all("content-type" not in dict(record.headers) for record in site.broker.taken)

    run(scenario)


def test_packed_bytes_are_never_unpacked() -> None:
    async def scenario(site: Site) -> None:
        bomb = gzip.compress(bytes(50_000_000))
        assert (await site.push(bomb, Content_Encoding="gzip"))[0] == 415
        assert (await site.push(bomb))[0] == 202
        assert site.broker.taken[0].value == bomb

    run(scenario)


def test_an_empty_body_and_one_too_large_are_refused() -> None:
    async def chunks() -> Any:
        for _ in range(20):
            yield bytes(1000)

    async def scenario(site: Site) -> None:
        assert (await site.push(b""))[0] == 400
        assert (await site.push(bytes(10_001)))[0] == 413
        assert (await site.push(chunks()))[0] == 413
        assert site.broker.taken == []
        assert (await site.push(bytes(10_000)))[0] == 202

    run(scenario, max_message_bytes=10_000)


def test_what_the_headers_tell_is_refused_before_the_body_is_sent() -> None:
    async def scenario(site: Site) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
        writer.write(
            b"POST /raw HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 10001\r\n"
            b"Authorization: Bearer " + AFP.encode() + b"\r\n\r\n"
        )
        assert b" 413 " in await reader.readline()
        writer.close()
        reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
        writer.write(
            b"POST /raw HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n"
            b"Authorization: Bearer " + AFP.encode() + b"\r\n\r\n"
        )
        assert b" 100 " in await reader.readline()
        await reader.readline()
        writer.write(b"copy")
        assert b" 202 " in await reader.readline()
        writer.close()

    run(scenario, max_message_bytes=10_000)


def test_too_much_at_once_is_told_to_come_again() -> None:
    async def scenario(site: Site) -> None:
        site.broker.open.clear()
        held = [asyncio.ensure_future(site.push(bytes(10_000))) for _ in range(pushing.ROOM_TIMES)]
        await asyncio.sleep(0.5)
        status, _, headers = await site.push()
        assert (status, headers["Retry-After"]) == (429, "1")
        site.broker.open.set()
        assert {(await answer)[0] for answer in held} == {202}
        assert (await site.push())[0] == 202

    run(scenario, max_message_bytes=10_000)


def test_while_the_broker_is_away_it_says_so_and_asks_with_one_message_only(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario(site: Site) -> None:
        site.broker.down = True
        status, _, headers = await site.push()
        assert (status, headers["Retry-After"]) == (503, "5")
        async with site.client.get(f"http://127.0.0.1:{site.port}/healthz") as got:
            assert (got.status, (await got.json())["ready"]) == (503, False)
        assert (await site.push())[1] == {"error": "the broker is away"}
        await asyncio.sleep(0.3)
        site.broker.open.clear()
        asking = asyncio.ensure_future(site.push())
        await asyncio.sleep(0.2)
        assert (await site.push())[1] == {"error": "the broker is away"}
        site.broker.down = False
        site.broker.open.set()
        assert (await asking)[0] == 202
        assert (await site.push())[0] == 202
        async with site.client.get(f"http://127.0.0.1:{site.port}/healthz") as got:
            assert (got.status, await got.json()) == (200, {"ready": True, "why": None})

    monkeypatch.setattr(pushing, "AWAY_SECONDS", 0.2)
    run(scenario)


def test_a_key_sends_a_message_once() -> None:
    async def scenario(site: Site) -> None:
        site.broker.open.clear()
        first = asyncio.ensure_future(site.push(Idempotency_Key="lead-1"))
        await asyncio.sleep(0.2)
        assert (await site.push(Idempotency_Key="lead-1"))[0] == 409
        site.broker.open.set()
        status, said, _ = await first
        again, told, headers = await site.push(Idempotency_Key="lead-1")
        assert (status, again, told, headers["Idempotent-Replayed"]) == (202, 202, said, "true")
        assert (await site.push(b"other", Idempotency_Key="lead-1"))[0] == 422
        assert len(site.broker.taken) == 1
        assert (await site.push(token=ANY, Newswire_Source="dpa", Idempotency_Key="lead-1"))[0] == 202
        assert len(site.broker.taken) == 2

    run(scenario)


def test_a_key_of_a_message_that_was_not_taken_can_be_used_again() -> None:
    async def scenario(site: Site) -> None:
        site.broker.down = True
        assert (await site.push(Idempotency_Key="lead-1"))[0] == 503
        site.broker.down = False
        await asyncio.sleep(pushing.AWAY_SECONDS)
        assert (await site.push(Idempotency_Key="lead-1"))[0] == 202

    run(scenario)


def test_headers_that_never_end_and_idle_lines_are_hung_up_on() -> None:
    async def scenario(site: Site) -> None:
        began = time.monotonic()
        reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
        idle, idle_writer = await asyncio.open_connection("127.0.0.1", site.port)
        writer.write(b"POST /raw HTTP/1.1\r\n")

        async def drip() -> None:
            for number in range(100):
                writer.write(b"X-%d: y\r\n" % number)
                await asyncio.sleep(0.1)

        dripping = asyncio.ensure_future(drip())
        assert await asyncio.wait_for(reader.read(), 5) == b""
        assert await asyncio.wait_for(idle.read(), 5) == b""
        assert time.monotonic() - began < 3
        dripping.cancel()
        writer.close()
        idle_writer.close()

    run(scenario, idle=0.5)


def test_a_connection_that_works_is_not_hung_up_on() -> None:
    async def scenario(site: Site) -> None:
        site.broker.open.clear()
        answer = asyncio.ensure_future(site.push())
        await asyncio.sleep(1.2)
        site.broker.open.set()
        assert (await answer)[0] == 202

    run(scenario, idle=0.4)


def test_a_body_that_drips_is_told_that_it_is_too_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario(site: Site) -> None:
        async def drip() -> Any:
            for _ in range(50):
                yield b"x"
                await asyncio.sleep(0.1)

        assert (await site.push(drip()))[0] == 408

    monkeypatch.setattr(posted, "BODY_GRACE", 0.5)
    run(scenario)


def test_too_many_connections_cost_the_longest_idle_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario(site: Site) -> None:
        lines = []
        for _ in range(6):
            lines.append(await asyncio.open_connection("127.0.0.1", site.port))
            await asyncio.sleep(0.05)
            site.listener.sweep()
        ended = [await _ended(reader) for reader, _ in lines]
        assert ended == [True, True, True, False, False, False]

    async def _ended(reader: asyncio.StreamReader) -> bool:
        try:
            return await asyncio.wait_for(reader.read(), 0.3) == b""
        except TimeoutError:
            return False

    monkeypatch.setattr(listening, "MOST_CONNECTIONS", 3)
    run(scenario)


def test_it_sees_through_what_it_is_answering_when_it_stops() -> None:
    async def scenario(site: Site) -> None:
        site.broker.open.clear()
        answer = asyncio.ensure_future(site.push())
        await asyncio.sleep(0.2)
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
