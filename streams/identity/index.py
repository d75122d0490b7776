"""A story's marks → the earlier stories worth comparing: LSH bands, words, slugs; holds no copy, decides nothing."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass
from heapq import nlargest

from streams.identity.bands import BANDS, Bands
from streams.identity.fingerprint import agreement, folded
from streams.identity.newest import Newest

ALERTS = 24
"""Alerts remembered as such: two on one event come minutes apart and may share no more than a country's name."""
RAREST = 12
"""How many of a story's words are looked up, the rarest."""
SHORTLIST = 12
"""How many stories that share rare words have their likeness estimated."""
SHORT_RUNS = 28
"""Runs of three words up to which copy is as short as an alert: its likeness cannot be estimated, its words count."""
CONTAINED, LIKELY, LIKELY_SHORT = 0.5, 0.75, 0.25
"""Two full stories are compared word by word from this estimated share of the shorter text in the longer, or from this
sum of that share and the share of rare words at the top that they have in common: with a far lower limit, no full send
was joined with earlier copy under another slug, or none, that came to less than 0.76 or to half of the text. Where one
is an alert more of them are compared, by the last sum."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a story is filed and found by: the telling words at its top, slug key, sketch and how many runs it is of."""

    top: tuple[str, ...]
    slug: str | None
    sketch: bytes | None
    runs: int
    alert: bool


class TextIndex:
    """Finds the earlier stories worth comparing with one story. Every entry is a number, its sequence."""

    def __init__(self) -> None:
        self._bands = Bands()
        self._words = Newest()
        self._slugs = Newest()
        self._alerts: deque[int] = deque(maxlen=ALERTS)

    def __len__(self) -> int:
        return len(self._bands)

    @property
    def words(self) -> int:
        """How many different words are remembered."""
        return len(self._words)

    @property
    def room(self) -> int:
        """How many sketches there is memory for."""
        return self._bands.room

    @property
    def buckets(self) -> int:
        """LSH bucket entries held: one a band and story with a signature."""
        return len(self._bands) * BANDS

    def add(self, sequence: int, marks: Marks) -> None:
        """Remember a story; sequences only ever grow."""
        self._bands.add(sequence, marks.sketch, marks.runs)
        self._words.add(marks.top, sequence)
        if marks.slug:
            self._slugs.add((marks.slug,), sequence)
        if marks.alert:
            self._alerts.append(sequence)

    def discard(self, sequence: int, top: tuple[str, ...], slug: str | None) -> None:
        """Forget a story, given the words and the slug that it was added with."""
        self._bands.discard(sequence)
        self._words.discard(top, sequence)
        if slug:
            self._slugs.discard((slug,), sequence)
        if sequence in self._alerts:
            self._alerts.remove(sequence)

    def candidates(self, marks: Marks, limit: int) -> list[int]:
        """The stories worth comparing word by word, the most promising first; ties go to the newer one.

        Found by a band of the sketch, the slug or rare words of headline and opening; then most are turned down by
        the estimate of how much of the shorter text is in the longer. An alert, or a story's first lines, have too
        little text for that and go by the words. An alert is compared with the last alerts in any case.
        """
        slugged = set(self.slugged(marks.slug)) if marks.slug else set()
        looked_up, shared = self._words.shared(marks.top, RAREST)
        need = max(2, looked_up // 4)
        often = [(count, sequence) for sequence, count in shared.items() if count >= need]
        most = SHORTLIST if marks.runs > SHORT_RUNS else 2 * SHORTLIST
        if len(often) > most:
            often = sorted(often)[-most:]
        possible = slugged.union([sequence for _, sequence in often])
        if marks.sketch is not None:
            possible |= self._bands.query(marks.sketch)
        alerts = set(self._alerts) if marks.alert else set()
        ranked: list[tuple[float, int]] = []
        get, lookups = self._bands.get, max(6, looked_up)
        mine = folded(marks.sketch) if marks.sketch is not None and (possible or alerts) else None
        for sequence in possible | alerts:
            other = get(sequence)
            if other is None:
                continue
            words = shared.get(sequence, 0) / lookups
            contained = _contained(mine, marks.runs, *other)
            short = min(marks.runs, other[1]) <= SHORT_RUNS
            worth = contained >= CONTAINED or contained + words >= (LIKELY_SHORT if short else LIKELY)
            if worth or sequence in slugged or sequence in alerts:
                ranked.append((contained + words + 0.6 * (sequence in slugged), sequence))
        return [sequence for _, sequence in nlargest(limit, ranked)]

    def slugged(self, slug: str) -> list[int]:
        """The newest stories under a slug key."""
        return list(self._slugs.get(slug))

    def worded(self, telling: frozenset[str], limit: int) -> list[int]:
        """The stories that share most of these telling words in headline or opening, best first."""
        votes: Counter[int] = Counter()
        for word in telling:
            votes.update(self._words.get(word))
        return [s for s, _ in sorted(votes.items(), key=lambda v: (-v[1], -v[0]))[:limit]]


def _contained(mine: bytes | None, runs: int, other: bytes | None, their_runs: int) -> float:
    """The estimated share of the shorter text's runs in the longer."""
    if mine is None or other is None or not runs:
        return 0.0
    likeness = agreement(mine, other)
    share = likeness * (runs + their_runs) / ((1 + likeness) * min(runs, their_runs))
    return share if share < 1.0 else 1.0
