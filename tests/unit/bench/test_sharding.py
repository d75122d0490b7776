"""The model of a split shard: what is reckoned is what random sketches show, and what the document says."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from streams.bench import sharding

DOCUMENT = Path(__file__).parents[3] / "docs" / "scaling.md"
SIZE = 128


def like(sketched: bytes, likeness: float, draw: random.Random) -> bytes:
    """A sketch with so large a share of its minima in common with *sketched*."""
    return bytes(byte if draw.random() < likeness else draw.randrange(256) for byte in sketched)


@pytest.mark.parametrize("likeness", [0.0, 0.3, 0.6])
@pytest.mark.parametrize(("shards", "number"), [(2, 2), (4, 4), (16, 6)])
def test_what_is_reckoned_is_what_random_sketches_show(likeness: float, shards: int, number: int) -> None:
    draw = random.Random(7)
    found = [(one := draw.randbytes(SIZE), like(one, likeness, draw)) for _ in range(4000)]
    going = [[sharding.routes(sketched, number, shards) for sketched in pair] for pair in found]
    meeting = sum(not a.isdisjoint(b) for a, b in going) / len(going)
    assert meeting == pytest.approx(sharding.met(likeness, number, shards), abs=0.03)
    spread = sum(len(a) for a, _ in going) / len(going)
    assert spread == pytest.approx(sharding.copies(number, shards), abs=0.05)


def test_every_shard_gets_its_share_and_none_is_beyond_the_last() -> None:
    draw = random.Random(1)
    gone = [shard for _ in range(4000) for shard in sharding.routes(draw.randbytes(SIZE), 1, 8)]
    assert set(gone) == set(range(8))
    assert all(400 < gone.count(shard) < 600 for shard in range(8))


def test_more_routes_than_the_sketch_has_are_refused() -> None:
    with pytest.raises(ValueError, match="room"):
        sharding.routes(bytes(SIZE), SIZE, 4)


def test_splits_count_the_pairs_that_meet() -> None:
    same, other = bytes(range(128)), bytes(reversed(range(128)))
    rows = sharding.splits([(same, same), (same, same), (same, other)])
    assert {row.pairs for row in rows} == {3}
    assert all(2 / 3 <= row.met <= 1.0 for row in rows)
    assert all(1.0 <= row.copies <= min(row.shards, row.routes) for row in rows)


def test_the_document_has_the_table_that_is_reckoned() -> None:
    assert sharding.reckoned() in DOCUMENT.read_text("utf-8")
