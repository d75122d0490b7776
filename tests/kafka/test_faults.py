"""Every fault, and its books: nothing lost, nothing wrong, nothing acknowledged ahead of what is durable."""

from __future__ import annotations

import pytest

from tests.kafka.artefacts import Unavailable
from tests.kafka.faults.catalogue import FAULTS, Fault, Run

SHORT = [pytest.param(fault, id=fault.name) for fault in FAULTS if fault.short is not None]
FULL = [pytest.param(fault, id=fault.name) for fault in FAULTS]


def judge(run: Run, fault: Fault, request: pytest.FixtureRequest) -> None:
    ground = request.getfixturevalue("cluster" if fault.harms else "brokers")
    try:
        row = run(ground)
    except Unavailable as reason:
        pytest.skip(str(reason))
    print(row)
    if fault.must_fail:
        assert row.ahead, f"a safeguard was taken out, and the books did not find it: {row}"
        assert row.lost, f"a safeguard was taken out, and nothing was lost: {row}"
    else:
        assert row.balanced, row


@pytest.mark.timeout(600)
@pytest.mark.parametrize("fault", SHORT)
def test_the_books_balance_in_short(fault: Fault, request: pytest.FixtureRequest) -> None:
    assert fault.short is not None
    judge(fault.short, fault, request)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("fault", FULL)
def test_the_books_balance(fault: Fault, request: pytest.FixtureRequest) -> None:
    judge(fault.run, fault, request)
