"""What ``newswire bench`` prints of the stages; no absolute time is compared."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from streams.bench import sides
from streams.cli import main, newswire
from streams.commands import bench, bench_hop, bench_wire
from streams.places import load
from streams.places.gazetteer import PACKAGED


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bench") / "figures.json"


@pytest.fixture(scope="module")
def result(figures: Path) -> Result:
    charts = str(figures.with_name("charts"))
    arguments = ["bench", "--stages-only", "--stories", "100", "--json", str(figures), "--charts", charts]
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


def test_the_memory_of_each_stage_is_told(result: Result, figures: Path) -> None:
    told = {row["stage"]: row for row in json.loads(figures.read_bytes())["allocations"]}
    for stage in ("format", "copydesk", "places", "fingerprint", "identify", "record", "encode"):
        assert re.search(rf"^{stage} +{told[stage]['peak_bytes']:,.0f} +", result.output, re.M), stage


def test_charts_are_drawn_of_what_was_measured(result: Result, figures: Path) -> None:
    drawn = figures.with_name("charts")
    assert sorted(path.name for path in drawn.iterdir()) == ["allocations.svg", "stages.svg"]
    assert "places" in (drawn / "stages.svg").read_text("utf-8")
    assert f"wrote {drawn / 'stages.svg'}" in result.output


def test_the_peer_without_its_libraries_names_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sides, "find_spec", lambda name: None)
    monkeypatch.setattr(sys, "argv", ["newswire", "bench", "--peer"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "pip install 'newswire-streams[bench]'" in capsys.readouterr().err


def test_a_hop_that_lost_half_of_its_lead_fails_the_comparison(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    baseline.write_text('{"hop": 20.0, "hop_cpu": 12.0}')
    monkeypatch.setattr(bench, "BASELINE", baseline)
    ratios = {"hop": 11.0, "hop_cpu": 5.9}
    monkeypatch.setattr(bench_hop, "against_faust", lambda *given: {"ratios": ratios})
    answer = CliRunner().invoke(newswire, ["bench", "--hop", "--check"])
    assert answer.exit_code == 3
    assert answer.output.splitlines() == ["hop_cpu: 5.90, 12.00 in the baseline"]
    ratios["hop_cpu"] = 13.0
    assert CliRunner().invoke(newswire, ["bench", "--hop", "--check", "--write-baseline"]).exit_code == 0
    assert json.loads(baseline.read_bytes()) == {"hop": 11.0, "hop_cpu": 13.0}


def test_the_ratios_that_can_be_compared_are_in_the_baseline() -> None:
    assert set(bench.LEAST) <= set(json.loads(bench.BASELINE.read_bytes()))


def test_a_ratio_to_the_peer_that_fell_fails_the_comparison(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    baseline.write_text('{"peer_stack": 5.0, "places": 6.0}')
    monkeypatch.setattr(bench, "BASELINE", baseline)
    ratio = 3.9

    def measured(*given: object) -> dict[str, object]:
        return {"ratios": {"peer_stack": ratio}}

    monkeypatch.setattr(bench_wire, "against_peer", measured)
    answer = CliRunner().invoke(newswire, ["bench", "--peer", "--check"])
    assert answer.exit_code == 3
    assert "peer_stack: 3.90, 5.00 in the baseline" in answer.output
    ratio = 4.1
    assert CliRunner().invoke(newswire, ["bench", "--peer", "--check", "--write-baseline"]).exit_code == 0
    assert json.loads(baseline.read_bytes()) == {"peer_stack": 4.1, "places": 6.0}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--hop", "--peer"], "--peer and --hop: one at a time"),
        (["--stages-only", "--window", "1000"], "--stages-only and --window: one at a time"),
        (["--hop", "--stories", "100"], "--hop takes no --stories"),
        (["--stages-only", "--rate", "20"], "--stages-only takes no --rate"),
    ],
)
def test_options_that_would_do_nothing_are_a_mistake(options: list[str], said: str) -> None:
    answer = CliRunner().invoke(newswire, ["bench", *options])
    assert answer.exit_code == 2
    assert said in answer.output
