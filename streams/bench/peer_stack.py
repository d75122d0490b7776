"""A worker against the peer, over the same stories, turn about; the ratio of their medians. Tunes neither."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from streams.bench.backlog import Worked, work_off
from streams.bench.mixture import Mixed
from streams.bench.sides import Side
from streams.config import Settings


@dataclass(frozen=True, slots=True)
class Medians:
    """Of a side's rounds: stories a second, milliseconds of processor time a story, 10⁶ bytes resident at most."""

    side: str
    rate: float
    cpu_ms: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Contest:
    """``ratio``: stories a second of the first side over those of the second, of the medians."""

    ratio: float
    medians: tuple[Medians, ...]
    rounds: tuple[Worked, ...]


def contest(
    sides: Sequence[Side],
    stories: Sequence[Mixed],
    rounds: int,
    settings: Settings,
    broker: str | None,
    told: Callable[[Worked], None] = lambda worked: None,
) -> Contest:
    """Let each of two *sides* work off *stories*, one after the other, *rounds* times; *told* gets each as it ends."""
    worked: list[Worked] = []
    for _ in range(rounds):
        for side in sides:
            worked.append(work_off(side, stories, settings, broker))
            told(worked[-1])
    return settled(worked)


def settled(rounds: Sequence[Worked]) -> Contest:
    """Return the medians of each side, in order of appearance, and the ratio of the first's rate to the second's."""
    names = list(dict.fromkeys(worked.side for worked in rounds))
    medians = tuple(_medians(name, [worked for worked in rounds if worked.side == name]) for name in names)
    return Contest(medians[0].rate / medians[1].rate, medians, tuple(rounds))


def _medians(side: str, rounds: Sequence[Worked]) -> Medians:
    return Medians(
        side,
        median(worked.rate for worked in rounds),
        median(worked.cpu_ms for worked in rounds),
        median(worked.peak_mb for worked in rounds),
    )
