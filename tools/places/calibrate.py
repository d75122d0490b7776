"""``python -m tools.places.calibrate FOLDER``: fits what a country's score means; it moves no tag and no order.

FOLDER holds ``reuters.jsonl.gz`` (envelopes) and ``reuters.gold.jsonl.gz`` (``id`` and the ``countries`` that human
indexers gave). Every published tag is one case: right where the indexers gave it too. A logistic curve over the
logarithm of its points and their share is fitted by Newton's method, and written into streams/places/calibration.py.
Each fifth of the stories is scored by a curve fitted to the others; the calibration error before and after is printed.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from streams import copydesk, formats, places
from streams.config import Settings
from streams.contracts.envelope import to_message
from streams.places import calibration

TARGET = Path(calibration.__file__)
FOLDS, BINS, ROUNDS = 5, 10, 25
RIDGE = 0.01
"""Keeps the fit finite where every case is right."""
SUCCESSORS = {"XK": "RS"}
"""The human tags know no Kosovo."""


@dataclass(frozen=True, slots=True)
class Case:
    """One published tag: its story's number and place in the order, what is known of it, and is it right?"""

    story: int
    points: float
    share: float
    right: bool

    @property
    def features(self) -> tuple[float, float, float]:
        return 1.0, math.log(max(self.points, calibration.LEAST_POINTS)), self.share


def cases(folder: Path) -> list[Case]:
    """Every published tag of the stories in ``folder``, in the order of stories and tags."""
    gazetteer, limit = places.load(), Settings().max_message_bytes
    with gzip.open(folder / "reuters.gold.jsonl.gz", "rt", encoding="utf-8") as lines:
        gold = {row["id"]: set(row["countries"]) for row in map(json.loads, lines)}
    out: list[Case] = []
    with gzip.open(folder / "reuters.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, fields in enumerate(map(json.loads, lines)):
            message = to_message(fields["id"], fields)
            for raw in formats.read(message, limit):
                story = copydesk.clean(raw, message.received)
                tallies = places.weigh(story, gazetteer)
                total = sum(tally.points for tally in tallies.values())
                for tag in places.locate(story, gazetteer).countries:
                    points = tallies[tag.code].points
                    right = SUCCESSORS.get(tag.code, tag.code) in gold[fields["id"]]
                    out.append(Case(number, points, points / total, right))
    return out


def fit(seen: Sequence[Case]) -> list[float]:
    """The weights of the likeliest logistic curve over the cases' features (Newton's method with a small ridge)."""
    size = 3
    weights = [0.0] * size
    for _ in range(ROUNDS):
        slope = [-RIDGE * weight for weight in weights]
        curve = [[RIDGE if row == column else 0.0 for column in range(size)] for row in range(size)]
        for case in seen:
            values = case.features
            said = _logistic(weights, values)
            for row in range(size):
                slope[row] += (case.right - said) * values[row]
                for column in range(size):
                    curve[row][column] += said * (1.0 - said) * values[row] * values[column]
        step = _solved(curve, slope)
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-7:
            break
    return weights


def held_out(seen: Sequence[Case]) -> list[float]:
    """The score of each case by a curve fitted to the other folds of stories, along each story's order."""
    curves = [fit([case for case in seen if case.story % FOLDS != fold]) for fold in range(FOLDS)]
    out: list[float] = []
    for ranking in rankings(seen):
        curve = curves[ranking[0].story % FOLDS]
        out += calibration.along([_logistic(curve, case.features) for case in ranking])
    return out


def rankings(seen: Sequence[Case]) -> Iterator[list[Case]]:
    """The cases of one story after the other."""
    ranking: list[Case] = []
    for case in seen:
        if ranking and ranking[0].story != case.story:
            yield ranking
            ranking = []
        ranking.append(case)
    if ranking:
        yield ranking


def error(said: Sequence[float], right: Sequence[bool]) -> tuple[float, list[tuple[int, float, float]]]:
    """Expected calibration error over ten bins of score, and (cases, mean score, share right) of each bin."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for score, answer in zip(said, right, strict=True):
        bins[min(int(score * BINS), BINS - 1)].append((score, answer))
    rows = [(len(b), sum(s for s, _ in b) / len(b), sum(r for _, r in b) / len(b)) for b in bins if b]
    return sum(count * abs(mean - share) for count, mean, share in rows) / max(len(said), 1), rows


def write(weights: Sequence[float]) -> None:
    """Put the weights into streams/places/calibration.py."""
    line = "CONSTANT, PER_LOG_POINTS, PER_SHARE = " + ", ".join(f"{weight:.3f}" for weight in weights)
    text = TARGET.read_text("utf-8")
    TARGET.write_text(re.sub(r"^CONSTANT, .*$", line, text, count=1, flags=re.MULTILINE), "utf-8")


def _logistic(weights: Sequence[float], values: Sequence[float]) -> float:
    total = sum(weight * value for weight, value in zip(weights, values, strict=True))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of a small set of linear equations (Gauss and Jordan, with the largest pivot)."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(size):
            if row != column:
                factor = rows[row][column] / rows[column][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [rows[row][size] / rows[row][row] for row in range(size)]


def main() -> None:
    """Fit, write, and print the error of a score of one curve for all, and of held-out scores."""
    seen = cases(Path(sys.argv[1]))
    right = [case.right for case in seen]
    print(f"{len(seen)} tags, {sum(right) / len(seen):.3f} right")
    old, _ = error([1.0 - math.exp(-case.points / 3.0) for case in seen], right)
    print(f"points on a scale, 1 - exp(-points / 3): calibration error {old:.4f}")
    after, rows = error(held_out(seen), right)
    print(f"fitted, on stories not fitted to:        calibration error {after:.4f}")
    for count, mean, share in rows:
        print(f"  {count:5} tags said {mean:.3f} right {share:.3f}")
    write(fit(seen))


if __name__ == "__main__":
    main()
