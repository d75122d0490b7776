"""Panels as data, and the JSON that Grafana 12 reads; writes no file and asks for no data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

SOURCE = {"type": "prometheus", "uid": "${datasource}"}
WIDE, HALF, THIRD = 24, 12, 8


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel. ``queries`` are (expression, legend); ``runbook`` is a heading of deploy/runbooks.md.

    ``warn`` and ``bad`` colour a single figure from there on, downwards where ``bad`` is less than ``warn``. ``whole``:
    things counted one by one, of which ``increase`` makes fractions.
    """

    title: str
    unit: str
    queries: tuple[tuple[str, str], ...]
    runbook: str
    description: str
    width: int = HALF
    stat: bool = False
    stacked: bool = False
    warn: float | None = None
    bad: float | None = None
    highest: float | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A heading and the panels under it, laid from left to right."""

    title: str
    panels: Sequence[Panel]


def laid(rows: Sequence[Row], link: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yield headings and panels in Grafana's JSON. *link*: a runbook's heading → its address."""
    number = y = 0
    for row in rows:
        number += 1
        yield {
            "id": number,
            "type": "row",
            "title": row.title,
            "collapsed": False,
            "panels": [],
            "gridPos": {"x": 0, "y": y, "w": 24, "h": 1},
        }
        y += 1
        x = tallest = 0
        for panel in row.panels:
            number += 1
            height = 5 if panel.stat else 8  # with 4 there is no room for the line behind the figure
            if x + panel.width > 24:
                x, y, tallest = 0, y + tallest, 0
            place = {"x": x, "y": y, "w": panel.width, "h": height}
            yield made(panel, number, place, link[panel.runbook])
            x, tallest = x + panel.width, max(tallest, height)
        y += tallest


def made(panel: Panel, number: int, place: dict[str, int], address: str) -> dict[str, Any]:
    """Return *panel* in Grafana's JSON."""
    return {
        "id": number,
        "type": "stat" if panel.stat else "timeseries",
        "title": panel.title,
        "description": panel.description,
        "datasource": SOURCE,
        "gridPos": place,
        "links": [{"title": f"Runbook: {panel.runbook}", "url": address, "targetBlank": True}],
        "targets": [
            {
                "refId": "ABCDEFGH"[index],
                "datasource": SOURCE,
                "expr": expr,
                "legendFormat": legend,
                "range": True,
                "instant": False,
            }
            for index, (expr, legend) in enumerate(panel.queries)
        ],
        **(_stat(panel) if panel.stat else _lines(panel)),
    }


def _stat(panel: Panel) -> dict[str, Any]:
    steps: list[dict[str, Any]] = [{"color": "green", "value": None}]
    if panel.warn is not None and panel.bad is not None:
        steps = (
            [*steps, {"color": "yellow", "value": panel.warn}, {"color": "red", "value": panel.bad}]
            if panel.warn < panel.bad
            else [{"color": "red", "value": None}, {"color": "green", "value": panel.warn}]
        )
    return {
        "fieldConfig": {
            "defaults": {
                "unit": panel.unit,
                "color": {"mode": "thresholds"},
                "thresholds": {"mode": "absolute", "steps": steps},
                "mappings": [],
                "noValue": "–",
                **({"decimals": 0} if panel.whole else {}),
            },
            "overrides": [],
        },
        "options": {
            "colorMode": "value",
            "graphMode": "area",
            "justifyMode": "auto",
            "textMode": "auto",
            "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
        },
    }


def _lines(panel: Panel) -> dict[str, Any]:
    custom = {
        "drawStyle": "line",
        "lineWidth": 1,
        "fillOpacity": 30 if panel.stacked else 0,
        "showPoints": "auto",
        "spanNulls": False,
        "lineInterpolation": "linear",
        "stacking": {"mode": "normal" if panel.stacked else "none", "group": "A"},
    }
    defaults: dict[str, Any] = {
        "unit": panel.unit,
        "custom": custom,
        "color": {"mode": "palette-classic"},
        "min": 0,
    }
    if panel.highest is not None:
        defaults["max"] = panel.highest
    if panel.whole:
        defaults["decimals"] = 0
        custom["axisSoftMax"] = 1  # nothing at all is a line on an axis to 1, not to 100
    if panel.warn is not None:
        steps = [{"color": "transparent", "value": None}, {"color": "red", "value": panel.warn}]
        defaults["thresholds"] = {"mode": "absolute", "steps": steps}
        custom["thresholdsStyle"] = {"mode": "line"}
        custom["axisSoftMax"] = panel.warn
    # A table beside the lines would leave a narrow panel half of its width for them.
    legend: dict[str, Any] = (
        {"displayMode": "list", "placement": "bottom", "calcs": []}
        if panel.width < HALF
        else {"displayMode": "table", "placement": "right", "calcs": ["lastNotNull", "max"]}
    )
    return {
        "fieldConfig": {"defaults": defaults, "overrides": []},
        "options": {
            "legend": {**legend, "showLegend": True},
            "tooltip": {"mode": "multi", "sort": "desc"},
        },
    }
