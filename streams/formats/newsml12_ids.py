"""The ids of a NewsML 1 item: the one that stays the same from revision to revision, and the others; makes none up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from streams.formats.xmltree import Element, attribute, below, child, words
from streams.formats.xmlvalues import agency_name

_REVISION = re.compile(r":\d{1,9}[NAU]?$")
_NO_ID = frozenset(("", "0"))


@dataclass(frozen=True, slots=True)
class Ids:
    """``stable`` without revision, or None; ``provider`` as the file names it;
    ``others`` are (id, role) as in `streams.contracts.story.AltId`."""

    stable: str | None
    provider: str | None
    revision: str | None
    others: tuple[tuple[str | None, str], ...]


def ids_of(item: Element) -> Ids:
    """Read ``Identification``.

    The stable id is ``PublicIdentifier`` without the revision at its end: NewsML defines that all revisions of an item
    have the rest in common. ``urn:newsml:example.com:20260303:TX-1:2N`` and ``…:TX-1:1`` are two revisions of one item.
    On AFP's text wire every send is an item of its own, at revision 1. Where there is no item id (Belga sends ``0`` and
    the same public identifier for all, TASS none), the ``guid`` or the ``Duid`` of the component is taken.
    """
    identifier = child(item, "Identification", "NewsIdentifier")
    own = words(child(identifier, "NewsItemId")) or ""
    public = words(child(identifier, "PublicIdentifier"))
    revision = words(child(identifier, "RevisionId"))
    provider = words(child(identifier, "ProviderId"))
    guid = next(filter(None, map(words, below(item, "guid"))), None)
    duid = next((d for d in (attribute(c, "Duid") for c in below(item, "NewsComponent")) if d and _tells(d)), None)
    others: list[tuple[str | None, str]] = []
    if own in _NO_ID:
        stable, revision = guid or duid, revision if own else None
        if own == "0":
            revision = None
    else:
        others += [(own, "newsItemId"), (public, "publicIdentifier")]
        day = words(child(identifier, "DateId"))
        if public and own in public:
            stable = _REVISION.sub("", public) if not public.endswith(":" + own) else public
        else:
            stable = ":".join(filter(None, ("urn:newsml", provider, day, own))) if provider else own
    others += [(guid, "guid"), (duid if stable in (guid, duid) else None, "duid")]
    others += [(attribute(e, "NewsItem"), "associated") for e in below(child(item, "NewsManagement"), "AssociatedWith")]
    others += [(attribute(e, "NewsItem"), "ref") for e in below(child(item, "NewsManagement"), "DerivedFrom")]
    return Ids(stable, agency_name(provider), revision, tuple(others))


def _tells(duid: str) -> bool:
    """Long enough, and with figures, to name one component among all: ``photo0`` and ``0`` do not."""
    return len(duid) >= 12 and any(map(str.isdigit, duid))
