"""Text of a variable → value; raises ValueError that says what it should be. Knows no setting by name."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path


def choice(*allowed: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in allowed:
            raise ValueError(f"one of {', '.join(allowed)}")
        return text

    return parse


def integer(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not re.fullmatch(r"\d+", text) or not low <= int(text) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(text)

    return parse


def number(low: float, high: float) -> Callable[[str], float]:
    def parse(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if not low <= number <= high:
            raise ValueError(f"a number from {low:g} to {high:g}")
        return number

    return parse


def flag(text: str) -> bool:
    if text.lower() not in ("true", "false", "1", "0", "yes", "no"):
        raise ValueError("true or false")
    return text.lower() in ("true", "1", "yes")


def name(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,60}", text):
        raise ValueError("lower-case letters, digits, dots and dashes")
    return text


def path(text: str) -> Path | None:
    """None for an empty text: what is not set."""
    return Path(text).expanduser() if text else None


def directory(text: str) -> Path:
    """A path that there must be."""
    if not text:
        raise ValueError("a directory")
    return Path(text).expanduser()


def address(text: str) -> str:
    """What a server listens on. An empty one would be every address of the machine, which is to be said: 0.0.0.0."""
    if not text or re.search(r"\s", text):
        raise ValueError("a host name or an IP address; 0.0.0.0 is every address of this machine")
    return text


def brokers(text: str) -> str:
    for part in text.split(","):
        found = re.fullmatch(r"(?:\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+):(\d{1,5})", part.strip())
        if found is None or not 1 <= int(found[1]) <= 65535:
            raise ValueError("host:port, several parted by commas")
    return ",".join(part.strip() for part in text.split(","))


def tokens(text: str) -> str:
    for part in filter(None, text.split(",")):
        if not re.fullmatch(r"(\*|[a-z0-9][a-z0-9._-]{0,60}):[\x21-\x2b\x2d-\x7e]{16,200}", part.strip()):
            raise ValueError("source:token parted by commas, each token of 16 visible characters or more, no comma")
    return ",".join(part.strip() for part in text.split(",") if part.strip())
