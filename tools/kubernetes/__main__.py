"""``python -m tools.kubernetes``: write deploy/kubernetes/topics.yaml."""

from __future__ import annotations

from tools.kubernetes.topics import FOLDER, text

(FOLDER / "topics.yaml").write_text(text(), "utf-8")
print(f"wrote {FOLDER / 'topics.yaml'}")
