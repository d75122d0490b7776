"""A cluster that somebody else runs: asked, never harmed, and left without a topic of ours.

A wire's topics have fixed names, and every run makes its own anew. So a cluster that holds any already is refused: it
could be one that somebody works with.
"""

from __future__ import annotations

from collections.abc import Sequence

from streams.config import Settings
from streams.runtime import provision
from tests.kafka import agreeing


class Refused(Exception):
    """The cluster is not for tests; the message says why, and what to do."""


class Given:
    """The cluster at *address*, its bootstrap servers, without TLS or a password.

    Raises :class:`Refused` when it has topics of a wire, :class:`streams.errors.BrokerTrouble` when it does not answer.
    """

    least_session = 6.0
    """Brokers take no shorter one unless told to (``group.min.session.timeout.ms``)."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._settings = Settings(broker=address)
        with provision.admin(self._settings) as client:
            members = client.describe_cluster()["brokers"]
        self.numbers: Sequence[int] = sorted(int(b.get("broker_id", b.get("node_id"))) for b in members)
        if found := sorted(agreeing.listed(self._settings)):
            raise Refused(
                f"{address} has topics of a wire ({', '.join(found[:3])} …), which these tests would delete: "
                "name a cluster that has none, or delete them first"
            )

    def close(self) -> None:
        """Delete every topic of a wire."""
        agreeing.delete(self._settings)
