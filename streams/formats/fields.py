"""A JSON object read with care: names compared loosely, values of a wrong type taken as absent, bad dates warned of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from streams.formats.stamps import read_stamp


class Fields:
    """One JSON object. ``warnings`` collects what was there and could not be used."""

    def __init__(self, value: Mapping[str, Any]) -> None:
        self._values = {_loose(name): member for name, member in value.items()}
        self.warnings: list[str] = []

    def has_any(self, names: Iterable[str]) -> bool:
        """One of ``names`` is a property here."""
        return any(name in self._values for name in names)

    def get(self, name: str) -> Any:
        """The value as it is, or None."""
        return self._values.get(name)

    def names(self) -> Iterable[str]:
        """The property names, in their loose form."""
        return self._values.keys()

    def text(self, name: str) -> str | None:
        """A string, or a number as one, without white space around it; None when absent, empty or of another type."""
        value = self._values.get(name)
        if isinstance(value, str):
            return value.strip() or None
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        return None

    def number(self, name: str, least: int, most: int) -> int | None:
        """A whole number within bounds, also where it is written as a string; else None, with a warning."""
        text = self.text(name)
        if text is None:
            return None
        if text.isascii() and text.isdigit() and len(text) <= 9 and least <= int(text) <= most:
            return int(text)
        self.warnings.append(f"{name}: {text[:40]!r} is not a number from {least} to {most}")
        return None

    def members(self, name: str) -> list[Mapping[str, Any]]:
        """The objects in a list, or a single object as a list of one; anything else is left out."""
        value = self._values.get(name)
        listed = value if isinstance(value, list) else [value]
        return [member for member in listed if isinstance(member, dict)]

    def stamp(self, name: str, received: datetime | None) -> datetime | None:
        """A time stamp in UTC. One that cannot be read or cannot be true is None, with a warning.

        See `streams.formats.stamps.read_stamp`.
        """
        when, warnings = read_stamp(name, self.text(name), received)
        self.warnings += warnings
        return when


def _loose(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()
