"""The lock against the declaration and what is installed: complaints, as lines. Needs no network."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements.lock"
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
_FREE = re.compile(
    r"\b(MIT|0?BSD|Apache|PSF|Python Software Foundation|MPL|Mozilla Public|ISC|Zlib|CC0|Unlicense|CNRI|Repoze)\b", re.I
)
_BOUND = re.compile(r"\b(A?GPL|LGPL|GNU|SSPL|BUSL|Commons.Clause|Proprietary|Commercial)", re.I)


@dataclass(frozen=True, slots=True)
class Pin:
    """One entry of the lock: ``requirement`` as written, and how many hashes it has."""

    requirement: Requirement
    hashes: int

    @property
    def version(self) -> str | None:
        """The one version, None where it is not pinned to one."""
        pinned = [specifier for specifier in self.requirement.specifier if specifier.operator == "=="]
        return pinned[0].version if len(pinned) == 1 and len(self.requirement.specifier) == 1 else None

    @property
    def here(self) -> bool:
        """Whether it is for this machine and Python."""
        return self.requirement.marker is None or self.requirement.marker.evaluate()


def pins(text: str) -> list[Pin]:
    """Parse a lock as ``uv pip compile --generate-hashes`` writes it."""
    entries = re.split(r"\n(?=\S)", text.replace("\\\n", " ").strip())
    kept = [entry for entry in entries if entry and not entry.lstrip().startswith("#")]
    return [Pin(Requirement(entry.split(" --hash")[0].strip()), len(_HASH.findall(entry))) for entry in kept]


def declared(text: str) -> list[Requirement]:
    """The requirements of a ``pyproject.toml`` that everybody gets."""
    return [Requirement(line) for line in tomllib.loads(text)["project"]["dependencies"]]


def complaints(lock: list[Pin], wanted: list[Requirement]) -> Iterator[str]:
    """What is wrong with the lock itself, and where it is not as declared."""
    versions: dict[str, list[Pin]] = {}
    for pin in lock:
        versions.setdefault(canonicalize_name(pin.requirement.name), []).append(pin)
        if pin.requirement.url:
            yield f"{pin.requirement.name}: from an address, not from the index"
        elif pin.version is None:
            yield f"{pin.requirement.name}: not pinned to one version"
        if not pin.hashes:
            yield f"{pin.requirement.name}: no hash; what is installed could be changed on its way"
    for requirement in wanted:
        found = versions.get(canonicalize_name(requirement.name), [])
        if not found:
            yield f"{requirement.name}: declared and not locked; make lock"
        for pin in found:
            if pin.version and not requirement.specifier.contains(pin.version, prereleases=True):
                yield f"{requirement.name}: locked at {pin.version}, declared {requirement.specifier}; make lock"


def installed(lock: list[Pin]) -> Iterator[str]:
    """Where what is installed here is another version than locked, or under a licence that we may not ship with."""
    for pin in lock:
        if not pin.here:
            continue
        try:
            found = distribution(pin.requirement.name)
        except PackageNotFoundError:
            yield f"{pin.requirement.name}: locked and not installed; make setup"
            continue
        if pin.version and found.version != pin.version:
            yield f"{pin.requirement.name}: {found.version} is installed, {pin.version} is locked; make setup"
        said = licence(found)
        if not allowed(said):
            yield f"{pin.requirement.name}: its licence is {said!r}; see that we may ship with it"


def licence(found: Distribution) -> str:
    """What a distribution says of its licence: the expression, else classifiers, else the first line of the text."""
    metadata = found.metadata
    if "License-Expression" in metadata:
        return metadata["License-Expression"]
    named = (c for c in metadata.get_all("Classifier") or [] if c.startswith("License"))
    classifiers = [c.split("::")[-1].strip() for c in named]
    if classifiers:
        return " AND ".join(classifiers)
    return (metadata["License"].strip().splitlines() or [""])[0] if "License" in metadata else ""


def allowed(said: str) -> bool:
    """Free for any use; one that binds what is shipped with it only where another may be chosen.

    >>> [allowed(s) for s in ("MIT", "MPL-1.1 OR GPL-2.0-only", "GPL-3.0-only", "MIT AND LGPL-2.1", "")]
    [True, True, False, False, False]
    """
    return any(
        all(_FREE.search(part) and not _BOUND.search(part) for part in re.split(r"\bAND\b", choice))
        for choice in re.split(r"\bOR\b", said)
    )
