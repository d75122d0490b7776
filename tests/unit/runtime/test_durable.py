"""Where the next recovery of the table begins. Its Faust is faked."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from faust.types import TP

from streams.runtime.durable import DurableTable

OURS, ANOTHERS = TP("newswire-identity-changelog", 0), TP("newswire-identity-changelog", 1)


@pytest.mark.parametrize(
    ("recovering", "known", "then"), [(False, None, 7), (False, 3, 7), (False, 9, 9), (True, 3, 3)]
)
def test_what_is_in_the_table_is_not_read_back_at_the_next_rebalance(recovering: bool, known: Any, then: Any) -> None:
    on_disk: dict[TP, int] = {}
    recovery = SimpleNamespace(active_tps={OURS}, in_recovery=recovering, active_offsets={OURS: known})
    table: Any = SimpleNamespace(
        app=SimpleNamespace(tables=SimpleNamespace(recovery=recovery)),
        data=SimpleNamespace(set_persisted_offset=on_disk.__setitem__),
    )
    DurableTable.reached(table, {OURS: 7, ANOTHERS: 5})
    assert on_disk == {OURS: 7, ANOTHERS: 5}
    assert recovery.active_offsets == {OURS: then}
