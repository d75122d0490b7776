"""What is let go of in its time, oldest first: a queue of numbers, four bytes each. Deletes nothing itself."""

from __future__ import annotations

import math
from array import array
from collections.abc import Container

from streams.identity.rows import Rows
from streams.identity.settings import HOUR


class Line:
    """Numbers in a queue."""

    __slots__ = ("_first", "_numbers")

    def __init__(self) -> None:
        self._numbers = array("I")
        self._first = 0

    def __len__(self) -> int:
        return len(self._numbers) - self._first

    def __getitem__(self, place: int) -> int:
        return self._numbers[self._first + place]

    def append(self, number: int) -> None:
        """Put a number at the end."""
        self._numbers.append(number)

    def popleft(self) -> int:
        """Take the first number. Raises IndexError when there is none."""
        number = self._numbers[self._first]
        self._first += 1
        if self._first > 4096 and 2 * self._first > len(self._numbers):
            del self._numbers[: self._first]
            self._first = 0
        return number


class Waiting:
    """Entries that wait for the end of a window of so many hours, ``most`` of them."""

    __slots__ = ("_line", "_most", "_seconds", "_until")

    def __init__(self, hours: float, most: int) -> None:
        self._line = Line()
        self._seconds = hours * HOUR
        self._most = most
        self._until: float | None = None
        """When the head's window ends, in Unix seconds; None while that is to be looked up. A decision asks three
        queues, and nearly always nothing is due: the answer must cost next to nothing."""

    def __len__(self) -> int:
        return len(self._line)

    def append(self, number: int) -> None:
        """Put an entry at the end."""
        self._line.append(number)

    def quiet(self, clock: float | None) -> bool:
        """Whether nothing can be due by ``clock``, as far as is known without a look at the entries."""
        waiting = len(self._line)
        if not waiting:
            return True
        return self._until is not None and waiting <= self._most and (clock is None or clock <= self._until)

    @property
    def head(self) -> int | None:
        """The entry that has waited longest; None when none waits."""
        return self._line[0] if len(self._line) else None

    def due(self, clock: float | None, rows: Rows, held: Container[int]) -> int | None:
        """Take the head when its time has passed or there are too many; a held story goes to the end. None when
        nothing is due by ``clock``, in Unix seconds."""
        line = self._line
        while len(line):
            if self._until is not None and len(line) <= self._most and (clock is None or clock <= self._until):
                return None
            head = line[0]
            row = rows.get(head)
            if row is None:
                self._take()
                continue
            if self._until is None:
                at = row.at
                self._until = math.inf if at is None else at + self._seconds
                continue
            self._take()
            if head in held:
                line.append(head)
                return None
            return head
        return None

    def _take(self) -> None:
        self._line.popleft()
        self._until = None
