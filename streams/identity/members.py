"""Which records and copies a family has, in the order of their arrival, and which is its newest; joins nothing."""

from __future__ import annotations

from streams.identity.postings import Postings
from streams.identity.rows import Row, Rows


class Members:
    """The families of one partition. What is asked of a family's order is looked up in its entries' rows."""

    __slots__ = ("_copies", "_records", "_rows")

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._records = Postings()
        self._copies = Postings()

    def __len__(self) -> int:
        """How many records there are."""
        return len(self._records)

    @property
    def room(self) -> int:
        """How many entries there is memory for."""
        return self._records.room + self._copies.room

    def add(self, story: str, number: int, leads: bool) -> None:
        """File an entry under its family: as a record, or as a copy of one if it does not lead."""
        (self._records if leads else self._copies).add(story, number)

    def discard(self, row: Row, number: int) -> None:
        """Take an entry out."""
        self._records.discard(row.story, number)
        self._copies.discard(row.story, number)

    def move(self, row: Row, number: int, story: str) -> None:
        """Take an entry over from its row's family to another, where it is found in the order of arrival."""
        filed = self._records if row.leads else self._copies
        filed.discard(row.story, number)
        row.story = hash(story)
        members = sorted([*filed.get(row.story), number])
        for one in members:
            filed.discard(row.story, one)
        for one in members:
            filed.add(row.story, one)

    def first(self, story: str) -> int | None:
        """The record that began a family here, None for a family with none."""
        return next(iter(self._records.get(story)), None)

    def newest(self, story: str) -> int | None:
        """The family's newest record that is no duplicate: by the agency's version under one id, by creation where
        both say so, else by arrival."""
        best: int | None = None
        for number in self._records.get(story):
            if best is None or not _older(self._rows[number], self._rows[best]):
                best = number
        return best

    def records(self, story: str) -> list[int]:
        """The family's records without copies of them, oldest first."""
        return list(self._records.get(story))

    def members(self, story: str) -> list[int]:
        """The family's records and every copy of them, oldest first."""
        return sorted([*self._records.get(story), *self._copies.get(story)])


def _older(row: Row, other: Row) -> bool:
    if row.uri == other.uri and row.own == other.own:
        return row.number < other.number
    if row.created is not None and other.created is not None:
        return row.created < other.created
    return row.place < other.place
