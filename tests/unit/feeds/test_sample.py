"""The sample wire holds what its README says it holds; parsed simply, with no part of the pipeline."""

from __future__ import annotations

import base64
import itertools
import json
import re
from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

SAMPLE = Path(__file__).parents[3] / "streams" / "feeds" / "sample" / "wire.jsonl"
ANSWERS = Path(__file__).with_name("sample_answers.jsonl")
OUTLETS = {"estuarytimes", "northgatedaily"}


def lines(path: Path) -> list[dict[str, Any]]:
    # Not splitlines(): copy may hold U+2028 and its like, a JSONL line ends at LF alone.
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


@pytest.fixture(scope="module")
def wire() -> list[dict[str, Any]]:
    return lines(SAMPLE)


@pytest.fixture(scope="module")
def answers() -> dict[str, dict[str, Any]]:
    return {answer["id"]: answer for answer in lines(ANSWERS)}


def bodies(wire: list[dict[str, Any]]) -> dict[str, bytes]:
    return {
        m["id"]: base64.b64decode(m["body_base64"], validate=True) if "body_base64" in m else m["body"].encode()
        for m in wire
    }


def test_envelopes(wire: list[dict[str, Any]]) -> None:
    assert 90 <= len(wire) <= 110
    assert [m["id"] for m in wire] == [f"sample-{n:03d}" for n in range(1, len(wire) + 1)]
    for m in wire:
        assert set(m) in ({"id", "source", "received", "content_type", k} for k in ("body", "body_base64")), m["id"]
        assert all(isinstance(value, str) for value in m.values())


def test_arrival_order(wire: list[dict[str, Any]]) -> None:
    for m in wire:
        assert re.fullmatch(r"2026-03-1[01]T\d\d:\d\d:\d\dZ", m["received"]), m["id"]
    times = [datetime.fromisoformat(m["received"]) for m in wire]
    assert all(a < b for a, b in itertools.pairwise(times))


def test_three_broken_messages(wire: list[dict[str, Any]], answers: dict[str, dict[str, Any]]) -> None:
    raw = bodies(wire)
    assert sum(not body.strip() for body in raw.values()) == 1
    assert sum(body.startswith(b"\x89PNG\r\n\x1a\n") for body in raw.values()) == 1
    broken_json = []
    for name, body in raw.items():
        if body.startswith(b"{"):
            try:
                json.loads(body)
            except ValueError:
                broken_json.append(name)
    assert len(broken_json) == 1
    assert sum(answer["outcome"] == "rejected" for answer in answers.values()) == 3
    with pytest.raises(UnicodeDecodeError):
        next(body for body in raw.values() if body.startswith(b"\x89PNG")).decode()


def test_ninjs_of_three_generations(wire: list[dict[str, Any]]) -> None:
    seen: Counter[str] = Counter()
    for body in bodies(wire).values():
        if not body.startswith(b"{"):
            continue
        try:
            item = json.loads(body)
        except ValueError:
            continue
        assert item["type"] == "text"
        assert item["uri"]
        if "versionCreated" in item:
            assert item["standard"] == {
                "name": "ninjs",
                "version": "3.0",
                "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json",
            }
            seen["3"] += 1
        else:
            seen["2" if "headlines" in item else "1"] += 1
    assert seen["3"] >= 4
    assert seen["2"] >= 2
    assert seen["1"] >= 2


def test_the_embargo_is_the_one_placeholder(wire: list[dict[str, Any]]) -> None:
    marked = [m for m in wire if "${" in m.get("body", "")]
    assert len(marked) == 1
    assert marked[0]["body"].count("${") == marked[0]["body"].count("${EMBARGO_RFC3339}") == 1
    item = json.loads(marked[0]["body"].replace("${EMBARGO_RFC3339}", "2026-03-10T14:30:00Z"))
    assert item["embargoedUntil"] == "2026-03-10T14:30:00Z"


def test_wire_heads_are_whole(wire: list[dict[str, Any]]) -> None:
    heads = [m["body"] for m in wire if m.get("body", "").startswith("\x01")]
    assert len(heads) >= 30
    for body in heads:
        # SOH service, number, urgency, language …; one STX before the headline; ETX with the time; DEL at the end
        assert re.match(r"\x01afp\d{4} [1-6] [efsdp] \d{4} ", body)
        assert body.count("\x02") == body.count("\x03") == 1
        assert re.search(r" =\r\n", body)
        assert re.search(r"\x03(1[01])([01]\d|2[0-3])[0-5]\d GMT Mar 26\r\n\x7f$", body)
        assert "\n" not in body.replace("\r\n", "")
        assert all(len(line) <= 80 for line in body.split("\r\n"))


def test_every_message_has_an_answer(wire: list[dict[str, Any]], answers: dict[str, dict[str, Any]]) -> None:
    assert [m["id"] for m in wire] == list(answers)


def test_resends_and_the_daily_notice(wire: list[dict[str, Any]], answers: dict[str, dict[str, Any]]) -> None:
    same: dict[bytes, list[str]] = defaultdict(list)
    for name, body in bodies(wire).items():
        same[body].append(name)
    repeats = [names for names in same.values() if len(names) > 1]
    notices = [names for names in repeats if answers[names[0]]["kind"] == "advisory"]
    assert len(notices) == 1
    assert [answers[n]["relation"] for n in notices[0]] == [["new"], ["new"]]
    resends = [name for names in repeats if names not in notices for name in names[1:]]
    assert len(resends) >= 6
    assert all(answers[name]["outcome"] == "duplicate" for name in resends)


def test_reprints(wire: list[dict[str, Any]], answers: dict[str, dict[str, Any]]) -> None:
    by_outlet = {outlet: [m for m in wire if m["source"] == outlet] for outlet in OUTLETS}
    assert {m["source"] for m in wire} == OUTLETS | {"afp", "reuters"}
    assert sum(map(len, by_outlet.values())) >= 10
    for m in by_outlet["estuarytimes"]:
        assert "print edition of The Estuary Times" in m["body"]
        assert m["body"].count(" • ") == 1
    for m in by_outlet["northgatedaily"]:
        assert "Get the Northgate Daily app" in m["body"]
        assert m["body"].count("ALSO READ:") == 1
    captions = [m["body"].split("\n")[2] for m in by_outlet["estuarytimes"] if "PHOTO:" in m["body"]]
    assert len(captions) >= 6
    assert all(
        m["body"].count(c) == 2
        for c, m in zip(captions, (m for m in by_outlet["estuarytimes"] if "PHOTO:" in m["body"]), strict=True)
    )
    notes = [answers[m["id"]]["note"] or "" for outlet in OUTLETS for m in by_outlet[outlet]]
    assert sum("trimmed" in note for note in notes) >= 4
    assert sum("local paragraph" in note for note in notes) >= 2


def test_chains_grow_from_an_alert(wire: list[dict[str, Any]], answers: dict[str, dict[str, Any]]) -> None:
    chains: dict[str, list[str]] = defaultdict(list)
    for answer in answers.values():
        if answer["family"]:
            chains[answer["family"]].append(answer["kind"])
    grown = {
        family for family, kinds in chains.items() if kinds[:2] == ["alert", "urgent"] and kinds.count("story") >= 2
    }
    assert len(grown) >= 4
    languages = {answers[m["id"]]["language"] for m in wire if answers[m["id"]]["family"] in grown}
    assert {"en", "fr", "es"} <= languages
    assert sum("ATTENTION - " in m.get("body", "") for m in wire) >= 10


def test_one_correction_and_one_kill(wire: list[dict[str, Any]], answers: dict[str, dict[str, Any]]) -> None:
    place = {m["id"]: n for n, m in enumerate(wire)}
    corrections = [m for m in wire if "ATTENTION - CORRECTS para 2 to say" in m.get("body", "")]
    kills = [m for m in wire if "MANDATORY KILL" in m.get("body", "")]
    assert len(corrections) == len(kills) == 1
    assert answers[corrections[0]["id"]]["relation"] == ["correction"]
    assert answers[kills[0]["id"]]["relation"] == ["kill"]
    text = " ".join(kills[0]["body"].split())
    slug, headline = re.search(r'slugged (\S+) and headlined "([^"]+)"', text).groups()  # type: ignore[union-attr]
    killed = [m for m in wire if f"\n{slug}/\r" in m.get("body", "") and f"\x02{headline} =" in m["body"]]
    assert len(killed) == 1
    family = [name for name, a in answers.items() if a["family"] == answers[kills[0]["id"]]["family"]]
    assert place[killed[0]["id"]] < place[kills[0]["id"]] < place[family[-1]]


def test_look_alikes_are_families_of_their_own(wire: list[dict[str, Any]], answers: dict[str, dict[str, Any]]) -> None:
    families = Counter(answer["family"] for answer in answers.values() if answer["family"])
    for prefix in ("tenge-", "quake-", "rates-", "football-", "results-"):
        pair = [family for family in families if family.startswith(prefix)]
        assert len(pair) == 2, prefix
        assert all(families[family] == 1 for family in pair)


def test_languages(answers: dict[str, dict[str, Any]]) -> None:
    languages = Counter(answer["language"] for answer in answers.values())
    assert languages["fr"] >= 8
    assert languages["es"] >= 8
    assert {"de", "pt", "ar"} <= set(languages)


def test_lengths_are_those_of_real_copy(wire: list[dict[str, Any]], answers: dict[str, dict[str, Any]]) -> None:
    words = [
        len(m["body"].split())
        for m in wire
        if "body" in m and answers[m["id"]]["kind"] in ("story", "advisory") and not m["body"].startswith("{")
    ]
    assert min(words) >= 50
    assert max(words) <= 450


def test_the_readme_counts_what_is_there(wire: list[dict[str, Any]]) -> None:
    readme = SAMPLE.with_name("README.md").read_text(encoding="utf-8")
    sources = Counter(m["source"] for m in wire)
    assert f"| {len(wire)}, from" in readme
    for source, count in sources.items():
        assert f"`{source}` ({count})" in readme
