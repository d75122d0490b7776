"""docs/faults.md is what the suite wrote: every row balances, and the control's does not."""

from __future__ import annotations

from tests.conftest import ROOT
from tests.kafka.faults.catalogue import FAULTS
from tests.kafka.faults.table import document

PAGE = ROOT / "docs" / "faults.md"


def rows(page: str) -> list[list[str]]:
    """The cells of the lines of the first table that have figures."""
    lines = [line.strip("| \n").split(" | ") for line in page.split("\n## ")[0].splitlines() if line.startswith("| ")]
    return [cells for cells in lines if len(cells) == 10 and cells[1].replace(",", "").isdigit()]


def test_every_fault_has_a_row_that_balances() -> None:
    found = rows(PAGE.read_text("utf-8"))
    assert len(found) == len(FAULTS)
    for fault, cells in zip(FAULTS, found, strict=True):
        balanced = cells[6:9] == ["0", "0", "0"]
        assert balanced is not fault.must_fail, cells


def test_a_row_is_written_as_it_is_read() -> None:
    row = {
        "fault": "a fault", "fed": 1200, "published": 900, "copies": 290, "dead": 10, "repeated": 3,
        "lost": 0, "wrong": 0, "ahead": 0, "seconds": 4.25, "note": "noted",
    }  # fmt: skip
    starts = [{"entries": 100_000, "changelog_bytes": 352_000_000, "ready": 9.5, "first_story": 12.0}]
    page = document({FAULTS[0].name: row}, starts, "a machine")
    assert rows(page) == [["a fault (1)", "1,200", "900", "290", "10", "3", "0", "0", "0", "4.2"]]
    assert "\n1. noted.\n" in page
    assert "| 100,000 | 352 MB | 9.5 s | 12.0 s |" in page
