"""Which of two versions is the earlier, whatever came first: by what the copy says of itself; reads no clock."""

from __future__ import annotations

from streams.identity.profile import Profile
from streams.identity.settings import HOUR

LATE_SECONDS = 30.0
"""How much older by its own creation time a version must be to count as made earlier."""
SHUFFLED_HOURS = 1 / 6
"""Copy that comes this close together may have changed places on the way; further apart, arrival tells."""


def step(story: Profile) -> int:
    """How far a story has got by its kind: 0 alert or flash, 1 urgent, 2 story."""
    if story.alert:
        return 0
    return 1 if story.kind == "urgent" else 2


def made_earlier(a: Profile, b: Profile) -> bool:
    """Whether ``a``, which came after ``b``, was made before it.

    The agencies' creation times tell, however far apart the two came. Without them only copy that came within ten
    minutes is put in order: by lead numbers (``1stlead`` before ``2ndlead``), then by kind (an alert before its
    urgent), then what says that it adds to earlier copy is the later.
    """
    if a.created is not None and b.created is not None:
        gap = (b.created - a.created).total_seconds()
        if abs(gap) > LATE_SECONDS:
            return gap > 0
    if a.at is not None and b.at is not None and abs((a.at - b.at).total_seconds()) > SHUFFLED_HOURS * HOUR:
        return False
    if a.signals.corrects or a.source != b.source:
        return False
    if a.signals.lead is not None and b.signals.lead is not None and a.signals.lead != b.signals.lead:
        return a.signals.lead < b.signals.lead
    if step(a) != step(b):
        return step(a) < step(b)
    return b.continues and not a.continues
