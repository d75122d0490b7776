"""The dashboards as files: two of panels, and the runbooks as a third, so that links need no internet."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tools.dashboards import newsroom, operators
from tools.dashboards.panels import Row, laid

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
FOLDER = DEPLOY / "grafana" / "dashboards"
RUNBOOKS = DEPLOY / "runbooks.md"
RUNBOOK_BOARD = "newswire-runbooks"

VARIABLES = {
    "job": ("Job", "label_values(process_start_time_seconds, job)", "newswire.*"),
    "agency": ("Agency", "label_values(newswire_messages_total, source)", ".*"),
    "desk": ("Desk", "label_values(newswire_desk_stories_total, desk)", ".*"),
}
"""Name → label, where its values come from, which of them are ours: Prometheus also scrapes itself."""


def sections() -> dict[str, str]:
    """Heading → text of each section of the runbooks."""
    parts = re.split(r"^## (.+)$", RUNBOOKS.read_text("utf-8"), flags=re.MULTILINE)
    return {heading.strip(): text.strip() for heading, text in zip(parts[1::2], parts[2::2], strict=True)}


def addresses() -> dict[str, str]:
    """Heading of a runbook → where Grafana shows it."""
    return {
        heading: f"/d/{RUNBOOK_BOARD}?viewPanel=panel-{number}" for number, heading in enumerate(sections(), start=1)
    }


def board(uid: str, title: str, description: str, rows: Sequence[Row]) -> dict[str, Any]:
    """A dashboard of panels, with the variables that its queries use."""
    return {**_frame(uid, title, description), "panels": list(laid(rows, addresses()))}


def runbook_board() -> dict[str, Any]:
    """The runbooks, a panel of text for each section."""
    panels = [
        {
            "id": number,
            "type": "text",
            "title": heading,
            "gridPos": {"x": 0, "y": (number - 1) * 8, "w": 24, "h": 8},
            "options": {"mode": "markdown", "content": text},
        }
        for number, (heading, text) in enumerate(sections().items(), start=1)
    ]
    frame = _frame(RUNBOOK_BOARD, "Newswire runbooks", "deploy/runbooks.md: what to do, alert by alert.")
    return {**frame, "templating": {"list": [_datasource()]}, "panels": panels}


def _frame(uid: str, title: str, description: str) -> dict[str, Any]:
    return {
        "uid": uid,
        "title": title,
        "description": description,
        "tags": ["newswire"],
        "schemaVersion": 41,
        "version": 1,
        "editable": True,
        "graphTooltip": 1,
        "timezone": "browser",
        "refresh": "10s",
        "time": {"from": "now-30m", "to": "now"},
        "annotations": {"list": []},
        "links": [
            {
                "type": "dashboards",
                "title": "Newswire",
                "tags": ["newswire"],
                "asDropdown": False,
                "includeVars": True,
                "keepTime": True,
            }
        ],
        "templating": {"list": [_datasource(), *(_variable(name, *how) for name, how in VARIABLES.items())]},
    }


def _datasource() -> dict[str, Any]:
    return {
        "name": "datasource",
        "label": "Data source",
        "type": "datasource",
        "query": "prometheus",
        "current": {"text": "Prometheus", "value": "prometheus"},
        "hide": 2,
        "refresh": 1,
    }


def _variable(name: str, label: str, definition: str, ours: str) -> dict[str, Any]:
    return {
        "name": name,
        "label": label,
        "type": "query",
        "datasource": {"type": "prometheus", "uid": "${datasource}"},
        "definition": definition,
        "query": {"query": definition, "refId": name},
        "regex": f"/^{ours}$/",
        "refresh": 2,
        "sort": 1,
        "multi": True,
        "includeAll": True,
        "allValue": ours,
        "current": {"text": ["All"], "value": ["$__all"]},
        "hide": 0,
    }


def files() -> dict[str, str]:
    """File name → text of every dashboard."""
    boards = (
        board(newsroom.UID, newsroom.TITLE, newsroom.DESCRIPTION, newsroom.ROWS),
        board(operators.UID, operators.TITLE, operators.DESCRIPTION, operators.ROWS),
        runbook_board(),
    )
    return {f"{made['uid']}.json": json.dumps(made, indent=2, ensure_ascii=False) + "\n" for made in boards}
