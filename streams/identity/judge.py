"""Evidence → one story or two, with each reason's weight; looks nothing up and knows no copy."""

from __future__ import annotations

from dataclasses import dataclass

from streams.identity.evidence import Evidence

DAY = 24.0
SLUG_HOURS = 3 * DAY
"""A slug says less the older it is: next week's story may have it too."""
RUN_HOURS = 0.75
"""Alerts on one event come minutes apart, each with a new fact and hardly a word in common."""
ISSUE_HOURS = DAY / 2
"""Two datelines of different days tell two issues apart once half a day lies between; sooner it was midnight."""
APART_HOURS = 2.0
"""Two issues of a report never come minutes apart, whatever days they speak of."""
FACTS = 3
"""With this many figures and every one the same, copy is no other day's issue, whatever its dateline; unless the
headlines have different ones: a rate that goes back to the day before's has the same two figures, the other way
round."""

LONG: dict[str, float] = {
    "bias": -2.5,
    "text": 4.0,
    "opening": 1.5,
    "kept": 3.0,
    "names": 3.0,
    "swapped names": -1.5,
    "figures": 1.5,
    "swapped figures": -2.0,
    "headline figures": -0.5,
    "slug": 1.0,
    "carries on": 3.5,
    "hours": -0.25,
    "another issue": -4.0,
    "tickers": -3.0,
    "elsewhere": -3.0,
    "strange": -1.5,
    "background": -2.0,
    "unmarked": -1.0,
    "beside": -4.0,
    "take": 8.0,
    "rival": -3.0,
    "printed": 4.0,
    "another hour": -3.0,
    "form": -5.0,
}
"""Log-odds for two full stories, each term 0 to 1 or -1 to 1. An update says that it is one (``ADDS quotes``, a lead
number) and carries earlier copy over, be its opening recast; another day's issue of a standing report has the opening
of the last one, other days and other figures. No two stories foremost about different countries were ever versions of
one. Background that both end with says that they are on one subject, not that they are one story. A
profile or a factbox that goes with a story is no version of it, whoever it quotes. Two agencies write two stories of
one event, and two bulletins of one place with two times tell of two quakes. One form filled in twice tells of two
funds, or of one on two days."""

SHORT: dict[str, float] = {
    "bias": -3.5,
    "told": 4.5,
    "names": 1.0,
    "swapped names": -1.5,
    "figures": 1.0,
    "swapped figures": -2.0,
    "headline figures": -0.5,
    "strange": -2.5,
    "slug": 1.5,
    "carries on": 0.5,
    "hours": -2.5,
    "sequence": 3.0,
    "run": 7.5,
    "another issue": -1.5,
    "tickers": -3.0,
    "elsewhere": -2.0,
    "beside": -4.5,
    "take": 8.0,
    "cut": 3.5,
    "rival": -4.0,
    "grown": 3.0,
}
"""Log-odds when one of the two is an alert: what it says, found at the top of the other, soon after."""


ALONE = 3.0
"""Log-odds for the only story under a slug, when copy under that slug says that it carries one on."""
ANSWERED = -2.0
"""Log-odds for an alert that its own story has followed, when the newer copy is not like that story."""


@dataclass(slots=True)
class Verdict:
    """``score``: log-odds that the two are one story. ``parts``: (term, value, what it added). Nobody writes to one."""

    same: bool
    score: float
    parts: tuple[tuple[str, float, float], ...]

    @property
    def reasons(self) -> list[tuple[str, float, float]]:
        """The parts, strongest first."""
        return sorted(self.parts, key=lambda p: (-abs(p[2]), p[0]))

    def with_part(self, name: str, added: float, threshold: float) -> Verdict:
        """The verdict with one more reason weighed in."""
        score = self.score + added
        return Verdict(score > threshold, score, (*self.parts, (name, 1.0, added)))


def terms(e: Evidence) -> dict[str, float]:
    """The evidence as the terms that weights apply to."""
    opening = (e.headline + e.lead) / 2
    # What says that it raises, recasts or updates has other figures than what it carries on, the more surely so when
    # somebody is still quoted in the same words.
    explained = 0.0 if e.short else e.continues * min(1.0, 0.4 + 0.3 * e.kept)
    # What an outlet printed whole has lines of its own around it, with days and names that are not the agency's.
    printed = max(0.0, e.printed - 0.5) / 0.5
    moved = (1.0 - explained) * (1.0 - printed)
    agree = (e.figures - 0.75) * e.facts / 4 if e.facts else 0.0
    values = {
        "bias": 1.0,
        "swapped names": e.swapped_names / 8 * (1.0 - printed),
        "figures": agree * moved if agree < 0 else agree,
        "swapped figures": e.swapped_figures / min(6.0, max(3.0, e.facts)) * moved,
        "headline figures": e.head_figures * moved,
        "tickers": e.tickers,
        "elsewhere": max(e.elsewhere, e.other_city),
        "beside": e.beside if e.short else e.beside * (1.0 - e.contained),
    }
    if e.short:
        return values | {
            "told": e.told,
            "names": e.same_names / 3,
            "strange": e.strange * (1.0 - e.cut),
            "slug": e.slug * max(0.0, 1.0 - e.hours / DAY) if e.slug > 0 else e.slug,
            "carries on": e.continues * max(e.slug, e.headline, 0.0),
            "hours": min(e.hours, 12.0) / 12,
            "sequence": e.sequence,
            "run": e.run * max(0.0, 1.0 - e.hours / RUN_HOURS),
            "another issue": max(e.swapped_days, e.session) * max(e.headline, e.lead),
            "take": e.take,
            "cut": e.cut,
            "rival": e.rival,
            "grown": e.grown,
        }
    other_days = e.swapped_days * min(1.0, e.hours / APART_HOURS)
    days = max(other_days, e.other_day * min(1.0, e.hours / ISSUE_HOURS), e.session)
    if e.facts >= FACTS and not e.swapped_figures and not e.head_figures:
        days = 0.0
    background = 0.0 if e.kept else e.background * max(0.0, 1.0 - max(e.headline, e.lead) / 0.5)
    return values | {
        "strange": e.strange * (1.0 - e.continues),
        "unmarked": e.unmarked,
        "take": e.take,
        "background": background * e.contained,
        "text": e.contained,
        "rival": e.rival * (1.0 - e.contained),
        "printed": printed,
        "another hour": e.other_hour,
        "form": e.form,
        "opening": opening,
        "kept": min(1.0, 0.7 * e.kept) * (1.0 - e.elsewhere),
        "names": (e.names - 0.6) * e.named / 4 if e.names > 0.6 else e.names - 0.6,
        "slug": e.slug * max(0.0, 1.0 - e.hours / SLUG_HOURS) if e.slug > 0 else e.slug,
        "carries on": e.continues
        * min(1.0, 2 * max(e.contained, opening))
        * (1.0 if e.slug > -1.0 else 0.5)
        * (1.0 - background)
        * (1.0 - e.other_city),
        "hours": min(e.hours, 2 * DAY) / DAY,
        "another issue": days
        * min(1.0, max(0.0, max(e.headline, e.lead) - 0.3) / 0.5)
        * (1.0 - 0.7 * e.continues * float(e.kept > 0)),
    }


def judge(e: Evidence, threshold: float = 0.0) -> Verdict:
    """Weigh the evidence; same when the log-odds exceed ``threshold``."""
    weights = SHORT if e.short else LONG
    parts = tuple([(name, value, weights[name] * value) for name, value in terms(e).items()])
    score = sum([part[2] for part in parts])
    return Verdict(score > threshold, score, parts)
