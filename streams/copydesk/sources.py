"""Who wrote and who republished the copy, by what it says and who delivered it; names no one that neither names."""

from __future__ import annotations

from streams.contracts.story import InfoSource
from streams.copydesk import byline
from streams.copydesk.agencies import agency
from streams.copydesk.rule import Rule
from streams.copydesk.sheet import Sheet

RULES: tuple[Rule, ...] = ()


def gather(sheet: Sheet) -> tuple[InfoSource, ...]:
    """The format's own list first, then what the rules read, then the provider: an agency, or a republishing site."""
    found = [*sheet.raw.info_sources, *sheet.sources]
    if agency(sheet.raw.by and byline.tidy(sheet.raw.by)):
        found.append(InfoSource(byline.tidy(sheet.raw.by or ""), "agency"))
    provider = sheet.raw.provider
    named = agency(provider)
    if named and not sheet.is_site:
        found.append(InfoSource(named, "agency"))
    elif provider and not named and sheet.is_site and not any(s.role == "distributor" for s in found):
        found.append(InfoSource(provider, "distributor"))
    unique: dict[tuple[str, str], InfoSource] = {}
    for source in found:
        name = (agency(source.name) or source.name) if source.role == "agency" else source.name
        unique.setdefault((name.casefold(), source.role), InfoSource(name, source.role))
    return tuple(unique.values())
