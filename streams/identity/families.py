"""Ids of families and numbers of versions, from the copy's own ids alone; no random, no counter, no clock."""

from __future__ import annotations

import hashlib

from streams.contracts.story import NormalisedStory
from streams.identity.entry import Entry
from streams.identity.marks import version_number
from streams.identity.state import IdentityState


def family_id(uri: str) -> str:
    """The id of the family that a uri begins: ``urn:newswire:story:`` and 16 hex digits of the uri's SHA-256."""
    return f"urn:newswire:story:{hashlib.sha256(uri.encode()).hexdigest()[:16]}"


def first_version(story: NormalisedStory, state: IdentityState) -> tuple[str, str, str]:
    """``(uri, version, family)`` of a story that begins a family: its own uri, the agency's version or ``1``.

    A standing notice issued again has the same words and so, without an agency id, the same uri: it gets the next
    version of it and a family of its own.
    """
    used = state.latest_version(story.uri)
    version = story.agency_version or "1"
    if used is None:
        return story.uri, version, family_id(story.uri)
    version = str(max(used + 1, version_number(version)))
    return story.uri, version, family_id(f"{story.uri}#{version}")


def next_version(story: NormalisedStory, parent: Entry, state: IdentityState) -> tuple[str, str]:
    """``(uri, version)`` of a later version: the parent's uri and the number after the highest one used under it, or
    the agency's own number where it is the same agency id and greater."""
    uri = parent.identity.uri
    latest = state.latest_version(uri) or version_number(parent.identity.version)
    own = version_number(story.agency_version)
    return uri, str(own if story.uri == uri and own > latest else latest + 1)


def newest_record(family: str, state: IdentityState, known: Entry | None = None) -> Entry | None:
    """The family's newest record that is no duplicate. ``known``: an entry at hand, most often the very one, which
    then need not be read again."""
    sequence = state.families.newest(family)
    if sequence is None or (known is not None and known.sequence == sequence):
        return None if sequence is None else known
    return state.entry(sequence)
