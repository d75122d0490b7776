"""What each stage allocates a story: the bytes it needs at once, and what is still there after it. Python's alone.

tracemalloc sees what Python's allocator gives; memory that Rust or C libraries take for themselves is not in it. It
makes everything several times slower, so nothing is timed here.
"""

from __future__ import annotations

import gc
import sys
import tracemalloc
from dataclasses import dataclass, field
from statistics import median

from streams import pipeline
from streams.bench.stages import START, messages
from streams.contracts import codec
from streams.identity import IdentitySettings

ENCODE = "encode"


@dataclass(frozen=True, slots=True)
class StageMemory:
    """Medians a story. ``peak_bytes``: the most that stood at once beyond what stood when the stage began;
    ``kept_bytes`` and ``kept_blocks``: what it left, for the stages after it or for the window (fewer if it freed)."""

    stage: str
    peak_bytes: float
    kept_bytes: float
    kept_blocks: float


@dataclass(slots=True)
class _Ledger:
    peaks: list[int] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)


def run(toolbox: pipeline.Toolbox, number: int) -> list[StageMemory]:
    """Return what each stage allocates, over *number* generated stories of about 500 words."""
    given = messages(number)
    ledgers: dict[str, _Ledger] = {name: _Ledger() for name in (*pipeline.STAGES, ENCODE)}
    settings = IdentitySettings()
    for _ in pipeline.process(messages(20, first=1_000_000), toolbox, settings, lambda: START):
        pass
    gc.collect()
    gc.disable()  # a collection in the middle of a stage would be taken for its own
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0], sys.getallocatedblocks()

        def observe(stage: str, seconds: float) -> None:
            nonlocal before
            current, peak = tracemalloc.get_traced_memory()
            blocks = sys.getallocatedblocks()
            ledger = ledgers[stage]
            ledger.peaks.append(peak - before[0])
            ledger.kept.append(current - before[0])
            ledger.blocks.append(blocks - before[1])
            tracemalloc.reset_peak()
            before = tracemalloc.get_traced_memory()[0], sys.getallocatedblocks()

        for line in pipeline.process(given, toolbox, settings, lambda: START, observe):
            # What the composition itself did since the last stage belongs to none.
            tracemalloc.reset_peak()
            before = tracemalloc.get_traced_memory()[0], sys.getallocatedblocks()
            codec.encode(line)
            observe(ENCODE, 0.0)
    finally:
        tracemalloc.stop()
        gc.enable()
    return [
        StageMemory(stage, median(ledger.peaks), median(ledger.kept), median(ledger.blocks))
        for stage, ledger in ledgers.items()
        if ledger.peaks
    ]
