"""Gives the regions of a story: those its countries fall in (UN M49) and those the copy names; it infers no other.

A region that copy names carries the countries it implies; they are no tags, since the copy need not speak of any one.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from streams.contracts.story import CountryTag, RegionTag
from streams.places.expressions import Found
from streams.places.gazetteer import Gazetteer

_CODE, _SCORE = attrgetter("code"), attrgetter("score")


def regions(countries: Sequence[CountryTag], found: Sequence[Found], gazetteer: Gazetteer) -> tuple[RegionTag, ...]:
    """M49 regions first, each with the best score of its countries, then the named ones; best first in each scheme.

    A named region scores by how early and how often the copy uses it: ``1 - 0.5 ** uses``, at least 0.75 in a headline.
    """
    held: dict[str, RegionTag] = {}
    for tag in countries:
        for region in gazetteer.regions(tag.code):
            # Tags come best first: the first one in a region is its best.
            if region.code not in held:
                held[region.code] = RegionTag(region.code, "m49", region.name, tag.score)
    m49 = sorted(held.values(), key=_CODE)
    if len(countries) > 1:
        m49.sort(key=_SCORE, reverse=True)  # of one score: as they were
    uses: dict[str, int] = {}
    for item in found:
        if item.slug:
            uses[item.slug] = uses.get(item.slug, 0) + (2 if item.field == "headline" else 1)
    named = []
    for slug, count in uses.items():
        known = gazetteer.named_regions[slug]
        named.append(RegionTag(slug, "named", known.name, round(1.0 - 0.5**count, 4), known.countries))
    if len(named) > 1:
        named.sort(key=_CODE)
        named.sort(key=_SCORE, reverse=True)
    return (*m49, *named)
