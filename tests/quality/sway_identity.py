"""How much of the answer hangs on each weight of the evidence: every one moved up and down, all data run again.

    python -m tests.quality.sway_identity [--by 0.25] [SHARED]

SHARED is the folder with ``data/pairs`` and ``data/chains`` (by default ``../shared``); the bundled sample wire is
scored too. Prints the score as it is and with each weight moved, then what comes out wrong when the weights are fitted
without an eighth of the families at a time. Changes nothing, takes minutes. A weight whose move costs more than a
story or two is fitted too finely. ``test_identity_weights.py`` holds the bounded form of both to a floor.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from streams.identity import judge
from tests.quality.weighing import ROOT, Corpus, cases, corpora, families, left_out, wrong


def misplaced(corpus: Corpus) -> int:
    """How many stories do not stand with exactly those they belong with; of pairs, how many come out wrong."""
    found = families(corpus.stories)
    if corpus.pairs:
        sides = ((tuple(pair), same) for pair, same in corpus.pairs.items())
        return sum((found[a] == found[b]) != same for (a, b), same in sides)
    belongs, stands = _grouped(corpus.families), _grouped(found)
    return sum(
        belongs[family] != {other for other in stands[found[name]] if other in corpus.families}
        for name, family in corpus.families.items()
        if name in found
    )


def _grouped(families_of: Mapping[str, str]) -> dict[str, set[str]]:
    grouped: dict[str, set[str]] = defaultdict(set)
    for name, family in families_of.items():
        grouped[family].add(name)
    return grouped


def main() -> None:
    """Print the score as it is, then that with each weight moved, then the refits."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--by", type=float, default=0.25)
    options = parser.parse_args()
    given = corpora(options.shared)

    def row(said: str) -> list[int]:
        figures = [misplaced(corpus) for corpus in given]
        print(f"{said:32}" + "".join(f"{n:8}" for n in figures), flush=True)
        return figures

    print(f"{'weight':32}" + "".join(f"{corpus.name:>8}" for corpus in given) + "  wrong")
    before = row("as they are")
    unmoved = tried = 0
    for kind, weights in (("full", judge.LONG), ("alert", judge.SHORT)):
        for name, weight in list(weights.items()):
            for factor in (1 - options.by, 1 + options.by):
                weights[name] = weight * factor
                tried += 1
                unmoved += row(f"{kind}: {name} x{factor:g}") == before
            weights[name] = weight
    print(f"{unmoved} of {tried} moves change no count")
    some = [case for corpus in given for case in cases(corpus)]
    compared = sum(len(case.compared) for case in some)
    print(f"{compared} labelled comparisons of {len(some)} stories; wrong as the weights are:")
    print("  " + " ".join(case.name for case in some if wrong(case, judge.LONG, judge.SHORT)))
    print("wrong when fitted without their eighth of the families:")
    print("  " + " ".join(left_out(some)))


if __name__ == "__main__":
    main()
