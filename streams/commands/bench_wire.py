"""The parts of ``newswire bench`` that need a broker: the whole wire, and the wire against the peer. Prints them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from streams.bench import sides, starting
from streams.bench.backlog import Worked, work_off
from streams.bench.mixture import SHARES, mixture
from streams.bench.pace import Pace, paces
from streams.bench.peer_stack import Contest, contest
from streams.config import Settings

ROUNDS = 3
SECONDS = 10.0
"""How long each rate is kept up for latency."""
RATES = (20.0, 200.0, 1000.0)
PEER_RATES = (20.0, 200.0)
"""The peer does not keep up 1,000 a second anywhere; what it would show is its queue."""


def whole(
    console: Console, settings: Settings, broker: str | None, stories: int, rates: Sequence[float]
) -> dict[str, Any]:
    """Measure a worker alone: start, backlog, latency at *rates*. Returns the figures for ``--json``."""
    with console.status("starts"):
        starts = starting.run(settings, True, broker)
    console.print(
        f"from cold: newswire version {starts.version:.2f} s, newswire process of one story {starts.process:.2f} s, "
        f"a worker ready {starts.ready:.1f} s"
    )
    with console.status(f"a backlog of {stories:,} stories"):
        worked = work_off(sides.wire(), list(mixture(stories)), settings, broker)
    console.print(f"end to end over {_where(broker)}: {_told(worked)}")
    with console.status("latency"):
        rows = paces(sides.wire(), rates or RATES, SECONDS, settings, broker)
    console.print(_latencies(rows))
    return {"starts": asdict(starts), "end_to_end": asdict(worked), "latency": [asdict(row) for row in rows]}


def against_peer(
    console: Console, settings: Settings, broker: str | None, stories: int, rates: Sequence[float]
) -> dict[str, Any]:
    """Measure a worker and the peer, turn about. Returns the figures for ``--json``, ``ratios.peer_stack`` in them.

    Raises :class:`UsageError` when the extra is not installed.
    """
    both = (sides.wire(), sides.peer())
    shares = ", ".join(f"{100 * share:.0f}% {kind}" for kind, share in SHARES.items())
    with Progress(console=console, transient=True) as progress:
        backlog = list(mixture(stories))
        task = progress.add_task("backlogs", total=2 * ROUNDS)

        def told(worked: Worked) -> None:
            progress.advance(task)
            progress.console.print(f"{worked.side}: {_told(worked)}")

        result = contest(both, backlog, ROUNDS, settings, broker, told)
    console.print(f"{stories:,} stories over {_where(broker)}, {shares}; medians of {ROUNDS} rounds, turn about:")
    console.print(_medians(result))
    rows: list[Pace] = []
    for side in both:
        with console.status(f"latency, {side.name}"):
            rows += paces(side, rates or PEER_RATES, SECONDS, settings, broker)
    console.print(_latencies(rows))
    console.print(f"peer_stack: {result.ratio:.2f} times the peer's stories a second")
    return {
        "peer": asdict(result),
        "latency": [asdict(row) for row in rows],
        "ratios": {"peer_stack": result.ratio},
    }


def _where(broker: str | None) -> str:
    return broker or "the embedded broker"


def _told(worked: Worked) -> str:
    relations = ", ".join(f"{count:,} {relation}" for relation, count in sorted(worked.relations.items()))
    return (
        f"{worked.rate:,.0f} stories/s, {worked.cpu_ms:.2f} ms of its processor a story, "
        f"{worked.peak_mb:.0f} MB, first record after {worked.first:.1f} s; {relations}"
    )


def _medians(result: Contest) -> Table:
    table = _table("side", "stories/s", "processor ms/story", "resident MB")
    for row in result.medians:
        table.add_row(row.side, f"{row.rate:,.0f}", f"{row.cpu_ms:.2f}", f"{row.peak_mb:.0f}")
    return table


def _latencies(rows: Sequence[Pace]) -> Table:
    table = _table("produce to publish", "stories/s", "p50 ms", "p99 ms")
    for row in rows:
        note = f" ({row.unseen} not seen at the tail)" if row.unseen else ""
        table.add_row(row.side + note, f"{row.rate:g}", f"{row.p50:.0f}", f"{row.p99:.0f}")
    return table


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(first)
    for title in others:
        table.add_column(title, justify="right")
    return table
