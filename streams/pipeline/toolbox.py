"""What every stage is given: the loaded things, and who is told how long it took. Loads and measures nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from streams import places
from streams.places.desks import Desk

Observe = Callable[[str, float], None]
"""Called with a stage's name and the seconds it took for one story."""

STAGES = ("format", "copydesk", "places", "fingerprint", "identify", "record")


@dataclass(frozen=True, slots=True)
class Toolbox:
    """What the stages need that is loaded once: gazetteer, desks, the size cap."""

    gazetteer: places.Gazetteer
    desks: tuple[Desk, ...]
    max_message_bytes: int


def ignore(stage: str, seconds: float) -> None:
    """Tell nobody."""
