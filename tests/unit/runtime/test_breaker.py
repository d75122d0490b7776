"""The breaker trips on a flood, not on a feeder that is wrong now and then."""

from __future__ import annotations

import pytest

from streams.errors import BreakerOpen
from streams.metrics import Metrics
from streams.runtime.breaker import RejectionBreaker


def test_a_few_broken_messages_do_not_trip_it() -> None:
    breaker = RejectionBreaker(share=0.5, window=20, metrics=Metrics())
    for number in range(1000):
        breaker.record(rejected=number % 3 == 0)


def test_a_flood_trips_it_and_says_where_to_look() -> None:
    metrics = Metrics()
    breaker = RejectionBreaker(share=0.5, window=20, metrics=metrics)
    for _ in range(20):
        breaker.record(rejected=False)
    for _ in range(10):
        breaker.record(rejected=True)
    with pytest.raises(BreakerOpen, match="dead-letter topic"):
        breaker.record(rejected=True)
    assert metrics.registry.get_sample_value("newswire_breaker_open") == 1


def test_it_waits_for_enough_to_judge() -> None:
    breaker = RejectionBreaker(share=0.5, window=40, metrics=Metrics())
    for _ in range(19):
        breaker.record(rejected=True)
    with pytest.raises(BreakerOpen):
        breaker.record(rejected=True)


def test_old_rejections_are_forgotten() -> None:
    metrics = Metrics()
    breaker = RejectionBreaker(share=0.5, window=20, metrics=metrics)
    for _ in range(5):
        for rejected in [True] * 8 + [False] * 12:
            breaker.record(rejected)
    for _ in range(20):
        breaker.record(False)
    assert metrics.registry.get_sample_value("newswire_rejected_share") == 0
