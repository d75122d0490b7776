"""Two profiles → the evidence on them: each feature of the pair worked out. Weighs nothing."""

from __future__ import annotations

from datetime import date

from streams.identity.blanks import filled_in, same_snap
from streams.identity.evidence import Evidence
from streams.identity.order import step
from streams.identity.profile import Profile
from streams.identity.settings import HOUR
from streams.identity.slugs import slug_key, slug_overlap

TAKE_HOURS = 3.0
"""Within which the takes of one story come."""
TAKE_WORDS = 3
"""Telling words that a headline must have to say by itself which story a take belongs to."""
CUT_RUNS, CUT_SHARE = 12, 0.9
"""Runs of three words that a cut has at least, and the share of them that the uncut copy has: two quotations of one
figure, or two days' fixings of one currency, have less in common."""
BULLETIN = 120
"""Words up to which copy is a bulletin of one event, whose time is when that was; a longer story has many times."""
PRINTED_SHARE = 0.35
"""Share of shingles in common below which two stories are not compared paragraph by paragraph."""
GROWN_SHARE, GROWN_FIGURES = 0.7, 2
"""Share of its runs of words that copy has when it goes on, and figures that it takes to tell; entries of a live page
have a time each."""
UNKNOWN_HOURS = 1.0
"""Hours counted between two stories when one has no time: as if they came close together."""


def likeness(new: Profile, old: Profile) -> float:
    """The shingles that two stories share, of those that either has: 0 to 1, as :class:`Evidence` has it."""
    common = new.shingles.shared(old.shingles)
    union = len(new.shingles) + len(old.shingles) - common
    return common / union if union else 0.0


def _share(a: frozenset[str], b: frozenset[str], empty: float) -> float:
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller else empty


def gather(new: Profile, old: Profile) -> Evidence:
    """The evidence of a pair."""
    common = new.shingles.shared(old.shingles)
    union = len(new.shingles) + len(old.shingles) - common
    shorter, longer = (new, old) if new.length <= old.length else (old, new)
    said_first = shorter.top_stems if shorter.short and not longer.short else shorter.head_stems
    found = len(said_first & longer.top_stems)
    told = found / len(said_first) if said_first else 0.0
    fuller = old.short and (not new.short or new.length > 2 * old.length)
    facts = min(len(new.figures), len(old.figures))
    same_facts = len(new.figures & old.figures)
    same_names = new.names & old.names
    named = min(len(new.names), len(old.names))
    if new.at is not None and old.at is not None:
        hours = abs((new.at - old.at).total_seconds()) / HOUR
    else:
        hours = UNKNOWN_HOURS
    slug = 0.0
    if new.slug and old.slug:
        known = new.slug == old.slug or (bool(new.signals.refers_to) and _was_slugged(new, old.slug))
        slug = 1.0 if known else slug_overlap(new.slug, old.slug) * 1.5 - 1.0
    said = new.signals
    contained = common / max(1, min(len(new.shingles), len(old.shingles)))
    other_day = float(not said.corrects and bool(new.dated and old.dated) and new.dated != old.dated)
    swapped_days = 0.0 if said.corrects else _other_days(new.days, old.days)
    return Evidence(
        jaccard=common / union if union else 0.0,
        contained=contained,
        short=float(new.short or old.short),
        told=told,
        headline=_share(new.head_stems, old.head_stems, 0.0),
        lead=_share(new.lead_stems, old.lead_stems, 0.0),
        figures=same_facts / facts if facts else 0.7,
        facts=float(min(facts, 8)),
        swapped_figures=float(min(6, facts - same_facts)),
        head_figures=_apart(new.head_figures, old.head_figures),
        names=len(same_names) / named if named else 0.7,
        named=float(min(4, named)),
        swapped_names=float(min(8, len(new.names - old.vocabulary), len(old.names - new.vocabulary))),
        strange=_strange(new, old),
        same_names=_at_the_top(same_names, shorter, longer),
        slug=slug,
        continues=float(new.continues),
        hours=hours,
        swapped_days=swapped_days,
        tickers=_apart(new.tickers, old.tickers),
        other_day=other_day,
        sequence=1.0 if step(old) < step(new) else 0.5 * float(fuller),
        kept=float(min(2, len(new.quotes & old.quotes))),
        background=_background(new.lower & old.lower, common),
        unmarked=float(_unmarked(new, old)),
        elsewhere=float(_elsewhere(new.countries, old.countries)),
        other_city=float(_in_other_cities(new, old)),
        run=_run(new, old, found, slug),
        beside=float(new.beside != old.beside),
        session=0.0 if said.corrects else _apart(new.sessions, old.sessions),
        take=float(_next_take(new, old, hours)),
        cut=float(_cut(new, old, common)),
        rival=float(bool(new.agencies and old.agencies) and set(new.agencies).isdisjoint(old.agencies)),
        printed=_printed(shorter, longer, common),
        other_hour=0.0 if new.continues or max(new.length, old.length) > BULLETIN else _apart(new.hours, old.hours),
        grown=float(_grown(shorter, longer, common)),
        form=float(filled_in(new, old, contained, slug == 1.0)),
    )


def _was_slugged(new: Profile, slug: str) -> bool:
    """Whether a story says that it went under this slug before: ``NEW SLUG (previously Freedonia-strike)``."""
    return any(slug_key(named) == slug for named in new.signals.refers_to)


def _next_take(new: Profile, old: Profile, hours: float) -> bool:
    """Whether the newer is a later take of what the older begins: same provider, slug or headline, within hours."""
    take, before = new.signals.take or 1, old.signals.take or 1
    if take <= before or new.source != old.source or hours > TAKE_HOURS or new.reprint or old.reprint:
        return False
    if new.slug and old.slug:
        return new.slug == old.slug
    return len(old.head_stems) >= TAKE_WORDS and old.head_stems <= new.head_stems | {str(before)}


def _cut(new: Profile, old: Profile, common: int) -> bool:
    """Whether the newer is what another source left of the older: its words and hardly one of its own."""
    own = len(new.shingles)
    elsewhere = new.reprint or bool(new.source and old.source and new.source != old.source)
    return elsewhere and CUT_RUNS <= own <= len(old.shingles) and common >= CUT_SHARE * own


def _grown(shorter: Profile, longer: Profile, common: int) -> bool:
    """Whether the longer is the shorter, gone on: next to all its words, figures enough to tell, and each of them."""
    if shorter.source != longer.source or common < max(CUT_RUNS, GROWN_SHARE * len(shorter.shingles)):
        return False
    return len(shorter.figures) >= GROWN_FIGURES and shorter.figures < longer.figures


def _printed(shorter: Profile, longer: Profile, common: int) -> float:
    """The share of the shorter one's prose that the other has paragraph for paragraph, where the sources differ."""
    if shorter.source == longer.source and not (shorter.reprint or longer.reprint):
        return 0.0
    if common < PRINTED_SHARE * len(shorter.shingles):
        return 0.0
    prose = shorter.prose
    whole = sum([p.count(b" ") + 1 for p in prose])
    return sum([p.count(b" ") + 1 for p in prose & longer.prose]) / whole if whole else 0.0


def _background(same: frozenset[str], common: int) -> float:
    return min(1.0, sum([p.count(" ") - 1 for p in same]) / common) if same and common else 0.0


def _run(new: Profile, old: Profile, words: int, slug: float) -> float:
    """How surely two alerts of one provider are on one event. ``words``: telling words that both have: one may be no
    more than the country, of which there can be two alerts in ten minutes; after a flash, news is of nothing else."""
    if not (step(old) == 0 == step(new) and new.source == old.source):
        return 0.0
    if slug <= 0 and (_of_two_firms(new, old) or same_snap(new, old)):
        return 0.0
    if slug > 0 or words > 1 or (words and old.kind == "flash"):
        return 1.0
    return words / 2


def _of_two_firms(new: Profile, old: Profile) -> bool:
    """Whether two snaps in capitals, which open with who says it, open with two names that the other does not have."""
    if not (new.headline.isupper() and old.headline.isupper() and new.head_words and old.head_words):
        return False
    return new.head_words[0] not in old.vocabulary and old.head_words[0] not in new.vocabulary


def _unmarked(new: Profile, old: Profile) -> bool:
    """Whether a provider that slugs its copy sends two full stories under one slug, the second without a word of the
    first: no lead number, no advisory."""
    full = step(new) == 2 == step(old) and new.kind == old.kind
    same = new.source == old.source and not (new.reprint or old.reprint)
    return full and same and new.slug is not None and new.slug == old.slug and not new.continues


def _elsewhere(new: tuple[str, ...], old: tuple[str, ...]) -> bool:
    """Whether each is foremost about a country that the other is not about at all."""
    return bool(new and old) and new[0] not in old and old[0] not in new


def _in_other_cities(new: Profile, old: Profile) -> bool:
    """Whether each is from a city that its headline names and the other does not know: two crashes in one province."""
    if not (new.city and old.city and new.head_city and old.head_city):
        return False
    return new.head_city.isdisjoint(old.vocabulary) and old.head_city.isdisjoint(new.vocabulary)


def _apart(a: frozenset[str], b: frozenset[str]) -> float:
    """1 when both sides have some and share none."""
    return float(bool(a and b) and a.isdisjoint(b))


def _at_the_top(names: frozenset[str], shorter: Profile, longer: Profile) -> float:
    """How many names the opening of the shorter has and the longer has at its top, capped at 3."""
    opening, head, lead = shorter.lead, longer.head, longer.lead
    return float(min(3, len([n for n in names if n in opening and (n in lead or n in head) and len(n) > 3])))


def _other_days(new: frozenset[date], old: frozenset[date]) -> float:
    if new <= old or old <= new:
        return 0.0
    return 0.5 if new & old else 1.0


def _strange(new: Profile, old: Profile) -> float:
    if not new.head or not old.head:
        return 0.0
    there = len(new.head - old.vocabulary) / len(new.head)
    back = len(old.head - new.vocabulary) / len(old.head)
    return min(there, back)


def hopeless(new: Profile, old: Profile) -> bool:
    """A cheap look first: two full stories with next to no text in common, under no common slug."""
    if new.short or old.short or (new.slug and old.slug) or new.signals.take is not None:
        return False
    least = min(len(new.shingles), len(old.shingles))
    return new.shingles.shared(old.shingles) < 0.12 * least
