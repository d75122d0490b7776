"""How much of the answer hangs on each weight of the evidence: every one moved by a quarter, up and down, and scored.

    python tools/identity/sway.py [--by 0.25] [SHARED]

SHARED is the folder with ``data/pairs`` and ``data/chains`` (by default ``../shared``); the bundled sample wire is
scored too. Changes nothing. A weight whose move costs more than a story or two is fitted too finely.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from streams import config, loading, pipeline
from streams.contracts.envelope import to_message
from streams.contracts.story import NormalisedStory, RawMessage
from streams.errors import Rejected
from streams.feeds.sampling import sample
from streams.identity import IdentitySettings, IdentityState, decide, judge

ROOT = Path(__file__).resolve().parents[2]
LATER = datetime(2100, 1, 1, tzinfo=UTC)


def normalised(messages: Iterable[RawMessage], toolbox: pipeline.Toolbox) -> list[NormalisedStory]:
    """The stories of the messages; those that are refused are left out."""
    stories: list[NormalisedStory] = []
    for message in messages:
        try:
            stories.extend(pipeline.normalise(message, toolbox))
        except Rejected:
            continue
    return stories


def families(stories: list[NormalisedStory]) -> dict[str, str]:
    """Message → the family that identity gives it."""
    states: dict[str, tuple[IdentityState, pipeline.MemoryStore]] = {}
    found = {}
    for story in stories:
        if story.shard not in states:
            store = pipeline.MemoryStore()
            states[story.shard] = IdentityState(IdentitySettings(), store), store
        state, store = states[story.shard]
        outcome = decide(story, state, LATER)
        store.write(outcome.writes)
        found[story.provenance.origin.name] = outcome.results[0].identity.story
    return found


def misplaced(true: dict[str, str], found: dict[str, str]) -> int:
    """How many stories do not stand with exactly those they belong with."""
    belongs: dict[str, set[str]] = defaultdict(set)
    stands: dict[str, set[str]] = defaultdict(set)
    for name, family in true.items():
        if name in found:
            belongs[family].add(name)
            stands[found[name]].add(name)
    return sum(belongs[true[name]] != stands[found[name]] for name in true if name in found)


def main() -> None:
    """Print the score as it is, then that with each weight moved."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--by", type=float, default=0.25)
    options = parser.parse_args()
    toolbox = loading.toolbox(config.Settings())
    data = options.shared / "data"
    pairs = [json.loads(line) for line in (data / "pairs" / "pairs.jsonl").read_text().splitlines()]
    wanted = {pair[side] for pair in pairs for side in ("a", "b")}
    with gzip.open(data / "pairs" / "stream.jsonl.gz", "rt") as lines:
        wire = [fields for line in lines if (fields := json.loads(line))["id"] in wanted]
    chains = [json.loads(line) for line in (data / "chains" / "stream.jsonl").read_text().splitlines()]
    gold = [json.loads(line) for line in (data / "chains" / "gold.jsonl").read_text().splitlines()]
    answers = (ROOT / "tests" / "unit" / "feeds" / "sample_answers.jsonl").read_text("utf-8").splitlines()
    true_chains = {g["id"]: g["story"] for g in gold if g.get("story") and not g.get("story_soft")}
    true_sample = {a["id"]: a["family"] for a in map(json.loads, answers) if a.get("family")}

    def read(envelopes: list[dict[str, Any]]) -> list[NormalisedStory]:
        return normalised((to_message(fields["id"], fields) for fields in envelopes), toolbox)

    stories = read(wire), read(chains), normalised(sample(LATER), toolbox)

    def score() -> tuple[int, int, int]:
        found = families(stories[0])
        wrong = sum((found[pair["a"]] == found[pair["b"]]) != bool(pair["same"]) for pair in pairs)
        return wrong, misplaced(true_chains, families(stories[1])), misplaced(true_sample, families(stories[2]))

    print(f"{'weight':28}{'pairs':>8}{'chains':>8}{'sample':>8}  wrong")
    print(f"{'as they are':28}" + "".join(f"{n:8}" for n in score()))
    for kind, weights in (("full", judge.LONG), ("alert", judge.SHORT)):
        for name, weight in list(weights.items()):
            for factor in (1 - options.by, 1 + options.by):
                weights[name] = weight * factor
                print(f"{f'{kind}: {name} x{factor:g}':28}" + "".join(f"{n:8}" for n in score()), flush=True)
            weights[name] = weight


if __name__ == "__main__":
    main()
