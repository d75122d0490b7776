"""A story's marks → the earlier stories worth comparing: LSH bands, words, slugs; holds no copy, decides nothing."""

from __future__ import annotations

from collections import deque
from heapq import nsmallest

from rensa import RMinHashLSH

from streams.contracts.story import Fingerprint
from streams.identity.fingerprint import PERMUTATIONS, SCHEME, sketch

POSTINGS = 48
"""Stories remembered per word and per slug, the newest: a word that 48 later stories used tells nothing any more."""

ALERTS = 24
"""Alerts remembered as such: two on one event come minutes apart and may share no more than a country's name."""
RAREST = 16
"""How many of a story's words are looked up, the rarest."""
WORTH = 0.3
"""Votes below which a story is not worth comparing."""


class TextIndex:
    """Finds the earlier stories worth comparing with one story. Every entry is a number, its sequence."""

    def __init__(self, bands: int) -> None:
        self._lsh = RMinHashLSH(0.5, PERMUTATIONS, bands)
        self._words: dict[str, deque[int]] = {}
        self._slugs: dict[str, deque[int]] = {}
        self._alerts: deque[int] = deque(maxlen=ALERTS)
        self._size = 0
        self.bands = bands

    def __len__(self) -> int:
        return self._size

    @property
    def words(self) -> int:
        """How many different words are remembered."""
        return len(self._words)

    @property
    def buckets(self) -> int:
        """LSH bucket entries held: one a band and story with a signature."""
        return self._size * self.bands

    def add(
        self, sequence: int, top: frozenset[str], slug: str | None, print_: Fingerprint, *, alert: bool = False
    ) -> None:
        """Remember a story by its fingerprint, the telling words at its top and its slug key.

        A fingerprint of another scheme is left out of the bands: it cannot be compared.
        """
        if print_.signature and print_.scheme == SCHEME:
            self._lsh.insert(sequence, sketch(print_.signature))
        self._size += 1
        for word in top:
            listed = self._words.get(word)
            if listed is None:
                listed = self._words[word] = deque(maxlen=POSTINGS)
            listed.append(sequence)
        if slug:
            self._slugs.setdefault(slug, deque(maxlen=POSTINGS)).append(sequence)
        if alert:
            self._alerts.append(sequence)

    def discard(self, sequence: int, top: frozenset[str], slug: str | None) -> None:
        """Forget a story, given the same words and slug."""
        self._lsh.remove(sequence)
        self._size -= 1
        for word in top:
            _drop(self._words, word, sequence)
        if slug:
            _drop(self._slugs, slug, sequence)
        if sequence in self._alerts:
            self._alerts.remove(sequence)

    def candidates(
        self, top: frozenset[str], slug: str | None, print_: Fingerprint, limit: int, *, alert: bool = False
    ) -> list[int]:
        """The most promising stories, best first; ties go to the newer one.

        A hit in the bands counts 1, the same slug 0.6, and each of the rarest telling words of headline and opening
        the more, the fewer stories share it. An alert is compared with the last alerts in any case.
        """
        votes: dict[int, float] = {}
        if print_.signature and print_.scheme == SCHEME:
            votes = dict.fromkeys(self._lsh.query(sketch(print_.signature)), 1.0)
        for sequence in self._slugs.get(slug or "", ()):
            votes[sequence] = votes.get(sequence, 0.0) + 0.6
        listings = [(len(listed), word, listed) for word in top if (listed := self._words.get(word))]
        rarest = nsmallest(RAREST, listings)
        share = 2.0 / max(6, min(len(top), RAREST))
        for length, _, listed in rarest:
            weight = (1.0 - length / (POSTINGS + 8)) * share
            for sequence in listed:
                votes[sequence] = votes.get(sequence, 0.0) + weight
        if alert:
            for sequence in self._alerts:
                votes[sequence] = votes.get(sequence, 0.0) + WORTH + 0.01
        ranked = nsmallest(limit, [(-vote, -sequence) for sequence, vote in votes.items() if vote > WORTH])
        return [-sequence for _, sequence in ranked]

    def slugged(self, slug: str) -> list[int]:
        """The newest stories under a slug key."""
        return list(self._slugs.get(slug, ()))

    def worded(self, telling: frozenset[str], limit: int) -> list[int]:
        """The stories that share most of these telling words in headline or opening, best first."""
        votes: dict[int, int] = {}
        for word in sorted(telling):
            for sequence in self._words.get(word, ()):
                votes[sequence] = votes.get(sequence, 0) + 1
        return [s for s, _ in sorted(votes.items(), key=lambda v: (-v[1], -v[0]))[:limit]]


def _drop(postings: dict[str, deque[int]], key: str, sequence: int) -> None:
    listed = postings.get(key)
    if listed is None:
        return
    if sequence in listed:
        listed.remove(sequence)
    if not listed:
        del postings[key]
