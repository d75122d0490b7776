"""Evidence → one story or two, with each reason's weight; looks nothing up and knows no copy."""

from __future__ import annotations

import math
from dataclasses import dataclass

from streams.identity.evidence import Evidence

SLUG_HOURS = 30.0
"""A slug says less the older it is: the daily market report has the same one tomorrow."""
RUN_HOURS = 0.75
"""Alerts on one event come minutes apart, each with a new fact and hardly a word in common."""

LONG: dict[str, float] = {
    "bias": -3.3,
    "contained": 6.3,
    "jaccard": 1.5,
    "headline": 1.2,
    "lead": 0.9,
    "names": 1.3,
    "swapped names": -1.4,
    "figures": 1.2,
    "swapped figures": -3.0,
    "headline figures": -1.2,
    "strange": -1.7,
    "slug": 1.7,
    "advisory": 2.2,
    "dateline": 0.2,
    "hours": -1.8,
    "other day": -1.2,
    "other days": -3.8,
    "tickers": -3.5,
}
"""Log-odds for two full stories, each term 0 to 1 or -1 to 1."""

SHORT: dict[str, float] = {
    "bias": -4.1,
    "told": 4.3,
    "headline": 0.3,
    "same names": 1.3,
    "swapped names": -1.6,
    "figures": 1.0,
    "swapped figures": -2.5,
    "headline figures": -1.0,
    "strange": -2.6,
    "slug": 3.0,
    "advisory": 0.5,
    "dateline": 0.2,
    "hours": -3.2,
    "sequence": 2.5,
    "run": 6.3,
    "other days": -1.5,
    "tickers": -3.0,
}
"""Log-odds when one of the two is an alert: what it says, found at the top of the other, soon after."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``score``: log-odds that the two are one story. ``parts``: (term, value, what it added)."""

    same: bool
    score: float
    parts: tuple[tuple[str, float, float], ...]

    @property
    def reasons(self) -> list[tuple[str, float, float]]:
        """The parts, strongest first."""
        return sorted(self.parts, key=lambda p: (-abs(p[2]), p[0]))

    @property
    def confidence(self) -> float:
        """The score as a probability of the answer given."""
        return 1.0 / (1.0 + math.exp(-min(30.0, abs(self.score))))


def terms(e: Evidence) -> dict[str, float]:
    """The evidence as the terms that weights apply to."""
    values = {
        "bias": 1.0,
        "headline": e.headline,
        "swapped names": e.swapped_names / 8,
        "figures": (e.figures - 0.75) * e.facts / 8 * 2 if e.facts else 0.0,
        "swapped figures": e.swapped_figures / 6,
        "headline figures": e.head_figures,
        "strange": e.strange,
        "slug": e.slug * max(0.0, 1.0 - e.hours / SLUG_HOURS) if e.slug > 0 else e.slug,
        "advisory": e.advised * max(e.slug, e.headline, e.contained, 0.0),
        "other days": e.swapped_days,
        "tickers": e.tickers,
        "dateline": e.city,
    }
    if e.short:
        return values | {
            "told": e.told,
            "same names": e.same_names / 3,
            "hours": min(e.hours, 12.0) / 12,
            "sequence": e.sequence,
            "run": e.run * max(0.0, 1.0 - e.hours / RUN_HOURS) * float(e.same_names > 0 or e.slug > 0),
        }
    return values | {
        "contained": e.contained,
        "jaccard": e.jaccard,
        "lead": e.lead,
        "names": e.names - 0.7,
        "hours": min(e.hours, 72.0) / 24,
        "other day": e.other_day,
    }


def judge(e: Evidence, threshold: float = 0.0) -> Verdict:
    """Weigh the evidence; same when the log-odds exceed ``threshold``."""
    weights = SHORT if e.short else LONG
    parts = tuple([(name, value, weights[name] * value) for name, value in terms(e).items()])
    score = sum([part[2] for part in parts])
    return Verdict(score > threshold, score, parts)
