"""``newswire bench``: time every stage, the whole wire over a broker, the wire against a peer. Compares by ratio."""

from __future__ import annotations

import platform
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from streams import config
from streams.bench import charts, stages
from streams.commands import bench_hop, bench_stages, bench_state, bench_wire
from streams.contracts import codec
from streams.errors import UsageError

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
    alone = {"--stages-only": stages_only, "--window": windows, "--recovery": recoveries, "--peer": peer, "--hop": hop}
    asked = [option for option, given in alone.items() if given]
    if len(asked) > 1:
        raise click.UsageError(f"{' and '.join(asked)}: one at a time")
    if stories is not None and (windows or recoveries or hop):
        raise click.UsageError(f"{asked[0]} takes no --stories")
    if rates and asked and not peer:
        raise click.UsageError(f"{asked[0]} takes no --rate")
    if broker is not None and (stages_only or windows):
        raise click.UsageError("--broker is for what runs over one: not for --stages-only or --window")
    if (check or write_baseline) and (windows or recoveries):
        raise click.UsageError("--check and --write-baseline are for the stages, for --peer and for --hop")
    settings = config.load()
    baseline: dict[str, float] = codec.loads(BASELINE.read_bytes()) if BASELINE.exists() else {}
    rows: list[stages.StageTime] = []
    figures: dict[str, Any] = {"machine": {"python": platform.python_version(), "processor": platform.machine()}}
    if recoveries:
        figures["recovery"] = [asdict(row) for row in bench_state.starts(console, recoveries, broker)]
    elif windows:
        figures["window"] = [asdict(row) for row in bench_state.windows(console, sorted(windows))]
    elif hop:
        figures |= bench_hop.against_faust(console, settings, broker)
    elif peer:
        figures |= bench_wire.against_peer(console, settings, broker, stories or PEER_STORIES, rates)
    else:
        rows, found = bench_stages.run(console, stories or STORIES, baseline)
        figures |= found
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


def _draw(console: Console, figures: dict[str, Any], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for stem, chart in charts.of(figures):
        path = folder / f"{stem}.svg"
        path.write_text(chart.svg(), "utf-8")
        console.print(f"wrote {path}")


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
