"""Charts are well-formed pictures of the very figures."""

from __future__ import annotations

import pytest
from lxml import etree

from streams.bench import charts
from streams.bench.charts import Chart

SVG = "{http://www.w3.org/2000/svg}"


def _bars(svg: str) -> list[float]:
    root = etree.fromstring(svg.encode())
    return [float(bar.get("width", "0")) for bar in root.iter(f"{SVG}rect") if bar.get("x") == str(charts.LABELS)]


def test_bars_are_as_long_as_their_values() -> None:
    bars = _bars(
        Chart("Wires & desks", "ms", ("p50", "p99"), [("slow <feed>", (10.0, 40.0)), ("b", (0.0, 20.0))]).svg()
    )
    longest = max(bars)
    assert [bar / longest for bar in bars] == pytest.approx([0.25, 1.0, 0.0, 0.5], abs=0.001)


def test_labels_and_values_are_written() -> None:
    svg = Chart("Wires & desks", "ms", ("p50",), [("slow <feed>", (1234.5,))]).svg()
    words = etree.fromstring(svg.encode()).xpath("//s:text/text()", namespaces={"s": SVG[1:-1]})
    assert "Wires & desks, ms" in words
    assert {"slow <feed>", "1,234"} <= set(words)


def test_a_chart_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="Empty"):
        Chart("Empty", "ms", ("p50",), []).svg()
    with pytest.raises(ValueError, match="Lame"):
        Chart("Lame", "ms", ("p50", "p99"), [("a", (1.0,))]).svg()


def test_each_part_that_was_measured_has_its_chart() -> None:
    figures = {
        "stages": [{"stage": "places", "median": 120.0}],
        "allocations": [{"stage": "places", "peak_bytes": 11_000}],
        "latency": [{"side": "newswire", "rate": 20.0, "p50": 9.0, "p99": 20.0}],
        "peer": {"medians": [{"side": "newswire", "rate": 2000.0}, {"side": "peer", "rate": 400.0}]},
        "window": [{"entries": 10_000, "index_mb": 12.0}],
        "recovery": [{"entries": 0, "ready": 5.0, "first_story": 6.0}],
    }
    drawn = {stem: chart.svg() for stem, chart in charts.of(figures)}
    assert list(drawn) == ["stages", "allocations", "latency", "peer", "window", "recovery"]
    assert "newswire, 20 a second" in drawn["latency"]
    peer = _bars(drawn["peer"])
    assert peer[1] / peer[0] == pytest.approx(0.2, abs=0.001)
    assert not list(charts.of({"machine": {}}))
