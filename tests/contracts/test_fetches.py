"""How long a fetch is held open, and what is left out of it: streams/runtime/fetches.py on aiokafka's own fetcher."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from aiokafka.consumer.fetcher import Fetcher
from aiokafka.consumer.subscription_state import SubscriptionState
from aiokafka.structs import TopicPartition
from faust.types import TP

from streams.runtime.faults import MendedConsumerThread
from streams.runtime.fetches import make_patient

RAW, LOG = TP("wire.raw.v1", 0), TP("newswire-identity-changelog", 0)


def assigned(subscriptions: SubscriptionState) -> Any:
    """Begin an assignment of RAW and LOG, as the coordinator does, and give it."""
    subscriptions.assign_from_subscribed([TopicPartition(*RAW), TopicPartition(*LOG)])  # type: ignore[arg-type]
    for tp in (RAW, LOG):
        subscriptions.seek(TopicPartition(*tp), 0)
    return subscriptions.subscription.assignment


@contextmanager
def fetching() -> Iterator[tuple[Any, SubscriptionState]]:
    """A fetcher that sends nothing, of one broker that leads everything."""
    client: Any = SimpleNamespace(
        _loop=asyncio.get_running_loop(),
        _metadata_max_age_ms=1000,
        cluster=SimpleNamespace(leader_for_partition=lambda tp: 1),
    )
    subscriptions = SubscriptionState()
    subscriptions.subscribe({RAW.topic, LOG.topic})
    fetcher: Any = Fetcher(client, subscriptions, fetch_max_wait_ms=10)
    fetcher._fetch_task.cancel()
    yield fetcher, subscriptions


def planned(fetcher: Any, assignment: Any) -> list[tuple[int, list[str]]]:
    """The fetches that would be sent: how long each may be held open, and the topics in it."""
    requests, *_ = fetcher._get_actions_per_node(assignment)
    return [(request._max_wait_ms, sorted(topic for topic, _ in request.topics)) for _, request in requests]


def unread() -> Any:
    return SimpleNamespace(calculate_backoff=lambda: 0)


def in_a_loop(scenario: Callable[[], None]) -> None:
    async def run() -> None:
        scenario()

    asyncio.run(run())


def test_each_fetch_asks_how_long_with_what_is_left_out_of_it() -> None:
    asked: list[list[TP]] = []

    def wait(left_out: Collection[TP]) -> int:
        asked.append(list(left_out))
        return 10 if left_out else 100

    def scenario() -> None:
        with fetching() as (fetcher, subscriptions):
            make_patient(fetcher, wait)
            assignment = assigned(subscriptions)
            assert planned(fetcher, assignment) == [(100, [LOG.topic, RAW.topic])]
            fetcher._records[TopicPartition(*RAW)] = unread()
            assert planned(fetcher, assignment) == [(10, [LOG.topic])]
            assert asked == [[], [RAW]]

    in_a_loop(scenario)


def test_a_paused_partition_is_in_no_fetch_and_nobody_waits_for_it_until_the_next_assignment() -> None:
    asked: list[list[TP]] = []

    def scenario() -> None:
        with fetching() as (fetcher, subscriptions):
            make_patient(fetcher, lambda left_out: asked.append(list(left_out)) or 7)  # type: ignore[func-returns-value]
            assignment = assigned(subscriptions)
            subscriptions.pause(TopicPartition(*LOG))
            fetcher._records[TopicPartition(*LOG)] = unread()
            assert planned(fetcher, assignment) == [(7, [RAW.topic])]
            fetcher._records.clear()
            assert planned(fetcher, assignment) == [(7, [RAW.topic])]
            assert asked == [[], []]
            assert planned(fetcher, assigned(subscriptions)) == [(7, [LOG.topic, RAW.topic])], (
                "an assignment begins with nothing paused: a changelog that stayed paused would never be recovered"
            )

    in_a_loop(scenario)


def test_changelogs_are_paused_for_the_assignment_that_they_were_recovered_in_and_no_later_one() -> None:
    paused: list[Any] = []
    thread: Any = SimpleNamespace(
        app=SimpleNamespace(rebalancing_count=3),
        _ensure_consumer=lambda: SimpleNamespace(pause=lambda *tps: paused.extend(tps)),
    )

    async def scenario() -> None:
        await MendedConsumerThread.leave_out(thread, {LOG}, 2)
        assert paused == []
        await MendedConsumerThread.leave_out(thread, {LOG}, 3)
        assert paused == [TopicPartition(*LOG)]
        assert isinstance(paused[0], TopicPartition)

    asyncio.run(scenario())
