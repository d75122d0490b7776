"""What was decided and may not be written yet, over a store that is only read; answers by key, decides nothing."""

from __future__ import annotations

from streams.contracts.story import NormalisedStory
from streams.identity.entry import Entry, Kept, Store

_CHECKED = 64
"""Entries between two looks at whether the caller has written what it was given."""


class Unwritten:
    """Entries and stories in the order of their newest form, until the store has them."""

    __slots__ = ("_kept", "_store", "_unchecked", "_waiting")

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[str, Kept] = {}
        self._waiting = ""
        self._unchecked = 0

    def __len__(self) -> int:
        return len(self._kept)

    def entry(self, key: str) -> Entry | None:
        """The entry under a key, written already or not."""
        kept = self._kept.get(key)
        return kept if isinstance(kept, Entry) else self._store.get(key)

    def story(self, key: str) -> NormalisedStory | None:
        """The story under a key, written already or not."""
        kept = self._kept.get(key)
        return kept if isinstance(kept, NormalisedStory) else self._store.story(key)

    def keep(self, key: str, kept: Kept) -> None:
        """Hold on to an entry, in its newest form, or a story until the store has it."""
        self._kept.pop(key, None)
        self._kept[key] = kept

    def forget(self, key: str) -> None:
        """Let go of what is to be deleted."""
        self._kept.pop(key, None)

    def check(self, newest: str) -> None:
        """Let go of what the caller has written, once a new entry, the ``newest``, is kept. It writes in the order of
        the decisions, so once an entry is written, so is what came before it: one is looked up for every 64 added, as
        that costs as much as the index does."""
        self._unchecked += 1
        if self._unchecked < _CHECKED:
            return
        self._unchecked = 0
        waiting = self._kept.get(self._waiting)
        if waiting is not None:
            if self._store.get(self._waiting) != waiting:
                return
            keys = list(self._kept)
            for key in keys[: keys.index(self._waiting) + 1]:
                del self._kept[key]
        self._waiting = newest
