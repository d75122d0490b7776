"""The weights of the evidence against labelled data: no single one decides, and a fit without a family finds them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from streams.identity import judge
from tests.quality.weighing import Case, cases, corpora, left_out, moves, wrong

FLOORS: dict[str, float] = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))["weights"]

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def labelled(shared: Path) -> list[Case]:
    for name in ("pairs", "chains"):
        if not (shared / "data" / name).is_dir():
            pytest.skip(f"no {name} in ../shared/data")
    found = [case for corpus in corpora(shared) for case in cases(corpus)]
    assert len(found) > 100, "comparisons are made and labelled"
    assert any(c.same for case in found for c in case.compared)
    assert any(not c.same for case in found for c in case.compared)
    return found


def failed(some: list[Case], long: dict[str, float], short: dict[str, float]) -> set[str]:
    return {case.name for case in some if wrong(case, long, short)}


def test_the_weights_decide_the_labelled_comparisons(labelled: list[Case]) -> None:
    missed = failed(labelled, judge.LONG, judge.SHORT)
    assert 1 - len(missed) / len(labelled) >= FLOORS["decided"], sorted(missed)


def test_hardly_any_answer_hangs_on_one_weight(labelled: list[Case]) -> None:
    now = failed(labelled, judge.LONG, judge.SHORT)
    moved = {said: failed(labelled, long, short) ^ now for said, long, short in moves(0.25)}
    unmoved = sum(not changed for changed in moved.values()) / len(moved)
    assert unmoved >= FLOORS["unmoved"], {said: sorted(names) for said, names in moved.items() if names}
    assert max(map(len, moved.values())) <= FLOORS["costliest"], max(moved.items(), key=lambda item: len(item[1]))


def test_weights_fitted_without_a_family_decide_it(labelled: list[Case]) -> None:
    missed = left_out(labelled)
    assert 1 - len(missed) / len(labelled) >= FLOORS["left_out"], missed
