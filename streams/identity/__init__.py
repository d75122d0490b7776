"""Normalised stories → family, relation, version, changes; the fingerprint index. No clock, no I/O."""

from streams.contracts.story import Fingerprint
from streams.identity.embargo import next_release, release
from streams.identity.engine import decide
from streams.identity.entry import Entry, Outcome, Result, Store
from streams.identity.fingerprint import fingerprint
from streams.identity.retags import Retagged, Verdict, lost_desks, retag, tag_changes, tags_of
from streams.identity.settings import IdentitySettings
from streams.identity.state import IdentityState

__all__ = [
    "Entry",
    "Fingerprint",
    "IdentitySettings",
    "IdentityState",
    "Outcome",
    "Result",
    "Retagged",
    "Store",
    "Verdict",
    "decide",
    "fingerprint",
    "lost_desks",
    "next_release",
    "release",
    "retag",
    "tag_changes",
    "tags_of",
]
