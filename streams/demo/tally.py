"""The demo's books: what went in, what came out, and whether it adds up. Pure counting; reads no topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


def percentile(values: Iterable[float], share: float) -> float | None:
    """Return the nearest-rank percentile, *share* from 0 to 1; None of nothing."""
    ordered = sorted(values)
    if not ordered:
        return None
    rank = max(1, -(-int(share * 10_000) * len(ordered) // 10_000))
    return ordered[min(rank, len(ordered)) - 1]


@dataclass(slots=True)
class Tally:
    """Counts of one run. ``fed``: messages sent; ``held``: stories still waiting for their embargo to end.

    ``seconds`` are from produce to a subscriber having the story, without those that were held on purpose.
    """

    fed: int = 0
    held: int = 0
    published: int = 0
    duplicates: int = 0
    released: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    relations: Counter[str] = field(default_factory=Counter)
    desks: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)
    twice: list[tuple[str, str]] = field(default_factory=list)

    def story(self, record: dict[str, Any]) -> None:
        """Count a record of the stories topic."""
        item = record["item"]
        place = str(item["uri"]), str(item["version"])
        if place in self.seen:
            self.twice.append(place)
        self.seen.add(place)
        if record.get("restates") is not None:
            return  # the same input as before, published again for its parent came late
        self.published += 1
        self.relations[record["relation"]] += 1
        self.languages[item.get("language", "unknown")] += 1
        self.desks.update(record["desks"])
        self.released += "embargoedUntil" in item and was_held(record)

    def duplicate(self, record: dict[str, Any]) -> None:
        """Count a record of the duplicates topic."""
        self.duplicates += 1
        self.relations[record["relation"]] += 1

    @property
    def accounted(self) -> int:
        """Messages whose fate is known."""
        return self.published + self.duplicates + self.held + self.rejected.total()

    @property
    def adds_up(self) -> bool:
        """In = published + duplicates + held + rejected, and nothing was published twice under one uri and version."""
        return self.fed == self.accounted and not self.twice


def was_held(record: dict[str, Any]) -> bool:
    """Tell whether a record's embargo ended after it arrived: both times are RFC 3339 in UTC, so text compares."""
    until = str(record["item"].get("embargoedUntil", ""))
    arrived = str(record["provenance"].get("arrived") or "")
    return bool(until and arrived) and until[:19] > arrived[:19]
