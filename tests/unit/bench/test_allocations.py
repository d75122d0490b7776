"""What stages allocate is told of each, in bytes that make sense for a story of 3 kB."""

from __future__ import annotations

import gc
import tracemalloc

from streams import config
from streams.bench import allocations
from streams.loading import toolbox


def test_every_stage_is_told_of() -> None:
    rows = {row.stage: row for row in allocations.run(toolbox(config.load({})), 12)}
    assert list(rows) == ["format", "copydesk", "places", "fingerprint", "identify", "record", "encode"]
    # The text is decoded and kept; encoding makes a line of more than the story's length and keeps nothing.
    assert rows["format"].kept_bytes > 2_500
    assert rows["encode"].peak_bytes > 3_000
    assert rows["encode"].kept_bytes < 500
    assert all(row.peak_bytes >= row.kept_bytes for row in rows.values())
    # A stage's peak is its own, not that of a stage before it.
    assert min(row.peak_bytes for row in rows.values()) < max(row.peak_bytes for row in rows.values()) / 3
    assert gc.isenabled()
    assert not tracemalloc.is_tracing()
