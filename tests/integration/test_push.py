"""The push endpoint over real HTTP, the broker faked: what is answered to whom, and what is sent on."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
from typing import Any

import pytest

from streams.feeds import posted, pushing
from tests.integration.push_support import AFP, ANY, BODY, Site, run


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
        await site.broker.was_asked(1)
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
        await site.broker.was_asked(pushing.ROOM_TIMES)
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
        monkeypatch.setattr(pushing, "AWAY_SECONDS", 0.0)
        site.broker.open.clear()
        asking = asyncio.ensure_future(site.push())
        await site.broker.was_asked(2)
        assert (await site.push())[1] == {"error": "the broker is away"}
        site.broker.down = False
        site.broker.open.set()
        assert (await asking)[0] == 202
        assert (await site.push())[0] == 202
        async with site.client.get(f"http://127.0.0.1:{site.port}/healthz") as got:
            assert (got.status, await got.json()) == (200, {"ready": True, "why": None})

    monkeypatch.setattr(pushing, "AWAY_SECONDS", 600.0)
    run(scenario)


def test_a_key_sends_a_message_once() -> None:
    async def scenario(site: Site) -> None:
        site.broker.open.clear()
        first = asyncio.ensure_future(site.push(Idempotency_Key="lead-1"))
        await site.broker.was_asked(1)
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


def test_a_key_of_a_message_that_was_not_taken_can_be_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario(site: Site) -> None:
        site.broker.down = True
        assert (await site.push(Idempotency_Key="lead-1"))[0] == 503
        site.broker.down = False
        assert (await site.push(Idempotency_Key="lead-1"))[0] == 202

    monkeypatch.setattr(pushing, "AWAY_SECONDS", 0.0)
    run(scenario)


def test_a_body_that_drips_is_told_that_it_is_too_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario(site: Site) -> None:
        async def drip() -> Any:
            for _ in range(50):
                yield b"x"
                await asyncio.sleep(0.1)

        assert (await site.push(drip()))[0] == 408

    monkeypatch.setattr(posted, "BODY_GRACE", 0.5)
    run(scenario)
