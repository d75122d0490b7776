"""``newswire bench``: time every stage, and the whole wire over the embedded broker. Compares by ratio only."""

from __future__ import annotations

import platform
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from streams import config
from streams.bench import locating, recovery, stages, window, wire
from streams.commands import bench_hop
from streams.contracts import codec
from streams.demo.stage import Stage
from streams.errors import UsageError
from streams.loading import toolbox

BASELINE = Path(__file__).parent.parent / "bench" / "baseline.json"
LATENCY_SECONDS = 10.0
TOLERANCE = 2.0
"""A stage this many times slower than the baseline's ratio fails the comparison; noisy machines need the room."""


@click.command()
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write the figures here.")
@click.option("--stories", default=1000, show_default=True, type=click.IntRange(100), help="Stories of each part.")
@click.option("--rate", "rates", multiple=True, type=float, help="Stories a second for latency. Default: 20, 100.")
@click.option("--stages-only", is_flag=True, help="Leave out the broker.")
@click.option("--window", "windows", multiple=True, type=click.IntRange(1000), help="Only time identity at N entries.")
@click.option(
    "--recovery", "recoveries", multiple=True, type=click.IntRange(0), help="Only time a start with N entries of state."
)
@click.option("--hop", is_flag=True, help="Only time a hop of raw bytes: Faust's own way against batches.")
@click.option("--broker", help="An empty test cluster for --recovery or --hop, host:port; else the embedded broker.")
@click.option("--check", is_flag=True, help=f"Exit 3 if a stage is over {TOLERANCE:g} times the baseline's ratio.")
@click.option("--write-baseline", is_flag=True, help="Store this run's ratios as the baseline.")
def command(
    json_file: Path | None,
    stories: int,
    rates: tuple[float, ...],
    stages_only: bool,
    windows: tuple[int, ...],
    recoveries: tuple[int, ...],
    hop: bool,
    broker: str | None,
    check: bool,
    write_baseline: bool,
) -> None:
    """Print microseconds a story of each pure stage, then the whole wire's throughput and latency.

    Copy is generated, about 500 words a story. Ratios are over a fixed piece of text work timed in the same run,
    so that two machines can be compared; the baseline stores ratios, never times.

    \b
    Examples:
      newswire bench
      newswire bench --stages-only --check
      newswire bench --json figures.json --rate 20 --rate 200
      newswire bench --window 10000 --window 100000
      newswire bench --recovery 10000 --recovery 100000
      newswire bench --hop --json hop.json
    """
    console = Console(highlight=False)
    figures: dict[str, Any]
    if broker is not None and not (recoveries or hop):
        raise click.UsageError("--broker is for --recovery and --hop")
    if hop:
        figures = bench_hop.against_faust(console, config.load(), broker)
        if json_file is not None:
            json_file.write_bytes(codec.encode_pretty(figures))
        return
    if recoveries:
        starts = [asdict(row) for row in _recovery(console, recoveries, broker)]
        if json_file is not None:
            json_file.write_bytes(codec.encode_pretty({"recovery": starts}))
        return
    if windows:
        figures = {"window": [asdict(row) for row in _window(console, sorted(windows))]}
        if json_file is not None:
            json_file.write_bytes(codec.encode_pretty(figures))
        return
    baseline: dict[str, float] = codec.loads(BASELINE.read_bytes()) if BASELINE.exists() else {}
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("stages", total=stories + 50)
        tools = toolbox(config.load())
        rows, rate = stages.run(tools, stories, lambda: progress.advance(task))
    with console.status("parsers"):
        rows += stages.parsers(max(50, stories // 10))
    console.print(_stages_table(rows, baseline))
    console.print(f"whole pipeline, no broker: {rate:.0f} stories/s of processor time, {1e6 / rate:.0f} µs a story")
    with console.status("places"):
        located = locating.run(tools.gazetteer, max(50, stories // 10))
    console.print(
        f"places: {located.names:,} names in {located.spellings:,} spellings, file {located.file_bytes / 1e6:.1f} MB, "
        f"loaded in {located.load_seconds:.2f} s, {located.resident_mb:.0f} MB resident; "
        f"{located.median:.0f} µs a story of {located.characters:,.0f} characters, {located.mentions:.0f} mentions"
    )
    figures = {
        "machine": {"python": platform.python_version(), "processor": platform.machine()},
        "stages": [asdict(row) for row in rows],
        "pipeline_stories_per_second": rate,
        "places": asdict(located),
    }
    if not stages_only:
        figures |= _wire(console, stories, rates or (20.0, 100.0))
    if json_file is not None:
        json_file.write_bytes(codec.encode_pretty(figures))
    if write_baseline:
        BASELINE.write_bytes(codec.encode_pretty({row.stage: round(row.ratio, 3) for row in rows}) + b"\n")
    if check:
        _check(rows, baseline)


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


def _window(console: Console, sizes: list[int]) -> list[window.WindowTime]:
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("entries", total=max(sizes))
        rows = window.grow(toolbox(config.load()), sizes, lambda done: progress.update(task, completed=done))
    table = Table(box=None, pad_edge=False, header_style="bold")
    titles = ("entries", "decide µs", "alone", "met", "p99", "met %", "fingerprint", "+ query + insert")
    memory = ("load s", "decoding", "index MB", "fixed MB", "bytes/entry", "table bytes/entry")
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
            f"{row.entry_bytes:.0f}",
            f"{row.table_bytes:.0f}",
        )
    console.print(table)
    return rows


def _recovery(console: Console, sizes: tuple[int, ...], broker: str | None) -> list[recovery.Recovery]:
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


def _wire(console: Console, stories: int, rates: tuple[float, ...]) -> dict[str, Any]:
    with console.status("starting the embedded broker and a worker"):
        stage = Stage(config.load()).__enter__()
    try:
        with Progress(console=console, transient=True) as progress:
            task = progress.add_task("throughput", total=stories)
            through = wire.throughput(stage, stories, lambda done: progress.update(task, completed=done))
        console.print(
            f"end to end over the embedded broker: {through.rate:.0f} stories/s, "
            f"{through.cpu_ms:.2f} ms of the worker's processor a story"
        )
        found = [_latency(console, stage, rate, 100_000 * (number + 1)) for number, rate in enumerate(rates)]
    finally:
        stage.__exit__(None, None, None)
    return {"end_to_end": asdict(through), "latency": [asdict(row) for row in found]}


def _latency(console: Console, stage: Stage, rate: float, first: int) -> wire.Latency:
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task(f"{rate:g} stories/s", total=rate * LATENCY_SECONDS)
        row = wire.latency(stage, rate, LATENCY_SECONDS, first, lambda done: progress.update(task, completed=done))
    console.print(f"produce to publish at {rate:g} stories/s: p50 {row.p50:.0f} ms, p99 {row.p99:.0f} ms")
    return row


def _check(rows: list[stages.StageTime], baseline: dict[str, float]) -> None:
    if not baseline:
        raise UsageError("no baseline stored: newswire bench --write-baseline makes one")
    slow = [row for row in rows if row.stage in baseline and row.ratio > TOLERANCE * baseline[row.stage]]
    for row in slow:
        click.echo(f"{row.stage}: {row.ratio / baseline[row.stage]:.2f} times the baseline's ratio", err=True)
    if slow:
        raise click.exceptions.Exit(3)
