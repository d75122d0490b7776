"""Every fault, and its books: nothing lost, nothing wrong, nothing acknowledged ahead of what is durable."""

from __future__ import annotations

import pytest

from tests.kafka.artefacts import Unavailable
from tests.kafka.cluster import Cluster
from tests.kafka.faults.catalogue import FAULTS, Run

SHORT = [pytest.param(f.short, f.must_fail, id=f.name) for f in FAULTS if f.short is not None]
FULL = [pytest.param(f.run, f.must_fail, id=f.name) for f in FAULTS]


def judge(run: Run, must_fail: bool, cluster: Cluster) -> None:
    try:
        row = run(cluster)
    except Unavailable as reason:
        pytest.skip(str(reason))
    print(row)
    if must_fail:
        assert row.ahead, f"a safeguard was taken out, and the books did not find it: {row}"
        assert row.lost, f"a safeguard was taken out, and nothing was lost: {row}"
    else:
        assert row.balanced, row


@pytest.mark.parametrize(("run", "must_fail"), SHORT)
def test_the_books_balance_in_short(run: Run, must_fail: bool, cluster: Cluster) -> None:
    judge(run, must_fail, cluster)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("run", "must_fail"), FULL)
def test_the_books_balance(run: Run, must_fail: bool, cluster: Cluster) -> None:
    judge(run, must_fail, cluster)
