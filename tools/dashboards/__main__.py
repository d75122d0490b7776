"""``python -m tools.dashboards``: write deploy/grafana/dashboards."""

from __future__ import annotations

from tools.dashboards.boards import FOLDER, files

for name, text in files().items():
    (FOLDER / name).write_text(text, "utf-8")
    print(f"wrote {FOLDER / name}")
