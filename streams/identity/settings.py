"""The limits of the identity stage as one frozen value; reads no environment, refuses what could never work."""

from __future__ import annotations

from dataclasses import dataclass

HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class IdentitySettings:
    """What the stage remembers, for how long, and how much of it looks at one story.

    ``text_window_hours``: how far apart two stories may be and still be compared by their words. ``id_window_hours``:
    how long an entry is kept at all, for agency ids and for replays. ``max_texts`` and ``max_entries`` bound both
    windows by count as well, for input without times. ``reissue_hours``: the same words again after this long are a
    new issue of a standing notice (a daily "notice to clients", a price table unchanged since yesterday), sooner they
    are a re-send. ``candidates``: how many stories are compared word by word. ``same_threshold``: log-odds above
    which two are one story. ``expire_per_call``: entries let go per decision, more than one, so that the backlog
    always shrinks. ``max_changes``: how many changes a record lists. ``settle_minutes``: how long a published story is
    kept whole, so that a parent that comes after it can still have it published again as what it is;
    ``max_unsettled`` bounds that by count.
    """

    text_window_hours: float = 72.0
    id_window_hours: float = 24.0 * 30
    max_texts: int = 250_000
    max_entries: int = 2_000_000
    reissue_hours: float = 20.0
    candidates: int = 8
    same_threshold: float = 0.0
    expire_per_call: int = 16
    max_changes: int = 60
    settle_minutes: float = 15.0
    max_unsettled: int = 10_000

    def __post_init__(self) -> None:
        """Raise ValueError for limits that contradict each other."""
        if self.text_window_hours <= 0 or self.id_window_hours < self.text_window_hours:
            raise ValueError("id_window_hours must be at least text_window_hours, and both above 0")
        if self.settle_minutes < 0 or self.max_unsettled < 0:
            raise ValueError("settle_minutes and max_unsettled must not be below 0")
        if min(self.max_texts, self.max_entries, self.candidates, self.expire_per_call) < 1:
            raise ValueError("max_texts, max_entries, candidates and expire_per_call must be at least 1")
