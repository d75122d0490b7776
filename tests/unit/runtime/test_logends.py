"""Where logs end: the newest answer is kept, and whether there was one now is told apart. librdkafka is faked."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any

import pytest
from confluent_kafka import KafkaError, KafkaException

from streams import config
from streams.runtime import logends

PLACES = [("log", 0), ("log", 1)]


class FakeAdmin:
    """Every log ends at 7, but of partitions in ``silent`` nothing is known."""

    silent: frozenset[int] = frozenset()

    def __init__(self, options: dict[str, Any], logger: Any) -> None: ...

    def list_offsets(self, wanted: dict[Any, Any], request_timeout: float) -> dict[Any, Future[Any]]:
        answers: dict[Any, Future[Any]] = {place: Future() for place in wanted}
        for place, answer in answers.items():
            if place.partition in self.silent:
                answer.set_exception(KafkaException(KafkaError(KafkaError._TIMED_OUT)))
            else:
                answer.set_result(SimpleNamespace(offset=7))
        return answers


def test_an_old_answer_is_kept_and_is_no_answer_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logends, "AdminClient", FakeAdmin)
    ends = logends.LogEnds(config.Settings())
    assert asyncio.run(ends.answered([])) is False
    assert asyncio.run(ends.ask(PLACES)) == dict.fromkeys(PLACES, 7)
    assert asyncio.run(ends.answered(PLACES)) is True
    monkeypatch.setattr(FakeAdmin, "silent", frozenset({1}))
    assert asyncio.run(ends.ask(PLACES)) == dict.fromkeys(PLACES, 7)
    assert asyncio.run(ends.answered(PLACES)) is False
    assert asyncio.run(ends.begins(PLACES)) == {("log", 0): 7}
