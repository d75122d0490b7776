"""The part of ``newswire bench`` for the hop alone: Faust's own way against batches. Measures nothing itself."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import asdict, replace
from typing import Any

from rich.console import Console
from rich.table import Table

from streams.bench import hop
from streams.config import Settings
from streams.runtime.embedded import EmbeddedBroker, settings_for

RECORDS = 20_000


def against_faust(console: Console, settings: Settings, broker: str | None) -> dict[str, Any]:
    """Time every way over *broker*, the embedded one if None, and print them; return the figures and ``ratios``."""
    with ExitStack() as stack:
        if broker is None:
            settings = settings_for(stack.enter_context(EmbeddedBroker()).address, settings)
        else:
            settings = replace(settings, broker=broker)
        with console.status("the hop, turn about"):
            rows = hop.run(settings, RECORDS, lambda turn: None)
    found = hop.ratios(rows)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("hop")
    for title in ("records/s", "processor µs a record"):
        table.add_column(title, justify="right")
    for row in rows:
        table.add_row(row.way, f"{row.rate:,.0f}", f"{row.cpu_us:.0f}")
    console.print(table)
    console.print(f"batches over Faust's own: {found['hop']:.1f}× the records, {found['hop_cpu']:.1f}× less processor")
    return {"hop": [asdict(row) for row in rows], "ratios": found}
