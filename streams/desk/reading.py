"""A family's records → the story as it is read: copy with the words behind each tag marked, comparisons, receipts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from streams.desk.copies import Copy, carried, is_of
from streams.desk.differing import compared
from streams.desk.entries import Entry, agency_of, body_of, headline_of
from streams.desk.families import Family, killed_by, shown, struck
from streams.showing.marking import marked
from streams.showing.reasons import ROLES
from streams.showing.told import told


def story(family: Family, record: Callable[[Entry], dict[str, Any]]) -> dict[str, Any]:
    """Everything the reading pane shows of *family*, versions oldest first, as JSON values. *record* gives an entry's
    record. Raises :class:`streams.errors.Rejected` for a broken record."""
    wrong = struck(family)
    kill = killed_by(family)
    agency = shown(family).agency
    return {
        "story": family.story,
        "killed": kill is not None,
        "why": kill.note if kill else None,
        "carried": carried(family.versions, family.copies, agency),
        "copies": [_copy(copy, family, agency) for copy in family.copies],
        "versions": [_version(entry, record(entry), wrong.get(entry.key)) for entry in family.versions],
    }


def _version(entry: Entry, record: dict[str, Any], by: Entry | None) -> dict[str, Any]:
    item = record["item"]
    said = told(record)
    comparison = compared(record.get("changes") or [], body_of(record)) if entry.of is not None else None
    origin = record.get("provenance") or {}
    return {
        "uri": entry.uri,
        "version": entry.version,
        "relation": entry.relation,
        "kind": entry.kind,
        "at": entry.at,
        "seen": entry.seen,
        "urgency": entry.urgency,
        "language": entry.language,
        "agency": agency_of(record),
        "outlet": entry.outlet,
        "printed": origin.get("printed"),
        "slugline": entry.slugline,
        "by": item.get("by"),
        "dateline": (record.get("dateline") or {}).get("text"),
        "note": item.get("edNote") if entry.relation == "kill" else entry.note,
        "embargo": item.get("embargoedUntil"),
        "terms": item.get("usageTerms"),
        "headline": _pieces(headline_of(record), "headline", record),
        "paragraphs": _paragraphs(record),
        "captions": [caption.get("value") for caption in item.get("descriptions") or () if caption.get("value")],
        "countries": [_country(tag, entry) for tag in record.get("countries") or ()],
        "regions": [{"code": tag.code, "name": tag.name, "words": tag.words} for tag in entry.regions],
        "desks": entry.desks,
        "of": {"version": entry.of[1], "same": entry.of[0] == entry.uri} if entry.of else None,
        "struck": {"relation": by.relation, "version": by.version, "note": by.note} if by else None,
        "changes": comparison,
        "changed": said.changed,
        "claims": said.claimed,
        "retracts": [{"uri": r.uri, "version": r.version, "input": r.input} for r in said.retracts],
        "retracted": said.retracted,
        "cuts": [{"rule": cut["rule"], "text": cut["text"]} for cut in record.get("removed") or ()],
        "why": said.why,
        "warnings": record.get("warnings") or [],
        "source": {name: origin.get(name) for name in ("input", "source", "format", "parser", "received", "sha256")},
        "ids": [{"role": one.get("role"), "value": one.get("value")} for one in item.get("altIds") or ()],
    }


def _copy(copy: Copy, family: Family, agency: str) -> dict[str, Any]:
    """One copy: who carried it and what they did to it, and where it and what it copies came from."""
    place = next((n for n, entry in enumerate(family.versions, 1) if entry.key == copy.of), None)
    through = next((other.outlet for other in family.copies if other.name == copy.of), None)
    return {
        "outlet": copy.outlet,
        "agency": copy.agency,
        "headline": copy.headline,
        "language": copy.language,
        "at": copy.at,
        "seen": copy.seen,
        "again": is_of(copy.outlet, agency),
        "of": place,
        "through": through,
        "after_kill": copy.after_kill,
        "method": copy.method,
        "similarity": copy.similarity,
        "changed": copy.changed,
        "why": copy.why,
        "came": copy.came,
        "original": copy.original,
    }


def _country(tag: dict[str, Any], entry: Entry) -> dict[str, Any]:
    words = next((known.words for known in entry.countries if known.code == tag["code"]), ())
    roles = [ROLES.get(role, role) for role in tag.get("roles") or ()]
    return {"code": tag["code"], "score": tag.get("score"), "words": words, "roles": roles}


def _spans(field: str, record: dict[str, Any]) -> list[tuple[int, int, str]]:
    return [
        (span["start"], span["end"], tag["code"])
        for tag in record.get("countries") or ()
        for span in tag.get("evidence") or ()
        if span["field"] == field
    ]


def _pieces(text: str, field: str, record: dict[str, Any]) -> list[list[str | None]]:
    """The text in pieces of [text, code of the country it is evidence of, or null]."""
    return [[piece.text, piece.mark] for piece in marked(text, _spans(field, record))]


def _paragraphs(record: dict[str, Any]) -> list[list[list[str | None]]]:
    """The body's paragraphs, each in pieces; a span is cut where a paragraph ends."""
    paragraphs: list[list[list[str | None]]] = [[]]
    for text, code in _pieces(body_of(record), "body", record):
        for place, part in enumerate(str(text).split("\n\n")):
            if place:
                paragraphs.append([])
            if part:
                paragraphs[-1].append([part, code])
    return [paragraph for paragraph in paragraphs if paragraph]
