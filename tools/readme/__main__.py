"""``python -m tools.readme``: write the generated parts of README, commands and settings."""

from __future__ import annotations

from tools.readme.blocks import PAGES, filled

for page, blocks in PAGES.items():
    page.write_text(filled(page.read_text("utf-8"), blocks), "utf-8")
    print(f"wrote {page}")
