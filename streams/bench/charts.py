"""Figures → SVG bar charts, as text. Draws nothing that was not measured; writes no file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

WIDTH, LABELS, RIGHT = 760, 190, 110
BAR, GAP, TOP = 16, 10, 64
COLOURS = ("#1b6ca8", "#d1495b", "#edae49", "#66a182")
Row = tuple[str, tuple[float, ...]]
"""A label, and a value for each series."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars side by side for each label: ``rows`` in ``unit``."""

    title: str
    unit: str
    series: tuple[str, ...]
    rows: Sequence[Row]

    def svg(self) -> str:
        """Return the picture; bars are as long as their values, from 0. Raises :class:`ValueError` without rows."""
        if not self.rows or any(len(values) != len(self.series) for _, values in self.rows):
            raise ValueError(f"{self.title}: a chart wants rows, and a value for each series in every row")
        most = max(max(values) for _, values in self.rows) or 1.0
        height = TOP + len(self.rows) * (len(self.series) * BAR + GAP) + GAP
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
            f'height="{height}" font-family="system-ui, sans-serif" font-size="12" role="img">',
            f"<title>{escape(self.title)}</title>",
            f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
            f'<text x="16" y="24" font-size="15" font-weight="600" fill="#222">{escape(self.title)}, '
            f"{escape(self.unit)}</text>",
        ]
        if len(self.series) > 1:
            for n, name in enumerate(self.series):
                x = 16 + n * 150
                parts.append(f'<rect x="{x}" y="36" width="10" height="10" fill="{_colour(n)}"/>')
                parts.append(f'<text x="{x + 15}" y="45" fill="#444">{escape(name)}</text>')
        y = TOP
        for label, values in self.rows:
            middle = y + len(values) * BAR / 2 + 4
            parts.append(f'<text x="{LABELS - 8}" y="{middle:g}" text-anchor="end" fill="#222">{escape(label)}</text>')
            for n, value in enumerate(values):
                length = max(0.0, value) / most * (WIDTH - LABELS - RIGHT)
                parts.append(
                    f'<rect x="{LABELS}" y="{y}" width="{length:.1f}" height="{BAR - 2}" fill="{_colour(n)}"/>'
                )
                parts.append(f'<text x="{LABELS + length + 6:.1f}" y="{y + 11}" fill="#444">{_shown(value)}</text>')
                y += BAR
            y += GAP
        return "\n".join([*parts, "</svg>\n"])


def _colour(n: int) -> str:
    return COLOURS[n % len(COLOURS)]


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def of(figures: Mapping[str, Any]) -> Iterator[tuple[str, Chart]]:
    """Yield a file's stem and its chart for each part that *figures*, as ``--json`` writes them, has."""
    if rows := figures.get("stages"):
        yield "stages", Chart("A story in each stage", "median µs", ("µs",), _rows(rows, "{stage}", "median"))
    if rows := figures.get("allocations"):
        shown = _rows(rows, "{stage}", "peak_bytes")
        yield "allocations", Chart("Memory a stage needs at once for a story", "bytes", ("bytes",), shown)
    if rows := figures.get("latency"):
        shown = _rows(rows, "{side}, {rate:g} a second", "p50", "p99")
        yield "latency", Chart("From produce to publish", "ms", ("p50", "p99"), shown)
    if contest := figures.get("peer"):
        shown = _rows(contest["medians"], "{side}", "rate")
        yield "peer", Chart("Real-length copy, raw topic to records", "stories a second", ("stories/s",), shown)
    if rows := figures.get("window"):
        shown = _rows(rows, "{entries:,} entries", "index_mb")
        yield "window", Chart("Memory of the identity window", "MB", ("MB",), shown)
    if rows := figures.get("recovery"):
        shown = _rows(rows, "{entries:,} entries", "ready", "first_story")
        yield "recovery", Chart("A worker's start over its changelog", "seconds", ("ready", "first story"), shown)


def _rows(rows: Sequence[Mapping[str, Any]], label: str, *values: str) -> list[Row]:
    return [(label.format_map(row), tuple(float(row[value]) for value in values)) for row in rows]
