"""``python -m tools.dashboards.picture``: run a busy wire under Prometheus, and draw the dashboards. Checks no figure.

Writes ``docs/pictures/dashboard-*.png``; ``--kept`` draws the answers of the last run again. Needs the extras
``browser`` and ``embedded``, Debian's chromium and prometheus, and npm.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tools.browsing import chromium
from tools.dashboards import asking, drawing
from tools.dashboards.boards import FOLDER
from tools.dashboards.live import PROMETHEUS, PROMTOOL
from tools.squeezing import squeezed

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
KEPT = ROOT / "build" / "dashboards" / "answers.json"
PARTS = {
    "dashboard-overview": ("newswire-overview", None, None),
    "dashboard-operators": ("newswire-operators", None, "State"),
    "dashboard-operators-more": ("newswire-operators", "State", None),
}
"""Picture → dashboard, first row (None: the top), the row before which it ends (None: the bottom)."""
CAPTION = (
    "Drawn from {file} by Grafana's panel library (@grafana/ui {version}), not by a Grafana server. Real answers of a "
    "Prometheus to its queries: {minutes:.0f} minutes of fictional copy, {rate} messages a second. What was usual in "
    "the days before is made up."
)


def main() -> None:
    """Make every picture."""
    if chromium() is None or PROMETHEUS is None or PROMTOOL is None:
        sys.exit("not all is here: apt-get install chromium prometheus")
    if "--kept" not in sys.argv:
        KEPT.parent.mkdir(parents=True, exist_ok=True)
        KEPT.write_text(json.dumps(asking.answers()), "utf-8")
    answers = json.loads(KEPT.read_text("utf-8"))
    packages = json.loads((drawing.SOURCES / "package.json").read_text("utf-8"))["dependencies"]
    for name, (uid, first, end) in PARTS.items():
        file = FOLDER / f"{uid}.json"
        board = part(json.loads(file.read_text("utf-8")), first, end)
        path = PICTURES / f"{name}.png"
        caption = CAPTION.format(
            file=file.relative_to(ROOT),
            version=packages["@grafana/ui"],
            minutes=(answers["to"] - answers["from"]) / 60,
            rate=asking.A_SECOND,
        )
        empty = drawing.drawn(board, {**answers, "panels": answers["boards"][uid]}, caption, path)
        if empty:
            sys.exit(f"{name}: nothing came for {', '.join(empty)}")
        colours = squeezed(path)
        print(f"{path.relative_to(ROOT)} {path.stat().st_size / 1000:.0f} kB, {colours} colours")


def part(board: dict[str, Any], first: str | None, end: str | None) -> dict[str, Any]:
    """Return *board* from the row *first* (None: the top) up to the row *end* (None: the bottom), moved to the top."""
    at = {panel["title"]: panel["gridPos"]["y"] for panel in board["panels"] if panel["type"] == "row"}
    top, bottom = at[first] if first else 0, at[end] if end else float("inf")
    panels = [
        {**panel, "gridPos": {**panel["gridPos"], "y": panel["gridPos"]["y"] - top}}
        for panel in board["panels"]
        if top <= panel["gridPos"]["y"] < bottom
    ]
    return {**board, "panels": panels}


if __name__ == "__main__":
    main()
