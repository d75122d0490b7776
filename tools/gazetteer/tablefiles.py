"""Reads the tables beside this file; it knows no name."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

TABLES = Path(__file__).parent / "tables"
LANGUAGES = ("en", "fr", "es", "pt", "de", "ar")


def table(name: str) -> dict[str, Any]:
    """One TOML table beside this file."""
    return tomllib.loads((TABLES / f"{name}.toml").read_text("utf-8"))


def split(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def case_of(form: str) -> str:
    """``u`` exact (an abbreviation of capitals), ``p`` proper (capitals where the form has them), ``i`` any."""
    letters = [char for char in form if char.isalpha()]
    if not letters or not any(char.isupper() for char in letters):
        return "i"
    return "u" if len(letters) <= 5 and all(char.isupper() for char in letters) and "." not in form else "p"
