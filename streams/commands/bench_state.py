"""``newswire bench --window`` and ``--recovery``: identity over a large window, a start over a large state; tables."""

from __future__ import annotations

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from streams import config
from streams.bench import recovery, window
from streams.loading import toolbox


def windows(console: Console, sizes: list[int]) -> list[window.WindowTime]:
    """Time identity at each of *sizes* entries, in order of size."""
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("entries", total=max(sizes))
        rows = window.grow(toolbox(config.load()), sizes, lambda done: progress.update(task, completed=done))
    table = Table(box=None, pad_edge=False, header_style="bold")
    titles = ("entries", "decide µs", "alone", "met", "p99", "met %", "fingerprint", "+ query + insert")
    memory = ("load s", "decoding", "index MB", "fixed MB", "index MB per 100,000", "table MB per 100,000")
    for title in (*titles, *memory):
        table.add_column(title, justify="right")
    for row in rows:
        times = (row.decide, row.alone, row.met, row.p99, 100 * row.share_met, row.fingerprint, row.index)
        table.add_row(
            f"{row.entries:,}",
            *[f"{time:.0f}" for time in times],
            f"{row.load:.1f}",
            f"{row.decode:.1f}",
            f"{row.index_mb:.0f}",
            f"{row.fixed_mb:.1f}",
            f"{row.entry_bytes / 10:.1f}",
            f"{row.table_bytes / 10:.0f}",
        )
    console.print(table)
    return rows


def starts(console: Console, sizes: tuple[int, ...], broker: str | None) -> list[recovery.Recovery]:
    """Time a worker's start over a changelog of each of *sizes* entries."""
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("changelogs", total=sum(sizes))
        rows = recovery.measure(sizes, config.load(), broker, lambda entry: progress.advance(task))
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("entries", "changelog MB", "recovered", "ready s", "first story s", "entries/s"):
        table.add_column(title, justify="right")
    for row in rows:
        table.add_row(
            f"{row.entries:,}",
            f"{row.changelog_bytes / 1e6:.1f}",
            f"{row.recovered:,}",
            f"{row.ready:.1f}",
            f"{row.first_story:.1f}",
            "-" if row.rate is None else f"{row.rate:,.0f}",
        )
    console.print(table)
    return rows
