"""A folder that agencies deliver into: what lies there, what is complete, where it goes afterwards. Sends nothing.

``archive`` and ``quarantine`` in it are ours. The first folder below it names the source: ``incoming/afp/x.xml`` is
AFP's. Links are not followed and only plain files are read: whoever may write here must not be able to publish
a file of this machine.

A file is complete when neither its size nor its time of change has moved for as long as asked, or at once when it lay
there as ``x.xml.part`` or ``.x.xml.7f3a`` before and is now ``x.xml``: a renaming is whole, silence is a guess.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

ARCHIVE = "archive"
QUARANTINE = "quarantine"
ON_THE_WAY = (".part", ".partial", ".tmp", ".temp", ".filepart", ".crdownload", ".uploading", ".writing", ".swp", "~")
"""Endings of names that senders give a file while they write it; such a file, and one with a dot first, is let be."""
EMPTY_TIMES = 10
"""An empty file must be still for so many times as long: it is how many transfers begin."""
_DEEPEST = 8

Stamp = tuple[int, int, int, int]
"""Device, inode, size and time of change in nanoseconds: the same stamp, the same file, unchanged."""

Partial = dict[tuple[int, int], str]
"""Device and inode of a file on its way → its name for now."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it lay there: ``name`` is its path in the folder, ``source`` what the first folder says, or None."""

    name: PurePosixPath
    stamp: Stamp
    source: str | None

    @property
    def size(self) -> int:
        """In bytes."""
        return self.stamp[2]

    @property
    def changed(self) -> float:
        """When it was last written to, seconds since the epoch."""
        return self.stamp[3] / 1e9


def stamp_of(found: os.stat_result) -> Stamp:
    """The stamp in a stat result."""
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def on_the_way(name: str) -> bool:
    """Whether a file of that name is let be: its sender is not done with it, or it is none of ours.

    >>> [on_the_way(n) for n in ("lead.xml", "lead.xml.part", ".lead.xml.x7Gh", "lead.TMP")]
    [False, True, True, True]
    """
    return name.startswith(".") or name.lower().endswith(ON_THE_WAY)


class Folder:
    """The folder at *root*, which must exist. ``troubles`` are what the last :meth:`look` could not read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.troubles: tuple[str, ...] = ()

    def look(self) -> tuple[list[Seen], Partial]:
        """Return the files that lie there, and those that are on their way."""
        troubles: list[str] = []
        complete: list[Seen] = []
        partial: Partial = {}
        for name, found in self._walk(PurePosixPath(), 0, troubles):
            if on_the_way(name.name):
                partial[found.st_dev, found.st_ino] = name.name
            else:
                source = name.parts[0] if len(name.parts) > 1 else None
                complete.append(Seen(name, stamp_of(found), source))
        self.troubles = tuple(troubles)
        return complete, partial

    def _walk(
        self, under: PurePosixPath, depth: int, troubles: list[str]
    ) -> Iterator[tuple[PurePosixPath, os.stat_result]]:
        try:
            with os.scandir(self.root / under) as entries:
                listed = list(entries)
        except OSError as error:
            troubles.append(f"{str(under)!r}: {error.strerror}")
            return
        for entry in listed:
            name = under / entry.name
            try:
                if entry.is_dir(follow_symlinks=False):
                    ours = depth == 0 and entry.name in (ARCHIVE, QUARANTINE)
                    if not (ours or entry.name.startswith(".") or depth >= _DEEPEST):
                        yield from self._walk(name, depth + 1, troubles)
                elif entry.is_file(follow_symlinks=False):
                    yield name, entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue  # it was renamed while we looked; the next look finds it
            except OSError as error:
                troubles.append(f"{str(name)!r}: {error.strerror}")

    def read(self, seen: Seen, most: int) -> bytes | None:
        """Return at most *most* bytes of the file; None if it is not the file that was seen any more.

        Raises ``OSError`` for one that cannot be read. A pipe that took its place is not waited for.
        """
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        try:
            descriptor = os.open(self.root / seen.name, flags)
        except OSError as error:
            if error.errno in (errno.ENOENT, errno.ELOOP):
                return None
            raise
        with os.fdopen(descriptor, "rb") as handle:
            before = os.fstat(descriptor)
            if not stat.S_ISREG(before.st_mode) or stamp_of(before) != seen.stamp:
                return None
            body = handle.read(most)
            return body if stamp_of(os.fstat(descriptor)) == seen.stamp else None

    def unchanged(self, name: PurePosixPath, stamp: Stamp) -> bool:
        """Whether the file of that name is still the same; True too when it is gone."""
        try:
            return stamp_of((self.root / name).lstat()) == stamp
        except FileNotFoundError:
            return True

    def archive(self, seen: Seen, now: datetime) -> PurePosixPath:
        """Move a file to the archive, a folder for each day; return its name there. Raises ``OSError``."""
        return self._move(seen.name, PurePosixPath(ARCHIVE, f"{now:%Y-%m-%d}"))

    def quarantine(self, seen: Seen, why: str, now: datetime) -> PurePosixPath:
        """Move a file out of the way, and write beside it why. Raises ``OSError``."""
        there = self._move(seen.name, PurePosixPath(QUARANTINE))
        note = self.root / there.with_name(f"{there.name}.why.txt")
        note.write_text(f"{now:%Y-%m-%dT%H:%M:%SZ} {why}\n", encoding="utf-8", errors="backslashreplace")
        return there

    def put_back(self, archived: PurePosixPath) -> PurePosixPath | None:
        """Move a file from the archive back to where it came from; None if another is there by now."""
        name = PurePosixPath(*archived.parts[2:])
        if (self.root / name).exists():
            return None
        os.rename(self.root / archived, self.root / name)
        return name

    def _move(self, name: PurePosixPath, under: PurePosixPath) -> PurePosixPath:
        """Give a file another place in the folder, and another name where that is taken: nothing is overwritten."""
        there = under / name
        (self.root / there).parent.mkdir(parents=True, exist_ok=True)
        number = 1
        while (self.root / there).exists():
            number += 1
            there = (under / name).with_name(f"{name.stem}~{number}{name.suffix}")
        os.rename(self.root / name, self.root / there)
        return there


class Stillness:
    """Tells which files are complete. Times are the caller's, in seconds of any clock that only goes forward."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._since: dict[PurePosixPath, tuple[Stamp, float]] = {}
        self._partial: Partial = {}

    def complete(self, seen: Iterable[Seen], partial: Partial, now: float) -> list[Seen]:
        """Return those of *seen* that are complete at *now*, the one written first at the head, then by name."""
        since: dict[PurePosixPath, tuple[Stamp, float]] = {}
        done: list[Seen] = []
        for one in seen:
            stamp, began = self._since.get(one.name, (None, now))
            if stamp != one.stamp:
                began = now
            since[one.name] = (one.stamp, began)
            wait = self._seconds * (1 if one.size else EMPTY_TIMES)
            # The name must be in the earlier one: an inode alone may have been given to another file by now.
            if one.name.name in self._partial.get(one.stamp[:2], "") or now - began >= wait:
                done.append(one)
        # A renamed file stays known for as long as it lies there, should it not be sent at once.
        known = {one.stamp[:2] for one in done} & self._partial.keys()
        self._partial = {inode: self._partial[inode] for inode in known} | partial
        self._since = since
        return sorted(done, key=lambda one: (one.stamp[3], str(one.name)))
