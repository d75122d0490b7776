"""The identity state in memory, a shard at a time, alive as long as the run. Writes to no disk and no broker."""

from __future__ import annotations

from collections.abc import Iterable

from streams import identity
from streams.contracts.story import NormalisedStory


class MemoryStore:
    """What an identity state keeps, in dicts."""

    def __init__(self) -> None:
        self.entries: dict[str, identity.Entry] = {}
        self.stories: dict[str, NormalisedStory] = {}

    def get(self, key: str) -> identity.Entry | None:
        """Return the entry under *key*, None if there is none."""
        return self.entries.get(key)

    filed = get

    def story(self, key: str) -> NormalisedStory | None:
        """Return the story kept under *key*, None if there is none."""
        return self.stories.get(key)

    def write(self, writes: Iterable[identity.Write]) -> None:
        """Apply a decision's writes."""
        for key, kept in writes:
            if isinstance(kept, NormalisedStory):
                self.stories[key] = kept
            elif kept is not None:
                self.entries[key] = kept
            elif self.entries.pop(key, None) is None:
                self.stories.pop(key, None)


class MemoryStates:
    """The states of every shard, each with its store, made when first asked for."""

    def __init__(self, settings: identity.IdentitySettings) -> None:
        self._settings = settings
        self._states: dict[str, tuple[identity.IdentityState, MemoryStore]] = {}

    def of(self, shard: str) -> tuple[identity.IdentityState, MemoryStore]:
        """Return the state of *shard* and its store."""
        if shard not in self._states:
            store = MemoryStore()
            self._states[shard] = identity.IdentityState(self._settings, store), store
        return self._states[shard]

    def every(self) -> Iterable[tuple[identity.IdentityState, MemoryStore]]:
        """Return those that there are."""
        return self._states.values()
