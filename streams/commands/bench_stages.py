"""The pure stages of ``newswire bench``: their time, memory and the gazetteer's, printed as tables."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from streams import config
from streams.bench import allocations, locating, stages
from streams.loading import toolbox


def run(console: Console, stories: int, baseline: dict[str, float]) -> tuple[list[stages.StageTime], dict[str, Any]]:
    """Time the pure stages over *stories*, print them beside the *baseline*; the rows, and every figure by name."""
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("stages", total=stories + 50)
        tools = toolbox(config.load())
        rows, rate = stages.run(tools, stories, lambda: progress.advance(task))
    with console.status("parsers"):
        rows += stages.parsers(max(50, stories // 10))
    console.print(_stages_table(rows, baseline))
    console.print(f"whole pipeline, no broker: {rate:.0f} stories/s of processor time, {1e6 / rate:.0f} µs a story")
    with console.status("allocations"):
        memory = allocations.run(tools, max(50, stories // 10))
    console.print(_memory_table(memory))
    with console.status("places"):
        located = locating.run(tools.gazetteer, max(50, stories // 10))
    console.print(
        f"places: {located.names:,} names in {located.spellings:,} spellings, file {located.file_bytes / 1e6:.1f} MB, "
        f"loaded in {located.load_seconds:.2f} s, {located.resident_mb:.0f} MB resident; "
        f"{located.median:.0f} µs a story of {located.characters:,.0f} characters, {located.mentions:.0f} mentions"
    )
    return rows, {
        "stages": [asdict(row) for row in rows],
        "pipeline_stories_per_second": rate,
        "allocations": [asdict(row) for row in memory],
        "places": asdict(located),
    }


def _memory_table(rows: list[allocations.StageMemory]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("stage")
    for title in ("peak bytes", "kept bytes", "kept blocks"):
        table.add_column(title, justify="right")
    for row in rows:
        table.add_row(row.stage, f"{row.peak_bytes:,.0f}", f"{row.kept_bytes:,.0f}", f"{row.kept_blocks:,.0f}")
    return table


def _stages_table(rows: list[stages.StageTime], baseline: dict[str, float]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("stage")
    for title in ("median µs", "mean µs", "ratio", "of baseline"):
        table.add_column(title, justify="right")
    for row in rows:
        known = baseline.get(row.stage)
        against = f"{row.ratio / known:.2f}×" if known else "-"
        table.add_row(row.stage, f"{row.median:.0f}", f"{row.mean:.0f}", f"{row.ratio:.2f}", against)
    return table
