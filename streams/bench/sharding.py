"""How much of identity's recall is left when one language is split over several shards. A model; shards nothing.

``python -m streams.bench.sharding`` prints the tables of docs/scaling.md: the same figures on every machine.

A story goes to the shard that each of a few of its minima names: min-hash, so that two texts of Jaccard similarity j
have a given minimum in common with a probability of j. Every shard that has it looks for what is like it among those it
knows, and one of them, the same for the whole family, decides. So two texts can be found to be one story only where a
shard knows both. The minima are other ones than the index's bands are made of: what one misses the other need not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from streams import config, pipeline
from streams.bench.mixture import mixture
from streams.identity.fingerprint import sketch
from streams.loading import toolbox

SHARDS = (2, 4, 8, 16)
ROUTES = (2, 4, 6, 8)
LIKENESS = (0.2, 0.4, 0.6, 0.8)
STORIES = 2000
FIRST_ROUTE = 64
"""The routes' minima are those of the sketch's second half; the index's bands are made of its first."""
_BYTE = 256


def routes(sketched: bytes, number: int, shards: int) -> frozenset[int]:
    """Return the shards that a story of this sketch goes to, by *number* of its minima.

    Raises :class:`ValueError` for more than the sketch's second half holds.
    """
    if FIRST_ROUTE + number > len(sketched):
        raise ValueError(f"a sketch of {len(sketched)} minima has not room for {number} routes")
    return frozenset(minimum * shards // _BYTE for minimum in sketched[FIRST_ROUTE : FIRST_ROUTE + number])


def met(likeness: float, number: int, shards: int) -> float:
    """Return the share of pairs of this Jaccard similarity that some shard knows both of, as reckoned.

    A route of the second story misses the k shards of the first where its minimum is another one and names none of
    the k by chance.
    """
    apart = [float(((1 - likeness) * (1 - k / shards)) ** number) for k in range(shards + 1)]
    return 1.0 - sum(share * missed for share, missed in zip(_spread(number, shards), apart, strict=True))


def _spread(number: int, shards: int) -> list[float]:
    """The chances that *number* routes lead to 0, 1, 2 … different shards."""
    chances = [1.0] + [0.0] * shards
    for _ in range(number):
        chances = [
            chances[k] * k / shards + (chances[k - 1] * (shards - k + 1) / shards if k else 0.0)
            for k in range(shards + 1)
        ]
    return chances


def copies(number: int, shards: int) -> float:
    """Return how many shards a story goes to on average: so much more is looked up and kept than without shards."""
    return shards * (1.0 - float((1 - 1 / shards) ** number))


@dataclass(frozen=True, slots=True)
class Split:
    """``met``: share of the pairs that a shard knows both of. ``copies``: shards a story goes to, on average.

    ``speed``: how many times the stories a second that one shard does, were looking up all that it does.
    """

    shards: int
    routes: int
    pairs: int
    met: float
    copies: float
    speed: float


def pairs(number: int = STORIES) -> Iterator[tuple[bytes, bytes]]:
    """Yield the sketches of each update and reprint of the bench's mixture and of the text that it is one of."""
    tools = toolbox(config.Settings())
    newest: dict[int, bytes] = {}
    for mixed in mixture(number):
        for story in pipeline.normalise(mixed.message, tools):
            sketched = sketch(story.fingerprint)
            if sketched is None:
                continue
            if mixed.family in newest and mixed.kind in ("update", "reprint"):
                yield newest[mixed.family], sketched
            if mixed.kind != "reprint":
                newest[mixed.family] = sketched


def splits(found: Sequence[tuple[bytes, bytes]]) -> list[Split]:
    """Return what each way of splitting does to the pairs *found*."""
    rows: list[Split] = []
    for shards, number in product(SHARDS, ROUTES):
        going = [(routes(a, number, shards), routes(b, number, shards)) for a, b in found]
        share = sum(not a.isdisjoint(b) for a, b in going) / len(going)
        spread = sum(len(b) for _, b in going) / len(going)
        rows.append(Split(shards, number, len(going), share, spread, shards / spread))
    return rows


def reckoned() -> str:
    """Return the table of what is reckoned, as Markdown."""
    head = (
        "| shards | routes | shards a story | " + " | ".join(f"alike by {likeness:g}" for likeness in LIKENESS) + " |"
    )
    lines = [head, "|---" * (3 + len(LIKENESS)) + "|"]
    for shards, number in product(SHARDS, ROUTES):
        cells = " | ".join(f"{100 * met(likeness, number, shards):.1f} %" for likeness in LIKENESS)
        lines.append(f"| {shards} | {number} | {copies(number, shards):.2f} | {cells} |")
    return "\n".join(lines)


def measured(rows: Sequence[Split]) -> str:
    """Return the table of what was found, as Markdown."""
    lines = ["| shards | routes | shards a story | times one shard's rate | pairs that meet |", "|---" * 5 + "|"]
    lines += [
        f"| {row.shards} | {row.routes} | {row.copies:.2f} | {row.speed:.1f} | {100 * row.met:.1f} % |" for row in rows
    ]
    return "\n".join(lines)


def main() -> None:
    """Print both tables."""
    rows = splits(list(pairs()))
    print(f"{reckoned()}\n\n{rows[0].pairs} updates and reprints of {STORIES} stories:\n\n{measured(rows)}")


if __name__ == "__main__":
    main()
