"""The collector leaves alone what a worker has loaded, and still finds what forms a cycle."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from streams.runtime import collector


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


class Node:
    """Holds on to itself."""

    def __init__(self) -> None:
        self.self = self


def test_what_is_loaded_is_left_out_and_it_looks_seldom() -> None:
    loaded = [Node()]
    collector.settle()
    assert gc.get_freeze_count() > 0
    assert not any(kept is loaded for kept in gc.get_objects()), "it is not walked"
    assert gc.get_threshold() == collector.THRESHOLDS


def test_a_cycle_made_later_is_freed() -> None:
    collector.settle()
    gone = weakref.ref(Node())
    [Node() for _ in range(2 * collector.THRESHOLDS[0])]
    assert gone() is None
