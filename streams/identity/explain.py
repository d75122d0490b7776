"""A decision → one paragraph for a person at the desk: the evidence and its weight; decides nothing."""

from __future__ import annotations

from streams.contracts.record import Identity, Relation
from streams.identity.entry import Decided, Entry
from streams.identity.matching import Match, Search

_HOW = {
    "bytes": "its raw bytes are the same",
    "text": "headline and body are the same words",
    "body": "the body is the same words under another headline",
    "id": "it carries the same agency id",
    "reference": "it names that story's id",
    "near-text": "most of the shorter text is in the longer",
    "alert": "what the alert says stands at the top of the other, soon after",
    "slug": "it carries on the only story under its slug",
    "evidence": "headline, names, figures and text agree",
    "killed": "that story was withdrawn, so this copy is kept back",
    "superseded": "a newer version was here already",
    "kill": "the notice names it",
}
SHOWN = 7
"""Reasons given, the strongest; the rest weigh less than any of them."""
_TERMS = {
    "text": "shared text",
    "told": "the alert's words found in the other",
    "opening": "headlines and openings",
    "kept": "quotes carried over",
    "names": "names",
    "figures": "figures",
    "swapped names": "names that only one has, both ways",
    "swapped figures": "figures that only one has, both ways",
    "headline figures": "figures in the headlines differ",
    "strange": "headline words the other lacks",
    "another issue": "the same opening for another day",
    "tickers": "other firms by their codes",
    "run": "two alerts in a row",
    "slug": "slug",
    "carries on": "says that it carries on earlier copy",
    "hours": "time between",
    "sequence": "alert before story",
    "elsewhere": "other countries or cities",
    "background": "shared text in the background alone",
    "beside": "a profile, a factbox or the like beside the news",
    "only one": "the only story under its slug",
    "answered": "an alert that its own story has followed",
    "take": "the next take of it",
    "cut": "what another source left of it",
    "unmarked": "not marked as a further send",
    "form": "one form with other facts in its blanks",
}


def explain(
    relation: Relation, of: Entry | None, method: str, search: Search | None, outcome: Decided, retracted: int = 0
) -> str:
    """Why a story was joined with another or kept apart, in plain words; how many records a kill or correction takes
    back."""
    said: list[str] = []
    match = search.match if search else None
    if of is not None:
        said.append(f"{relation.capitalize()} of {_named(of)}: {_HOW.get(method, method)}.")
        if match is not None:
            if match.entry.key != of.key and match.verdict is not None:
                said.append(f"It was matched with {_named(match.entry)} of that story.")
            said.extend(_weighed(match))
    elif relation == "kill":
        said.append("A kill that names nothing remembered here; copy it names will be kept back when it comes.")
    else:
        said.append("New: nothing remembered here is the same copy or carries the same id.")
        near = search.apart if search else None
        if near is not None:
            said.append(f"The nearest is “{near.entry.headline[:120]}” ({near.entry.identity.uri}), kept apart.")
            said.extend(_weighed(near))
    if retracted:
        said.append(f"It takes back {retracted} record{'s' if retracted > 1 else ''} that went out.")
    if outcome == "held":
        said.append("Held back by its embargo.")
    return " ".join(said)


def restated(now: Identity, was: Identity, parent: Entry, link: Match | None) -> str:
    """Why a record is published again with the same words, for its parent came after it."""
    said = [f"Corrects version {was.version} of this uri, published as {was.relation}; the words are the same."]
    if now.relation != was.relation:
        said.append(f"{now.relation.capitalize()} of {_named(parent)}: made after it, though it came first.")
    if now.story != was.story:
        said.append(f"Its family {was.story} belongs to {now.story}, as {_named(parent)} shows, which came after both.")
    if link is not None:
        said.extend(_weighed(link))
    return " ".join(said)


def _named(entry: Entry) -> str:
    return f"“{entry.headline[:120]}” ({entry.identity.uri}, version {entry.identity.version})"


def _weighed(match: Match) -> list[str]:
    if match.verdict is None:
        return []
    weigh = [(name, added) for name, _, added in match.verdict.reasons if name in _TERMS and abs(added) >= 0.05]
    reasons = [f"{_TERMS[name]} {added:+.1f}" for name, added in weigh[:SHOWN]]
    odds = f"The weight of evidence for one story is {match.verdict.score:+.1f}, where more than 0 joins"
    start = sum(added for name, _, added in match.verdict.parts if name == "bias")
    parts = [*reasons, *(["the rest less"] if len(weigh) > SHOWN else [])]
    return [f"{odds}: from {start:+.1f} for any two, {', '.join(parts)}." if parts else f"{odds}."]
