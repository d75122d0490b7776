"""``python -m tools.readme``: write the generated parts of the README."""

from __future__ import annotations

from tools.readme.blocks import README, filled

README.write_text(filled(README.read_text("utf-8")), "utf-8")
print(f"wrote {README}")
