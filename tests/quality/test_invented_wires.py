"""Wires of our own invention, answered before they were run: families, relations and look-alikes kept apart."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.quality.invented_wires import MIDNIGHTS, Marks, marks, messages, records

FLOORS: dict[str, dict[str, float]] = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))


@pytest.fixture(scope="module", params=sorted(MIDNIGHTS))
def wire(request: pytest.FixtureRequest) -> tuple[dict[str, float], Marks]:
    sent = messages(request.param)
    assert any("alike" in message for message in sent)
    return FLOORS[f"{request.param} wire"], marks(sent, records(request.param))


def test_families(wire: tuple[dict[str, float], Marks]) -> None:
    floors, got = wire
    assert got.families >= floors["families"], got.strayed


def test_look_alikes_are_kept_apart(wire: tuple[dict[str, float], Marks]) -> None:
    floors, got = wire
    assert len(got.merged) <= floors["merged"], got.merged


def test_relations(wire: tuple[dict[str, float], Marks]) -> None:
    floors, got = wire
    assert got.relations >= floors["relations"], got.misread
