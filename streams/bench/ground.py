"""A wire's topics, fresh, for one measurement: on an embedded broker of its own, or on a cluster that has no wire.

Takes away the topics that it made; refuses a cluster with a wire on it, for it could not tell whose records are whose.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from kafka.admin import NewTopic

from streams.config import Settings
from streams.errors import BrokerTrouble, UsageError
from streams.runtime import installation, provision
from streams.runtime.embedded import EmbeddedBroker, settings_for
from streams.runtime.ports import free_port

PATIENCE_SECONDS = 30.0


@contextmanager
def fresh(settings: Settings, broker: str | None, extra: tuple[str, ...] = ()) -> Iterator[tuple[Settings, Path]]:
    """Yield the settings of one measurement, its topics and those of *extra* made, and an empty folder.

    *broker* is a cluster, None an embedded broker. Raises :class:`UsageError` for a cluster that has a wire.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newswire-bench-")))
        if broker is None:
            settings = settings_for(stack.enter_context(EmbeddedBroker()).address, settings)
        else:
            settings = replace(settings, broker=broker)
        settings = replace(
            settings, app_id=f"bench-{uuid4().hex[:8]}", data_dir=folder / "data", metrics_port=free_port()
        )
        refuse_a_wire(settings)
        with provision.admin(settings) as client:
            before = set(client.list_topics())
        if broker is not None:
            stack.callback(_remove, settings, before)
        provision.apply(settings)
        with provision.admin(settings) as client:
            if extra:
                client.create_topics([NewTopic(name, settings.partitions, settings.replication) for name in extra])
            # A topic is known to its brokers a moment after the controller has made it.
            names = {*extra, *(topic.name for topic in installation.wanted(settings))}
            _until(lambda: names <= set(client.list_topics()), f"{settings.broker} does not show the bench's topics")
        yield settings, folder


def refuse_a_wire(settings: Settings) -> None:
    """Raise :class:`UsageError` for a cluster that has topics of the catalogue."""
    if any(step.action != "create" for step in provision.plan(settings)):
        raise UsageError(
            f"{settings.broker} has topics of a wire already: the bench takes an empty cluster, "
            "for its stories would go out on that wire"
        )


def _remove(settings: Settings, before: set[str]) -> None:
    """Delete what was made since, internal topics of the cluster's own apart, and wait until it is gone."""
    with provision.admin(settings) as client:
        made = [name for name in client.list_topics() if name not in before and not name.startswith("__")]
        client.delete_topics(made, timeout_ms=15_000)
        _until(lambda: not set(made) & set(client.list_topics()), f"{settings.broker} still has the bench's topics")


def _until(done: Callable[[], bool], otherwise: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not done():
        if time.monotonic() > until:
            raise BrokerTrouble(f"{otherwise} after {PATIENCE_SECONDS:.0f} s")
        time.sleep(0.1)
