"""Labelled comparisons of the evaluation data, as identity makes them, and what other weights would say of them.

Reads ../shared/data and the sample wire; changes nothing. A comparison is one earlier story that identity weighed
against one that came; its terms are kept, so that other weights can be tried without running anything again.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np

from streams import config, loading, pipeline
from streams.contracts.envelope import to_message
from streams.contracts.story import NormalisedStory, RawMessage
from streams.errors import Rejected
from streams.feeds.sampling import sample
from streams.identity import Entry, IdentitySettings, IdentityState, decide, judge, matching
from streams.identity.evidence import Evidence
from streams.identity.profile import Profile

ROOT = Path(__file__).resolve().parents[2]
LATER = datetime(2100, 1, 1, tzinfo=UTC)
FOLDS = 8
RIDGE = 0.3
"""How hard a fit is held to small weights: with none, a term seen in three comparisons gets any weight."""
Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Compared:
    """One comparison: the terms under the ``short`` or the long weights, and whether the two are one story."""

    other: str
    short: bool
    terms: Weights
    same: bool


@dataclass(frozen=True, slots=True)
class Case:
    """One story and what it was compared with; ``family`` is the answer's, by which folds are made."""

    name: str
    family: str
    compared: tuple[Compared, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Normalised stories in order of arrival, message → family, and pairs known to be one story or two."""

    name: str
    stories: tuple[NormalisedStory, ...]
    families: Mapping[str, str]
    pairs: Mapping[frozenset[str], bool]

    def same(self, a: str, b: str) -> bool | None:
        """Whether two messages are one story, None where nobody has said."""
        if a in self.families and b in self.families:
            return self.families[a] == self.families[b]
        return self.pairs.get(frozenset((a, b)))


def corpora(shared: Path) -> list[Corpus]:
    """The labelled pairs, the chains and the sample wire. Raises FileNotFoundError where the data is not there."""
    tools = loading.toolbox(config.Settings())
    data = shared / "data"

    def lines(path: Path) -> list[dict[str, Any]]:
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]

    def read(envelopes: Iterable[dict[str, Any]]) -> tuple[NormalisedStory, ...]:
        return normalised((to_message(fields["id"], fields) for fields in envelopes), tools)

    pairs = lines(data / "pairs" / "pairs.jsonl")
    wanted = {pair[side] for pair in pairs for side in ("a", "b")}
    with gzip.open(data / "pairs" / "stream.jsonl.gz", "rt") as packed:
        wire = [fields for line in packed if (fields := json.loads(line))["id"] in wanted]
    gold = {g["id"]: g["story"] for g in lines(data / "chains" / "gold.jsonl") if g.get("story")}
    soft = {g["id"] for g in lines(data / "chains" / "gold.jsonl") if g.get("story_soft")}
    answers = lines(ROOT / "tests" / "unit" / "feeds" / "sample_answers.jsonl")
    return [
        Corpus("pairs", read(wire), {}, {frozenset((p["a"], p["b"])): bool(p["same"]) for p in pairs}),
        Corpus(
            "chains",
            read(lines(data / "chains" / "stream.jsonl")),
            {name: family for name, family in gold.items() if name not in soft},
            {},
        ),
        Corpus(
            "sample",
            normalised(sample(LATER), tools),
            {a["id"]: a["family"] for a in answers if a.get("family")},
            {},
        ),
    ]


def normalised(messages: Iterable[RawMessage], tools: pipeline.Toolbox) -> tuple[NormalisedStory, ...]:
    """The stories of the messages; those that are refused are left out."""
    stories: list[NormalisedStory] = []
    for message in messages:
        try:
            stories.extend(pipeline.normalise(message, tools))
        except Rejected:
            continue
    return tuple(stories)


def families(stories: Iterable[NormalisedStory], *, states: type[IdentityState] = IdentityState) -> dict[str, str]:
    """Message → the family that identity gives it."""
    made: dict[str, tuple[IdentityState, pipeline.MemoryStore]] = {}
    found: dict[str, str] = {}
    for story in stories:
        if story.shard not in made:
            store = pipeline.MemoryStore()
            made[story.shard] = states(IdentitySettings(), store), store
        state, store = made[story.shard]
        outcome = decide(story, state, LATER)
        store.write(outcome.writes)
        for result in outcome.results:
            found[result.story.provenance.origin.name] = result.identity.story
    return found


def cases(corpus: Corpus) -> list[Case]:
    """Every story with the labelled comparisons that identity makes for it; without any it is no case."""
    names: dict[int, tuple[str, Profile]] = {}
    made: dict[str, list[Compared]] = defaultdict(list)
    weighed: list[tuple[str, str]] = []

    class Watched(IdentityState):
        """Remembers whose profile is whose."""

        def profile_of(self, entry: Entry) -> Profile:
            profile = super().profile_of(entry)
            names[id(profile)] = entry.origin, profile
            return profile

    def gather(newer: Profile, older: Profile) -> Evidence:
        known = [names[id(p)][0] for p in (newer, older) if id(p) in names]
        weighed.append((known[-1], "") if len(known) == 1 else (known[0], known[1]) if known else ("", ""))
        return real_gather(newer, older)

    def weigh(evidence: Evidence, threshold: float = 0.0) -> judge.Verdict:
        a, b = weighed[-1]
        other = a if a and a != current else b
        same = corpus.same(current, other) if other else None
        if same is not None:
            made[current].append(Compared(other, bool(evidence.short), judge.terms(evidence), same))
        return judge.judge(evidence, threshold)

    real_gather, current = matching.gather, ""
    originals = list(corpus.stories)
    states: dict[str, tuple[Watched, pipeline.MemoryStore]] = {}
    with mock.patch.object(matching, "gather", gather), mock.patch.object(matching, "judge", weigh):
        for story in originals:
            current = story.provenance.origin.name
            if story.shard not in states:
                store = pipeline.MemoryStore()
                states[story.shard] = Watched(IdentitySettings(), store), store
            state, store = states[story.shard]
            store.write(decide(story, state, LATER).writes)
    return [Case(name, corpus.families.get(name, name), tuple(found)) for name, found in made.items()]


def score(compared: Compared, long: Weights, short: Weights) -> float:
    """The log-odds of one story under other weights."""
    weights = short if compared.short else long
    return sum(weights[name] * value for name, value in compared.terms.items())


def wrong(case: Case, long: Weights, short: Weights) -> bool:
    """Whether the strongest of the compared, if it is strong enough to join, is of another story, or none joins
    where one should."""
    best = max(case.compared, key=lambda compared: score(compared, long, short))
    if score(best, long, short) > 0:
        return not best.same
    return any(compared.same for compared in case.compared)


def fold(case: Case) -> int:
    """The fold of a case: all of a family in one."""
    return zlib.crc32(case.family.encode()) % FOLDS


def fit(some: Iterable[Case], like: Weights, *, short: bool) -> dict[str, float]:
    """Weights by ridge logistic regression: each case's likeliest true parent against all that is another story."""
    rows, labels = [], []
    current = {True: judge.SHORT, False: judge.LONG}
    for case in some:
        mine = [c for c in case.compared if c.short == short]
        true = [c for c in mine if c.same]
        chosen = [c for c in mine if not c.same]
        if true:
            chosen.append(max(true, key=lambda c: score(c, current[False], current[True])))
        rows += [[c.terms[name] for name in like] for c in chosen]
        labels += [c.same for c in chosen]
    x, y = np.array(rows, float), np.array(labels, float)
    weights = np.zeros(len(like))
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (y - chance) - RIDGE * weights
        bend = (x * (chance * (1 - chance))[:, None]).T @ x + RIDGE * np.eye(len(like))
        moved = np.linalg.solve(bend, slope)
        weights += moved
        if float(np.abs(moved).max()) < 1e-6:
            break
    return dict(zip(like, (float(w) for w in weights), strict=True))


def left_out(some: list[Case]) -> list[str]:
    """The cases that come out wrong under weights fitted without their fold of families."""
    found = []
    for number in range(FOLDS):
        rest = [case for case in some if fold(case) != number]
        long, short = fit(rest, judge.LONG, short=False), fit(rest, judge.SHORT, short=True)
        found += [case.name for case in some if fold(case) == number and wrong(case, long, short)]
    return found


def moves(by: float) -> Iterable[tuple[str, dict[str, float], dict[str, float]]]:
    """Every weight made smaller and larger by a share, one at a time: what was moved, and all weights."""
    for short, weights in ((False, judge.LONG), (True, judge.SHORT)):
        for name, weight in weights.items():
            for factor in (1 - by, 1 + by):
                moved = {**weights, name: weight * factor}
                said = f"{'alert' if short else 'full'}: {name} x{factor:g}"
                yield said, dict(judge.LONG) if short else moved, moved if short else dict(judge.SHORT)
