"""Copy whose fate is known by construction: chains of alert, leads, re-sends, corrections, kills. Sends nothing.

Each send says what must become of it and which earlier send of its chain it must point at; nothing of ours is asked.
A chain's sends share a key, hence a raw partition, so that they are read in the order in which they were sent.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from streams.contracts import codec
from streams.feeds.generating import text

Fate = Literal["new", "update", "duplicate", "correction", "kill", "dead"]
LANGUAGES = ("fr", "de", "es", "pt")
"""Of the chains of items: each is a shard of its own, beside the wire copy's ``en``."""
_SYLLABLES = (
    "bra",
    "chu",
    "den",
    "fol",
    "gri",
    "has",
    "jor",
    "kel",
    "lum",
    "mor",
    "nov",
    "pri",
    "qua",
    "ros",
    "tav",
    "vey",
)
_VERBS = (
    "arrests",
    "backs",
    "beats",
    "bars",
    "bids",
    "buys",
    "calls",
    "cuts",
    "drops",
    "ends",
    "fines",
    "grants",
    "halts",
    "hires",
    "joins",
    "leads",
    "meets",
    "names",
    "opens",
    "picks",
    "quits",
    "raids",
    "seals",
    "sues",
    "taxes",
    "visits",
)
_NOUNS = (
    "airline",
    "archive",
    "bakery",
    "bishop",
    "brewery",
    "bridge",
    "canal",
    "choir",
    "clinic",
    "college",
    "council",
    "court",
    "ferry",
    "forest",
    "garden",
    "harbour",
    "hostel",
    "kiosk",
    "lagoon",
    "market",
    "museum",
    "orchard",
    "painter",
    "pilot",
    "prison",
    "quarry",
    "railway",
    "school",
    "senate",
    "surgeon",
    "temple",
    "theatre",
    "tunnel",
    "union",
    "valley",
    "vineyard",
)
_CLOSING = "Those who were there last week said that they had not been told when it would be open again."
OPEN = 48
"""Chains that are under way at once."""


@dataclass(frozen=True, slots=True)
class Send:
    """One message. ``name`` is unique; ``of`` names the send that its record must point at; ``release``: not before."""

    name: str
    chain: str
    body: bytes
    source: str
    content_type: str
    fate: Fate
    of: str | None = None
    release: datetime | None = None


def _copy(number: int, words: int = 160) -> tuple[str, list[str], int]:
    """Return headline, paragraphs and the figure in the second, of a story that shares its names with no other.

    Generated headlines are alike enough to be one story's, so this one is of coined names.
    """
    _, *paragraphs, _ = text(number, words).strip().split("\n\n")
    draw = random.Random(number)

    def name() -> str:
        return "".join(draw.choice(_SYLLABLES) for _ in range(4)).capitalize()

    figure = draw.randint(1200, 9700)
    told = [f"{p} {name()} {name()} told {name()} so in {name()}, and {name()} agreed." for p in paragraphs]
    told[1] = f"{told[1]} The count stood at {figure} on the day."
    first, second, third = draw.sample(_NOUNS, 3)
    headline = f"{name()} {first} {draw.choice(_VERBS)} {name()} {second} over {name()} {third}"
    told[0] = f"The {headline} on Tuesday, officials said. {told[0]}"
    return headline, told, figure


def wire(number: int) -> list[Send]:
    """An agency's wire copy: two leads, a re-send, a reprint, a correction, a wrap; of every other, a kill."""
    headline, paragraphs, figure = _copy(500_000 + number)
    slug = "-".join(headline.split()[:3:2])
    second = _lead(f"{slug},2ndlead", headline, "ADDS details, quotes", paragraphs[:3])
    right = [paragraphs[0], paragraphs[1].replace(str(figure), str(figure + 113)), *paragraphs[2:3]]
    corrects = f"CORRECTS para 2 to say {figure + 113}, not {figure}"
    reprint = f"{headline}\n\nBy AFP\n\n" + "\n\n".join(paragraphs[:3]) + "\n\n(c) 2026 AFP\n"
    kill = f'Please kill the story slugged {slug} and headlined "{headline}". The story will not be replaced.'
    sends: list[tuple[str, str, Fate, int | None]] = [
        ("afp", _lead(f"{slug},lead", headline, "", paragraphs[:2]), "new", None),
        ("afp", second, "update", 0),
        ("afp", second, "duplicate", 1),
        ("northgatedaily", reprint, "duplicate", 1),
        ("afp", _lead(slug, headline, corrects, right), "correction", 1),
        (
            "afp",
            _lead(f"{slug},WRAP", headline, "UPDATES throughout", [*right, *paragraphs[3:], _CLOSING]),
            "update",
            4,
        ),
    ]
    if number % 4 == 1:
        sends.append(("afp", _lead(slug, f"KILL: {headline}", "MANDATORY KILL", [kill]), "kill", 5))
        sends.append(("northgatedaily", reprint, "duplicate", 1))
    return _sends(f"wire-{number}", "text/plain", sends)


def items(number: int) -> list[Send]:
    """ninjs items under one id: an urgent, update, re-send, correction, kill."""
    headline, paragraphs, _ = _copy(700_000 + number)

    def item(version: int, shown: int, **more: str) -> str:
        return codec.encode(
            {
                "uri": f"urn:example:chain:{number}",
                "type": "text",
                "version": str(version),
                "urgency": 1 if version == 1 else 4,
                "language": LANGUAGES[number % len(LANGUAGES)],
                "headlines": [{"value": headline}],
                "bodies": [{"contentType": "text/plain", "value": "\n\n".join(paragraphs[:shown])}],
            }
            | more
        ).decode()

    second = item(2, 3)
    sends: list[tuple[str, str, Fate, int | None]] = [
        ("dpa", item(1, 2), "new", None),
        ("dpa", second, "update", 0),
        ("dpa", second, "duplicate", 1),
        ("dpa", item(3, 4, edNote="CORRECTS figure in para 2"), "correction", 1),
        ("dpa", item(4, 4, pubStatus="canceled"), "kill", 3),
    ]
    return _sends(f"items-{number}", "application/json", sends)


def broken(number: int) -> list[Send]:
    """A message that can never be processed: half of a JSON item."""
    body = f'{{"uri": "urn:example:broken:{number}", "headline": "Half a st'
    return _sends(f"broken-{number}", "application/json", [("afp", body, "dead", None)])


def embargoed(number: int, until: datetime) -> Send:
    """A story that must come out after *until* and not before."""
    headline, paragraphs, _ = _copy(900_000 + number, 120)
    item = {
        "uri": f"urn:example:embargoed:{number}",
        "type": "text",
        "version": "1",
        "language": "en",
        "embargoedUntil": until.isoformat(),
        "headlines": [{"value": headline}],
        "bodies": [{"contentType": "text/plain", "value": "\n\n".join(paragraphs)}],
    }
    name = f"embargoed-{number}"
    return Send(f"{name}/0", name, codec.encode(item), "dpa", "application/json", "new", release=until)


def day(ended: Callable[[], bool] = lambda: False, first: int = 0, seed: int = 7) -> Iterator[Send]:
    """Yield sends, :data:`OPEN` chains under way at once, until *ended*; then what is left of those."""
    draw = random.Random(seed)
    under_way: list[list[Send]] = []
    number = first
    while True:
        while len(under_way) < OPEN and not ended():
            under_way.append(_chain(number))
            number += 1
        if not under_way:
            return
        chosen = draw.randrange(len(under_way))
        yield under_way[chosen].pop(0)
        if not under_way[chosen]:
            del under_way[chosen]


def _chain(number: int) -> list[Send]:
    if number % 25 == 24:
        return broken(number)
    return wire(number) if number % 2 else items(number)


def _lead(slug: str, headline: str, advisory: str, paragraphs: list[str]) -> str:
    body = "\n\n".join(f"   {paragraph}" for paragraph in paragraphs)
    said = f"   ATTENTION - {advisory} ///\n\n" if advisory else ""
    return f"{slug}/\n{headline} =\n\n{said}{body}\n\nabc/def\n"


def _sends(chain: str, content_type: str, sends: list[tuple[str, str, Fate, int | None]]) -> list[Send]:
    return [
        Send(
            f"{chain}/{place}",
            chain,
            body.encode(),
            source,
            content_type,
            fate,
            None if of is None else f"{chain}/{of}",
        )
        for place, (source, body, fate, of) in enumerate(sends)
    ]
