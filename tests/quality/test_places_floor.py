"""Floors under what places reaches against human tags of real stories; it trains nothing."""

from __future__ import annotations

import gzip
import json
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from streams.config import Settings
from streams.contracts.envelope import to_message
from streams.contracts.story import NormalisedStory, Origin, RawMessage
from streams.loading import toolbox
from streams.pipeline import Toolbox, normalise
from tools.places.calibrate import error

FLOORS: dict[str, float] = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))["places"]
EVERY = 8
"""One Reuters story in so many: enough for a steady figure within seconds."""
SUCCESSORS = {"XK": "RS"}
"""The human tags know no Kosovo."""

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def tools() -> Toolbox:
    return toolbox(Settings())


def rows(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        pytest.skip(f"no {path.name} in ../shared/data/places")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def answers(
    shared: Path, name: str, tools: Toolbox, every: int = 1
) -> Iterator[tuple[dict[str, Any], NormalisedStory]]:
    """(what humans said, what we say) of each story, once by id: a few ids come in several pieces, the first counts."""
    folder = shared / "data" / "places"
    gold = {row["id"]: row for row in rows(folder / f"{name}.gold.jsonl.gz")}
    seen: set[str] = set()
    for fields in rows(folder / f"{name}.jsonl.gz")[::every]:
        if fields["id"] not in seen:
            seen.add(fields["id"])
            (story,) = normalise(to_message(fields["id"], fields), tools)
            yield gold[fields["id"]], story


def codes(found: Iterable[str | None]) -> set[str]:
    return {SUCCESSORS.get(code, code) for code in found if code}


def micro_f1(pairs: list[tuple[set[str], set[str]]]) -> float:
    right = sum(len(said & found) for said, found in pairs)
    return 2 * right / sum(len(said) + len(found) for said, found in pairs)


def test_countries_of_agency_copy_and_its_datelines(shared: Path, tools: Toolbox) -> None:
    pairs, cities = [], []
    sure: list[tuple[float, bool]] = []
    for gold, story in answers(shared, "reuters", tools, EVERY):
        pairs.append((set(gold["countries"]), codes(tag.code for tag in story.countries)))
        town = (gold["dateline"] or "").split(",")[0].strip()
        if town and story.dateline and story.dateline.city:
            cities.append(town.casefold() == story.dateline.city.casefold())
        elif town:
            cities.append(False)
        sure += [(tag.score, SUCCESSORS.get(tag.code, tag.code) in gold["countries"]) for tag in story.countries]
    assert len(pairs) > 500
    assert micro_f1(pairs) >= FLOORS["reuters"], micro_f1(pairs)
    assert sum(cities) / len(cities) >= FLOORS["dateline"], sum(cities) / len(cities)

    wrong, _ = error([score for score, _ in sure], [right for _, right in sure])
    assert wrong <= FLOORS["calibration"], wrong


def test_countries_of_the_places_named(shared: Path, tools: Toolbox) -> None:
    corpora: dict[str, list[tuple[set[str], set[str]]]] = {}
    for gold, story in answers(shared, "geo", tools):
        found = codes(mention.country for mention in story.mentions)
        corpora.setdefault(gold["corpus"].lower(), []).append((set(gold["countries"]), found))
    reached = {corpus: micro_f1(pairs) for corpus, pairs in corpora.items()}
    assert set(reached) == {"geovirus", "geowebnews", "lgl", "tr-news"}
    assert {corpus: figure for corpus, figure in reached.items() if figure < FLOORS[corpus]} == {}


def test_the_first_country_is_the_storys(shared: Path, tools: Toolbox) -> None:
    right = [
        bool(story.countries) and codes([story.countries[0].code]) == {SUCCESSORS.get(gold["country"], gold["country"])}
        for gold, story in answers(shared, "focus", tools)
    ]
    assert sum(right) / len(right) >= FLOORS["focus"], sum(right) / len(right)


def test_a_visitor_comes_before_the_host_whose_capital_tells_it(shared: Path, tools: Toolbox) -> None:
    path = shared / "seed" / "000_6d0a58db964f4c72.txt"
    if not path.is_file():
        pytest.skip("the seed story is not in ../shared/seed")
    (story,) = normalise(RawMessage(path.read_bytes(), Origin(str(path))), tools)
    assert [tag.code for tag in story.countries][:2] == ["SY", "RU"]
