"""What a format is to the registry: how to tell it, how to parse it, and what the documentation says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from streams.contracts.story import RawStory
from streams.formats.sniff import Message


@dataclass(frozen=True, slots=True)
class Format:
    """One wire format.

    ``name`` goes into the provenance, ``version`` is raised whenever the parser reads the same bytes differently.
    ``detect`` is cheap and never raises; ``parse`` raises only `streams.errors.Rejected`.
    """

    name: str
    title: str
    version: str
    media_types: tuple[str, ...]
    used_by: tuple[str, ...]
    detect: Callable[[Message], bool]
    parse: Callable[[Message], tuple[RawStory, ...]]

    @property
    def parser(self) -> str:
        """Name and version of the parser, as the provenance gives it: ``plain/1``."""
        return f"{self.name}/{self.version}"
