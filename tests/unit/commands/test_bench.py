"""What ``newswire bench`` prints of the stages; no absolute time is compared."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from streams.cli import newswire
from streams.places import load
from streams.places.gazetteer import PACKAGED


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bench") / "figures.json"


@pytest.fixture(scope="module")
def result(figures: Path) -> Result:
    arguments = ["bench", "--stages-only", "--stories", "100", "--json", str(figures)]
    return CliRunner().invoke(newswire, arguments, env={"COLUMNS": "300"})


def test_the_places_line_tells_size_start_memory_and_time(result: Result, figures: Path) -> None:
    assert result.exit_code == 0, result.output
    line = re.search(
        r"places: ([\d,]+) names in ([\d,]+) spellings, file ([\d.]+) MB, loaded in ([\d.]+) s, (\d+) MB resident; "
        r"(\d+) µs a story of ([\d,]+) characters, (\d+) mentions",
        result.output,
    )
    assert line, result.output
    told = json.loads(figures.read_bytes())["places"]
    gazetteer = load()
    assert line[1] == f"{gazetteer.size:,}"
    assert told["names"] == gazetteer.size
    assert line[2] == f"{gazetteer.spellings:,}"
    assert told["file_bytes"] == PACKAGED.stat().st_size
    assert told["load_seconds"] > 0.0
    assert 5 < told["resident_mb"] < 400
    assert 2_700 < told["characters"] < 3_300
    assert told["mentions"] > 5
    assert 0 < told["median"] < 100_000
    assert line[6] == f"{told['median']:.0f}"


def test_the_stages_are_timed_each(result: Result) -> None:
    for stage in ("format", "copydesk", "places", "fingerprint", "identify", "record", "encode", "read ninjs"):
        assert re.search(rf"^{stage} +\d+ +\d+ +[\d.]+ ", result.output, re.M), stage
