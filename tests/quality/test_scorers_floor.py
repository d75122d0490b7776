"""Floors under what the scorers beside the checkout say of real feed files and of story chains."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))
NEWSWIRE = f"{sys.executable} -m streams.cli"


def last_line(shared: Path, name: str) -> str:
    """Run a scorer over its data; return its line of figures."""
    scorer, data = shared / "eval" / f"score_{name}.py", shared / "data" / name
    if not (scorer.is_file() and data.is_dir()):
        pytest.skip(f"no scorer or data for {name} in ../shared")
    command = [sys.executable, str(scorer), str(data), "--newswire", NEWSWIRE]
    result = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-2000:]
    return result.stdout.strip().splitlines()[-1]


def shares(line: str, *names: str) -> dict[str, float]:
    """The figure behind each name, as a share of 1: ``fields 99.8%`` or ``families B3-F1 1.000``."""
    found = {}
    for name in names:
        figure = re.search(rf"{name}\D*?(?:F1 )?([\d.]+)(%?)", line)
        assert figure, f"no {name} in: {line}"
        found[name] = float(figure[1]) / (100 if figure[2] else 1)
    return found


@pytest.mark.shared
def test_feeds(shared: Path) -> None:
    line = last_line(shared, "feeds")
    reached = shares(line, "fields", "stories", "ninjs")
    bad = re.search(r"bad inputs (\d+)/(\d+)", line)
    assert bad, line
    reached["bad"] = int(bad[1]) / int(bad[2])
    assert {name: reached[name] for name in FLOORS["feeds"] if reached[name] < FLOORS["feeds"][name]} == {}, line


@pytest.mark.shared
def test_chains(shared: Path) -> None:
    line = last_line(shared, "chains")
    names = [name for name in FLOORS["chains"] if name != "merged"]
    reached = shares(line.replace("B3-F1", "F1"), *names)
    assert {name: reached[name] for name in names if reached[name] < FLOORS["chains"][name]} == {}, line
    merged = re.search(r"traps merged (\d+)/", line)
    assert merged, line
    assert int(merged[1]) <= FLOORS["chains"]["merged"], line
