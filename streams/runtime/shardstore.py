"""The identity table as one shard's state reads it: its own keys, without their prefix. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from streams.contracts.story import NormalisedStory
from streams.identity import Entry, Filed


class ShardStore:
    """What is under one *prefix*, got by *read*: a key and the kind of what is there; see :class:`PartitionStates`."""

    def __init__(self, read: Callable[[str, type[Any]], Any], prefix: str) -> None:
        self._read = read
        self._prefix = prefix

    def get(self, key: str) -> Entry | None:
        """Return the entry under *key*, None if there is none."""
        kept = self._read(self._prefix + key, Entry)
        return kept if isinstance(kept, Entry) else None

    def filed(self, key: str) -> Entry | Filed | None:
        """Return what the index needs of the entry under *key*, None if there is none."""
        kept = self._read(self._prefix + key, Filed)
        return kept if isinstance(kept, Entry | Filed) else None

    def story(self, key: str) -> NormalisedStory | None:
        """Return the story kept under *key*, None if there is none."""
        kept = self._read(self._prefix + key, NormalisedStory)
        return kept if isinstance(kept, NormalisedStory) else None
