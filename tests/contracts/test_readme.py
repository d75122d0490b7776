"""README and docs say what the code says, and name what exists."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tools.readme.blocks import PAGES, README, ROOT, filled

TEXT = README.read_text("utf-8")
DOCUMENTS = [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")), ROOT / "deploy" / "runbooks.md"]
FRONT_PAGE_AT_MOST = 300
"""Lines: what is longer is no front page."""


def targets(page: Path) -> set[str]:
    """What *page* links to or shows, out of this checkout left aside."""
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    found = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'(?:src|srcset|href)="([^"]+)"', text)
    return {target for target in found if not target.startswith(("http://", "https://", "mailto:"))}


def anchors(page: Path) -> set[str]:
    """The anchors of its headings, as GitHub makes them."""
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_is_generated_is_of_this_code(page: Path) -> None:
    text = page.read_text("utf-8")
    assert filled(text, PAGES[page]) == text, "run make readme"


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_links_to_and_shows_is_there(page: Path) -> None:
    for target in targets(page):
        name, _, anchor = target.partition("#")
        path = page.parent / name if name else page
        assert path.exists(), target
        assert not anchor or path.suffix != ".md" or anchor in anchors(path), target


def test_it_is_a_front_page() -> None:
    assert TEXT.count("\n") <= FRONT_PAGE_AT_MOST, "move what is long to docs/"
    assert {"docs/pictures/wire-light.png", "docs/pictures/wire-dark.png"} <= targets(README)


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.svg")), ids=lambda page: page.name)
def test_pictures_need_nothing_from_elsewhere(page: Path) -> None:
    ElementTree.fromstring(page.read_text("utf-8"))
    assert not re.findall(r"""(?:href|src)=["']http|url\(["']?http|@import|<script""", page.read_text("utf-8"))


def test_every_page_of_the_docs_is_found_from_the_front() -> None:
    linked = {(README.parent / target.partition("#")[0]).resolve() for target in targets(README)}
    assert {page for page in (ROOT / "docs").glob("*.md") if page.resolve() not in linked} == set()


def test_make_targets_exist_and_continuous_integration_runs_only_them() -> None:
    made = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    told = set(re.findall(r"^make ([a-z-]+)", TEXT, re.MULTILINE))
    assert told <= made
    ran = [line for line in (ROOT / ".ci" / "run").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert [line for line in ran if not line.startswith(("set ", "cd "))] == ["make check", "make test"]
    assert {"check", "test", "setup", "demo"} <= told
