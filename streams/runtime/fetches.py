"""Each fetch of aiokafka's asks how long the broker may hold it open. Fetches nothing itself, and waits for nothing.

There is one fetch at a time of each broker, and a partition whose records are not read yet is left out of it: what
it may wait at most, that partition may have to wait. A fetch that every partition is in can be left open for long, for
Kafka answers it at the first record; each that ends with nothing costs both sides some 0.7 ms.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from faust.types import TP


def make_patient(fetcher: Any, wait_ms: Callable[[Collection[TP]], int]) -> None:
    """Have *fetcher* ask *wait_ms* before each fetch, with the partitions that are left out, for they are unread.

    It is asked on the consumer's thread. Paused partitions are not named: nobody waits for them.
    """
    plan = fetcher._get_actions_per_node

    def planned(assignment: Any) -> Any:
        states = {tp: assignment.state_value(tp) for tp in fetcher._records}
        unread = [TP(*tp) for tp, state in states.items() if state is not None and not state.paused]
        fetcher._fetch_max_wait_ms = wait_ms(unread)
        return plan(assignment)

    fetcher._get_actions_per_node = planned
