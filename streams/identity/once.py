"""A part of a value that is worked out when first asked for; knows nothing of what it works out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Once(Generic[T]):
    """A part that is worked out when first asked for and then kept: ``cached_property`` without the lock that it takes
    in Python 3.11. 0.2 µs a part, not 0.5, and two stories that are compared ask for thirty."""

    def __init__(self, work_out: Callable[[Any], T]) -> None:
        self._work_out = work_out
        self.__doc__ = work_out.__doc__

    def __set_name__(self, owner: type[object], name: str) -> None:
        self._name = name

    def __get__(self, profile: object, owner: type[object]) -> T:
        value = profile.__dict__[self._name] = self._work_out(profile)
        return value
