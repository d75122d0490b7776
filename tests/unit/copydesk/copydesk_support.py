"""Copy in the habits of agencies and sites, all of it made up; no test itself."""

from __future__ import annotations

from datetime import UTC, datetime

from streams.contracts.story import CleanStory, Origin, RawMessage
from streams.copydesk import clean
from streams.formats import read

TUESDAY = datetime(2026, 3, 3, 12, tzinfo=UTC)
"""When every story here is received: a Tuesday."""

ONE = (
    "Harbour pilots of Freedonia went back to work on Monday, ending a strike that had kept forty ships outside the "
    "breakwater for nine days, the port authority said."
)
TWO = '"They asked for engines that start," said port director Amalia Trench, adding that the request seemed fair.'


def desk(copy: str, source: str | None = "xyz", received: datetime | None = TUESDAY) -> CleanStory:
    """``copy`` through format detection and the copy desk."""
    (raw,) = read(RawMessage(copy.encode(), Origin("test"), source, None, received), 100_000)
    return clean(raw, received)


def wire(head: str, *, dateline: str = "LONDON (XYZ) - ", tail: str = "") -> CleanStory:
    """Wire copy of two paragraphs with ``head`` above them and ``tail`` below."""
    return desk(f"{head}\n\n   {dateline}{ONE}\n\n   {TWO}\n\n{tail}\n")


def site(head: str, tail: str, *, dateline: str = "") -> CleanStory:
    """Site copy of two paragraphs with ``head`` above them and ``tail`` below."""
    return desk(f"{head}\n\n{dateline}{ONE}\n\n{TWO}\n\n{tail}\n")


BODY = f"{ONE}\n\n{TWO}"
