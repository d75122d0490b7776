"""The backlog that is benchmarked holds what it says, and the pipeline sees it so."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

from streams import config, pipeline
from streams.bench.mixture import SHARES, Mixed, mixture
from streams.identity import IdentitySettings
from streams.loading import toolbox

NOW = datetime(2026, 3, 20, tzinfo=UTC)


def test_it_is_the_same_every_time_and_other_copy_from_another_number_on() -> None:
    bodies = [mixed.message.body for mixed in mixture(60)]
    assert bodies == [mixed.message.body for mixed in mixture(60)]
    assert not set(bodies) & {mixed.message.body for mixed in mixture(60, first=1000)}


def test_the_kinds_come_in_their_shares_at_real_length() -> None:
    made = list(mixture(800))
    assert sum(SHARES.values()) == 1.0
    for kind, share in SHARES.items():
        assert abs(sum(mixed.kind == kind for mixed in made) / 800 - share) < 0.04
    assert 2_800 < sum(len(mixed.message.body) for mixed in made) / 800 < 4_200


def test_a_family_keeps_one_key_and_starts_with_a_new_story() -> None:
    keys: dict[int, set[bytes]] = {}
    for mixed in mixture(200):
        assert (mixed.family in keys) == (mixed.kind != "new")
        keys.setdefault(mixed.family, set()).add(mixed.key)
    assert all(len(found) == 1 for found in keys.values())
    assert len(set().union(*keys.values())) > 4


def test_the_pipeline_finds_each_to_be_what_it_was_made_to_be() -> None:
    made: list[Mixed] = list(mixture(150))
    given = [replace(mixed.message, received=NOW, arrived=NOW) for mixed in made]
    lines = list(pipeline.process(given, toolbox(config.load({})), IdentitySettings(), lambda: NOW))
    new = [line.record is not None and line.record.relation == "new" for line in lines]
    assert new == [mixed.kind == "new" for mixed in made], "as the bench counts them"
    found = Counter((mixed.kind, line.outcome) for mixed, line in zip(made, lines, strict=True))
    kinds = Counter(mixed.kind for mixed in made)
    assert found["new", "published"] == kinds["new"]
    assert found["re-send", "duplicate"] == kinds["re-send"] > 0
    assert found["reprint", "duplicate"] >= 0.9 * kinds["reprint"] > 0
    assert found["update", "published"] >= 0.8 * kinds["update"] > 0
