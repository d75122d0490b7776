"""What the health server answers: ready and live are two questions."""

from __future__ import annotations

import asyncio
import json

from aiohttp import web
from prometheus_client import CollectorRegistry

from streams.runtime.health import HealthServer


def asked(why_not_ready: str | None, why_stalled: str | None) -> dict[str, tuple[int, object]]:
    server = HealthServer("127.0.0.1", 0, CollectorRegistry(), lambda: why_not_ready, lambda: None, lambda: why_stalled)

    async def ask() -> dict[str, tuple[int, object]]:
        answers: dict[str, web.Response] = {"ready": await server._ready(None), "live": await server._live(None)}  # type: ignore[arg-type]
        return {name: (answer.status, json.loads(answer.text or "")) for name, answer in answers.items()}

    return asyncio.run(ask())


def test_ready_and_live() -> None:
    answers = asked(None, None)
    assert answers == {"ready": (200, {"ready": True, "why": None}), "live": (200, {"live": True, "why": None})}


def test_one_that_recovers_is_not_ready_but_live() -> None:
    answers = asked("recovering state", None)
    assert answers["ready"] == (503, {"ready": False, "why": "recovering state"})
    assert answers["live"][0] == 200, "a supervisor must not start it again"


def test_one_that_stands_still_is_not_live_and_says_why() -> None:
    answers = asked(None, "wire.raw.v1/0: 4 records wait")
    assert answers["live"] == (503, {"live": False, "why": "wire.raw.v1/0: 4 records wait"})
