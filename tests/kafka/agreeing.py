"""Topics deleted and made so that every broker of the cluster knows of it; a broker learns of either a moment late.

Asked through any one of them, a cluster says that a topic is gone and, a moment later, through another, that it is
still there: what makes topics by what it is told would then make none.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from typing import Any

from kafka import KafkaAdminClient
from kafka.protocol.metadata import MetadataRequest

from streams.config import Settings
from streams.contracts import topics
from streams.runtime import installation, provision

PATIENCE_SECONDS = 90.0


def of_a_wire(name: str) -> bool:
    """Whether a topic is one that a wire makes, whatever its app id and desks. Nobody else's is ever deleted."""
    fixed = {topic.name for topic in topics.catalogue("any", ())}
    return name in fixed or name.startswith(topics.DESK_PREFIX) or name.endswith(topics.changelog_topic("").name)


def listed(settings: Settings) -> set[str]:
    """Return the topics of wires that any broker lists."""
    with provision.admin(settings) as client:
        return {name for seen in _each(client) for name in seen if of_a_wire(name)}


def delete(settings: Settings, names: Collection[str] | None = None) -> None:
    """Delete *names*, or every topic of a wire, and wait until no broker lists one of them.

    Raises :class:`TimeoutError` after :data:`PATIENCE_SECONDS`.
    """
    with provision.admin(settings) as client:
        there = {name for seen in _each(client) for name in seen if of_a_wire(name)}
        stale = there if names is None else there & set(names)
        if stale:
            client.delete_topics(sorted(stale), timeout_ms=30_000)
        _until(
            lambda: not any(stale & seen.keys() for seen in _each(client)), "topics that were deleted are still there"
        )


def make(settings: Settings) -> None:
    """Make what the catalogue wants and wait until every broker lists all of it, with a leader for each partition.

    Raises :class:`TimeoutError` after :data:`PATIENCE_SECONDS`.
    """
    provision.apply(settings)
    names = {topic.name for topic in installation.wanted(settings)}
    with provision.admin(settings) as client:
        _until(
            lambda: all(all(seen.get(name, False) for name in names) for seen in _each(client)),
            "not every broker knows the topics that were made",
        )


def _each(client: KafkaAdminClient) -> list[dict[str, bool]]:
    """What each broker lists: topic to whether all its partitions have a leader."""
    # The public calls ask whichever broker is nearest; here each is asked for itself.
    manager: Any = client._manager
    request = MetadataRequest(topics=None, allow_auto_topic_creation=False)
    answers = [manager.run(_ask, manager, request, broker.node_id) for broker in manager.cluster.brokers()]
    return [
        {
            topic.name: all(part.leader_id >= 0 and part.error_code == 0 for part in topic.partitions)
            for topic in answer.topics
        }
        for answer in answers
    ]


async def _ask(manager: Any, request: MetadataRequest, number: int) -> Any:
    return await manager.send(request, node_id=number)


def _until(done: Callable[[], bool], otherwise: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not done():
        if time.monotonic() > until:
            raise TimeoutError(f"{otherwise} after {PATIENCE_SECONDS:.0f} s")
        time.sleep(0.1)
