"""What a check found: fine, to be looked at, or broken, and what to do. A value; checks nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from kafka.errors import KafkaError

from streams.errors import NewswireError

Verdict = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of ``newswire doctor``. ``check`` names what was looked at, ``said`` what is there, ``todo`` what to do
    about it, empty when nothing is."""

    check: str
    verdict: Verdict
    said: str
    todo: str = ""


Check = Callable[[], Iterable[Finding]]


def run(name: str, check: Check) -> Iterator[Finding]:
    """Yield what *check* finds; that it could not be made is a finding too."""
    try:
        yield from check()
    except (NewswireError, KafkaError, OSError) as error:
        told = str(error) if isinstance(error, NewswireError) else f"{type(error).__name__}: {error}"
        yield Finding(name, "fail", f"could not be checked: {told}", "put right what is named here, then look again")
