"""``newswire bench``: time every stage, the whole wire over a broker, the wire against a peer. Compares by ratio."""

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
from streams.bench import allocations, charts, locating, recovery, stages, window
from streams.commands import bench_hop, bench_wire
from streams.contracts import codec
from streams.errors import UsageError
from streams.loading import toolbox

BASELINE = Path(__file__).parent.parent / "bench" / "baseline.json"
TOLERANCE = 2.0
"""A stage this many times slower than the baseline's ratio fails the comparison; noisy machines need the room."""
LEAST = {"peer_stack": 1.25, "hop": 2.0, "hop_cpu": 2.0}
"""How many times smaller than the baseline's a ratio may be: to the peer, of a hop's records, of its processor time.
On a busy machine Faust's own hop, with its tasks a record, loses more than batches do: that ratio swings."""
STORIES = 1000
PEER_STORIES = 3000


@click.command()
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write the figures here.")
@click.option("--charts", "charts_dir", type=click.Path(file_okay=False, path_type=Path), help="Draw SVG charts here.")
@click.option(
    "--stories",
    type=click.IntRange(100),
    help=f"Stories of each part. Default: {STORIES}; with --peer {PEER_STORIES}.",
)
@click.option(
    "--rate",
    "rates",
    multiple=True,
    type=click.FloatRange(1),
    help="Stories a second for latency. Default: 20, 200, 1000; with --peer 20, 200.",
)
@click.option("--stages-only", is_flag=True, help="Leave out the broker.")
@click.option("--window", "windows", multiple=True, type=click.IntRange(1000), help="Only time identity at N entries.")
@click.option(
    "--recovery", "recoveries", multiple=True, type=click.IntRange(0), help="Only time a start with N entries of state."
)
@click.option("--peer", is_flag=True, help="Only compare with what one would assemble instead; needs the extra bench.")
@click.option("--hop", is_flag=True, help="Only time a hop of raw bytes: Faust's own way against batches.")
@click.option("--broker", help="A test cluster without a wire on it, host:port; the embedded broker if not given.")
@click.option(
    "--check",
    is_flag=True,
    help=f"Exit 3 if a stage is over {TOLERANCE:g} times the baseline's ratio, that to the peer "
    f"{LEAST['peer_stack']:g} times under it, or that of a hop {LEAST['hop']:g} times.",
)
@click.option("--write-baseline", is_flag=True, help="Store this run's ratios as the baseline.")
def command(
    json_file: Path | None,
    charts_dir: Path | None,
    stories: int | None,
    rates: tuple[float, ...],
    stages_only: bool,
    windows: tuple[int, ...],
    recoveries: tuple[int, ...],
    peer: bool,
    hop: bool,
    broker: str | None,
    check: bool,
    write_baseline: bool,
) -> None:
    """Print microseconds and memory a story of each pure stage, then the whole wire's throughput and latency.

    Copy is generated, about 500 words a story. Ratios are over a fixed piece of text work timed in the same run,
    so that two machines can be compared; the baseline stores ratios, never times.

    \b
    Over a broker, a backlog is put on the raw topic before the worker starts, and its rate is that of the records it
    sent. Topics are made for each part and removed again; consumer groups named bench-… are left to expire.
    With --peer the same stories go through the worker and through Quix Streams with ftfy, datasketch and flashgeotext,
    turn about, three rounds each; ratios.peer_stack is the worker's median over the peer's.

    \b
    Examples:
      newswire bench
      newswire bench --stages-only --check
      newswire bench --json figures.json --charts charts --rate 20 --rate 200
      newswire bench --peer --json figures.json
      newswire bench --broker kafka-1:9092
      newswire bench --window 10000 --window 100000
      newswire bench --recovery 10000 --recovery 100000
      newswire bench --hop --json hop.json
    """
    console = Console(highlight=False)
    if broker is not None and (stages_only or windows):
        raise click.UsageError("--broker is for what runs over one: not for --stages-only or --window")
    if (check or write_baseline) and (windows or recoveries):
        raise click.UsageError("--check and --write-baseline are for the stages, for --peer and for --hop")
    settings = config.load()
    baseline: dict[str, float] = codec.loads(BASELINE.read_bytes()) if BASELINE.exists() else {}
    rows: list[stages.StageTime] = []
    figures: dict[str, Any] = {"machine": {"python": platform.python_version(), "processor": platform.machine()}}
    if recoveries:
        figures["recovery"] = [asdict(row) for row in _recovery(console, recoveries, broker)]
    elif windows:
        figures["window"] = [asdict(row) for row in _window(console, sorted(windows))]
    elif hop:
        figures |= bench_hop.against_faust(console, settings, broker)
    elif peer:
        figures |= bench_wire.against_peer(console, settings, broker, stories or PEER_STORIES, rates)
    else:
        rows = _stages(console, stories or STORIES, baseline, figures)
        if not stages_only:
            figures |= bench_wire.whole(console, settings, broker, stories or STORIES, rates)
    if json_file is not None:
        json_file.write_bytes(codec.encode_pretty(figures))
    if charts_dir is not None:
        _draw(console, figures, charts_dir)
    ratios: dict[str, float] = figures.get("ratios", {})
    if write_baseline:
        new = {row.stage: round(row.ratio, 3) for row in rows} | {name: round(ratios[name], 2) for name in ratios}
        BASELINE.write_bytes(codec.encode_pretty(baseline | new) + b"\n")
    if check:
        _check(rows, ratios, baseline)


def _stages(
    console: Console, stories: int, baseline: dict[str, float], figures: dict[str, Any]
) -> list[stages.StageTime]:
    """Time the pure stages; puts what it finds in *figures*."""
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
    figures |= {
        "stages": [asdict(row) for row in rows],
        "pipeline_stories_per_second": rate,
        "allocations": [asdict(row) for row in memory],
        "places": asdict(located),
    }
    return rows


def _draw(console: Console, figures: dict[str, Any], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for stem, chart in charts.of(figures):
        path = folder / f"{stem}.svg"
        path.write_text(chart.svg(), "utf-8")
        console.print(f"wrote {path}")


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


def _window(console: Console, sizes: list[int]) -> list[window.WindowTime]:
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


def _check(rows: list[stages.StageTime], ratios: dict[str, float], baseline: dict[str, float]) -> None:
    """Compare what was measured with the baseline's. Exits 3 if any of it is worse by more than its tolerance."""
    if not baseline:
        raise UsageError("no baseline stored: newswire bench --write-baseline makes one")
    worse = [
        f"{row.stage}: {row.ratio / baseline[row.stage]:.2f} times the baseline's ratio"
        for row in rows
        if row.stage in baseline and row.ratio > TOLERANCE * baseline[row.stage]
    ]
    worse += [
        f"{name}: {ratio:.2f}, {baseline[name]:.2f} in the baseline"
        for name, ratio in ratios.items()
        if name in baseline and ratio * LEAST[name] < baseline[name]
    ]
    for line in worse:
        click.echo(line, err=True)
    if worse:
        raise click.exceptions.Exit(3)
