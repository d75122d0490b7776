"""What a format is to the registry: how to tell it, how to parse it, what the documentation says of it; and the cap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from streams.contracts.story import RawStory
from streams.errors import Reason, Rejected
from streams.formats.sniff import Message

_Found = TypeVar("_Found")
STORIES_AT_MOST = 2_000
"""Stories or items in one message of any format: a day of an agency's text service.

More would hold a worker for longer than its partitions wait."""


def all_within_cap(found: list[_Found], what: str) -> list[_Found]:
    """Every one of ``found``. Raises Rejected: TOO_LARGE above `STORIES_AT_MOST`.

    The message goes to the dead letters whole: what is above the cap is never left out of it in silence.
    """
    if len(found) > STORIES_AT_MOST:
        raise Rejected(Reason.TOO_LARGE, f"{len(found):,} {what} in one message, the cap is {STORIES_AT_MOST:,}")
    return found


@dataclass(frozen=True, slots=True)
class Format:
    """One wire format.

    ``name`` goes into the provenance, ``version`` is raised whenever the parser reads the same bytes differently.
    ``detect`` is cheap and never raises; ``parse`` raises only `streams.errors.Rejected`.
    """

    name: str
    title: str
    version: str
    used_by: tuple[str, ...]
    detect: Callable[[Message], bool]
    parse: Callable[[Message], tuple[RawStory, ...]]

    @property
    def parser(self) -> str:
        """Name and version of the parser, as the provenance gives it: ``plain/1``."""
        return f"{self.name}/{self.version}"
