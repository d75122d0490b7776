"""The pictures of README and docs: light, and there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools.squeezing import MOST_BYTES

DOCS = Path(__file__).resolve().parents[2] / "docs"
PICTURES = sorted((DOCS / "pictures").glob("*.png"))
PAGES = (DOCS.parent / "README.md", *sorted(DOCS.glob("*.md")))


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.stem)
def test_it_is_light_enough_for_a_front_page(picture: Path) -> None:
    assert picture.stat().st_size <= MOST_BYTES, f"python -m tools.squeezing {picture.relative_to(DOCS.parent)}"


def test_what_is_shown_is_there() -> None:
    named = {
        (page.parent / name).resolve()
        for page in PAGES
        for name in re.findall(r"[\w./-]*pictures/[\w-]+\.png", page.read_text("utf-8"))
    }
    assert named
    assert named <= set(PICTURES)
