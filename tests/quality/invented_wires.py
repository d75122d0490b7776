"""Wires of our own invention, their answers written before they were run: messages → records → marks; no floor here."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

from streams import config, loading, pipeline
from streams.contracts.record import StoryRecord
from streams.contracts.story import Origin, RawMessage

HERE = Path(__file__).parent
MIDNIGHTS = {  # of each wire's first day: its minutes count from there
    "second": datetime(2026, 10, 6, tzinfo=UTC),
    "third": datetime(2026, 11, 12, tzinfo=UTC),
    "fourth": datetime(2026, 12, 7, tzinfo=UTC),
}
NITF = (
    "<?xml version='1.0' encoding='utf-8'?>\n<nitf><head><meta name='slug' content='{slug}'/><docdata>"
    "<doc-id id-string='{docid}'/><date.issue norm='{issued:%Y%m%dT%H%M%SZ}'/></docdata></head><body><body.head>"
    "<hedline><hl1>{headline}</hl1></hedline></body.head><body.content>{paragraphs}</body.content></body></nitf>"
)


def messages(wire: str) -> list[dict[str, Any]]:
    """Every message of a wire with its answers, in order of arrival."""
    files = sorted((HERE / f"{wire}_wire").glob("*.toml"))
    found = [message for file in files for message in tomllib.loads(file.read_text("utf-8"))["message"]]
    return sorted(found, key=lambda message: message["minute"])


def raw(fields: dict[str, Any], midnight: datetime) -> RawMessage:
    """A message as it comes in: plain text, or NITF where it has a time of issue."""
    at = midnight + timedelta(minutes=fields["minute"])
    body, kind = fields["body"].strip("\n"), "text/plain"
    if "issued" in fields:
        marked = {name: escape(fields[name]) for name in ("docid", "slug", "headline")}
        paragraphs = "".join(f"<p>{escape(one)}</p>" for one in body.split("\n\n"))
        issued = midnight + timedelta(minutes=fields["issued"])
        body, kind = NITF.format(issued=issued, paragraphs=paragraphs, **marked), "application/xml"
    return RawMessage(body.encode(), Origin(fields["id"]), fields.get("source", "afp"), kind, received=at, arrived=at)


def records(wire: str) -> dict[str, StoryRecord]:
    """Message → the record it became; the first one, where another corrects it later."""
    settings = config.Settings()
    made = [raw(fields, MIDNIGHTS[wire]) for fields in messages(wire)]
    lines = pipeline.process(made, loading.toolbox(settings), loading.windows(settings), lambda: MIDNIGHTS[wire])
    found: dict[str, StoryRecord] = {}
    for line in lines:
        assert line.record is not None, (line.input, line.reason, line.detail)
        found.setdefault(line.input, line.record)
    return found


@dataclass(frozen=True, slots=True)
class Marks:
    """What a wire got: shares of messages in exactly the right family and with a right relation, look-alikes merged."""

    families: float
    relations: float
    merged: tuple[str, ...]
    strayed: dict[str, list[str]]
    misread: dict[str, tuple[str, list[str]]]


def marks(sent: Iterable[dict[str, Any]], found: dict[str, StoryRecord]) -> Marks:
    """The records of a wire against its answers."""
    sent = list(sent)
    belongs: dict[str, set[str]] = defaultdict(set)
    stands: dict[str, set[str]] = defaultdict(set)
    for message in sent:
        belongs[message["family"]].add(message["id"])
        stands[found[message["id"]].story].add(message["id"])
    together = {message["id"]: stands[found[message["id"]].story] for message in sent}
    strayed = {m["id"]: sorted(together[m["id"]]) for m in sent if belongs[m["family"]] != together[m["id"]]}
    misread = {
        message["id"]: (found[message["id"]].relation, message["relation"])
        for message in sent
        if found[message["id"]].relation not in message["relation"]
    }
    merged = tuple(m["id"] for m in sent if "alike" in m and together[m["id"]] & belongs[m["alike"]])
    return Marks(1 - len(strayed) / len(sent), 1 - len(misread) / len(sent), merged, strayed, misread)
