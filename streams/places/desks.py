"""Routes a story to the desks that ``desks.toml`` declares; it knows no desk of its own and guesses none.

A desk takes a story when one of its countries or regions is among the story's, and the story passes its limits
(``kinds``, ``urgency``). A region that the copy names goes to the desks that take it by name, and to those that take
every country it implies: all of the Sahel lies in Africa, but the desk of Niger alone gets no story on the Sahel that
does not name Niger. The file is configuration: a newsroom ships its own in the same shape.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from streams.contracts.story import CountryTag, Kind, RegionTag
from streams.errors import UsageError
from streams.places.gazetteer import read_m49

PACKAGED = Path(__file__).parent / "desks.toml"
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_FIELDS = {"title", "countries", "regions", "kinds", "urgency"}
LONGEST_NAME = 64
MOST_URGENT, LEAST_URGENT = 1, 8


@dataclass(frozen=True, slots=True)
class Desk:
    """One desk. ``name`` is a slug fit for a topic name; ``countries`` ISO alpha-2; ``regions`` M49 codes (three
    digits) or slugs of named regions; ``kinds`` empty for any; ``urgency`` the least urgent it takes (1 to 8), None
    for any, and a story without an urgency then does not pass. ``reach``: why it takes a country, by the country's
    code: by itself, or for an M49 region that holds it; worked out once, for every story asks every desk."""

    name: str
    title: str
    countries: frozenset[str]
    regions: frozenset[str]
    kinds: frozenset[str]
    urgency: int | None
    reach: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "reach", _reach(self.countries, self.regions))


def load_desks(path: Path | None = None) -> tuple[Desk, ...]:
    """The desks of a ``desks.toml`` in its order, by default the packaged one. Raises UsageError, which says what to
    put right, for a file that cannot be read or a desk that makes no sense."""
    path = path or PACKAGED
    try:
        rows = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            f"{path}: cannot read the desks ({error}); give a TOML file with one [table] per desk"
        ) from error
    if not rows:
        raise UsageError(f"{path}: declares no desk; add one, e.g. [europe] with title and regions")
    return tuple(_desk(path, name, row) for name, row in rows.items())


def route(
    desks: tuple[Desk, ...],
    countries: tuple[CountryTag, ...],
    regions: tuple[RegionTag, ...],
    kind: Kind,
    urgency: int | None,
) -> tuple[tuple[str, str], ...]:
    """(desk, why) for each desk that takes the story, in the desks' order. ``why`` names the first reason, e.g.
    ``"country SY"``, ``"SY in 145"``, ``"region sahel"``, ``"all of region sahel"``."""
    out = []
    for desk in desks:
        if desk.kinds and kind not in desk.kinds:
            continue
        if desk.urgency is not None and (urgency is None or urgency > desk.urgency):
            continue
        why = _why(desk, countries, regions)
        if why:
            out.append((desk.name, why))
    return tuple(out)


def _why(desk: Desk, countries: tuple[CountryTag, ...], regions: tuple[RegionTag, ...]) -> str | None:
    for tag in countries:
        why = desk.reach.get(tag.code)
        if why:
            return why
    for region in regions:
        if region.code in desk.regions:
            return f"region {region.code}"
        if region.countries and all(code in desk.reach for code in region.countries):
            return f"all of region {region.code}"
    return None


def _reach(countries: frozenset[str], regions: frozenset[str]) -> dict[str, str]:
    parents, region_of = _containment()
    reach: dict[str, str] = {}
    for country, smallest in region_of.items():
        code: str | None = smallest
        while code and code not in regions:
            code = parents.get(code)
        if code:
            reach[country] = f"{country} in {code}"
    return reach | {country: f"country {country}" for country in countries}


@lru_cache(maxsize=1)
def _containment() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The packaged M49 tree: parent by region, smallest region by country."""
    return read_m49()


def _desk(path: Path, name: str, row: Any) -> Desk:
    def wrong(what: str) -> UsageError:
        return UsageError(f"{path}: desk {name!r}: {what}")

    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise wrong(f"the name must be a slug of a-z, 0-9 and single hyphens, {LONGEST_NAME} characters at most")
    if not isinstance(row, dict):
        raise wrong("must be a table: write [" + name + "] above its fields")
    unknown = sorted(set(row) - _FIELDS)
    if unknown:
        raise wrong(f"unknown field {unknown[0]!r}; use {', '.join(sorted(_FIELDS))}")
    title = row.get("title", name.replace("-", " ").title())
    if not isinstance(title, str) or not title.strip():
        raise wrong("title must be a text")
    countries, regions, kinds = (
        _texts(row.get(field, []), field, wrong) for field in ("countries", "regions", "kinds")
    )
    parents, region_of = _containment()
    for code in sorted(countries):
        if not _COUNTRY.fullmatch(code) or code not in region_of:
            raise wrong(f'countries: {code!r} is no ISO 3166-1 alpha-2 code; write e.g. "SY"')
    known = set(parents) | set(parents.values())
    for code in sorted(regions):
        if not (code in known if code.isdigit() else _NAME.fullmatch(code)):
            raise wrong(f'regions: {code!r} is neither an M49 code such as "145" nor a slug such as "middle-east"')
    for kind in sorted(kinds - set(get_args(Kind))):
        raise wrong(f"kinds: {kind!r} is none of {', '.join(get_args(Kind))}")
    if not countries and not regions:
        raise wrong("takes nothing; give it countries or regions")
    urgency = row.get("urgency")
    if urgency is not None and (type(urgency) is not int or not MOST_URGENT <= urgency <= LEAST_URGENT):
        raise wrong(f"urgency must be a whole number from {MOST_URGENT} (most urgent) to {LEAST_URGENT}")
    return Desk(name, title, countries, regions, kinds, urgency)


def _texts(value: Any, field: str, wrong: Any) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise wrong(f"{field} must be a list of texts")
    return frozenset(value)
