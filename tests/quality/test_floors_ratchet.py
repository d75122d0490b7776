"""The floors only rise: what was ever committed in floors.toml still holds, or more does."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILE = "tests/quality/floors.toml"
AT_MOST = frozenset({"merged", "costliest"})
"""Limits from above: these only ever fall."""


def flat(floors: Mapping[str, Any]) -> dict[tuple[str, str], float]:
    return {(part, name): value for part, figures in floors.items() for name, value in figures.items()}


def lowered(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[tuple[str, str], tuple[float, float | None]]:
    """The floors of *before* that are gone from *now* or easier to reach there: what they were, what they are."""
    is_now = flat(now)
    return {
        place: (value, is_now.get(place))
        for place, value in flat(before).items()
        if place not in is_now or (is_now[place] > value if place[1] in AT_MOST else is_now[place] < value)
    }


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def committed() -> Iterator[tuple[str, dict[str, Any]]]:
    for commit in git("log", "--format=%H", "--", FILE).split():
        if git("ls-tree", "--name-only", commit, FILE):
            yield commit[:10], tomllib.loads(git("show", f"{commit}:./{FILE}"))


def test_no_floor_was_ever_lowered() -> None:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("no git history here, as in a release")
    now = tomllib.loads((ROOT / FILE).read_text("utf-8"))
    fallen = {commit: found for commit, floors in committed() if (found := lowered(floors, now))}
    assert not fallen


def test_what_counts_as_lowered() -> None:
    before = {"chains": {"families": 0.97, "merged": 1}}
    assert not lowered(before, {"chains": {"families": 0.99, "merged": 0, "of": 0.98}})
    assert lowered(before, {"chains": {"families": 0.96, "merged": 1}}) == {("chains", "families"): (0.97, 0.96)}
    assert lowered(before, {"chains": {"families": 0.97, "merged": 2}}) == {("chains", "merged"): (1, 2)}
    assert lowered(before, {"chains": {"families": 0.97}}) == {("chains", "merged"): (1, None)}
