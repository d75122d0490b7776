"""``newswire explain``: places, reasons and families as printed and as JSON, and its exit status."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from streams import config, pipeline
from streams.cli import newswire
from streams.commands.copyview import marked_text
from streams.commands.explain import print_copy
from streams.commands.familyview import INDENT, NARROW, Line, print_lines
from streams.commands.moments import seconds_of
from streams.contracts.story import Origin, RawMessage
from streams.errors import UsageError
from streams.loading import toolbox, windows
from streams.showing.marking import Piece

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
COPY = (
    "Syria-ferries,lead\nFerries from Syria stop\n\n"
    "   DAMASCUS, March 3, 2026 (AFP) - Ferry crews in Syria stopped work on Monday, the transport ministry in "
    "Damascus said, and no boat left for the Greek islands in the Mediterranean.\n\n"
    "   Crews want nine days of rest.\n\nabc/def\n"
)
ARABIC = (
    "الأردن يفتتح ميناء جديدا\n\n"
    "   عمان 3 آذار/مارس 2026 (أ ف ب) - افتتح الأردن الثلاثاء ميناء جديدا، وقال مسؤول إن أول سفينة ستصل غدا.\n"
)


def invoke(*arguments: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(newswire, ["explain", *arguments], input=given)


def shown(*arguments: str, given: str | bytes | None = None) -> str:
    result = invoke(*arguments, given=given)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def processed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample wire as ``newswire process`` prints it."""
    wire = str(files("streams.feeds") / "sample" / "wire.jsonl")
    result = CliRunner().invoke(newswire, ["process", "--jsonl", wire], catch_exceptions=False)
    path = tmp_path_factory.mktemp("explain") / "out.jsonl"
    path.write_text(result.stdout, "utf-8")
    return path


def records(path: Path) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [line["record"] for line in lines if line["record"]]


def killed(path: Path) -> dict[str, Any]:
    return next(record for record in records(path) if record["relation"] == "kill" and record["of"])


def test_a_story_with_its_places_countries_regions_and_desks(tmp_path: Path) -> None:
    path = tmp_path / "ferries.txt"
    path.write_text(COPY)
    out = shown("--source", "afp", str(path))
    assert "[[DAMASCUS, March 3, 2026 (AFP) -]] [rule: dateline.agency]" in out, "the copy as sent stays"
    assert "Ferries from [Syria SY] stop" in out
    assert "[DAMASCUS SY], March 3, 2026 (AFP) - Ferry crews in [Syria SY] stopped" in out
    assert "the [Greek GR] islands in the [Mediterranean region]" in out
    ranked = next(line for line in out.splitlines() if line.startswith("SY  "))
    assert "filed from there" in ranked
    assert "dateline “Damascus”" in ranked.replace("DAMASCUS", "Damascus")
    assert "headline “Syria”; body “Syria”" in ranked
    assert "Western Asia (145)" in out
    assert "the copy names it: “Mediterranean”" in out
    assert "→ middle-east  " in out
    assert "New: nothing remembered here" in out


def test_two_inputs_are_compared_and_the_same_as_json(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(COPY)
    both = (str(tmp_path / "a.txt"), str(tmp_path / "b.txt"))
    out = shown("--source", "afp", *both)
    assert "relation  duplicate" in out
    assert "its raw bytes are the same" in out
    first, second = (json.loads(line) for line in shown("--json", "--source", "afp", *both).splitlines())
    assert "".join(piece["text"] for piece in first["headline"]) == "Ferries from Syria stop"
    assert {"text": "Syria", "mark": "SY"} in first["headline"]
    assert first["countries"][0]["code"] == "SY"
    assert second["told"]["of"]["method"] == "bytes"


def test_right_to_left_copy_from_standard_input() -> None:
    out = shown("--source", "afp", "-", given=ARABIC.encode())
    assert "[الأردن JO] يفتتح ميناء جديدا" in out
    assert "body “الأردن”" in out


@pytest.mark.parametrize("again", ["a.txt", "[bold]b.txt"])
def test_a_record_put_right_later_is_told_without_its_copy(again: str) -> None:
    settings = config.load({})
    tools = toolbox(settings)
    first, second = (RawMessage(COPY.encode(), Origin(name), "afp") for name in (again, "c.txt"))
    lines = list(pipeline.process([first, second], tools, windows(settings), lambda: NOW))
    corrected = replace(lines[0], record=replace(lines[0].record, restates="1", relation="update"))
    console = Console(file=io.StringIO(), width=200, highlight=False)
    print_copy(console, [(first, lines[0]), (second, lines[1]), (second, corrected)], tools, as_json=False)
    assert isinstance(console.file, io.StringIO)
    out = console.file.getvalue()
    assert f"{again}, story 0: its record is put right" in out
    assert "restates  version 1" in out.split("put right")[1]
    assert out.count("What came out") == 2


def test_a_rejected_input_is_a_result(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    result = invoke(str(tmp_path / "empty.txt"))
    assert result.exit_code == 0
    assert "rejected, empty" in result.stderr


def test_colour_marks_without_brackets() -> None:
    pieces = (Piece("Damascus", "SY"), Piece(" and "), Piece("Oslo", "NO"))
    text = marked_text(pieces, {"SY": "bold green"})
    assert text.plain == "Damascus and Oslo NO", "a country without a colour of its own keeps its code"
    assert text.spans[0].style == "bold green"
    assert marked_text(pieces, None).plain == "[Damascus SY] and [Oslo NO]"
    assert marked_text((Piece("a\x1b[2Jb\u202e", "SY"),), None).plain == "[a [2Jb  SY]"


@pytest.mark.parametrize("width", [8, 30, 59, 60, 100])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=width, color_system=None, highlight=False)
    words = "https://example.org/a-very-long-address-that-has-no-blank-in-it-at-all وصلت السفن إلى بيروت " * 3
    print_lines(console, [Line(Text("heading")), Line(Text(words), "why")])
    assert isinstance(console.file, io.StringIO)
    printed = console.file.getvalue().splitlines()
    assert max(map(cell_len, printed)) <= width
    if width >= NARROW:
        assert len(printed) > 3
        assert all(line.startswith(" " * INDENT) for line in printed[2:]), "set in under the label"
    assert "".join(words.split()) in "".join("".join(printed).split())


def test_a_family_in_order_from_process_output(processed: Path) -> None:
    kill = killed(processed)
    out = shown("--from", str(processed), "--story", kill["story"])
    members = [record for record in records(processed) if record["story"] == kill["story"]]
    assert f"{len(members)} records" in out
    places = [out.index(f"input     {record['provenance']['input']}, ") for record in members]
    assert places == sorted(places)
    assert "weight of evidence" in out
    assert f"{kill['of']['uri']}, version {kill['of']['version']}: kill" in out
    by_uri = shown("--from", "-", "--story", kill["item"]["uri"], given=processed.read_bytes())
    assert by_uri == out


def test_bare_records_and_what_they_retract(tmp_path: Path, processed: Path) -> None:
    kill = killed(processed)
    kill["retracts"] = [{"uri": "u:\x1b[2J", "version": "1", "relation": "new", "outcome": "published", "input": "x"}]
    path = tmp_path / "records.jsonl"
    path.write_text(json.dumps(kill) + "\n")
    out = shown("--from", str(path), "--story", kill["story"])
    assert "retracts  u: [2J, version 1 (new, published, x)" in out
    assert "Not among the records read: " in out
    family = json.loads(shown("--from", str(path), "--story", kill["story"], "--json"))
    assert family["records"][0]["relation"] == "kill"
    assert family["records"][0]["retracts"][0]["input"] == "x"


def test_why_two_are_one_story_or_two(processed: Path) -> None:
    update = next(r for r in records(processed) if r["relation"] == "update")
    name, of = f"{update['item']['uri']}#{update['item']['version']}", update["of"]
    out = shown("--from", str(processed), "--story", name, "--and", f"{of['uri']}#{of['version']}")
    assert out.startswith("One story")
    assert update["explanation"] in out
    other = next(r for r in records(processed) if r["story"] != update["story"] and not r["of"])
    answer = json.loads(shown("--from", str(processed), "--story", name, "--and", other["item"]["uri"], "--json"))
    assert (answer["joined"], answer["a"], answer["b"]) == (False, name, other["item"]["uri"])


def test_nothing_of_that_id_is_trouble_and_says_which(processed: Path) -> None:
    result = invoke("--from", str(processed), "--story", "urn:none")
    assert result.exit_code == 1
    assert "no record of urn:none in" in result.stderr
    known = records(processed)[0]["story"]
    result = invoke("--from", str(processed), "--story", known, "--and", "urn:none")
    assert result.exit_code == 1
    assert f"no record of {known}" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "give PATH"),
        (("--and", "b", "x.txt"), "go with --story"),
        (("--since", "1h", "x.txt"), "go with --story"),
        (("--from", "y", "x.txt"), "go with --story"),
        (("--story", "a", "x.txt"), "reads records, not copy"),
        (("--story", "a", "--jsonl"), "reads records, not copy"),
        (("--story", "a", "--and", "a", "--from", "y"), "the same id"),
        (("--story", "a", "--from", "y", "--since", "1h"), "is read whole"),
        (("--story", "a", "--from", "no-such-file.jsonl"), "No such file"),
        (("--story", "a", "--since", "yesterday"), "write 90m"),
    ],
)
def test_bad_usage(arguments: tuple[str, ...], said: str) -> None:
    error = invoke(*arguments).exception
    assert isinstance(error, UsageError)
    assert said in str(error)


@pytest.mark.parametrize("line", ["no json", "{}", '{"item": {}}', "[]"])
def test_a_line_that_is_no_record_is_named(line: str) -> None:
    result = invoke("--from", "-", "--story", "a", given=f"\n{line}\n")
    assert isinstance(result.exception, UsageError)
    assert "line 2" in str(result.exception)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90m", 1_000_000 - 5400),
        ("6h", 1_000_000 - 21600),
        ("3d", 1_000_000 - 259200),
        ("1970-01-02T00:00:00Z", 86400),
        ("1970-01-02T00:00:00", 86400),
        ("1970-01-02T01:00:00+01:00", 86400),
        ("999999d", 0.0),
        ("0001-01-01T00:00:00+14:00", 0.0),
    ],
)
def test_how_far_back(text: str, expected: float) -> None:
    assert seconds_of(text, 1_000_000, "--since") == expected
