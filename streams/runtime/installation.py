"""Which topics this installation has, by its settings and its desks, and a list of them in words. Asks no broker."""

from __future__ import annotations

from collections.abc import Sequence

from streams.config import Settings
from streams.contracts.topics import Topic, catalogue
from streams.places.desks import load_desks


def wanted(settings: Settings) -> tuple[Topic, ...]:
    """Return the catalogue of this installation, desks from ``desks.toml`` included."""
    return catalogue(settings.app_id, (desk.name for desk in load_desks(settings.desks)))


def named(topics: Sequence[str]) -> str:
    """Return the names for a sentence, three at the most: ``a, b, c and 4 more``."""
    return ", ".join(topics[:3]) + (f" and {len(topics) - 3} more" if len(topics) > 3 else "")
