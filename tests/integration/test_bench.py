"""The benchmark over a broker: every story is counted, and nothing of it is left on a cluster."""

from __future__ import annotations

import pytest

from streams import config
from streams.bench import sides
from streams.bench.backlog import work_off
from streams.bench.ground import fresh
from streams.bench.mixture import mixture
from streams.bench.pace import paces
from streams.errors import UsageError
from streams.runtime import provision
from streams.runtime.embedded import EmbeddedBroker, settings_for


@pytest.mark.broker
def test_a_backlog_is_worked_off_whole() -> None:
    stories = list(mixture(400))
    worked = work_off(sides.wire(), stories, config.load(), None)
    assert worked.stories == sum(worked.relations.values()) == 400
    kinds = [mixed.kind for mixed in stories]
    assert worked.relations["new"] == kinds.count("new")
    assert worked.rate > 1
    assert worked.cpu_ms > 0
    assert worked.first > 0
    assert worked.peak_mb > 50


@pytest.mark.broker
def test_latency_is_of_every_story_fed() -> None:
    [pace] = paces(sides.wire(), [20.0], 2.0, config.load(), None)
    assert pace.stories == 40
    assert 0 < pace.p50 <= pace.p99


@pytest.mark.broker
def test_a_cluster_with_a_wire_is_refused_and_one_without_left_as_it_was() -> None:
    with EmbeddedBroker() as broker:
        settings = settings_for(broker.address, config.load())
        with fresh(settings, broker.address, ("bench.extra.v1",)) as (own, _):
            with provision.admin(settings) as client:
                assert {"wire.raw.v1", "bench.extra.v1"} <= set(client.list_topics())
            with pytest.raises(UsageError, match="a wire already"), fresh(settings, broker.address):
                pass
        with provision.admin(settings) as client:
            assert not set(client.list_topics())
        assert own.app_id.startswith("bench-")
